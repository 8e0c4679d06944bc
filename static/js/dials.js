/**
 * The dials of a step: time, place, people, aids, length (rule L6). Each can be turned down, up, or just elsewhere, and a turned
 * step is a whole sentence in the language of the step's own words, different in exactly one thing. Rules, no guessing. Pure.
 */
import * as en from './grammar/en.js';
import * as ja from './grammar/ja.js';

/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {'time' | 'place' | 'people' | 'aids' | 'length'} Dial */
/** @typedef {'down' | 'other' | 'up'} Way down: smaller, other: just different, up: a little more */
/** @typedef {{said: string, value: string}} Phrase */
/** @typedef {Pick<Step, 'title' | 'form'> & Partial<Record<Dial, string>>} Turnable */
/** @typedef {{dial: Dial | 'imagined', way: Way, title: string, said: string, value: string}} Turn */

const LIMIT = 500, VALUE_LIMIT = 120;

/** Phrase, way, what the words must say, what they must not. The order is that of asking. @type {Record<Dial, [string, Way, string?, string?][]>} */
const STOPS = {
  time: [['quiet', 'down', 'out', 'event lull night'], ['still', 'down', '', 'out event lull'], ['easy_hour', 'down', '', 'event'], ['easy_day', 'down'],
    ['morning', 'other', '', 'event daypart'], ['afternoon', 'other', '', 'event daypart'], ['evening', 'other', '', 'event daypart'], ['busy', 'up', 'out', 'event']],
  place: [['near', 'down', 'out'], ['halfway', 'down', 'out', 'swapped greet'], ['halfway', 'down', 'fixed', 'out swapped'], ['cosy', 'down', 'in', 'fixed swapped'], ['calm', 'down', '', 'in out swapped'],
    ['another', 'other', 'out'], ['elsewhere', 'other', 'in', 'fixed swapped'], ['unusual', 'other', '', 'in out fixed swapped'], ['unusual', 'other', 'greet', 'swapped'], ['new', 'up', 'out', 'night']],
  people: [['together', 'down', 'out', 'company voice'], ['nearby', 'down', '', 'company'], ['on_line', 'down', 'out', 'company voice'], ['alone', 'up', 'set_people beside', 'night']],
  aids: [['script', 'down', 'voice', 'text note event'], ['draft', 'down', 'text', 'note'], ['pocket', 'down', 'out'], ['earphones', 'down', 'out', 'ears head'], ['mask', 'down', 'out', 'mouth'], ['hat', 'down', 'out', 'head'],
    ['comfort', 'down', '', 'out hands'], ['drink', 'down', '', 'out mouth hands'], ['music', 'down', '', 'out ears']],
  length: [],
};
export const DIALS = /** @type {Dial[]} */ (Object.keys(STOPS));

/** The language of these words, whatever the interface speaks. @param {string} title */
export const tongue = (title) => (/[ぁ-んァ-ヶ一-龠]/.test(title) ? ja : en);

/** @param {string} title @param {Turnable} step @returns {Set<string>} */
function marks(title, step) {
  const { MARKS } = tongue(title);
  const found = new Set(Object.keys(MARKS).filter((name) => MARKS[name].test(title)));
  if (found.has('mind') || found.has('phone') || step.form === 'imaginal') found.delete('out');
  else if (['near', 'another', 'new'].some((which) => tongue(title).venue(unquoted(title), /** @type {'near'} */ (which)))) found.add('out');
  if (found.has('out')) found.delete('in');
  if (found.has('phone') && !found.has('out')) found.add('in');
  if (step.people) found.add('set_people');
  if (MARKS.night.test(step.time ?? '')) found.add('night');
  if (found.has('fixed') && !found.has('out')) found.add('in');
  return found;
}

/**
 * Everything one dial of this step can be turned to; every one a whole sentence.
 * @param {Turnable} step
 * @param {Dial} dial
 * @returns {Turn[]}
 */
