/** Speaking: how the interface says its sentences to this person. Their own words for a few things; readings over the kanji. */
import { html } from 'lit-html';
import { render } from './page.js';
import { listen, setting } from './rows.js';
import { apart, bare, hasKanji, inOwnWords, isHouse, OFFERED, read, readingsOf } from './wording.js';
import { fill, language, speakLike } from './words.js';

/** @typedef {import('./wording.js').Read} Read */

/** @type {Map<string, Read> | null} */
let readings = null;
let longest = 0;
/** What is in force, to see whether anything has changed. */
let spoken = '';

/** Speak as the person has chosen, and follow when they choose again. Called once this phone's rows are known. */
export function startSpeaking() {
  listen(follow);
  return follow();
}

/** Those of the settings that bear on words. */
const chosen = () => {
  const { term_helper: helper = '', term_step: step = '', term_scale: scale = '', reading = '' } = setting();
  return { terms: { helper, step, scale }, furigana: reading === 'furigana' && language() === 'ja' };
};

/** Also called when the language has changed. */
export async function follow() {
  const { terms, furigana } = chosen();
  const wanted = JSON.stringify([terms, furigana, language()]);
  if (wanted === spoken) return;
  spoken = wanted;
  if (furigana) await openReadings().catch(() => undefined);     // away from the network for now: plain, and again next time
  const own = isHouse(terms) ? (/** @type {string} */ text) => text : remembered((text) => inOwnWords(text, terms, language()));
  const unread = Object.entries(terms).flatMap(([name, term]) => (term && !OFFERED.ja[/** @type {keyof typeof terms} */ (name)].includes(term) ? bare(term) : []));
  speakLike(furigana && readings ? (text, values) => furiganaOver(own(text), unread, values) : (text, values) => fill(own(text), values));
  render();
}

/** @param {(text: string) => string} turn */
function remembered(turn) {
  /** @type {Map<string, string>} */
  const known = new Map();
  return (/** @type {string} */ text) => known.get(text) ?? known.set(text, turn(text)).get(text) ?? text;
}

async function openReadings() {
  if (readings) return;
  const answer = await fetch(new URL('./readings.json', import.meta.url));
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  readings = readingsOf(await answer.json());
  longest = Math.max(...[...readings.keys()].map((word) => word.length));
}

/**
 * A sentence that is drawn with its readings where it stands on the page, and is the bare text everywhere else: in an
 * attribute, a title, a comparison. lit-html draws what can be walked through part by part, so walking through it gives
 * the drawing, and all else a string does stays as it is.
 */
class Furigana extends String {
  /** @param {string} text @param {unknown} drawing */
  constructor(text, drawing) {
    super(text);
    this.drawing = drawing;
  }

  // @ts-expect-error walking through a string gives letters; through this one, its drawing
  * [Symbol.iterator]() {
    yield this.drawing;
  }
}

/**
 * @param {string} text
 * @param {string[]} unread a person's own words in it: how these are read is theirs to know
 * @param {Record<string, unknown>} [values]
 */
function furiganaOver(text, unread, values) {
  const plain = fill(text, values);
  const known = readings;
  if (!known || !(hasKanji(text) || Object.values(values ?? {}).some((value) => value instanceof Furigana))) return plain;
  // Numbers come first: one minute is read otherwise than two. They are nobody's words.
  const counted = fill(text, Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => typeof value === 'number')));
  const drawing = html`<span class="furigana">${apart(counted, unread).map((part) => (unread.includes(part) ? part : read(part, known, longest).map((one) => (typeof one === 'string' ? filled(one, values) : ruby(one)))))}</span>`;
  return /** @type {string} */ (/** @type {unknown} */ (new Furigana(plain, drawing)));
}

/** @param {[string, string]} word */
const ruby = ([word, reading]) => html`<ruby>${word}<rt aria-hidden="true">${reading}</rt></ruby>`;

/** What is put in keeps its own drawing. @param {string} text @param {Record<string, unknown>} [values] */
const filled = (text, values) => text.split(/(\{\w+\})/).map((part) => {
  const name = part.slice(1, -1);
  return values && part.startsWith('{') && name in values ? values[name] : part;
});
