/** The words of a step: what it is, a hint for oneself, and the dials one may turn. */
import { html } from 'lit-html';
import { dropDraft } from '../drafts.js';
import { back, go, toast } from '../page.js';
import { choices } from '../parts/choices.js';
import { dialName, dialSign } from '../parts/dialsign.js';
import { field, halfTyped, wantsWords } from '../parts/field.js';
import { bodyNote, formWords } from '../parts/healthnote.js';
import { tooMuch } from '../parts/toomuch.js';
import { stepOf, TITLE_LIMIT } from '../steps.js';
import { DIAL_LIMIT, DIALS, putStep } from '../stepchanges.js';
import { goAway, stand } from '../together.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {import('../router.js').Params} Params */

/** The step as it was when the editing began: what somebody else writes meanwhile is then kept beside it. @type {Step | undefined} */
let seen;
/** Opened from another step, as its copy: the way on leads to the copy, not back to where it was made. */
let isCopy = false;

/** @param {string} id */
const shelf = (id) => `step/${id}`;

/** @param {Step} step */
const stored = ({ title, hint, form, time, place, people, aids, length }) => ({ title, hint, form, time, place, people, aids, length });

const examples = () => ({
  time: t('for example: on a quiet evening'), place: t('for example: the shop around the corner'), people: t('for example: alone, or with my sister'),
  aids: t('for example: earphones, a hat'), length: t('for example: two minutes'),
});

export const screen = {
  title: () => t('The words of this step'),
  /** @param {Params} params */
  up: ({ id }) => `/step/${id}`,
  /** @param {Params} params */
  enter: ({ id, copy }) => {
    seen = stepOf(id);
    isCopy = Boolean(copy);
    if (seen) stand(seen.space, id);
  },
  leave: goAway,
  /** @param {Params} params */
  view: ({ id }) => {
    const step = stepOf(id);
    if (!step) return html`<p>${t('This step is not on this phone.')}</p>`;
    const { values, put, touched } = halfTyped(shelf(id), stored(step));
    const shown = examples();
    /** @param {keyof ReturnType<typeof stored>} name */
    const note = (name) => meanwhile(step, name, values[name]);
    return html`
      <form id="words" class="stack step-words" @submit=${(/** @type {SubmitEvent} */ event) => save(event, step)}>
        ${field({ label: t('What is the step?'), name: 'title', note: note('title'), value: values.title, onInput: put('title'), long: true, max: TITLE_LIMIT, required: true })}
        ${field({ label: t('A hint for myself'), name: 'hint', note: note('hint'), value: values.hint, onInput: put('hint'), long: true, max: 1000 })}
        ${choices({ label: t('Kind of step'), name: 'form', fit: 'three', value: values.form, options: Object.entries(formWords()).map(([value, text]) => ({ value, text })), onChoose: (form) => put('form')(/** @type {Step['form']} */ (form)) })}
        ${bodyNote(values)}
        <h2>${t('Turn it up or down')}</h2>
        <p class="note">${t('All of it is optional. Changing one thing makes the step easier, harder, or just different.')}</p>
        <div class="card dial-fields">${DIALS.map((dial) => html`<div class="dial-field">${dialSign(dial)}${field({
          label: dialName(dial), name: dial, note: note(dial), value: values[dial], onInput: put(dial), placeholder: shown[dial], max: DIAL_LIMIT })}</div>`)}</div>
      </form>
      <div class="dock">
        <button class="primary" form="words">${t('Keep these words')}</button>
        ${touched ? html`<button class="plain" type="button" @click=${() => forget(id)}>${t('Leave it as it was')}</button>` : ''}
        ${tooMuch(id)}
      </div>`;
  },
};

/**
 * Somebody wrote into the same field since the editing began: what stands now is shown beside what is being typed.
 * @param {Step} step
 * @param {keyof ReturnType<typeof stored>} name
 * @param {string} typed
 */
function meanwhile(step, name, typed) {
  if (seen?.id !== step.id || step[name] === seen[name] || step[name] === typed) return undefined;
  return t('Meanwhile somebody wrote: “{words}”. Keep yours, and neither is lost.', { words: step[name] || t('nothing') });
}

/** @param {SubmitEvent} event @param {Step} step */
async function save(event, step) {
  event.preventDefault();
  const { values } = halfTyped(shelf(step.id), stored(step));
  if (!values.title.trim()) return wantsWords(event, 'title');
  const trimmed = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text.trim()]));
  const undo = await putStep(seen?.id === step.id ? seen : step, trimmed);
  await dropDraft(shelf(step.id));
  leave(step.id);
  toast(t('Kept'), undo);
}

/** @param {string} id */
function forget(id) {
  dropDraft(shelf(id));
  leave(id);
}

/** @param {string} id */
function leave(id) {
  if (isCopy) go(`/step/${id}`, { replace: true });
  else back(`/step/${id}`);
}
