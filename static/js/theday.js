/** A day as it is drawn, and small things that may have a place in it. Pure. */
import { minutesOf } from './rhythm.js';
import { t } from './words.js';

/** @returns {string[]} ready ones: at home, alone, short */
export const readyPoints = () => [t('Open the curtain'), t('Wash my face'), t('Something warm to drink'), t('Look out of the window'), t('Change into other clothes')];

/**
 * Where a time stands in the sky of a day, midnight at the foot, noon at the top. A circle of radius 1, y downwards.
 * @param {string} time HH:MM
 */
export function onTheDay(time) {
  const angle = (minutesOf(time) / 1440) * 2 * Math.PI;
  return { x: -Math.sin(angle), y: Math.cos(angle), night: minutesOf(time) < 360 || minutesOf(time) >= 1080 };
}
