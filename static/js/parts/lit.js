/** A rung lights up softly for a moment when somebody else changes it while one looks. */
import { render } from '../page.js';
import { me, writer } from '../rows.js';
import { DIALS } from '../stepchanges.js';

/** @typedef {import('../kinds.js').Step} Step */

const MOMENT = 2400;       // ms
const SHOWN = /** @type {const} */ (['title', 'hint', 'predicted', 'position', ...DIALS]);

/** The ladder as it was drawn last; nothing before the first time. @type {Map<string, Step>} */
let known = new Map();
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const lit = new Map();

/** A ladder is entered: what stands on it is no news. */
export function dim() {
  known = new Map();
  lit.forEach((timer) => clearTimeout(timer));
  lit.clear();
}

/** Called whenever it is drawn. @param {readonly Step[]} steps all that are on it */
export function notice(steps) {
  const before = known;
  known = new Map(steps.map((step) => [step.id, step]));
  if (before.size) steps.filter((step) => changedByAnother(before.get(step.id), step)).forEach(({ id }) => light(id));
}

/** @param {{id: string}} step */
export const isLit = ({ id }) => lit.has(id);

/**
 * @param {Step | undefined} old
 * @param {Step} step
 * @param {(id: string, field: string) => string | undefined} [by] who wrote it last
 * @param {string} [mine]
 */
export function changedByAnother(old, step, by = writer, mine = me()?.person) {
  return SHOWN.some((field) => old?.[field] !== step[field] && ![undefined, mine].includes(by(step.id, field)));
}

/** @param {string} id */
function light(id) {
  clearTimeout(lit.get(id));
  lit.set(id, setTimeout(() => { lit.delete(id); render(); }, MOMENT));
}
