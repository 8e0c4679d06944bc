/** When somebody sleeps, whatever the sun does, and how many reminders a day are enough (rules R-1, R-3). */
import { html, nothing } from 'lit-html';
import { clockWords } from '../daywords.js';
import { dropDraft } from '../drafts.js';
import { CEILINGS, ceilingOf, heldBy, quietOf } from '../manners.js';
import { back, toast } from '../page.js';
import { choices } from '../parts/choices.js';
import { halfTyped } from '../parts/field.js';
import { reminders } from '../reminders.js';
import { changeSetting, setting, write } from '../rows.js';
import { t, tn } from '../words.js';

/** @typedef {{own: boolean, from: string, to: string, ceiling: number}} Values */

const DRAFT = 'reminders/quiet';
const FIRST = { from: '23:00', to: '08:00' };   // a beginning to change, nothing is kept before one says so

export const screen = {
  title: () => t('Quiet hours'),
  up: () => '/reminders',
  view: () => {
    const { values, put } = halfTyped(DRAFT, stored());
    return html`<form id="quiet" class="stack wide" @submit=${keep}>
      ${choices({ label: t('When I sleep'), name: 'own', value: String(values.own), onChoose: (value) => put('own')(value === 'true'),
        options: [{ value: 'false', text: t('I would not say') }, { value: 'true', text: t('These hours') }] })}
      ${values.own ? hours(values, put) : html`<p class="note">${t('A reminder comes at the time you set for it. Only what is late is not sent between {from} and {to}.', { from: clockWords('22:00'), to: clockWords('08:00') })}</p>`}
      ${choices({ label: t('At most, in a day'), name: 'ceiling', value: String(values.ceiling), onChoose: (value) => put('ceiling')(Number(value)), fit: 'narrow',
        options: CEILINGS.map((n) => ({ value: String(n), text: tn('{n} reminder', '{n} reminders', n) })) })}
      <p class="note">${t('What would be more is not sent. It waits for you inside the app.')}</p></form>
      <div class="dock"><button class="primary" form="quiet" ?disabled=${values.own && !told(values)}>${t('Keep it')}</button></div>`;
  },
};

/** @returns {Values} */
function stored() {
  const quiet = quietOf(setting());
  return { own: Boolean(quiet), ...(quiet ?? FIRST), ceiling: ceilingOf(setting()) };
}

/** @param {Values} values */
const told = ({ from, to }) => quietOf({ quiet_from: from, quiet_to: to });

/** @param {Values} values @param {ReturnType<typeof halfTyped<Values>>['put']} put */
function hours(values, put) {
  const quiet = told(values);
  const within = quiet ? reminders().filter((one) => one.on && heldBy(one, quiet)) : [];
  return html`<fieldset class="field"><legend class="unseen">${t('When I sleep')}</legend>
    <div class="hours">
      <label><span class="note">${t('from')}</span><input autocomplete="off" type="time" name="from" required .value=${values.from} @input=${(/** @type {any} */ event) => put('from')(event.target.value)}></label>
      <label><span class="note">${t('until')}</span><input autocomplete="off" type="time" name="to" required .value=${values.to} @input=${(/** @type {any} */ event) => put('to')(event.target.value)}></label>
    </div>
    ${quiet ? html`<p class="note">${t('Nothing is sent from {from} until {to}. By day or by night, both are fine.', { from: clockWords(quiet.from), to: clockWords(quiet.to) })}</p>` : nothing}
    ${within.map((one) => html`<p class="note">${heldBy(one, quiet) === 'after' ? t('The one at {time} comes at {end} then.', { time: clockWords(one.time), end: clockWords(values.to) })
      : t('The one at {time} waits inside the app then.', { time: clockWords(one.time) })}</p>`)}
  </fieldset>`;
}

/** @param {SubmitEvent} event */
async function keep(event) {
  event.preventDefault();
  const { values } = halfTyped(DRAFT, stored());
  if (values.own && !told(values)) return;
  const quiet = values.own ? { quiet_from: values.from, quiet_to: values.to } : { quiet_from: '', quiet_to: '' };
  const undo = await write(changeSetting({ ...quiet, ceiling: values.ceiling }));
  await dropDraft(DRAFT);
  back('/reminders');
  toast(t('Kept.'), undo);
}
