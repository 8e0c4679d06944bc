/** Earlier wordings of a step: nothing that was ever written is lost, and who wrote it is told. Needs the network. */
import { html, nothing } from 'lit-html';
import { ask } from '../api.js';
import { momentWords } from '../days.js';
import { render } from '../page.js';
import { me } from '../rows.js';
import { putStep } from '../steps.js';
import { t } from '../words.js';
import { settle } from './proposal.js';

/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {{field: string, previous: unknown, new: unknown}} Change */
/** @typedef {{id: string, at_server: number, actor: {id: string, nickname?: string}, changes: Change[]}} Entry */

/** @type {{row: string, entries: Entry[] | null, lost: boolean} | null} */
let open = null;

export function forgetWordings() { open = null; }

/** @param {Step} step */
export function wordings(step) {
  const here = open?.row === step.id ? open : null;
  return html`<details .open=${here !== null} @toggle=${(/** @type {Event} */ event) => toggled(event, step)}>
    <summary>${t('Earlier wordings')}</summary>${here ? body(here, step) : nothing}</details>`;
}

/** @param {Event} event @param {Step} step */
async function toggled(event, step) {
  const unfolded = /** @type {HTMLDetailsElement} */ (event.target).open;
  if (unfolded === (open?.row === step.id)) return;
  open = unfolded ? { row: step.id, entries: null, lost: false } : null;
  render();
  if (unfolded) await fetchEntries(step);
}

/** @param {Step} step */
async function fetchEntries(step) {
  const found = await ask('GET', `/api/history/${step.id}`).catch(() => null);
  if (open?.row !== step.id) return;
  const list = found?.status === 200 ? found.body.edits : null;
  open = { row: step.id, entries: list, lost: list === null };
  render();
}

/** @param {NonNullable<typeof open>} here @param {Step} step */
function body({ entries, lost }, step) {
  if (lost) return html`<p class="note">${t('Earlier wordings are kept in your account. They can be seen when there is a network.')}</p>`;
  if (!entries) return html`<p class="note">${t('One moment …')}</p>`;
  const told = entries.flatMap((entry) => entry.changes.filter(isWording).map((change) => ({ entry, change })));
  if (!told.length) return html`<p class="note">${t('The words have been the same from the beginning.')}</p>`;
  return html`<ol class="list tight">${told.map(({ entry, change }) => html`<li class="wording">
    <span><q>${change.previous}</q><br>
      <span class="note">${t('until {when}', { when: momentWords(entry.at_server) })}${by(entry)}</span></span>
    <button class="quiet" type="button" @click=${() => bringBack(step, change)}>${t('Bring back')}</button>
  </li>`)}</ol>`;
}

/** @param {Step} step @param {Change} change */
const bringBack = (step, { field, previous }) => settle(putStep(step, { [field]: previous }), t('The earlier words are back'));

/** @param {Change} change */
const isWording = (change) => ['title', 'hint'].includes(change.field) && typeof change.previous === 'string' && change.previous !== '';

/** @param {Entry} entry */
const by = ({ actor }) => (actor.id === me()?.person ? '' : `, ${t('changed by {name}', { name: actor.nickname || t('somebody you invited') })}`);
