/** Another way: the same step with one thing changed, and that one named (rule L6). A dial is touched, a stop is touched, and the sentence is there. */
import { html, nothing } from 'lit-html';
import { attemptsOf } from '../attempts.js';
import { DIALS, fieldsOf, imagined, oneLess, turns } from '../dials.js';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { back, go, render, toast } from '../page.js';
import { choices } from '../parts/choices.js';
import { dialFace, dialName } from '../parts/dialsign.js';
import { bodyNote } from '../parts/healthnote.js';
import { tooMuch } from '../parts/toomuch.js';
import { stepOf } from '../steps.js';
import { varyStep } from '../stepchanges.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {import('../dials.js').Turn} Turn */
/** @typedef {import('../dials.js').Dial | 'imagined'} Dial */
/** @typedef {import('../router.js').Params} Params */
/** @typedef {{dial?: Dial, title?: string, ready?: boolean}} Begun `ready`: the person says that one less may be tried (rule L7) */

/** A sentence of so many letters stays in sight while its dials are turned; a longer one would hide them. */
const SHORT = 90;

/** @param {string} step */
const shelf = (step) => `another/${step}`;
/** @param {Step} step @returns {Begun} */
const begun = (step) => draft(shelf(step.id)) ?? {};

/** @param {Step} step @param {Begun} news */
function tell(step, news) {
  saveDraft(shelf(step.id), { ...begun(step), ...news });
  return render();
}

/** What helped with this step, as far as somebody wrote it down: on the step itself, else the last time. @param {Step} step */
const helped = (step) => step.aids || (attemptsOf(step.id).findLast((one) => one.aids)?.aids ?? '');

/** @param {Step} step @param {Dial} dial @returns {Turn[]} */
function offered(step, dial) {
  if (dial === 'imagined') return imagined(step);
  return [...(dial === 'aids' && begun(step).ready ? oneLess(step, helped(step)) : []), ...turns(step, dial)];
}

export const screen = {
  title: () => t('Another way'),
  /** @param {Params} params */
  up: ({ id }) => `/step/${id}`,
  /** @param {Params} params */
  view: ({ id }) => {
    const step = stepOf(id);
    if (!step) return html`<p>${t('This step is not on this phone.')}</p>`;
    const { dial, title } = begun(step);
    const open = [...DIALS, /** @type {const} */ ('imagined')].filter((one) => offered(step, one).length);
    const turn = dial && offered(step, dial).find((one) => one.title === title);
    return html`
      <section class="stack dial-sentence ${step.title.length < SHORT ? 'stays' : ''}" aria-live="polite">
        <p class="note">${turn ? t('Only one thing is different: {dial}', { dial: dialName(turn.dial) }) : t('One thing may change. All else stays as it is.')}</p>
        <h2 class="step-title">${turn ? marked(turn) : step.title}</h2>
      </section>
      ${bodyNote(step)}
      <div class="dial-faces" role="group" aria-label=${t('What to turn')}>${open.map((one) => face(step, one, turn))}</div>
      ${dial ? stops(step, dial, title) : nothing}
      <div class="dock">
        ${turn ? html`<button class="primary" type="button" @click=${() => put(step, turn)}>${t('Put it on the ladder')}</button>` : nothing}
        <div class="row centre ways-out"><button class="plain" type="button" @click=${() => leave(step)}>${t('Leave it as it is')}</button>${tooMuch(step.id)}</div>
      </div>`;
  },
};

/** The sentence, with what is new in it marked. @param {Turn} turn */
function marked({ title, said }) {
  const at = title.indexOf(said);
  return at < 0 ? title : html`${title.slice(0, at)}<mark>${said}</mark>${title.slice(at + said.length)}`;
}

/** @param {Step} step @param {Dial} dial @param {Turn | undefined} turn */
function face(step, dial, turn) {
  const here = begun(step).dial === dial;
  const touch = async () => {
    const only = dial === 'imagined' ? offered(step, dial)[0].title : undefined;
    await tell(step, { dial, title: here ? begun(step).title : only });
    document.querySelector('.stops')?.scrollIntoView({ block: 'nearest' });
  };
  return html`<button class="dial-knob" type="button" aria-pressed=${here} @click=${touch}>
    ${dialFace(dial, turn?.dial === dial ? turn.way : null)}<span>${dialName(dial)}</span></button>`;
}

/** @param {Step} step @param {Dial} dial @param {string | undefined} title */
function stops(step, dial, title) {
  if (dial === 'imagined') return nothing;
  const all = offered(step, dial);
  const groups = /** @type {const} */ ([['down', t('Easier')], ['other', t('Just different')], ['up', t('A little more')]]);
  return html`<section class="stops stack">
    ${groups.map(([way, label]) => {
      const list = all.filter((one) => one.way === way);
      return list.length ? choices({
        label, name: 'stop', fit: 'narrow', value: title ?? null, options: list.map((one) => ({ value: one.title, text: stopName(one) })),
        onChoose: (chosen) => tell(step, { title: chosen }),
      }) : nothing;
    })}
    ${dial === 'aids' ? oneLessOffer(step) : nothing}
  </section>`;
}

/** What is left out is named; of all else, what comes. @param {Turn} turn */
const stopName = ({ dial, way, said, value }) => (dial === 'aids' && way === 'up' ? said.replace(/、$/, '') : value);

/** Nothing that helps is ever called too much. One less is there for who says so (rule L7). @param {Step} step */
const oneLessOffer = (step) => (begun(step).ready ? nothing : html`<div class="stack">
  <p class="note">${t('What helps may stay as long as you like.')}</p>
  <button class="quiet" type="button" @click=${() => tell(step, { ready: true })}>${t('I might be ready for one less')}</button></div>`);

/** @param {Step} step @param {Turn} turn */
async function put(step, turn) {
  const { ids, undo } = await varyStep(step, fieldsOf(turn), turn.way === 'down');
  await dropDraft(shelf(step.id));
  go(`/step/${ids[0]}`, { replace: true });
  toast(t('It is on the ladder'), async () => { await undo(); go(`/step/${step.id}`, { replace: true }); });
}

/** @param {Step} step */
async function leave(step) {
  await dropDraft(shelf(step.id));
  back(`/step/${step.id}`);
}
