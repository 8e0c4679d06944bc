/** One step: what it is, how big it seems, and one thing to touch: try it. Everything else is quiet. */
import { html, nothing } from 'lit-html';
import { openAttempt } from '../attempts.js';
import { goAway, hereToo, proposalCards, settleNumber, stand, stepDials, stepMore } from '../hung.js';
import { ladderOf } from '../ladders.js';
import { bodyNote, formWords } from '../parts/healthnote.js';
import { tooMuch } from '../parts/toomuch.js';
import { stepOf } from '../steps.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {import('../router.js').Params} Params */

export const screen = {
  title: () => t('A step'),
  /** @param {Params} params */
  up: ({ id }) => `/ladder/${stepOf(id)?.ladder ?? ''}`,
  /** @param {Params} params */
  enter: ({ id }) => {
    const step = stepOf(id);
    if (step) stand(step.space, id);
  },
  leave() {
    goAway();
    void settleNumber();
  },
  /** @param {Params} params */
  view: ({ id }) => {
    const step = stepOf(id);
    if (!step) return gone();
    const ladder = ladderOf(step.ladder);
    return html`
      ${proposalCards(step)}
      <section class="stack">
        ${ladder ? html`<p class="note">${ladder.title}</p>` : nothing}
        <h2 class="step-title">${step.title}</h2>
        ${step.hint ? html`<p class="note">${step.hint}</p>` : nothing}
        ${step.form === 'action' ? nothing : html`<p><span class="badge">${formWords()[step.form]}</span></p>`}
        ${stepDials(step)}
        ${bodyNote(step)}
        ${hereToo(step)}
      </section>
      ${step.archived ? html`<p class="note">${t('This step is put away. Everything tried on it is kept.')}</p>` : nothing}
      ${stepMore(step)}
      ${dock(step)}`;
  },
};

const gone = () => html`<p>${t('This step is not on this phone.')}</p>
  <div class="dock"><a class="primary" href="#/ladders">${t('To the ladders')}</a></div>`;

/** @param {Step} step */
const dock = (step) => html`<div class="dock"><a class="primary" href="#/try/${step.id}">
  ${openAttempt(step.id) ? t('Go on with it') : t('Try it')}</a>${tooMuch(step.id)}</div>`;
