/**
 * It is too much (rule X7): from every screen of a step. People who help, a rest for today, silent reminders, a word to the
 * therapist if one wishes. Nothing is asked, nothing is lost by coming here, and the way back is always open.
 */
import { html, nothing, svg } from 'lit-html';
import { end, openAttempt } from '../attempts.js';
import { reading } from '../consents.js';
import { localDay } from '../days.js';
import { kindSentence } from '../kindness.js';
import { isPaused } from '../manners.js';
import { called } from '../names.js';
import { back, focusOn, go, toast } from '../page.js';
import { doorIcons } from '../parts/dooricons.js';
import { pauseWords } from '../parts/outlook.js';
import { foldPause, pauseChoice, pauseFold } from '../parts/pause.js';
import { tree } from '../parts/tree.js';
import { reminders } from '../reminders.js';
import { rest, restOn } from '../rests.js';
import { all, setting } from '../rows.js';
import { t } from '../words.js';

/** @typedef {import('../router.js').Params} Params */

export const screen = {
  title: () => t('When it is too much'),
  enter: () => foldPause(false),
  leave: () => foldPause(false),
  /** @param {Params} params */
  up: ({ step }) => (step ? `/step/${step}` : '/'),
  /** @param {Params} params */
  view: ({ step }) => {
    const rested = restOn(localDay(Date.now()));
    return html`
      <div class="shelter">${tree}
        <h2>${t('You can stop here.')}</h2>
        <p class="note">${t('What you have written is kept, and the step will wait.')}</p>
      </div>
      ${rested ? html`<p class="lead kind" role="status">${kindSentence('rest', rested.id)}</p>` : nothing}
      <ul class="tiles near">
        <li><a class="tile" href="#/help">${doorIcons.help}<span>${t('People who help')}</span></a></li>
        ${rested ? nothing : html`<li><button class="tile" type="button" @click=${restToday}>${moon}<span>${t('Rest for today')}</span></button></li>`}
        ${quietly()}
        ${reading().filter((one) => one.messages).map((one) => html`<li><a class="tile" href="#/messages/${one.id}?worry=1">${doorIcons.letter}<span>${t('Write to {name}', { name: called(one.name) })}</span></a></li>`)}
        <li><a class="tile" href="#/breathe">${doorIcons.breathe}<span>${t('Breathe a little')}</span></a></li>
        ${all('plan').length ? html`<li><a class="tile" href="#/plan">${doorIcons.plan}<span>${t('For hard weeks')}</span></a></li>` : nothing}
      </ul>
      ${pauseChoice()}
      <div class="dock">${ending(step)}<button class="choice even" type="button" @click=${() => back(step ? `/step/${step}` : '/')}>${t('Back to where I was')}</button></div>`;
  },
};

async function restToday() {
  toast(t('Kept: a day of not doing.'), await rest(Date.now()));
}

/** Silence, where there is something to silence: the one choice of how long, or the words that they rest. */
function quietly() {
  if (!reminders().some(({ on }) => on)) return nothing;
  if (isPaused(setting(), Date.now())) return html`<li><a class="tile" href="#/reminders">${doorIcons.reminders}<span>${pauseWords()}</span></a></li>`;
  const { out, turn } = pauseFold();
  const ask = async () => {
    turn();
    await focusOn('.pause button');
  };
  return html`<li><button class="tile" type="button" aria-expanded=${out} @click=${ask}>${doorIcons.reminders}<span>${t('Let the reminders rest')}</span></button></li>`;
}

/** A step that is under way ends here, on the same saving screen as any other (rule S9). @param {string | undefined} step */
function ending(step) {
  const open = step ? openAttempt(step) : undefined;
  if (!open || open.ended) return nothing;
  const stop = async () => {
    await end(open, Date.now());
    go(`/try/${open.step}`, { replace: true });
  };
  return html`<button class="choice even" type="button" @click=${stop}>${t('End the step here')}</button>`;
}

const moon = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path class="blot" d="M15 3a9 9 0 1 0 6 12A8 8 0 0 1 15 3z"/><path d="M15 3a9 9 0 1 0 6 12A8 8 0 0 1 15 3z"/><circle class="spot" cx="19" cy="6.5" r="1.6"></circle>`}</svg>`;
