/**
 * What the person sees: the rows the server confirmed, with the waiting edits laid over them in order.
 * Taking an edit back, or losing against somebody else's, needs no code: the layer above is gone, the row below shows.
 */
import { BLANK } from './kinds.js';

/** @typedef {import('./kinds.js').Kind} Kind */
/** @typedef {import('./kinds.js').Stored} Stored */
/** @typedef {import('./kinds.js').Waiting} Waiting */
/** @typedef {import('./kinds.js').Base & Record<string, any>} Row */

/** @type {readonly Waiting[]} */
const NONE = [];

/**
 * One row as the person sees it, or nothing: a `set` alone cannot make a row.
 * @param {Stored | undefined} stored
 * @param {readonly Waiting[]} edits of this row, oldest first
 * @returns {Row | undefined}
 */
export function overlay(stored, edits) {
  let fields = stored?.fields;
  let { space, kind } = stored ?? {};
  for (const edit of edits) {
    if (edit.verb === 'add' && !kind) ({ space, kind } = edit);
    if (kind) fields = { ...fields, ...edit.fields };
  }
  const id = stored?.id ?? edits[0]?.target;
  if (!kind || !space || !id) return undefined;
  return Object.freeze({ ...BLANK[kind], ...fields, id, space, kind });
}

/**
 * Will the house lay this edit beside the row, as a proposal, instead of writing it? Then the wording here stays as it is,
 * too: whoever only proposes must not see it done (rule T2). What one says oneself (comments, messages) is simply said.
 * @param {Waiting} edit
 * @param {string | undefined} role ours in the edit's space
 */
export const liesBeside = ({ kind }, role) => role === 'proposer' && (kind === 'step' || kind === 'ladder');

/** Keeps the view of every row, touching only what changed: 10,000 attempts must not be laid over anew for one tap. */
export class View {
  /** @type {Map<string, Stored>} */
  #stored = new Map();
  /** @type {Map<string, Waiting[]>} edits by the row they mean */
  #pending = new Map();
  /** @type {Map<Kind, Map<string, Row>>} */
  #rows = new Map();
  /** @type {Map<Kind, {living: Row[], everything: Row[]}>} */
  #lists = new Map();
  /** @type {WeakMap<Row, Stored>} what was confirmed when the person saw this row */
  #seen = new WeakMap();

  /** @param {Stored} row @returns {boolean} an older revision never covers a newer one */
  isNews(row) {
    return row.revision >= (this.#stored.get(row.id)?.revision ?? 0);
  }

  /** @param {Iterable<Stored>} rows what the server says */
  put(rows) {
    for (const row of rows) {
      if (!this.isNews(row)) continue;
      this.#stored.set(row.id, row);
      this.#touch(row.id);
    }
  }

  /** @param {readonly Waiting[]} edits the whole outbox, oldest first */
  wait(edits) {
    const before = this.#pending;
    this.#pending = new Map();
    for (const edit of edits) {
      const list = this.#pending.get(edit.target);
      if (list) list.push(edit);
      else this.#pending.set(edit.target, [edit]);
    }
    for (const id of new Set([...before.keys(), ...this.#pending.keys()])) {
      if (!sameEdits(before.get(id), this.#pending.get(id))) this.#touch(id);
    }
  }

  /** @param {string} space rows of it leave this phone */
  forget(space) {
    for (const [id, row] of [...this.#stored]) {
      if (row.space !== space) continue;
      this.#stored.delete(id);
      this.#touch(id);
    }
  }

  /** @param {string} space whose revisions began again: whatever comes next is news, what is here stays till then */
  distrust(space) {
    for (const [id, row] of this.#stored) if (row.space === space) this.#stored.set(id, { ...row, revision: 0 });
  }

  clear() {
    for (const map of [this.#stored, this.#pending, this.#rows, this.#lists]) map.clear();
  }

  /**
   * @param {string} id
   * @returns {Row | undefined}
   */
  row(id) {
    for (const rows of this.#rows.values()) {
      const row = rows.get(id);
      if (row) return row;
    }
    return undefined;
  }

  /** @param {string} id */
  waits(id) {
    return this.#pending.has(id);
  }

  /**
   * The same array until a row of the kind changes.
   * @param {Kind} kind
   * @param {boolean} archived with the archived ones
   * @returns {Row[]}
   */
  list(kind, archived) {
    let lists = this.#lists.get(kind);
    if (!lists) {
      const everything = [...(this.#rows.get(kind)?.values() ?? [])];
      lists = { everything, living: everything.filter((row) => !row.archived) };
      this.#lists.set(kind, lists);
    }
    return archived ? lists.everything : lists.living;
  }

  /**
   * The version of each field that stood when the person saw `row`: what an edit is based on.
   * @param {Row} row as given by `row()` or `list()`
   * @param {string[]} names
   * @returns {Record<string, number> | undefined} nothing for private spaces, which have one writer
   */
  base(row, names) {
    const versions = (this.#seen.get(row) ?? this.#stored.get(row.id))?.versions;
    if (!versions) return undefined;
    return Object.fromEntries(names.filter((name) => name in versions).map((name) => [name, versions[name]]));
  }

  /**
   * Has somebody else written this field since the person saw `row`?
   * @param {Row} row
   * @param {string} name
   * @param {string} person who is asking
   */
  overtaken(row, name, person) {
    const now = this.#stored.get(row.id);
    const then = this.#seen.get(row);
    return (now?.versions?.[name] ?? 0) > (then?.versions?.[name] ?? 0) && now?.writers?.[name] !== person;
  }

  /**
   * Has anybody else written on this row?
   * @param {string} id
   * @param {string} person who is asking
   */
  others(id, person) {
    return Object.values(this.#stored.get(id)?.writers ?? {}).some((writer) => writer !== person);
  }

  /**
   * Who wrote this field last, ourselves included while it is on its way.
   * @param {string} id
   * @param {string} name
   * @param {string} person who is asking
   */
  writer(id, name, person) {
    return this.#pending.get(id)?.some(({ fields }) => name in fields) ? person : this.#stored.get(id)?.writers?.[name];
  }

  /** @param {string} id */
  #touch(id) {
    const stored = this.#stored.get(id);
    const row = overlay(stored, this.#pending.get(id) ?? NONE);
    const old = this.row(id);
    const kind = /** @type {Kind | undefined} */ (row?.kind ?? old?.kind);
    if (!kind) return;
    this.#lists.delete(kind);
    if (!row) return void this.#rows.get(kind)?.delete(id);
    if (stored) this.#seen.set(row, stored);
    if (!this.#rows.has(kind)) this.#rows.set(kind, new Map());
    this.#rows.get(kind)?.set(id, row);
  }
}

/**
 * @param {Waiting[] | undefined} one
 * @param {Waiting[] | undefined} other
 */
function sameEdits(one, other) {
  return one?.length === other?.length && !!one?.every((edit, i) => edit.id === other?.[i]?.id);
}
