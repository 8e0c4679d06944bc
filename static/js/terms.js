/** Terms: what somebody may see and do. Pure. */

/** @typedef {import('./kinds.js').Consent} Consent */
/** @typedef {'propose' | 'write'} Way */
/** @typedef {'none' | 'chosen' | 'all'} Entries */
/** @typedef {{ladders: Record<string, Way>, entries: Entries, messages: boolean}} Terms */

const ENTRIES = ['none', 'chosen', 'all'];
const WAYS = [undefined, 'propose', 'write'];

/** @param {Consent} consent @returns {Terms} as they stand */
export const termsOf = ({ ladders, entries, messages }) => ({ ladders: Object.fromEntries(ladders), entries, messages });

/** With one ladder opened another way, or closed. @param {Terms} terms @param {string} space @param {Way | 'no'} way @returns {Terms} */
export function withLadder(terms, space, way) {
  const { [space]: _, ...others } = terms.ladders;
  return { ...terms, ladders: way === 'no' ? others : { ...others, [space]: way } };
}

/**
 * Would somebody see or do anything more than before? What was seen cannot be unseen, so only this is asked twice.
 * @param {Terms} before
 * @param {Terms} after
 */
export function widens(before, after) {
  return ENTRIES.indexOf(after.entries) > ENTRIES.indexOf(before.entries)
    || (after.messages && !before.messages)
    || Object.entries(after.ladders).some(([space, way]) => WAYS.indexOf(way) > WAYS.indexOf(before.ladders[space]));
}

/** Nothing at all is shown. @param {Terms} terms */
export const isNothing = ({ ladders, entries, messages }) => !Object.keys(ladders).length && entries === 'none' && !messages;
