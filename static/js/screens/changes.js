/**
 * What changed on a ladder, or on one step: who, when, what stood there before, and a way to bring it back. Nothing that was
 * ever written is lost. It lies in the account, so it needs the network.
 */
import { html, nothing } from 'lit-html';
import { ask } from '../api.js';
import { nameOf } from '../consents.js';
import { momentWords } from '../days.js';
import { syncNow } from '../here.js';
import { ladderOf } from '../ladders.js';
import { turnstile } from '../once.js';
import { render, toast } from '../page.js';
import { fieldName, valueWords } from '../parts/fieldwords.js';
import { change as changed, get, me, roleIn, write } from '../rows.js';
import { stepOf } from '../steps.js';
import { t } from '../words.js';

/** @typedef {import('../router.js').Params} Params */
/** @typedef {{field: string, previous: unknown, new: unknown, by?: {id: string}}} Change */
/** @typedef {{id: string, at_server: number, actor: {id: string}, kind: string, target: string, verb: string, outcome: string, changes: Change[]}} Entry */

/** Known only to the machine, or told by other words. */
const QUIET = ['ladder', 'from_library', 'split_from', 'varied_from', 'turned', 'position', 'archived', 'form', 'wish_unknown'];

const { busy, once } = turnstile();
/** @type {{of: string, entries: Entry[] | null, before: string | null, lost: boolean}} */
let shown = { of: '', entries: null, before: null, lost: false };

/** @param {string} id the ladder's or the step's */
const address = (id) => (ladderOf(id) ? `/api/history/ladder/${ladderOf(id)?.space}` : `/api/history/${id}`);

export const screen = {
  title: () => t('What changed'),
  /** @param {Params} params */
  up: ({ id }) => (ladderOf(id) ? `/ladder/${id}` : `/step/${id}`),
  /** @param {Params} params */
  enter({ id }) {
    shown = { of: id, entries: null, before: null, lost: false };
    void look(id);
  },
  leave() {
    shown = { of: '', entries: null, before: null, lost: false };
  },
  /** @param {Params} params */
  view({ id }) {
    const row = ladderOf(id) ?? stepOf(id);
    return html`${row ? html`<h2 class="step-title" dir="auto">${row.title}</h2>` : nothing}${body(id)}`;
  },
};

/** @param {string} id @param {string | null} [before] */
async function look(id, before = null) {
  await syncNow();                       // what was written a moment ago is to be in it
  const found = await ask('GET', address(id) + (before ? `?before=${before}` : '')).catch(() => null);
  if (shown.of !== id) return;
  const page = found?.status === 200 ? found.body : null;
  if (!page) shown = { ...shown, lost: true };
  else shown = { of: id, entries: [...(before ? shown.entries ?? [] : []), ...page.edits], before: page.before, lost: false };
  render();
}

/** @param {string} id */
function body(id) {
  const { entries, before, lost } = shown;
  if (lost && !entries) return html`<section class="card soft"><p>${t('Earlier wordings are kept in your account. They can be seen when there is a network.')}</p>
    <button class="quiet" type="button" ?disabled=${busy()} @click=${() => once(() => look(id))}>${t('Try again')}</button></section>`;
  if (!entries) return html`<p class="note">${t('One moment …')}</p>`;
  const told = entries.filter(isTold);
  return html`${told.length ? html`<ol class="list changes">${told.map((entry) => entryOf(entry, id))}</ol>` : html`<p class="empty">${t('The words have been the same from the beginning.')}</p>`}
    ${lost ? html`<p class="note">${t('Earlier wordings are kept in your account. They can be seen when there is a network.')}</p>` : nothing}
    ${before ? html`<button class="quiet" type="button" ?disabled=${busy()} @click=${() => once(() => look(id, before))}>${t('Show earlier ones')}</button>` : nothing}`;
}

/** @param {Entry} entry */
const isTold = (entry) => entry.verb === 'add' || entry.changes.some(isChange);

/** @param {Change} change */
const isChange = ({ field, previous, new: now }) => fieldName(field) !== field && (previous ?? '') !== (now ?? '');

/** @param {Entry} entry @param {string} id of the page */
function entryOf(entry, id) {
  const row = get(entry.target);
  return html`<li class="card change">
    <p class="note">${momentWords(entry.at_server)}</p>
    <p><strong>${headline(entry)}</strong></p>
    ${entry.target !== id && row ? html`<p>${row.kind === 'step' ? html`<a href="#/step/${row.id}" dir="auto">${row.title}</a>` : html`<span dir="auto">${row.title}</span>`}</p>` : nothing}
    ${entry.verb === 'add' && entry.outcome !== 'kept' ? nothing : changesOf(entry).map((one) => oldAndNew(entry, one))}
  </li>`;
}

/** What is worth a line: a whole step tells its own words only. @param {Entry} entry */
function changesOf(entry) {
  if (entry.verb !== 'add') return entry.changes.filter(isChange);
  const whole = entry.changes.find((one) => one.field === '')?.new;
  return Object.entries(/** @type {Record<string, unknown>} */ (whole ?? {})).filter(([field, value]) => !QUIET.includes(field) && value !== null && value !== '')
    .map(([field, value]) => ({ field, previous: null, new: value }));
}

/** Who did what; with both names where one took the other's words. @param {Entry} entry */
function headline(entry) {
  const own = entry.actor.id === me()?.person;
  const name = nameOf(entry.actor.id);
  const from = entry.changes.find((one) => one.by)?.by;
  if (from) return own ? t('You took what {from} proposed', { from: nameOf(from.id) }) : t('{name} took what {from} proposed', { name, from: nameOf(from.id) });
  if (entry.outcome === 'kept') return own ? t('You proposed') : t('{name} proposed', { name });
  if (entry.verb === 'add') {
    if (entry.kind === 'ladder') return own ? t('You made this ladder') : t('{name} made this ladder', { name });
    return own ? t('You put it on the ladder') : t('{name} put it on the ladder', { name });
  }
  return own ? t('You changed') : t('{name} changed', { name });
}

/** @param {Entry} entry @param {Change} one */
function oldAndNew(entry, one) {
  const row = get(entry.target);
  const was = valueWords(one.field, one.previous, row), now = valueWords(one.field, one.new, row);
  const proposed = entry.outcome === 'kept';
  return html`<div class="old-new">
    <p class="note">${fieldName(one.field, entry.kind)}</p>
    ${one.field === 'position' ? html`<p>${proposed ? now : t('moved')}</p>` : html`<p>
      ${proposed ? nothing : html`<span class="unseen">${t('before')}: </span><s dir="auto">${was}</s> <span aria-hidden="true">→</span> <span class="unseen">${t('after')}: </span>`}<span dir="auto">${now}</span></p>`}
    ${!proposed && restorable(row, one) ? html`<button class="plain" type="button" ?disabled=${busy()} @click=${() => bringBack(entry.target, one)}>${t('Bring back what stood before')}</button>` : nothing}
  </div>`;
}

/** @param {any} row @param {Change} one */
const restorable = (row, one) => Boolean(row) && roleIn(row.space) !== 'proposer' && one.previous !== null && one.previous !== undefined && !(one.field === 'title' && one.previous === '') && row[one.field] !== one.previous;

/** Written as an edit of one's own, on what stands now: it stands in the history itself. @param {string} target @param {Change} one */
const bringBack = (target, one) => once(async () => {
  const undo = await write([changed(get(target), { [one.field]: one.previous })]);
  const again = async () => { await undo(); await look(shown.of); };
  toast(t('The earlier words are back'), again);
  await look(shown.of);
});