export function turns(step, dial) {
  const title = tidy(step.title);
  if (!title) return [];
  const found = marks(title, step);
  const swaps = swapped(title, dial);
  if (swaps.length) found.add('swapped');
  if (saidAt(title, 'time')) found.delete('daypart');
  const has = (/** @type {string} */ names) => names.split(' ').some((name) => name && found.has(name));
  const abed = dial === 'place' && found.has('bed') && !found.has('out');   // a bed is where it is
  const open = abed ? [] : STOPS[dial].filter(([, , needs = '', never = '']) => (!needs || has(needs)) && !has(never));
  const all = [...swaps, ...open.map(([key, way]) => laid(title, dial, key, way)), ...(dial === 'length' ? lengths(title, found) : [])];
  return distinct(all.filter((one) => one !== null), step);
}

/** In the imagination first; nothing that is there already is imagined once more (rule L8). @param {Turnable} step @returns {Turn[]} */
export function imagined(step) {
  const title = tidy(step.title), { lay, PHRASES } = tongue(title);
  if (!title || (step.form ?? 'action') !== 'action' || tongue(title).MARKS.mind.test(title)) return [];
  return distinct([{ dial: 'imagined', way: 'down', value: '', ...lay(PHRASES.imagined[0], title) }], step);
}

/**
 * One aid fewer – asked for by the person, never offered unasked (rule L7).
 * @param {Turnable} step
 * @param {string} aids what helped, in the person's words; '' when nobody wrote it down
 * @returns {Turn[]}
 */
export function oneLess(step, aids) {
  const title = tidy(step.title), { things, isThing, listed, without, PHRASES } = tongue(title);
  const list = [...new Set(things(aids))];
  const late = marks(title, step).has('night');   // late and alone is nothing to offer (rule L9)
  const named = list.filter((aid) => isThing(aid) && !(late && without(aid).value === PHRASES.alone[1]));
  if (late && !named.length && list.length) return [];
  const turned = named.map((aid) => {
    const { said, value } = without(aid);
    return over(title, 'aids', said, 'up', listed(list.filter((one) => one !== aid)) || value);
  });
  return distinct(turned.length ? turned : [over(title, 'aids', PHRASES.fewer[0], 'up', PHRASES.fewer[1])], step);
}

/** @param {string} title @param {Dial} dial @param {string} key @param {Way} way @returns {Turn | null} */
function laid(title, dial, key, way) {
  const { PHRASES, venue } = tongue(title);
  if (key === 'near' || key === 'another' || key === 'new') {
    const place = venue(unquoted(title), key);
    return place && { dial, way, value: place.value, ...tongue(title).put(title, place.from, place.to, place.said) };
  }
  const [said, value] = PHRASES[key];
  return over(title, dial, said, way, value);
}

/** In the place of what is said of this dial already, else before the words. @param {string} title @param {Dial} dial @param {string} said @param {Way} way @param {string} value @returns {Turn} */
function over(title, dial, said, way, value) {
  const { lay, put } = tongue(title);
  const at = saidAt(title, dial);
  return { dial, way, value, ...(at ? put(title, at.from, at.to, said) : lay(said, title)) };
}

/** Where the words say this dial: with a phrase of ours, or with one of the person's. @param {string} title @param {Dial} dial */
function saidAt(title, dial) {
  const { PHRASES, SAID } = tongue(title);
  const open = unquoted(title);
  for (const [key] of STOPS[dial]) {
    const from = PHRASES[key] ? open.toLowerCase().indexOf(PHRASES[key][0].toLowerCase()) : -1;
    if (from >= 0) return { from, to: from + PHRASES[key][0].length };
  }
  for (const pattern of SAID[dial]) {
    const found = pattern.exec(open);
    if (found) return { from: found.index + (found[1]?.length ?? 0), to: found.index + found[0].length };
  }
  return null;
}

