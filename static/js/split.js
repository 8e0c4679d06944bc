/**
 * Smaller: first drafts of smaller steps, by turning one dial of a step down (rule L10). Only drafts; the person changes the words.
 * Pure: the translator is handed in, so that node can test both languages.
 */

/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {{title: string, hint: string, form: Step['form'], dial: string} & Partial<Pick<Step, 'length' | 'people' | 'place' | 'time' | 'aids'>>} Draft */
/** @typedef {(english: string, values?: Record<string, unknown>) => string} Translate */

const SIZES = [30, 20, 15, 10, 5, 3, 2, 1];
const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const NUMBERS = /** @type {Record<string, number>} */ ({
  ...Object.fromEntries(WORDS.map((word, i) => [word, i + 1])), fifteen: 15, twenty: 20, thirty: 30,
});
const AMOUNT = new RegExp(`(\\d+|${Object.keys(NUMBERS).join('|')})(\\s*)(分|秒|minutes?|seconds?)`, 'i');
const LIMIT = 500;

/**
 * All the ways down there are for this step, the smallest first.
 * @param {Pick<Step, 'title' | 'people' | 'aids' | 'form'>} step
 * @param {Translate} t
 * @returns {Draft[]}
 */
export function smaller(step, t) {
  const { title } = step;
  const form = step.form ?? 'action';
  const like = (/** @type {Partial<Draft> & {title: string, dial: string}} */ draft) => ({ hint: '', form, ...draft, title: draft.title.slice(0, LIMIT) });
  const ways = [
    like({ dial: 'place', title: t('{title} (only part of the way)', { title }), place: t('part of the way') }),
    like({ dial: 'length', ...shorter(title, t) }),
  ];
  // Imagining comes first for anything that is done; a step in the imagination or in the body cannot become one.
  if (form === 'action') ways.unshift(like({ dial: 'imagined', title: t('{title} (only in my imagination)', { title }), form: 'imaginal' }));
  if (!step.people) {
    const people = t('with somebody I feel at ease with');
    ways.push(like({ dial: 'people', title: t('{title} (with somebody I feel at ease with)', { title }), people }));
  }
  if (!step.aids) ways.push(like({ dial: 'aids', title: t('{title} (with something that helps me)', { title }), aids: t('something that helps me') }));
  ways.push(like({ dial: 'time', title: t('{title} (at a quiet hour)', { title }), time: t('a quiet hour') }));
  return ways;
}

/** How many are laid out at the first touch. */
export const AT_FIRST = 3;

/**
 * "five minutes" → "2 minutes"; where no time is named, one minute is.
 * @param {string} title
 * @param {Translate} t
 */
export function shorter(title, t) {
  const found = AMOUNT.exec(title.normalize('NFKC'));
  const less = found && lessThan(found);
  if (!less) return { title: t('{title} (just one minute)', { title }), length: t('one minute') };
  return { title: title.normalize('NFKC').replace(found[0], less), length: less };
}

/**
 * @param {RegExpExecArray} found number, space, unit
 * @returns {string | null} about half of it, in round numbers; null when it cannot be less
 */
function lessThan([, amount, space, unit]) {
  const n = NUMBERS[amount.toLowerCase()] ?? Number(amount);
  const minutes = /分|minute/i.test(unit);
  if (n <= 1 && !minutes) return null;
  if (n <= 1) return unit === '分' ? '30秒' : '30 seconds';
  const less = SIZES.find((size) => size <= n / 2) ?? 1;
  return `${less}${space}${less === 1 ? unit.replace(/s$/i, '') : unit}`;
}
