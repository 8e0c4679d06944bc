/** Wording: the words a person chose in place of the house's own, and where readings stand over a sentence. Pure. */

/** @typedef {{helper: string, step: string, scale: string}} Terms '' is the house's word */
/** @typedef {(string | [string, string])[]} Read plain parts, and words with their readings */

/** Ready words to choose from; the first is the house's own. Any other word can be written. */
export const OFFERED = {
  ja: { helper: ['相談相手', '先生', 'カウンセラー'], step: ['一歩', 'ステップ', 'こころみ'], scale: ['しんどさ', '不安', 'ゆれの大きさ'] },
  en: { helper: ['therapist', 'counsellor', 'doctor'], step: ['step', 'experiment', 'move'], scale: ['rating', 'number', 'level'] },
};

/** What is looked for in a sentence. English bends its words: a capital at the beginning, an s at the end, a or an before. */
const HOUSE = {
  ja: { helper: '相談相手', step: '一歩', scale: 'しんどさ' },
  en: { helper: 'therapist', step: 'step', scale: 'rating' },
};

const NAMES = /** @type {const} */ (['helper', 'step', 'scale']);

/** @param {Terms} terms */
export const isHouse = (terms) => NAMES.every((name) => !terms[name]);

/** Without the signs of a place for a value. @param {string} term */
export const bare = (term) => term.replace(/[{}]/g, '');

/**
 * The sentence in the person's words. Nothing a person wrote goes through here: values are put in afterwards.
 * @param {string} text
 * @param {Terms} terms
 * @param {string} language
 */
export function inOwnWords(text, terms, language) {
  const own = language === 'ja' ? 'ja' : 'en';
  const named = new Map(NAMES.map((name) => [HOUSE[own][name], bare(terms[name])]));
  const words = [...named.keys()].filter((word) => named.get(word)).join('|');
  if (!words) return text;
  // All of them in one walk: a word just put in may hold another of the house's, and that one is the person's.
  if (own === 'ja') return text.replace(new RegExp(words, 'g'), (word) => named.get(word) ?? word);
  return text.replace(new RegExp(`\\b(?:(an?|the|your|my) )?(${words})(s?)\\b`, 'gi'),
    (_, article, word, s) => bent(named.get(word.toLowerCase()) ?? word, article, word, s));
}

/** @param {string} term @param {string | undefined} article @param {string} word @param {string} s */
function bent(term, article, word, s) {
  const name = /^[A-Z]/.test(term);    // "Mari", not "the Mari"
  const noun = word[0] === word[0].toUpperCase() ? term[0].toUpperCase() + term.slice(1) : term;
  const gone = name && (word.toLowerCase() === HOUSE.en.helper || /^an?$/i.test(article ?? ''));
  const before = !article || gone ? '' : `${fitting(article, term)} `;
  return before + noun + (s && !name ? 's' : '');
}

/** @param {string} article @param {string} term */
const fitting = (article, term) => {
  if (!/^an?$/i.test(article)) return article;
  return article[0] + (/^[aeiou]/i.test(term) ? 'n' : '');
};

// ---- readings

/**
 * The list of readings as it travels: 相談《そうだん》, 開《あ》ける, one a line.
 * @param {string[]} lines
 * @returns {Map<string, Read>} by the words without their readings
 */
export const readingsOf = (lines) => new Map(lines.map((line) => {
  const read = /** @type {Read} */ ([]);
  let rest = line;
  for (let hit = MARKED.exec(rest); hit; hit = MARKED.exec(rest)) {
    if (hit.index) read.push(rest.slice(0, hit.index));
    read.push([hit[1], hit[2]]);
    rest = rest.slice(hit.index + hit[0].length);
  }
  if (rest) read.push(rest);
  return [line.replace(/《[^》]*》/g, ''), read];
}));

const KANJI = '々一-龠';
const MARKED = new RegExp(`([${KANJI}]+)《([^》]*)》`);

/** The text cut where one of these words stands; a place for a value stays whole. @param {string} text @param {string[]} words */
export const apart = (text, words) => (words.length
  ? text.split(new RegExp(`((?:${[...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})(?!\\w*\\}))`)) : [text]);

/** Is there anything to be read out? @param {string} text */
export const hasKanji = (text) => new RegExp(`[${KANJI}]`).test(text);

/**
 * The text in parts, the longest known word first; what is not known stays as it is.
 * @param {string} text
 * @param {Map<string, Read>} readings
 * @param {number} longest letters in the longest of them
 * @returns {Read}
 */
export function read(text, readings, longest) {
  const parts = /** @type {Read} */ ([]);
  let plain = '';
  for (let at = 0; at < text.length;) {
    const word = known(text, at, readings, longest);
    if (!word) {
      plain += text[at];
      at += 1;
      continue;
    }
    for (const part of /** @type {Read} */ (readings.get(word))) {
      if (typeof part === 'string') plain += part;
      else {
        if (plain) parts.push(plain);
        plain = '';
        parts.push(part);
      }
    }
    at += word.length;
  }
  if (plain) parts.push(plain);
  return parts;
}

/** @param {string} text @param {number} at @param {Map<string, Read>} readings @param {number} longest */
function known(text, at, readings, longest) {
  for (let end = Math.min(text.length, at + longest); end > at; end -= 1) {
    if (readings.has(text.slice(at, end))) return text.slice(at, end);
  }
  return '';
}
