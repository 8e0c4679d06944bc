/** Which language the app speaks here: the person's own wish, else what the phone speaks. */
import { recall, remember } from './store.js';
import { useLanguage } from './words.js';

/** The languages there are, each by its own name. */
export const LANGUAGES = /** @type {const} */ ([['ja', '日本語'], ['en', 'English']]);

/** @param {readonly string[]} spoken what the phone prefers, best first */
export function fitting(spoken) {
  const codes = spoken.map((tag) => tag.toLowerCase().split('-')[0]);
  return codes.find((code) => LANGUAGES.some(([known]) => known === code)) ?? 'en';
}

/** Speak as wished before the first word is drawn. */
export async function startLanguage() {
  const wished = await recall('language').catch(() => undefined);
  await speak(wished ?? fitting(navigator.languages ?? [navigator.language]));
}

/** From now on, and next time too, and in notifications. @param {string} language */
export async function chooseLanguage(language) {
  await speak(language);
  await remember('language', language).catch(() => undefined);   // a private window: this visit only
}

/** @param {string} language */
async function speak(language) {
  useLanguage(language, await catalogue(language));
  document.documentElement.lang = language;
}

/** The sentences lie beside the bundle. Without them the app speaks the language it is written in. @param {string} language */
async function catalogue(language) {
  try {
    const answer = await fetch(new URL(`./${language}.json`, import.meta.url));
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}
