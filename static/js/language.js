/** Which language the app speaks here: the person's own wish, else what the phone speaks. */
import { recall, remember } from './store.js';
import { fitting, LANGUAGES } from './tongues.js';
import { addWords, language, useLanguage } from './words.js';

export { fitting, LANGUAGES };

/** What comes with the words of the app's own book: ideas and lines. @type {import('./words.js').Book} */
let own;

/** What came with the words of now: ideas for a first step, and lines to call. */
export const beside = () => /** @type {Required<import('./words.js').Book>} */ (own);

/** The books that are open, and the stamp of each: which sentences lie under its numbers. @type {Map<string, string>} */
const books = new Map();

/**
 * Speak as wished before the first word is drawn; where those words cannot be had, another language rather than none.
 * @param {string} stamp
 * @param {string} [book] '' is the app's own
 */
export async function startLanguage(stamp, book = '') {
  books.set(book, stamp);
  const wished = await recall('language').catch(() => undefined);
  const best = wished ?? fitting(navigator.languages ?? [navigator.language]);
  for (;;) {
    for (const code of [best, ...LANGUAGES.map(([known]) => known)]) if (await speak(code)) return;
    await new Promise((again) => setTimeout(again, 2000));
  }
}

/** From now on, and next time too, and in notifications; false where its words cannot be had. @param {string} language */
export async function chooseLanguage(language) {
  if (!(await speak(language))) return false;
  await remember('language', language).catch(() => undefined);   // a private window: this visit only
  return true;
}

/**
 * From now on, without keeping it: all that is open, or nothing of it.
 * @param {string} language
 * @returns {Promise<boolean>}
 */
export async function speak(language) {
  const open = [...books];
  const words = await Promise.all(open.map(([book, stamp]) => catalogue(book, stamp, language))).catch(() => null);
  if (!words) return false;
  if (open.length < books.size) return speak(language);
  useLanguage(language, ...words);
  [own] = words;
  document.documentElement.lang = language;
  return true;
}

/** @param {string} book */
export const isOpen = (book) => books.has(book);

/**
 * Sentences of screens that come later. Throws where they cannot be had.
 * @param {string} book
 * @param {string} stamp
 */
export async function openBook(book, stamp) {
  if (isOpen(book)) return;
  const code = language();
  const words = await catalogue(book, stamp, code);
  if (code !== language()) return void (await openBook(book, stamp));
  addWords(words);
  books.set(book, stamp);
}

/**
 * The words lie beside the bundle. Throws at a book of another build: its words would lie under wrong numbers.
 * @param {string} book
 * @param {string} stamp
 * @param {string} language
 * @returns {Promise<import('./words.js').Book>}
 */
async function catalogue(book, stamp, language) {
  const answer = await fetch(new URL(`./${book && `${book}.`}${language}.json`, import.meta.url));
  const told = answer.ok ? await answer.json() : null;
  if (told?.stamp !== stamp) throw new Error(`${answer.url} answered ${answer.status}`);
  return told;
}
