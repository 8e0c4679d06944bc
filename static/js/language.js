/** Which language the app speaks here: the person's own wish, else what the phone speaks. */
import { recall, remember } from './store.js';
import { addWords, language, useLanguage } from './words.js';

/** The languages there are, each by its own name. */
export const LANGUAGES = /** @type {const} */ ([['ja', '日本語'], ['en', 'English']]);

const SOURCE = 'en';

/** @param {readonly string[]} spoken what the phone prefers, best first */
export function fitting(spoken) {
  const codes = spoken.map((tag) => tag.toLowerCase().split('-')[0]);
  return codes.find((code) => LANGUAGES.some(([known]) => known === code)) ?? 'en';
}

/** The catalogue this page begins with: '' is the app's own. */
let own = '';
/** Those that are open. @type {Set<string>} */
const books = new Set();

/** Speak as wished before the first word is drawn. @param {string} [book] */
export async function startLanguage(book = '') {
  books.add(own = book);
  const wished = await recall('language').catch(() => undefined);
  await speak(wished ?? fitting(navigator.languages ?? [navigator.language]));
}

/** From now on, and next time too, and in notifications. @param {string} language */
export async function chooseLanguage(language) {
  await speak(language);
  await remember('language', language).catch(() => undefined);   // a private window: this visit only
}

/** From now on, without keeping it. @param {string} language */
export async function speak(language) {
  const words = await Promise.all([...books].map((book) => catalogue(book, language).catch(() => {
    if (book !== own) books.delete(book);      // asked for again with the next screen that speaks from it
    return null;
  })));
  useLanguage(language, ...words.flatMap((book) => book ?? []));
  document.documentElement.lang = language;
}

/** @param {string} book */
export const isOpen = (book) => books.has(book);

/** Sentences of screens that come later. Throws where they cannot be had. @param {string} book */
export async function openBook(book) {
  if (isOpen(book)) return;
  const words = await catalogue(book, language());
  if (words) addWords(words);
  books.add(book);
}

/**
 * The sentences lie beside the bundle. The language the app is written in needs none, and is spoken where they do not come.
 * @param {string} book
 * @param {string} language
 * @returns {Promise<import('./words.js').Book | null>}
 */
async function catalogue(book, language) {
  if (language === SOURCE) return null;
  const answer = await fetch(new URL(`./${book && `${book}.`}${language}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return answer.json();
}