/** What somebody says is theirs: nothing between quotation marks is ever turned. As long as before, so that places stay. @param {string} title */
const unquoted = (title) => title.replace(/「[^」]*」|『[^』]*』|“[^”]*”|"[^"]*"|‘[^’]*’/g, hidden)
  .replace(/(^|\W)('(?:[^']|\b'\b)*')(?!\w)/g, (_, before, said) => before + hidden(said));

/** @param {string} said */
const hidden = (said) => said[0] + '\u0000'.repeat(said.length - 2) + said.at(-1);

/** @param {string} title @param {Dial} dial @returns {Turn[]} */
function swapped(title, dial) {
  const { SWAPS, put } = tongue(title);
  return SWAPS.filter(([name]) => name === dial).flatMap(([, way, pattern, words]) => {
    const found = pattern.exec(title);
    if (!found || (found[0] && !unquoted(title).includes(found[0]) && !found[1]?.startsWith("'"))) return [];
    const from = found.index + (found[1]?.length ?? 0), value = words.trim().replace(/[にでをと]$/, '');
    return [{ dial, way, value, ...put(title, from, found.index + found[0].length, words) }];
  });
}

const SIZES = [10, 15, 30, 60, 120, 180, 300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200];

/** @param {string} title @param {Set<string>} found @returns {Turn[]} */
function lengths(title, found) {
  const { length, lasting, put, PHRASES } = tongue(title);
  const named = length(unquoted(title));
  if (named) {
    const wanted = named.seconds === null ? /** @type {[number, Way][]} */ ([[30, 'down'], [60, 'down'], [300, 'up']]) : around(named.seconds);
    return wanted.map(([seconds, way]) => ({ dial: /** @type {Dial} */ ('length'), way, value: named.say(seconds), ...put(title, named.from, named.to, named.say(seconds)) }));
  }
  /** @type {[Phrase, Way][]} */
  const offered = [[{ said: PHRASES.long[0], value: PHRASES.long[1] }, 'up']];
  if (!found.has('head')) offered.unshift(.../** @type {[Phrase, Way][]} */ ((found.has('out') ? [300, 600] : [60, 300]).map((seconds) => [lasting(seconds), 'down'])));
  return offered.map(([{ said, value }, way]) => over(title, 'length', said, way, value));
}

/** About half, about a fifth, about twice. @param {number} seconds @returns {[number, Way][]} */
function around(seconds) {
  const atMost = (/** @type {number} */ most) => SIZES.findLast((size) => size <= most);
  const half = atMost(seconds / 2);
  const least = seconds > 60 ? Math.max(30, atMost(seconds / 5) ?? 0) : undefined;
  const twice = SIZES.find((size) => size >= seconds * 1.8);
  return [[half, 'down'], [least === half ? undefined : least, 'down'], [twice, 'up']].filter(/** @returns {one is [number, Way]} */ (one) => one[0] !== undefined);
}

/** The words as they are read: one line, no space at the ends, digits of one width. @param {string} title */
const tidy = (title) => title.normalize('NFC').replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/\s+/g, ' ').trim();

/** Only what differs, fits and is not there twice. @param {Turn[]} list @param {Turnable} step */
function distinct(list, step) {
  const seen = new Set([tidy(step.title).toLowerCase()]);
  return list.filter((one) => {
    const same = seen.has(one.title.toLowerCase()) || (one.dial !== 'imagined' && one.value !== '' && one.value === step[one.dial]);
    seen.add(one.title.toLowerCase());
    return !same && one.title.length <= LIMIT && one.value.length <= VALUE_LIMIT;
  });
}

/** The fields of the new step: the same in all but one. @param {Turn} turn @returns {Partial<Step> & {title: string}} */
export const fieldsOf = ({ dial, title, value }) => (dial === 'imagined' ? { title, turned: dial, form: 'imaginal' } : { title, turned: dial, [dial]: value });
