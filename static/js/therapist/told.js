/** A summary in words, for the page, for paper and for the clipboard: the same sentences in all three. */
import { momentWords } from '../days.js';
import { dayWords } from '../daywords.js';
import { feelingWords } from '../feelings.js';
import { happenedIn, outcomeWords } from '../parts/outcome.js';
import { t, tn } from '../words.js';
import { PLAN_PARTS } from './shown.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../kinds.js').Checkin} Checkin */
/** @typedef {import('../kinds.js').Plan} Plan */
/** @typedef {import('./summary.js').Summary} Summary */
/** @typedef {import('./summary.js').Stuck} Stuck */
/** @typedef {import('./summary.js').Tried} Tried */
/** @typedef {import('./summary.js').Note} Note */
/** @typedef {import('./people.js').News} News */

/** @param {Attempt} one */
export const when = (one) => momentWords(one.ended ?? one.started);

/** "did it 2 · turned back 1": only what there was, each of the same weight. @param {Tried} tried */
export function outcomesWords({ outcomes }) {
  const words = outcomeWords();
  return Object.entries(outcomes).filter(([, n]) => n).map(([outcome, n]) => t('{outcome}: {n}', { outcome: words[outcome], n })).join(' · ');
}

/** @param {Stuck} one */
export function stuckWords({ why, n, of }) {
  if (why === 'turned_back') return t('turned back {n} of the last {of} times', { n, of });
  if (why === 'came_true') return t('the guess came true {n} of the last {of} times', { n, of });
  return t('the guess seems as likely as at first: {n}, now {of}', { n, of });
}

/** @param {Attempt} one */
export const numbersWords = (one) => [[t('before'), one.before], [t('at its highest'), one.peak], [t('after'), one.after]]
  .filter(([, n]) => n !== null && n !== undefined).map(([label, n]) => `${label} ${n}`).join(t(', '));

/** @param {Attempt} one what was guessed, with how likely it seemed */
export const guessWords = ({ guess, likelihood }) => (likelihood === null ? guess : `${guess} (${t('seemed {n} percent likely', { n: likelihood })})`);

/** @param {Note} note whose words, and when */
export const noteSource = ({ at, day, title }) => (day ? `${dayWords(day)}, ${t('a day of not doing')}` : `${momentWords(at)}${title ? `, ${title}` : ''}`);

const MANY = 20;                         // the house counts no further than one more

/** How many there are, as it is said. @param {number} n */
export const upTo = (n) => ({ n: n > MANY ? `${MANY}+` : n });

/**
 * What is new since the last look, in one line; nothing when nothing is.
 * @param {Pick<Summary['fresh'], 'attempts' | 'rests'> & Partial<Summary['fresh']>} fresh @param {News} news
 * @returns {string[]}
 */
export const newsWords = (fresh, news) => [
  fresh.attempts ? tn('{n} try', '{n} tries', fresh.attempts) : '',
  fresh.rests ? tn('{n} day of not doing', '{n} days of not doing', fresh.rests) : '',
  fresh.pages ? tn('{n} page of the diary', '{n} pages of the diary', fresh.pages) : '',
  fresh.answers ? tn('{n} monthly answer', '{n} monthly answers', fresh.answers) : '',
  fresh.plans ? t('the plan for hard weeks') : '',
  news.messages ? tn('{n} message', '{n} messages', news.messages, upTo(news.messages)) : '',
  news.comments ? tn('{n} comment', '{n} comments', news.comments, upTo(news.comments)) : '',
  news.answers ? tn('{n} answer to a proposal', '{n} answers to proposals', news.answers, upTo(news.answers)) : '',
].filter(Boolean);

/** What was answered to a question of the month, with the note beside it. @param {Checkin} one @returns {string[]} */
export function answerLines({ about, harder, ease, direction, note }) {
  const told = about === 'harder' ? [harder ? t('Did the app make anything harder? {answer}', { answer: harderWords()[harder] }) : '']
    : [ease === null ? '' : t('Ease of the days: {n} of 100', { n: ease }), direction === null ? '' : t('Deciding for oneself: {n} of 100', { n: direction })];
  return [...told, note.trim() && t('“{text}”', { text: note.trim() })].filter(Boolean);
}

/** @returns {Record<string, string>} */
const harderWords = () => ({ no: t('no'), a_little: t('a little'), yes: t('yes') });

/** @returns {Record<typeof PLAN_PARTS[number], string>} */
export const planWords = () => ({
  signs: t('What tells that a hard week comes'), helps: t('What helps then'), who: t('Who is there'), smaller: t('What may become smaller'), words: t('Words to themselves'),
});

/** The parts of the plan that hold words. @param {Plan} plan @returns {[string, string][]} */
export const planLines = (plan) => PLAN_PARTS.filter((part) => plan[part].trim()).map((part) => [planWords()[part], plan[part].trim()]);

/**
 * The page as plain text.
 * @param {{name: string, period: string, told: Summary, question: string}} page
 */
export function asText({ name, period, told, question }) {
  const { tried, rested, surprise, sticks, notes, helped, shown } = told;
  const part = (/** @type {string} */ title, /** @type {string[]} */ lines) => (lines.length ? [`${title}\n${lines.map((line) => `- ${line}`).join('\n')}`] : []);
  return [
    `${name} · ${period}`,
    ...part(t('Tried'), tried.map((one) => `${one.title} (${outcomesWords(one)}; ${t('last {when}', { when: when(one.attempts[0]) })})`)),
    ...part(t('Rested'), rested.map(({ day }) => dayWords(day))),
    ...part(t('Biggest surprise'), surprise ? surpriseLines(surprise.one) : []),
    ...part(t('Where it sticks'), sticks.map((one) => `${one.title}: ${stuckWords(one)}`)),
    ...part(t('What helped'), helped),
    ...part(t('In their own words'), notes.map((one) => `${t('“{text}”', { text: one.text })} (${noteSource(one)})`)),
    ...part(t('From their diary'), shown.pages.map(({ day, text, feelings }) => `${dayWords(day)}: ${[text.trim(), feelingWords(feelings).join(t(', '))].filter(Boolean).join(' · ')}`)),
    ...part(t('Asked once a month'), shown.answers.map((one) => `${dayWords(one.day)}: ${answerLines(one).join(' · ')}`)),
    ...part(t('Their plan for hard weeks'), shown.plan ? planLines(shown.plan).map(([label, text]) => `${label}: ${text}`) : []),
    ...part(t('One question to ask'), [question]),
  ].join('\n\n');
}

/** @param {Attempt} one */
function surpriseLines(one) {
  return [one.title, one.guess && `${t('Their guess')}: ${guessWords(one)}`, happenedIn(one) && `${t('What happened')}: ${happenedIn(one)}`,
    numbersWords(one)].filter(Boolean);
}
