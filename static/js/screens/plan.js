/** The plan for hard weeks: read like a letter from oneself, written one question at a time. Setbacks are part of the way. */
import { html, nothing, svg } from 'lit-html';
import { draft, dropDraft } from '../drafts.js';
import { go, toast } from '../page.js';
import { chips } from '../parts/chips.js';
import { halfTyped } from '../parts/field.js';
import { sharingChoice } from '../parts/sharing.js';
import { BLANK_PLAN, hasLine, isBare, keepPlan, PART_LIMIT, PARTS, planWords, takePlanAway, thePlan, withLine } from '../plan.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Plan} Plan */
/** @typedef {import('../plan.js').Given} Given */
/** @typedef {import('../router.js').Params} Params */

const DRAFT = 'plan';

/** @param {Plan | undefined} plan @returns {Given} */
const stored = (plan) => (plan ? /** @type {Given} */ (Object.fromEntries(PARTS.map((part) => [part, plan[part]]))) : BLANK_PLAN);

/** Which question it is the turn of; none while it is read. @param {Params} params */
const turn = ({ at }) => (PARTS[Number(at)] && at !== '' ? Number(at) : -1);

export const screen = {
  title: () => t('For hard weeks'),
  /** @param {Params} params */
  up: (params) => (turn(params) >= 0 ? '/plan' : '/settings'),
  /** @param {Params} params */
  view(params) {
    const plan = thePlan();
    if (turn(params) >= 0) return asking(turn(params), plan);
    return plan ? reading(plan) : none();
  },
};

const none = () => html`<div class="empty">
    <svg class="drawing" viewBox="0 0 160 120" aria-hidden="true" focusable="false">${svg`
      <path class="drawing-soft drawing-line" d="M12 64a68 52 0 0 1 136 0q-11-9-22 0-11-9-23 0-11-9-23 0-11-9-23 0-11-9-23 0-11-9-22 0z"></path>
      <path class="drawing-line" d="M80 58v48q0 8 8 8t8-8M80 12V6"></path><path class="drawing-faint" d="M34 84v8M54 96v8M110 96v8M128 82v8"></path>`}</svg>
    <p class="lead">${t('Hard weeks come. They are part of the way.')}</p>
    <p class="note">${t('On a good evening you can write down what helps you then. Five questions, none needs an answer. Only you see it.')}</p>
  </div>
  <div class="dock"><a class="primary" href="#/plan?at=0">${draft(DRAFT) ? t('Go on writing') : t('Begin')}</a></div>`;

/** @param {Plan} plan */
const reading = (plan) => html`
  <article class="letter">${PARTS.filter((part) => plan[part].trim()).map((part) => html`<section class=${part === 'words' ? 'letter-words' : ''}>
    <h2>${planWords()[part].says}</h2><p dir="auto">${plan[part]}</p></section>`)}</article>
  <ul class="list tight">
    <li><a href="#/breathe"><span>${t('Breathe a little')}</span></a></li>
    <li><a href="#/rest?much=1"><span>${t('When it is too much')}</span></a></li>
    <li><a href="#/help"><span>${t('People who help')}</span></a></li>
  </ul>
  ${sharingChoice(plan)}
  <div class="row">
    <a class="plain" href="#/plan?at=0">${draft(DRAFT) ? t('Go on writing') : t('Change it')}</a>
    <button class="plain" type="button" @click=${() => remove(plan)}>${t('Take it away')}</button>
  </div>`;

/** @param {number} at @param {Plan | undefined} plan */
function asking(at, plan) {
  const part = PARTS[at];
  const { values, put } = halfTyped(DRAFT, stored(plan));
  const { asks, ready } = planWords()[part];
  const last = at === PARTS.length - 1;
  return html`<section class="question-page">
      <p class="page-dots" role="img" aria-label=${t('{n} of {all}', { n: at + 1, all: PARTS.length })}>${PARTS.map((_, i) => html`<i class=${i === at ? 'here' : ''}></i>`)}</p>
      <h2 id="asks">${asks}</h2>
      ${chips({ label: t('Ready words'), hideLabel: true, name: part, values: ready.map(String).filter((line) => hasLine(values[part], line)),
        options: ready.map((text) => ({ value: String(text), text })), onToggle: (line) => put(part)(withLine(values[part], line)) })}
      <label class="paper"><span class="unseen">${t('In your own words')}</span>
        <textarea class="paper-text low" name="own-${part}" rows="5" maxlength=${PART_LIMIT} autocomplete="off" .value=${values[part]} placeholder=${t('In your own words')}
          @input=${(/** @type {Event} */ event) => put(part)(/** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea></label>
    </section>
    <div class="dock">
      ${last ? nothing : html`<button class="primary" type="button" @click=${() => go(`/plan?at=${at + 1}`, { replace: true })}>${values[part].trim() ? t('Go on') : t('Leave this one empty')}</button>`}
      <button class=${last ? 'primary' : 'choice even'} type="button" ?disabled=${isBare(values)} @click=${keep}>${t('Keep it')}</button>
      ${at ? html`<button class="plain" type="button" @click=${() => go(`/plan?at=${at - 1}`, { replace: true })}>${t('The question before')}</button>` : nothing}
    </div>`;
}

async function keep() {
  const old = thePlan();
  const given = { ...stored(old), ...draft(DRAFT) };
  if (isBare(given)) return;
  const undo = await keepPlan(given, Date.now());
  await dropDraft(DRAFT);
  go('/plan', { replace: true });
  toast(old ? t('Changed') : t('Kept. Only you see it.'), undo);
}

/** @param {Plan} plan */
async function remove(plan) {
  toast(t('Taken away'), await takePlanAway(plan));
}
