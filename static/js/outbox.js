/** Edits on their way to the account: how they are made, how many go at once, what becomes of them. Pure. */

/** @typedef {import('./kinds.js').Edit} Edit */
/** @typedef {import('./kinds.js').Waiting} Waiting */
/** @typedef {import('./kinds.js').Refused} Refused */
/**
 * @typedef {{id: string, outcome: 'written' | 'kept' | 'refused', kept?: string[], reason?: string, detail?: string}} Answer
 * @typedef {{kind?: string, role?: string, revision?: number, rows?: import('./kinds.js').Stored[], more?: boolean,
 *   gone?: boolean}} SpaceNews
 */

export const MOST_EDITS = 200;
export const MOST_BYTES = 200 * 1024;

const bytes = new TextEncoder();

/** A new id, also where the page is not https and `randomUUID` is missing. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0'));
  hex[6] = `4${hex[6]?.[1]}`;
  hex[8] = `a${hex[8]?.[1]}`;
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * Values as strict JSON can carry them: half a surrogate pair or a NUL (both can be pasted) would make the server
 * refuse the whole request, and with it the words of everybody behind in the queue.
 * @param {unknown} value
 * @returns {unknown}
 */
export function clean(value) {
  if (typeof value === 'string' || value instanceof String) return String(value).replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '');
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (value && typeof value === 'object') return cleanFields(/** @type {Record<string, unknown>} */ (value));
  return value;
}

/**
 * @param {Record<string, unknown>} fields
 * @returns {Record<string, unknown>}
 */
export function cleanFields(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined).map(([k, v]) => [k, clean(v)]));
}

/**
 * The edit as it goes over the wire, without its place in the queue.
 * @param {Waiting & Partial<Refused>} waiting
 * @returns {Edit}
 */
export function onWire({ id, space, kind, target, verb, fields, base, took, undo, at }) {
  return { id, space, kind, target, verb, fields, ...(base && { base }), ...(took && { took }), ...(undo && { undo }), at };
}

/**
 * The first edits of the queue that fit into one request. Always at least one, or the queue would stand still.
 * @param {readonly Waiting[]} queue
 * @param {number} [most]
 * @param {ReadonlySet<string>} [aside] spaces that have to wait
 * @returns {Waiting[]}
 */
export function batch(queue, most = MOST_EDITS, aside = new Set()) {
  /** @type {Waiting[]} */
  const taken = [];
  let size = 0;
  for (const edit of queue) {
    if (aside.has(edit.space)) continue;
    size += bytes.encode(JSON.stringify(onWire(edit))).length + 1;
    if (taken.length && (taken.length >= most || size > MOST_BYTES)) break;
    taken.push(edit);
  }
  return taken;
}

/**
 * What an answer does to the queue. An edit whose space has more rows to tell stays for the next page (the server
 * knows its id and answers the same), or its effect would vanish from the screen until that page came.
 * @param {readonly Waiting[]} sent
 * @param {readonly Answer[]} answers
 * @param {Record<string, SpaceNews>} spaces
 * @returns {{done: Waiting[], refused: Refused[]}}
 */
export function settle(sent, answers, spaces) {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  /** @type {Waiting[]} */
  const done = [];
  /** @type {Refused[]} */
  const refused = [];
  for (const edit of sent) {
    const answer = byId.get(edit.id);
    if (!answer || (answer.outcome !== 'refused' && spaces[edit.space]?.more)) continue;
    done.push(edit);
    if (answer.outcome === 'refused') refused.push(refuse(edit, answer.reason ?? '', answer.detail ?? ''));
  }
  return { done, refused };
}

/**
 * @param {Waiting} edit
 * @param {string} reason
 * @param {string} detail
 * @returns {Refused}
 */
export function refuse(edit, reason, detail) {
  return { ...onWire(edit), reason, detail };
}
