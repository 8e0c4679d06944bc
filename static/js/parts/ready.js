/**
 * Beside a result and at home: another step might be ready (rule U2). It is a question and no more; the no is as large as the
 * yes, and every step stays open whatever is said (U1).
 */
import { html, nothing } from 'lit-html';
import { attempts, put } from '../attempts.js';
import { ladderOf } from '../ladders.js';
import { go, toast } from '../page.js';
import { offerAtHome, offerFor, ruleOf } from '../ready.js';
import { stepsInUse } from '../steps.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../ready.js').Offer} Offer */

/** @param {string} ladder */
const ruleFor = (ladder) => ruleOf(ladderOf(ladder));

/** On the home screen, about the step tried last. */
export const readyAtHome = () => card(offerAtHome(stepsInUse(), attempts(), ruleFor));

/** With a result, when it is the latest of its step. @param {Attempt} one */
export function readyCard(one) {
  const steps = stepsInUse();
  const step = steps.find(({ id }) => id === one.step);
  const offer = step && offerFor(step, steps, attempts(), ruleFor(step.ladder));
  return card(offer?.last.id === one.id ? offer : undefined);
}

/** @param {Offer | undefined} offer */
function card(offer) {
  if (!offer) return nothing;
  const { next, reasons: [reason] } = offer;
  return html`<section class="card warm offer ready" aria-labelledby="ready">
    <p class="note">${reasonWords(reason)}</p>
    <h2 id="ready">${t('Maybe another step?')}</h2>
    <p>${next ? next.title : t('There is room for one more on this ladder.')}</p>
    <p class="note">${t('Staying with this one is just as good. Nothing moves by itself.')}</p>
    <div class="row">
      <button class="choice" type="button" @click=${() => leave(offer)}>${t('No thanks')}</button>
      <button class="choice" type="button" @click=${() => look(offer)}>${t('Have a look')}</button>
    </div>
  </section>`;
}

/** What was written down, and not what it is worth. @param {import('../ready.js').Reason} reason */
const reasonWords = (reason) => ({
  bearable: t('What you had guessed did not come, or you could bear it.'),
  guess: t('You now guess differently than at first.'),
  rating: t('You have come to know this step.'),
})[reason];

/** @param {Offer} offer */
async function leave({ last }) {
  toast(t('Left as it is.'), await put(last, { ready_answer: 'no' }));
}

/** @param {Offer} offer */
async function look({ last, next, step }) {
  await put(last, { ready_answer: 'yes' });
  go(next ? `/step/${next.id}` : `/ladder/${step.ladder}`);
}
