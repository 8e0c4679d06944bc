/** The therapist's pen on somebody's ladder: it proposes, or writes where the person opened that. What lies beside, too. */
import { change, all, me, roleIn, write } from '../rows.js';
import { besides } from './unwritten.js';
import { besideIn } from './proposed.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {import('../kinds.js').Ladder} Ladder */
/** @typedef {import('./proposed.js').Beside} Beside */

/** Does what is written here stand at once? @param {string} space */
export const writes = (space) => roleIn(space) === 'editor';

/** Everything that waits for a word in this space. @param {string} space @returns {Beside[]} */
export const lying = (space) => besideIn(space, all('proposal'), besides(), me()?.person ?? '');

/** What to say when something was written. @param {string} space @param {string} name the owner's */
export const saidAfter = (space, name) => (writes(space) ? t('Kept') : t('Proposed. {name} decides.', { name }));

/** An undo only where something stands; a proposal has changed nothing. @param {string} space @param {() => unknown} undo */
export const undoOf = (space, undo) => (writes(space) ? undo : undefined);

/**
 * Put these fields, or propose them: only what differs from the words that stand and from what waits already.
 * @param {Step | Ladder} row as it was when the editing began
 * @param {Record<string, unknown>} fields
 */
export function put(row, fields) {
  const mine = new Map(lying(row.space).filter(({ target, by }) => target === row.id && by === me()?.person).map(({ field, value }) => [field, value]));
  const news = Object.entries(fields).filter(([name, value]) => writes(row.space) || !mine.has(name) || mine.get(name) !== value);
  const edit = change(row, Object.fromEntries(news));
  return { changes: Object.keys(edit.fields).length, done: write(edit) };
}
