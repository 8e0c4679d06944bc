/** The words of the interface. The English sentence is its own key; a catalogue lays another language over it. */

/**
 * @typedef {object} Book what `static/built/<lang>.json` holds; all books of one build share their grain
 * @property {number} grain where a mark begins, so that no two sentences get the same
 * @property {number[]} gaps from mark to mark, in rising order
 * @property {(string | string[])[]} words translations in that order; of a plural, all its forms
 */

/**
 * @typedef {(text: string, values?: Record<string, unknown>) => string} Manner how a sentence is said, its values put in
 */

let code = 'en';
let grain = 0;
/** Nothing, unless the person chose words of their own, or readings. @type {Manner} */
let manner = fill;
/** @type {Map<number, string | string[]>} */
let catalogue = new Map();

/** The language of the interface now: 'ja', 'en'. */
export function language() {
  return code;
}

/**
 * @param {string} lang
 * @param {Book[]} books none: the language the sentences are written in
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

/** More sentences in the language of now. Throws at a book of another build: its words would lie under wrong marks. @param {Book} book */
export function addWords(book) {
  if (catalogue.size && book.grain !== grain) throw new Error('a book of another build');
  grain = book.grain;
  let at = 0;
  book.gaps.forEach((gap, i) => catalogue.set(at += gap, book.words[i]));
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
 * A sentence's short name in the catalogues: FNV-1a, folded to 18 bits. The sentences themselves would travel twice, here
 * and there. Its twin is `mark` in exposure/assets.py, which looks for a grain that gives every sentence its own.
 * @param {string} sentence
 * @param {number} from the grain
 */
export function mark(sentence, from) {
  let hash = 0x811c9dc5 ^ from;
  for (let i = 0; i < sentence.length; i += 1) hash = Math.imul(hash ^ sentence.charCodeAt(i), 0x01000193);
  return (hash >>> 18 ^ hash) & 0x3ffff;
}

/**
 * @param {string} sentence
 * @param {string} fallback
 * @param {number} which
 */
function form(sentence, fallback, which) {
  const found = catalogue.get(mark(sentence, grain));
  const text = Array.isArray(found) ? found[Math.min(which, found.length - 1)] : found;
  return text || fallback;
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
