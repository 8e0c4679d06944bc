/** A higher number than the time before, said as what it is: to be expected when something was another way (rule U4). */
import { html, nothing } from 'lit-html';
import { attempts } from '../attempts.js';
import { riseOf } from '../rise.js';
import { stepOf } from '../steps.js';
import { t } from '../words.js';

/** @param {import('../kinds.js').Attempt} one */
export function higherNote(one) {
  const why = riseOf(one, attempts(), stepOf(one.step));
  return why ? html`<p class="note higher">${words()[why]} ${why === 'plain' ? nothing : t('A higher number is to be expected then. The body meets it anew.')}</p>` : nothing;
}

/** @returns {Record<import('../rise.js').Change, string>} */
const words = () => ({
  place: t('This time it was in another place.'),
  time: t('This time it was at another hour.'),
  people: t('This time it was with other people.'),
  aids: t('This time you had other things with you.'),
  length: t('This time it took another length of time.'),
  imagined: t('This time it was done in another way.'),
  plain: t('Numbers go up and down from one time to the next. That is to be expected.'),
});
