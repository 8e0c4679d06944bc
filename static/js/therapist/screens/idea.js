/** An idea for a reminder: a proposal, nothing more. It reminds nobody before the person has taken it (rule R-8). */
import { html, nothing } from 'lit-html';
import { clockWords, dayName, daysWords } from '../../daywords.js';
import { dropDraft } from '../../drafts.js';
import { addIdea } from '../../ideas.js';
import { toast } from '../../page.js';
import { field, halfTyped } from '../../parts/field.js';
import { WEEK } from '../../rhythm.js';
import { all, change, get, me, write } from '../../rows.js';
import { stepsOf } from '../../steps.js';
import { t } from '../../words.js';
import { attend, depart, openedPerson, shelf } from '../open.js';
import { gone } from '../parts/gone.js';

/** @typedef {import('../../router.js').Params} Params */
/** @typedef {import('../../kinds.js').Idea} Idea */
/** @typedef {import('../people.js').Person} Person */
/** @typedef {{step: string, days: number[], time: string, words: string}} Wish */

const MOST_WORDS = 80;
/** @type {Wish} */
const BLANK_WISH = { step: '', days: [0, 2, 4], time: '19:00', words: '' };

export const screen = {
  title: () => t('An idea for a reminder'),
  /** @param {Params} params */
  up: ({ consent }) => `/person/${consent}`,
  /** @param {Params} params */
  enter: ({ consent }) => attend(consent),
  leave: depart,
  /** @param {Params} params */
  view: ({ consent, step }) => {
    const person = openedPerson(consent);
    if (!person) return gone(consent);
    const ladders = all('ladder').filter(({ space }) => person.ladders.some((one) => one.space === space));
    if (!ladders.length) return html`<p class="note" role="status">${person.ladders.length ? t('One moment…') : t('No ladder is shared with you.')}</p>`;
    const { values, put } = halfTyped(shelf(consent, 'idea'), { ...BLANK_WISH, step: step ?? '' });
    return html`
      <p class="card soft">${t('{name} finds this as an idea. Only if they take it does a reminder begin, and they may change all of it.', { name: person.name })}</p>
      <form class="stack" @submit=${(/** @type {SubmitEvent} */ event) => send(event, person, ladders)}>
        ${about(ladders, values, put('step'))}${days(values.days, put('days'))}
        <label class="field"><span>${t('Time')}</span><input autocomplete="off" type="time" name="time" required .value=${values.time} @input=${(/** @type {any} */ event) => put('time')(event.target.value)}></label>
        ${field({ label: t('Words for it'), note: t('If you like: what might be kind to read at that moment.'), name: 'words', value: values.words, onInput: put('words'), max: MOST_WORDS })}
        <button class="primary" ?disabled=${!values.days.length || !values.time}>${t('Send this idea')}</button>
      </form>
      ${earlier(person)}`;
  },
};

/** @param {import('../../kinds.js').Ladder[]} ladders @param {Wish} values @param {(id: string) => void} put */
const about = (ladders, values, put) => html`<label class="field"><span>${t('About')}</span>
  <select autocomplete="off" name="step" @change=${(/** @type {any} */ event) => put(event.target.value)}>
    <option value="" ?selected=${!values.step}>${t('Whichever step they choose')}</option>
    ${ladders.flatMap(({ id }) => stepsOf(id)).map(({ id, title }) => html`<option value=${id} ?selected=${id === values.step}>${title}</option>`)}
  </select></label>`;

/** @param {number[]} chosen @param {(days: number[]) => void} put */
function days(chosen, put) {
  /** @param {number} day */
  const flip = (day) => put(chosen.includes(day) ? chosen.filter((one) => one !== day) : [...chosen, day].sort());
  return html`<fieldset class="choices days"><legend>${t('Days')}</legend>
    <div class="choices-row">${WEEK.map((day) => html`<label class="choice day">
      <input class="choices-input" type="checkbox" name="day" value=${day} .checked=${chosen.includes(day)} aria-label=${dayName(day, 'long')} @change=${() => flip(day)}>
      <span aria-hidden="true">${dayName(day, 'short')}</span></label>`)}</div></fieldset>`;
}

/** @param {SubmitEvent} event @param {Person} person @param {import('../../kinds.js').Ladder[]} ladders */
async function send(event, { consent, name }, ladders) {
  event.preventDefault();
  const { values } = halfTyped(shelf(consent, 'idea'), BLANK_WISH);
  if (!values.days.length || !values.time) return;
  const step = get(values.step);
  const ladder = ladders.find(({ id }) => id === step?.ladder) ?? ladders[0];
  const undo = await addIdea(ladder.space, { step: step?.id ?? null, ladder: step ? ladder.id : null, days: values.days, time: values.time, words: values.words.trim() }, Date.now());
  await dropDraft(shelf(consent, 'idea'));
  toast(t('Sent as an idea. {name} decides.', { name }), undo);
}

/** Ideas given before, with what became of them: taken and left weigh the same. @param {Person} person */
function earlier({ ladders, name }) {
  const mine = /** @type {Idea[]} */ (all('idea')).filter((one) => one.by === me()?.person && ladders.some(({ space }) => space === one.space)).sort((a, b) => b.at - a.at);
  if (!mine.length) return nothing;
  const words = { open: t('waits for {name}', { name }), taken: t('taken'), left: t('left') };
  return html`<section class="stack"><h2>${t('Ideas so far')}</h2><ul class="list">${mine.map((one) => html`<li class="card">
    <p><strong>${clockWords(one.time)}</strong> ${daysWords(one.days)} <span class="badge">${words[one.state]}</span></p>
    <p class="note" dir="auto">${one.words || get(one.step)?.title || t('Whichever step they choose')}</p>
    ${one.state === 'open' ? html`<button class="plain" type="button" @click=${() => away(one)}>${t('Take it back')}</button>` : nothing}</li>`)}</ul></section>`;
}

/** @param {Idea} one */
async function away(one) {
  toast(t('Taken back'), await write([change(one, { archived: true })]));
}
