/** A ladder as one climbs it: the ground at the foot of the page, the wish above the top rung. */
import { html, nothing } from 'lit-html';
import { attempts } from '../attempts.js';
import { draft } from '../drafts.js';
import { company, dim, earth, goAway, isHung, light, notice, repeat, stand } from '../hung.js';
import { ladderOf } from '../ladders.js';
import { focusOn, render, say } from '../page.js';
import { composer, openComposer } from '../parts/composer.js';
import { bookIcon, pencilIcon, plusIcon } from '../parts/icons.js';
import { bareLadder } from '../parts/ladderdrawing.js';
import { rung } from '../parts/rung.js';
import { stepsOf } from '../steps.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Ladder} Ladder */
/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {import('../router.js').Params} Params */

let arranging = false;

export const screen = {
  /** @param {Params} params */
  title: ({ id }) => ladderOf(id)?.title || t('A ladder'),
  up: () => '/ladders',
  /** @param {Params} params */
  enter: ({ id }) => {
    arranging = false;
    dim();
    if (draft(`step/new/${id}`)) openComposer(id);
    const ladder = ladderOf(id);
    if (ladder) stand(ladder.space);
    standAtTheFoot();
  },
  leave: goAway,
  /** @param {Params} params */
  view: ({ id }) => {
    const ladder = ladderOf(id);
    if (!ladder) return gone();
    const steps = stepsOf(id);
    notice(steps);
    if (!steps.length) arranging = false;
    return html`
      ${steps.length ? climbable(ladder, steps) : invitation(ladder)}
      ${company(ladder)}
      ${composer(ladder) ?? dock(ladder)}`;
  },
};

const gone = () => html`<p>${t('This ladder is not on this phone.')}</p>
  <div class="dock"><a class="primary" href="#/ladders">${t('To the ladders')}</a></div>`;

/** Easiest nearest to the thumb: begin at the foot, as one does. */
async function standAtTheFoot() {
  await render();
  scrollTo(0, document.documentElement.scrollHeight);
}

/** @param {Ladder} ladder */
const wish = (ladder) => (ladder.wish ? html`<p class="wish">${ladder.wish}</p>` : nothing);

/** @param {Ladder} ladder @param {Step[]} steps */
function climbable(ladder, steps) {
  const tried = new Map();
  for (const one of attempts()) if (one.outcome) tried.set(one.step, (tried.get(one.step) ?? 0) + 1);
  const last = steps.length - 1;
  const topFirst = [...steps].reverse();
  const drawn = (/** @type {Step} */ step, /** @type {number} */ i) => rung({ step, at: last - i, of: steps.length, tried: tried.get(step.id) ?? 0, arranging });
  return html`
    <div class="row apart">
      <a class="plain" href="#/ladder/${ladder.id}/edit">${pencilIcon}${t('Name and wish')}</a>
      ${steps.length > 1 && isHung() ? html`<button class="plain" type="button" aria-pressed=${arranging} @click=${arrange}>
        ${arranging ? t('The order is fine') : t('Change the order')}</button>` : nothing}
    </div>
    <div class="climb">
      ${wish(ladder)}
      <div class="light">${light()}</div>
      <div class="between-rails"><i class="rail"></i><i class="rail"></i><ol class="ladder" reversed aria-label=${t('Steps, the top one first')}>
        ${isHung() ? repeat(topFirst, (step) => step.id, drawn) : topFirst.map(drawn)}
      </ol></div>
      <p class="ground note" aria-hidden="true">${earth()}${t('here, now')}</p>
    </div>`;
}

function arrange() {
  arranging = !arranging;
  say(arranging ? t('Each step can be moved now, with its buttons or the arrow keys.') : t('The order is kept.'));
  render();
}

/** @param {Ladder} ladder */
const invitation = (ladder) => html`
  ${wish(ladder)}
  <div class="empty">
    ${bareLadder}
    <h2>${t('The first rung')}</h2>
    <p class="note">${t('It may be as small as opening a curtain. One is enough; three make a good beginning.')}</p>
  </div>
  <p class="row centre"><a class="plain" href="#/ladder/${ladder.id}/edit">${pencilIcon}${t('Name and wish')}</a></p>`;

/** @param {Ladder} ladder */
const dock = (ladder) => html`<div class="dock side">
  <button class="primary" id="write-step" type="button" @click=${() => { openComposer(ladder.id); focusOn('#new-step'); }}>
    ${plusIcon}${t('Write a step')}</button>
  <a class="quiet" href="#/ladder/${ladder.id}/library">${bookIcon}${t('From the library')}</a>
</div>`;
