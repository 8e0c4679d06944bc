/**
 * The words of the interface. Here a sentence is written in English; in the bundle a number stands in its place
 * (exposure/sentences.py), and the book of each language says what lies under it, English too.
 */

/**
 * @typedef {object} Book what `static/built/<lang>.json` holds
 * @property {string} stamp which sentences lie under its numbers
 * @property {number} from the number of the first
 * @property {(string | string[])[]} words in that order; of a plural, all its forms
 * @property {any} [ideas] for a first step; only in the app's own book, as the next
 * @property {any} [lines] to call
 */

/**
 * @typedef {(text: string, values?: Record<string, unknown>) => string} Manner how a sentence is said, its values put in
 */

let code = 'en';
/** Nothing, unless the person chose words of their own, or readings. @type {Manner} */
let manner = fill;
/** @type {Map<unknown, string | string[]>} */
let catalogue = new Map();

/** The language of the interface now: 'ja', 'en'. */
export function language() {
  return code;
}

/**
 * @param {string} lang
 * @param {Book[]} books none: the sentences as they are written
 */
export function useLanguage(lang, ...books) {
  code = lang;
  catalogue = new Map();
  books.forEach(addWords);
}

/** From now on every sentence goes through this (speaking.js). @param {Manner} way */
export function speakLike(way) {
  manner = way;
}

/** More sentences in the language of now. @param {Book} book */
export function addWords({ from, words }) {
  words.forEach((said, i) => catalogue.set(from + i, said));
}

/**
 * `t('Begin {name}', {name})`: the sentence in the person's language, values put in as they are.
 * @param {string} english
 * @param {Record<string, unknown>} [values]
 */
export function t(english, values) {
  return manner(form(english, english, 0), values);
}

/**
 * `tn('{n} step', '{n} steps', n)`.
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @param {Record<string, unknown>} [values]
 */
export function tn(one, many, n, values) {
  const which = new Intl.PluralRules(code).select(n) === 'one' ? 0 : 1;
  return manner(form(one, which ? many : one, which), { n, ...values });
}

/**
 * @param {string} sentence
 * @param {string} fallback
 * @param {number} which
 */
function form(sentence, fallback, which) {
  const found = catalogue.get(sentence);
  const text = Array.isArray(found) ? found[Math.min(which, found.length - 1)] : found;
  return text ?? fallback;
}

/**
 * A sentence with its values.
 * @param {string} text
 * @param {Record<string, unknown>} [values]
 */
export function fill(text, values) {
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
