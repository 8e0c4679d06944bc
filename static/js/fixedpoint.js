/** The one fixed point of a day: an anchor for who likes one. Nobody counts whether it happened. No DOM here. */
import { changeSetting, setting, write } from './rows.js';

/** @typedef {import('./kinds.js').Setting} Setting */

/** What stands for today, or nothing. @param {Pick<Setting, 'fixed_on' | 'fixed_point' | 'fixed_time'>} [now] */
export const fixedPoint = ({ fixed_on, fixed_point, fixed_time } = setting()) =>
  (fixed_on && fixed_point.trim() ? { what: fixed_point.trim(), time: fixed_time } : null);

/** @param {Partial<Pick<Setting, 'fixed_on' | 'fixed_point' | 'fixed_time'>>} given */
export const putFixedPoint = (given) => write(changeSetting(given));
