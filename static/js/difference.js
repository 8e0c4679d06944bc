/** What is new in another wording, so that the eye finds it: pure. */

/** Above this share of the new words, marking them would mark everything. */
const MOST = 0.75;

/**
 * The new wording in three pieces: as before, new, as before. The middle one is empty when nearly all of it is new, or none.
 * @param {string} before
 * @param {string} after
 * @returns {[string, string, string]}
 */
export function difference(before, after) {
  const old = pieces(before), now = pieces(after);
  const shorter = Math.min(old.length, now.length);
  let head = 0, tail = 0;
  while (head < shorter && old[head] === now[head]) head++;
  while (tail < shorter - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const middle = now.slice(head, now.length - tail).join('');
  if (!middle.trim() || middle.length > after.length * MOST) return [after, '', ''];
  return [now.slice(0, head).join(''), middle, now.slice(now.length - tail).join('')];
}

/** Words, where the browser knows them (also of writing without spaces), else characters. @param {string} text */
const pieces = (text) => (Intl.Segmenter ? [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].map((one) => one.segment) : [...text]);
