/** One step at the desk: as it stands, what lies beside it, what was said about it, and other words for it. */
import { html, nothing } from 'lit-html';
import { dropDraft } from '../../drafts.js';
import { ladderOf } from '../../ladders.js';
import { toast } from '../../page.js';
import { commentFold } from '../../parts/comments.js';
import { field, halfTyped, wantsWords } from '../../parts/field.js';
import { rating } from '../../parts/rating.js';
import { me } from '../../rows.js';
import { stepOf, TITLE_LIMIT } from '../../steps.js';
import { DIAL_LIMIT, DIALS } from '../../stepchanges.js';
import { goAway, namesAt, stand } from '../../together.js';
import { t } from '../../words.js';
import { chart } from '../../parts/chart.js';
import { shortDay } from '../../daywords.js';
import { fieldName } from '../fields.js';
import { attend, depart, entriesOf, followTogether, hasCome, openedPerson, shelf } from '../open.js';
import { besideCards } from '../parts/beside.js';
import { gone } from '../parts/gone.js';
import { pen, standers } from '../parts/meeting.js';
import { lying, put, saidAfter, undoOf, writes } from '../pens.js';
import { besideRow } from '../proposed.js';

/** @typedef {import('../../kinds.js').Step} Step */
/** @typedef {import('../../router.js').Params} Params */
/** @typedef {import('../people.js').Person} Person */

/** The step as it was when the words were begun to be changed. @type {Step | undefined} */
let seen;

export const screen = {
  title: () => t('A step'),
  /** @param {Params} params */
  up: ({ consent, id }) => { const ladder = stepOf(id)?.ladder; return ladder ? `/person/${consent}/ladder/${ladder}` : `/person/${consent}`; },
  /** @param {Params} params */
  enter: ({ consent, id }) => {
    seen = undefined;
    attend(consent);
    followTogether(() => stepOf(id)?.space);
  },
  leave: () => {
    goAway();
    depart();
  },
  /** @param {Params} params */
  view: ({ consent, id }) => {
    const person = openedPerson(consent);
    if (!person) return gone(consent);
    const step = stepOf(id);
    if (!step) return hasCome(person) ? gone(consent) : html`<p class="note" role="status">${t('One moment…')}</p>`;
    stand(step.space, id);
    const beside = besideRow(lying(step.space), step);
    if (step.archived) return html`<section class="stack"><p class="note">${person.name}</p><h2 class="step-title" dir="auto">${step.title}</h2><p>${t('This step is put away.')}</p></section>
      ${besideCards(beside.filter(({ field: name }) => name === 'archived'), step, person.name)}${awayOrBack(step, person, beside)}${times(consent, id)}`;
    return html`
      <section class="stack">
        <p class="note">${person.name} · ${ladderOf(step.ladder)?.title}</p>
        <h2 class="step-title" dir="auto">${step.title}</h2>
        ${standers(namesAt(step.space, id))}
        ${step.hint ? html`<p class="note" dir="auto">${step.hint}</p>` : nothing}
        ${facts(step)}
      </section>
      ${besideCards(beside, step, person.name)}
      ${pen(step.space, person.name)}
      ${form(step, person)}
      ${commentFold(step, 'step', t('{name} reads this, and nobody else.', { name: person.name }))}
      ${times(consent, id)}
      <div class="row apart"><a class="plain" href="#/person/${consent}/changes/${id}">${t('What changed')}</a>${awayOrBack(step, person, beside)}</div>`;
  },
};

/** Off the ladder or on it again, for the person to decide; nothing to ask while ours waits. @param {Step} step @param {Person} person @param {import('../proposed.js').Beside[]} beside */
function awayOrBack(step, { name }, beside) {
  if (beside.some(({ field: what, by }) => what === 'archived' && by === me()?.person)) return nothing;
  const act = async () => {
    const archived = !step.archived;
    const undo = await put(step, { archived }).done;
    toast(writes(step.space) ? archived ? t('Taken off the ladder: {title}', { title: step.title }) : t('It is back on the ladder') : saidAfter(step.space, name), undoOf(step.space, undo));
  };
  const words = writes(step.space) ? [t('Take it off the ladder'), t('Put it back on the ladder')] : [t('Propose to put it away'), t('Propose to put it back')];
  return html`<button class="plain" type="button" @click=${act}>${words[Number(step.archived)]}</button>`;
}

