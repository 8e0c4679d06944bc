/** The first step: written in a moment or taken from three ideas, so that there is something to try before courage is gone. */
import { html, nothing } from 'lit-html';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { firstIdeas, stepFrom, titleOf } from '../entries.js';
import { addLadder, ladderOf, ladders } from '../ladders.js';
import { render, toast } from '../page.js';
import { addSteps } from '../steps.js';
import { language, t } from '../words.js';
import { field } from './field.js';

const KEY = 'first-step';

let busy = false;

/**
 * Onto the first ladder, or a new one when there is none.
 * @param {import('../steps.js').Given} given
 */
async function make(given) {
  if (busy || !given.title.trim()) return;
  busy = true;
  try {
    const ladder = ladders()[0] ?? ladderOf(await addLadder({ title: t('My first ladder') }));
    if (!ladder) return;
    const { undo } = await addSteps(ladder, [given]);
    await dropDraft(KEY);
    toast(t('Kept. This is the one for today, if you like.'), undo);
  } finally {
    busy = false;
  }
}

export function firstStep() {
  const words = String(draft(KEY) ?? '');
  const ideas = firstIdeas();
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    make({ title: String(draft(KEY) ?? '') });
  };
  return html`<section class="card">
    <h2>${t('What small thing might you like to try?')}</h2>
    <p class="note">${t('One is enough. It can be very small.')}</p>
    ${ideas.length ? html`<ul class="ideas" aria-label=${t('Ideas')}>
      ${ideas.map((idea) => html`<li><button class="choice even" type="button" @click=${() => make(stepFrom(idea, language()))}>${titleOf(idea, language())}</button></li>`)}
    </ul>` : nothing}
    <form class="stack" @submit=${submit}>
      ${field({ label: t('Or in your own words'), name: 'first', value: words, max: 200, onInput: (text) => { saveDraft(KEY, text); render(); } })}
      <button class="quiet" type="submit" ?disabled=${!words.trim()}>${t('Keep this one')}</button>
    </form>
  </section>`;
}
