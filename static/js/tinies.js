/** Tiny things with light, with the body, with food: each can become a step, none is ever advice. No DOM here. */
import { t } from './words.js';

export const MOODS = /** @type {const} */ (['light', 'body', 'food']);

/** @typedef {typeof MOODS[number]} Mood */

/** @returns {Record<Mood, string>} */
export const moodWords = () => ({ light: t('Light'), body: t('Moving'), food: t('Eating') });

/** From the smallest on. @returns {Record<Mood, string[]>} */
export const tinies = () => ({
  light: [
    t('Open the curtain by a hand’s width'),
    t('Look at the sky through the window for ten breaths'),
    t('Sit by the window with something to drink'),
    t('Open the window once and feel the air'),
    t('Stand at the open door for a minute'),
  ],
  body: [
    t('Stretch both arms once, lying down or sitting'),
    t('Roll the shoulders three times'),
    t('Walk from one end of the room to the other, once'),
    t('Move along with one song, as little as you like'),
    t('Wash your hands in warm water, slowly'),
  ],
  food: [
    t('Drink a glass of water by the window'),
    t('Eat one thing you like, sitting at a table'),
    t('Make something warm to drink, just for yourself'),
    t('Put your food on a plate you like'),
    t('Choose one thing you would like to eat tomorrow'),
  ],
});

/** Beginnings for what was once liked. @returns {string[]} */
export const likedBefore = () => [t('a song'), t('drawing'), t('a game'), t('a book'), t('an animal'), t('cooking'), t('plants'), t('trains')];