/** @param {Step} step */
function facts(step) {
  const set = [...DIALS.filter((dial) => step[dial]).map((dial) => [dial, step[dial]]), ...(step.predicted === null ? [] : [['predicted', step.predicted]])];
  return set.length ? html`<dl class="dials">${set.map(([name, value]) => html`<div><dt>${fieldName(String(name), 'step')}</dt><dd dir="auto">${value}</dd></div>`)}</dl>` : nothing;
}

/** @param {Step} step */
const stored = ({ title, hint, time, place, people, aids, length, predicted }) => ({ title, hint, time, place, people, aids, length, predicted });

/** The words that stand, with mine that wait laid over them: one goes on from where one was. @param {Step} step */
function begun(step) {
  const mine = besideRow(lying(step.space), step).filter(({ field: name }) => name in stored(step));
  return { ...stored(step), ...Object.fromEntries(mine.map(({ field: name, value }) => [name, value])) };
}

/** @param {Step} step @param {Person} person */
function form(step, person) {
  const key = shelf(person.consent, `step/${step.id}`);
  const { values, put: type, touched } = halfTyped(key, begun(step));
  if (!touched) seen = step;
  const change = (/** @type {keyof typeof values} */ name) => (/** @type {any} */ value) => type(name)(value);
  return html`<details class="card more" .open=${touched}>
    <summary>${writes(step.space) ? t('Change the words') : t('Propose other words')}</summary>
    <form class="stack" @submit=${(/** @type {SubmitEvent} */ event) => keep(event, step, person, values)}>
      ${field({ label: t('What is the step?'), name: 'title', value: values.title, onInput: change('title'), long: true, max: TITLE_LIMIT, required: true })}
      ${field({ label: fieldName('hint', 'step'), name: 'hint', value: values.hint, onInput: change('hint'), long: true, max: 1000 })}
      <div class="dial-fields">${DIALS.map((dial) => field({ label: fieldName(dial, 'step'), name: dial, value: values[dial], onInput: change(dial), max: DIAL_LIMIT }))}</div>
      ${rating({ id: 'predicted', label: t('How hard might it look from there?'), value: values.predicted, compact: true, onInput: change('predicted') })}
      <div class="row"><button class="quiet firm">${writes(step.space) ? t('Keep these words') : t('Propose it')}</button>
        ${touched ? html`<button class="plain" type="button" @click=${() => forget(key)}>${t('Leave it as it was')}</button>` : nothing}</div>
    </form></details>`;
}

/** @param {SubmitEvent} event @param {Step} step @param {Person} person @param {ReturnType<typeof stored>} values */
async function keep(event, step, { consent, name }, values) {
  event.preventDefault();
  if (!values.title.trim()) return wantsWords(event, 'title');
  const trimmed = Object.fromEntries(Object.entries(values).map(([field, value]) => [field, typeof value === 'string' ? value.trim() : value]));
  const { changes, done } = put(seen?.id === step.id ? seen : step, trimmed);
  const undo = await done;
  await forget(shelf(consent, `step/${step.id}`));
  toast(changes ? saidAfter(step.space, name) : t('Nothing is different, so nothing was sent.'), changes ? undoOf(step.space, undo) : undefined);
}

/** @param {string} key */
async function forget(key) {
  await dropDraft(key);
  seen = undefined;
}

/** The times of this step, where they are shared and were read. @param {string} consent @param {string} id */
function times(consent, id) {
  const list = (entriesOf(consent)?.attempts ?? []).filter((one) => one.step === id && one.outcome && (one.before !== null || one.after !== null)).slice(0, 20).reverse();
  return list.length > 1 ? chart(list.map(({ before, after, peak, started }) => ({ before, after, peak, label: started ? shortDay(started) : '' }))) : nothing;
}
