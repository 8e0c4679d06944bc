/** One open question to ask (rule T9): the first that fits; whoever likes turns to the next. Never a why, never a "why not". */
import { t } from '../words.js';

/** @typedef {import('./summary.js').Summary} Summary */

/**
 * Open questions that fit what was told, the fitting ones first, the ones that always fit last.
 * @param {Summary} told
 * @returns {string[]}
 */
export function questions({ surprise, sticks, notes, tried, rested, helped }) {
  return [
    surprise?.by === 'guess' && t('“{title}” went differently than guessed. What do you make of that?', { title: surprise.one.title }),
    ...sticks.map(({ title }) => t('“{title}”: what would make it a little smaller, or a little different?', { title })),
    surprise?.by === 'numbers' && t('“{title}” felt different in the middle of it than before. What did you notice?', { title: surprise.one.title }),
    notes.length > 0 && t('You wrote: “{text}” What would you like to try, knowing this?', { text: shortened(notes[0].text) }),
    helped.length > 0 && t('“{what}” helped. What was it about that?', { what: helped[0] }),
    tried.length > 0 && t('“{title}”: what surprised you, small or large?', { title: tried[0].title }),
    rested.length > 0 && t('What was good about the days of not doing?'),
    t('What do you like doing these days?'),
    t('What would you like us to talk about?'),
  ].filter((one) => typeof one === 'string');
}

const LONG = 80;

/** @param {string} text */
const shortened = (text) => (text.length > LONG ? `${[...text].slice(0, LONG).join('')}…` : text);
