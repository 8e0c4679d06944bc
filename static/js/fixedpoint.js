/** The one fixed point of a day: an anchor for who likes one. Nobody counts whether it happened. No DOM here. */
import { minutesOf } from './rhythm.js';
import { changeSetting, setting, write } from './rows.js';
import { t } from './words.js';

/** @typedef {import('./kinds.js').Setting} Setting */

/** What stands for today, or nothing. @param {Pick<Setting, 'fixed_on' | 'fixed_point' | 'fixed_time'>} [now] */
export const fixedPoint = ({ fixed_on, fixed_point, fixed_time } = setting()) =>
  (fixed_on && fixed_point.trim() ? { what: fixed_point.trim(), time: fixed_time } : null);

/** @returns {string[]} ready ones: at home, alone, short */
export const readyPoints = () => [t('Open the curtain'), t('Wash my face'), t('Something warm to drink'), t('Look out of the window'), t('Change into other clothes')];

/** @param {Partial<Pick<Setting, 'fixed_on' | 'fixed_point' | 'fixed_time'>>} given */
export const putFixedPoint = (given) => write(changeSetting(given));

/**
 * Where a time stands in the sky of a day, midnight at the foot, noon at the top. A circle of radius 1, y downwards.
 * @param {string} time HH:MM
 */
export function onTheDay(time) {
  const angle = (minutesOf(time) / 1440) * 2 * Math.PI;
  return { x: -Math.sin(angle), y: Math.cos(angle), night: minutesOf(time) < 360 || minutesOf(time) >= 1080 };
}
