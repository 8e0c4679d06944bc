/**
 * What the second shelf hangs into screens of the first: cards of reminders, of whoever reads along, ways to make a step
 * smaller. Until it has come there is nothing in their place. A new one is exported in near.js and named here; the screen
 * imports it from here and not from where it is made.
 */
import { nothing } from 'lit-html';

/** @typedef {typeof import('./near.js')} Near */

/** @type {Near | null} */
let there = null;

/** The second shelf has come. @param {Near} near */
export const hang = (near) => { there = near; };

/** Whether it has. */
export const isHung = () => there !== null;

/**
 * @template {keyof Near} Name
 * @param {Name} name
 * @param {unknown} [without] what there is before it has come
 * @returns {Near[Name]}
 */
const later = (name, without = nothing) => /** @type {any} */ ((/** @type {unknown[]} */ ...given) => {
  const hung = /** @type {any} */ (there?.[name]);
  return hung ? hung(...given) : without;
});

export const bookmark = later('bookmark');
export const calendar = later('calendar');
export const company = later('company');
export const dim = later('dim');
export const earth = later('earth');
export const face = later('face');
export const fixedLine = later('fixedLine');
export const fromOthers = later('fromOthers');
export const goAway = later('goAway');
export const hereToo = later('hereToo');
export const higherNote = later('higherNote');
export const isLit = later('isLit', false);
export const laddersPutAway = later('laddersPutAway');
export const light = later('light');
export const lookBackCard = later('lookBackCard');
export const lookingBack = later('lookingBack');
export const monthlyCard = later('monthlyCard');
export const moveByKeys = later('moveByKeys');
export const movers = later('movers');
export const newsCards = later('newsCards');
export const noteQuestions = later('noteQuestions');
export const notice = later('notice');
export const offerCard = later('offerCard');
export const outcomeMore = later('outcomeMore');
export const parted = later('parted');
export const proposalCards = later('proposalCards');
export const ratingNow = later('ratingNow');
export const readyAtHome = later('readyAtHome');
export const readyCard = later('readyCard');
export const recall = later('recall');
export const reminderCard = later('reminderCard');
export const repeat = later('repeat');
export const resultExtras = later('resultExtras');
export const resultForm = later('resultForm');
export const rungNews = later('rungNews');
export const scene = later('scene');
export const settleNumber = later('settleNumber');
export const sharingChoice = later('sharingChoice');
export const stand = later('stand');
export const stepDials = later('stepDials');
export const stepMore = later('stepMore');
export const tally = later('tally');
export const todayOthers = later('todayOthers');
export const todayWays = later('todayWays');
export const visitCard = later('visitCard');
export const waitingChip = later('waitingChip');
