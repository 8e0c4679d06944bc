/** Who sees what, in plain words, wherever it is decided. */
import { html } from 'lit-html';
import { ladderOf } from '../ladders.js';
import { all } from '../rows.js';
import { isNothing } from '../terms.js';
import { t } from '../words.js';

/** @typedef {import('../terms.js').Terms} Terms */

/** @param {string} space */
export const ladderIn = (space) => /** @type {import('../kinds.js').Ladder[]} */ (all('ladder', { archived: true })).find((one) => one.space === space);

/** @param {string} space */
const titleIn = (space) => ladderOf(ladderIn(space)?.id ?? '')?.title || t('A ladder without a name');

/** @param {Terms} terms @returns {string[]} */
function lines(terms) {
  if (isNothing(terms)) return [t('Nothing at all.')];
  return [
    ...Object.entries(terms.ladders).map(([space, way]) => (way === 'write' ? t('The ladder “{title}”: reads it and writes on it', { title: titleIn(space) })
      : t('The ladder “{title}”: reads it and proposes. You decide about each change', { title: titleIn(space) }))),
    ...{ none: [t('Attempts and days of not doing: none')], chosen: [t('Attempts and days of not doing: only those you show, one by one')],
      all: [t('Attempts on ladders shown here or on none, with their ratings, and days of not doing: all but those you keep to yourself'),
        t('Attempts on ladders not shown here: only those you show, one by one'),
        t('With an attempt goes what you keep when it ends: ratings, guess and what happened, feelings, the place, what helped, your words'),
        t('What you write looking back the day after goes along only where you show that attempt by itself')] }[terms.entries],
    terms.messages ? t('Messages: you may write to each other') : t('Messages: none'),
  ];
}

/** @param {Terms} terms */
export const seenBy = (terms) => html`<ul class="dots">${lines(terms).map((words) => html`<li>${words}</li>`)}</ul>`;

/** What nobody but the person ever sees. */
export const neverSeen = () => html`<p class="note">${t('Never shown: your reminders, your settings, unfinished attempts, half-typed words, what you put into your book of surprises, your answers about another step. What you keep to yourself leaves no trace, not even a number.')}</p>`;
