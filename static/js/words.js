/** The words of the interface. The English sentence is its own key; a catalogue lays another language over it. */

/** @typedef {Record<string, string | string[]>} Catalogue The mark of a sentence with its translation, or with its plural forms. */

let code = 'en';
/** @type {Catalogue} */
let catalogue = {};

/** The language of the interface now: 'ja', 'en'. */
export function language() {
  return code;
}

/**
 * @param {string} lang
 * @param {Catalogue} [words] what `static/built/<lang>.json` holds
 */
export function useLanguage(lang, words = {}) {
  code = lang;
  catalogue = words;
}

/** More sentences in the language of now. @param {Catalogue} words */
export function addWords(words) {
  catalogue = { ...catalogue, ...words };
}

/**
 * `t('Begin {name}', {name})`: the sentence in the person's language, values put in as they are.
 * @param {string} english
 * @param {Record<string, unknown>} [values]
 */
export function t(english, values) {
  return fill(form(english, english, 0), values);
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
  return fill(form(one, which ? many : one, which), { n, ...values });
}

/**
 * A sentence's short name in the catalogues: 28 bits of FNV-1a. The sentences themselves would travel twice, here and
 * there. Its twin is `mark` in exposure/assets.py, which refuses to compile when two sentences share one.
 * @param {string} sentence
 */
export function mark(sentence) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < sentence.length; i += 1) hash = Math.imul(hash ^ sentence.charCodeAt(i), 0x01000193);
  return (hash >>> 4).toString(36);
}

/**
 * @param {string} sentence
 * @param {string} fallback
 * @param {number} which
 */
function form(sentence, fallback, which) {
  const key = mark(sentence);
  const found = Object.hasOwn(catalogue, key) ? catalogue[key] : '';
  const text = Array.isArray(found) ? found[Math.min(which, found.length - 1)] : found;
  return text || fallback;
}

/**
 * @param {string} text
 * @param {Record<string, unknown>} [values]
 */
function fill(text, values) {
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
