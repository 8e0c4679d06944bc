/**
 * The rows of the person who is here, as the screens read and write them. Disk, then screen, then network: `write`
 * resolves when the words are on disk, everybody who listens has them by then, and sending them is somebody else's job.
 */
import { BLANK } from './kinds.js';
import { cleanFields, newId } from './outbox.js';
import { inTurn, keep, meta, view } from './phone.js';
import { listen } from './status.js';

export { listen };

/** @typedef {import('./kinds.js').Kind} Kind */
/** @typedef {import('./kinds.js').Kinds} Kinds */
/** @typedef {import('./kinds.js').Edit} Edit */
/** @typedef {import('./merge.js').Row} Row */
/** @typedef {() => Promise<unknown>} Undo */

// ---- reading -------------------------------------------------------------------------------------------------------

/**
 * Rows of a kind in no order, archived ones left out. The same array until one of them changes; do not change it.
 * @template {Kind} K
 * @param {K} kind
 * @param {{archived?: boolean}} [also]
 * @returns {Kinds[K][]}
 */
export function all(kind, also) {
  return /** @type {any} */ (view.list(kind, also?.archived ?? false));
}

/**
 * @param {string | null | undefined} id
 * @returns {any} the row as the person sees it, archived or not
 */
export function get(id) {
  return id ? view.row(id) : undefined;
}

/** Who wrote this field last. @param {string} id @param {string} name */
export const writer = (id, name) => view.writer(id, name, me()?.person ?? '');

/** @returns {import('./kinds.js').Me | null} who is here on this phone, or nobody yet */
export function me() {
  return meta.me ?? null;
}

/** @returns {import('./kinds.js').Setting} the person's settings, blank ones before there are any */
export function setting() {
  const space = me()?.space ?? '';
  return get(space) ?? { ...BLANK.setting, id: space, space, kind: 'setting' };
}

/**
 * @param {string} space
 * @returns {string} owner, editor, proposer or viewer; owner of what is not yet sent
 */
export function roleIn(space) {
  return meta.spaces?.[space]?.role ?? 'owner';
}

/** @param {string} id @returns {boolean} is something of this row still only on this phone? */
export function unsent(id) {
  return view.waits(id);
}

// ---- writing -------------------------------------------------------------------------------------------------------

/**
 * @param {Kind} kind
 * @param {string} space
 * @param {Record<string, unknown>} fields
 * @param {string} [id]
 * @returns {Edit} to be given to `write`
 */
export function add(kind, space, fields, id = newId()) {
  return { id: newId(), space, kind, target: id, verb: 'add', fields: cleanFields(fields), at: Date.now() };
}

/**
 * An edit of what really changes. Give the row as it was when the person began to edit: if somebody else wrote the
 * same field meanwhile, both versions are kept instead of one covering the other unseen.
 * @param {import('./kinds.js').Base} row as `all` or `get` gave it
 * @param {Record<string, unknown>} fields
 * @returns {Edit} to be given to `write`, which skips it when nothing changes
 */
export function change(row, fields) {
  const seen = /** @type {Row} */ (row);
  const now = view.row(row.id) ?? seen;
  const person = me()?.person ?? '';
  const news = Object.entries(cleanFields(fields)).filter(([name, value]) =>
    !same(value, seen[name]) || (!same(value, now[name]) && !view.overtaken(seen, name, person)));
  const base = view.base(seen, news.map(([name]) => name));
  return {
    id: newId(), space: row.space, kind: /** @type {Kind} */ (row.kind), target: row.id, verb: 'set',
    fields: Object.fromEntries(news), ...(base && { base }), at: Date.now(),
  };
}

/**
 * An edit of the settings, also when there are none yet.
 * @param {Record<string, unknown>} fields
 */
export function changeSetting(fields) {
  const row = setting();
  return view.row(row.id) ? change(row, fields) : add('setting', row.space, fields, row.id);
}

/**
 * Resolves when the edits are on disk, with a function that takes them back by writing their opposite: what somebody else
 * has written since stays, whether this phone has heard of it yet or not.
 * @param {Edit | Edit[]} edits
 * @returns {Promise<Undo>}
 */
export function write(edits) {
  const wanted = [edits].flat().filter((edit) => edit.verb === 'add' || Object.keys(edit.fields).length);
  return inTurn(async () => {
    const before = new Map(wanted.map(({ target }) => [target, view.row(target)]));
    if (wanted.length) await keep(wanted);
    return () => write(wanted.flatMap((edit) => opposite(edit, before.get(edit.target))).reverse().map((edit) => ({ ...edit, undo: true })));
  });
}

/**
 * @param {Edit} edit
 * @param {Row | undefined} before
 * @returns {Edit[]}
 */
function opposite(edit, before) {
  if (before) return [change(before, Object.fromEntries(Object.keys(edit.fields).map((name) => [name, before[name]])))];
  const row = view.row(edit.target);
  // The very first setting: nothing there can be put away, each goes back to what it was when nobody had touched it.
  if (edit.kind === 'setting' && row) return [change(row, Object.fromEntries(Object.keys(edit.fields).map((name) => [name, BLANK.setting[name]])))];
  // What somebody else has written on meanwhile is no longer only ours to take away.
  const ours = row && 'archived' in BLANK[edit.kind] && !view.others(edit.target, me()?.person ?? '');
  return edit.verb === 'add' && ours ? [change(row, { archived: true })] : [];
}

/** @param {unknown} one @param {unknown} other */
function same(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
