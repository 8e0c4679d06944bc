/** How an English step is turned: what its words say already, and where a phrase may stand in them. Pure; its words are the ladder's, not the interface's. */

/** @typedef {import('../dials.js').Phrase} Phrase */

/** What can be read from the words of a step. The marks are the same in every language. @type {Record<string, RegExp>} */
export const MARKS = {
  bed: /\b(?:in|on|out of) (?:my |the )?bed\b/i, night: /\b(?:night|midnight|dark|late|(?:9|10|11) ?pm|2[0-3]:\d\d)\b/i,
  mind: /imagin/i,
  out: /\b(outside(?! for)|go(ing)? (to|out|as|and|for)|walk|ride|riding|step out|bus|train|car|stroll|front door|entrance|doorstep|balcony|open the door|mailbox|rubbish|neighbou?r(?:hood|s)?|street(?! can)|shop(ping)?|store|till|staff|salon|haircut|volunteer|trial task|nurse|drop in|pass near|park|station|library|waiting room|lift|escalator|visit|(?:job )?interview|town)\b/i,
  in: /\b(bed|(living |dining )?room|downstairs|shower|bath|curtains?|windows?|wash|clothing|clothes|dress|kitchen|online|post|posting|comments?|chat|messages?|e-?mails?|texts?|sticker|diary|community|read|write|list|introduction|call|phone|book|imagination|on the spot|study|family|note|bite|used to like|fixed time|feeling|watch)\b/i,
  fixed: /\b(bed|curtains?|windows?|front door|door|entrance|kitchen|same room|living room|dining room|downstairs|shower|bath|balcony|doorstep|bathroom|i'm home)\b/i,
  event: /\b(when you|soon after|while family|wak(?:e|ing) up|get(?:ting)? up|fixed time|your next step|when i)\b/i,
  daypart: /\b(morning|noon|afternoon|evening|night|breakfast|lunch|dinner|supper|wake|waking|bedtime)\b/i,
  company: /\b(together|with (someone|somebody|one person|a friend|my|family)|in a car)\b/i,
  beside: /\bwith (?:my |a )?(?:mother|father|mum|mom|dad|sister|brother|friend|partner|husband|wife|parents|someone trusted)\b(?! close)/i,
  voice: /\b(say|talk|speak|voice|call|phone|ask(?! for quiet)|answer|tell|reception|post office|order)\b/i,
  ears: /\b(listen|hear|sound|music|say|talk|speak|voice|call|phone|ask(?! for quiet)|answer|tell|tv|online)\b/i,
  mouth: /\b(drink|eat|bite|breath|breaths|air|meal|coffee|tea)\b/i,
  hands: /\b(wash|wipe|shower|bath|clothing|clothes|dress)\b/i,
  head: /\b(hair|haircut|hat|cap)\b/i,
  text: /\b(write|comment|chat|e-?mail|text|reply|send)\b/i,
  note: /\b(notes?|script|list|draft|diary)\b/i, greet: /\b(nod to|neighbours?|neighbors?)\b/i, lull: /\b(quiet|few people)\b/i,
  phone: /\b(phone|call|ring (?:the |my )?(?:doctor|dentist|clinic))\b|^book\b/i,
};

/** Phrases that can be laid before a step: the words, and the same as the dial's own value. @type {Record<string, [string, string]>} */
export const PHRASES = {
  quiet: ['at an hour with few people about', 'an hour with few people about'], still: ['at a quiet hour', 'a quiet hour'],
  easy_hour: ['at the easiest hour of the day', 'the easiest hour of the day'], easy_day: ['on an easier day', 'an easier day'],
  morning: ['in the morning', 'in the morning'], afternoon: ['in the early afternoon', 'in the early afternoon'], evening: ['in the early evening', 'in the early evening'],
  busy: ['at a slightly busier hour', 'a slightly busier hour'],
  halfway: ['going only as far as feels right', 'part of the way'], cosy: ['in the most comfortable place', 'the most comfortable place'],
  elsewhere: ['in another part of the home', 'another part of the home'], calm: ['somewhere quiet', 'somewhere quiet'], unusual: ['somewhere different', 'somewhere different'],
  together: ['together with someone trusted', 'with someone trusted'], nearby: ['with someone trusted close by', 'someone trusted close by'],
  on_line: ['with someone on the phone all the while', 'someone on the phone'], alone: ['alone', 'alone'],
  hat: ['wearing a hat', 'a hat'], mask: ['wearing a mask', 'a mask'], earphones: ['wearing earphones', 'earphones'], script: ['holding a note with the words', 'a note with the words'],
  draft: ['with a draft at hand', 'a draft'], drink: ['with a favourite drink at hand', 'a favourite drink'], music: ['with favourite music on', 'favourite music'],
  pocket: ['carrying something comforting', 'something comforting in the pocket'], comfort: ['with something comforting at hand', 'something comforting'],
  fewer: ['with one aid fewer', 'one aid fewer'],
  long: ['taking plenty of time', 'plenty of time'], imagined: ['in imagination', ''],
};

/** `n` minutes or seconds of something that has no length in its words. @param {number} seconds @returns {Phrase} */
export const lasting = (seconds) => ({ said: `giving it just ${amount(seconds)}`, value: `just ${amount(seconds)}` });

/** @param {string} aid @returns {Phrase} */
export const without = (aid) => (/\b(somebody|someone|friend|person|mother|father|sister|brother)\b/i.test(aid) ? { said: 'alone', value: 'alone' }
  : { said: `without ${bare(aid)}`, value: `without ${bare(aid)}` });

/** @param {string} aid */
const bare = (aid) => aid.replace(/^(with|wearing) /i, '');

/** Is it a thing one could leave at home, in a word? @param {string} aid */
export const isThing = (aid) => bare(aid).split(/\s+/).length <= 4;

/** Several things in one line. @param {string} aids */
export const things = (aids) => aids.split(/[,;/\n]|\band\b/).map((one) => one.trim()).filter(Boolean);

/** @param {readonly string[]} list */
export const listed = (list) => list.join(', ');

/** Where the words say a dial already; what stands there is exchanged and not said twice. @type {Record<string, RegExp[]>} */
export const SAID = {
  time: [/\bat (?:a|an|the) (?:(?:slightly )?(?:quiet|busy|busier|different|usual|easy|easiest|good|late|early)(?:er)?) (?:hour|time)(?: of (?:the )?day)?\b/i,
    /\bin the (?:early |late )?(?:morning|afternoon|evening)\b/i, /\b(?:at noon|after lunch|at night|at dusk|towards evening)\b/i, /\b(?:at|around) \d{1,2}(?::\d\d)? ?(?:am|pm|o'clock)?(?![\w:])/i],
  place: [],
  people: [/\b(?:alone|on my own|by myself|on your own|by yourself)\b/i,
    /\b(?:together )?with (?:my |a )?(?:mother|father|mum|mom|dad|sister|brother|friend|partner|husband|wife|parents)\b/i],
  aids: [/\b(?:wearing|with) (?:a |my )?(?:hat|mask|earphones|headphones|sunglasses|cap)(?: on)?\b/i],
  length: [/\btaking plenty of time\b/i],
};

const NOUNS = 'vending machine|convenience store|department store|store|shop|supermarket|library|post office|park bench|bench|park|cafe|café|salon|hairdresser|place(?= where)|bus or train|bus|train|station'
  + '|peer space|support cent(?:re|er)|youth support desk|clinic|doctor|dentist|bank|corner|usual way|self-checkout|staffed till|till|member of staff';
const VENUE = new RegExp(`\\b(?:a different|an unfamiliar|an?|the|my|your|another)( nearest| usual| local| quiet| small)? (${NOUNS})( reception)?( closest to home)?(?!\\w)`, 'i');
const NOT_NEAR = /way|corner|bus|train/i, INSIDE = /self-checkout|till|staff$/i;

/**
 * The same kind of place, another one of it.
 * @param {string} title
 * @param {'near' | 'another' | 'new'} which
 * @returns {{from: number, to: number, said: string, value: string} | null}
 */
export function venue(title, which) {
  const found = VENUE.exec(title);
  if (!found || (which === 'near' && NOT_NEAR.test(found[2]))) return null;
  const [whole, like = '', noun, at = ''] = found;
  const kind = /quiet|small/.test(like) ? like.trim() + ' ' : '';
  const inside = INSIDE.test(noun);
  const one = inside ? 'shop' : kind + noun.replace(/^usual /, '') + at;
  const place = { near: `the ${one} closest to home`, another: `another ${one}`, new: `an unfamiliar ${one}` }[which];
  const article = whole.split(' ')[0];
  const said = inside ? `${article} ${noun} ${/staff/.test(noun) ? 'in' : 'of'} ${place}` : place;
  return { from: found.index, to: found.index + whole.length, said, value: place };
}

/** Places and people inside the words, and what may stand there instead: dial, which way, what is there, what comes. @type {[string, 'down' | 'other' | 'up', RegExp, string][]} */
export const SWAPS = [
  ['place', 'down', /\bin bed\b/i, 'in the most comfortable place'], ['place', 'down', /\bat the entrance\b/i, 'at the door of the room'],
  ['place', 'down', /\bopen the door\b(?= and take)/i, 'open a window'], ['place', 'down', /\bopen a window\b(?= and listen)/i, 'keep the window closed'],
  ['place', 'down', /\bat a window\b/i, 'a step back from a window'], ['place', 'other', /\bthe curtain\b/i, 'the curtain of another room'],
  ['place', 'down', /\bthrough the door\b/i, 'from inside the room'], ['place', 'down', /\bin the same room\b/i, 'at the door of the same room'],
  ['place', 'other', /('I'm home') (?=when)/i, ' at the front door '], ['place', 'down', /\bnear the school or workplace\b/i, 'some distance from the school or workplace'],
  ['people', 'down', /\bwith (?:one person|someone safe|somebody safe)\b/i, 'with the person easiest to talk to'], ['people', 'down', /\bone trusted person\b(?!['’]s)/i, 'the person easiest to talk to'],
  ['people', 'down', /\b(?:a family member|family)\b(?= (?:for )?one)/i, 'a family member who listens well'], ['people', 'down', /\ba member of staff\b/i, 'a friendly-looking member of staff'],
  ['people', 'down', /\ba neighbour\b(?!['’]s)/i, 'a neighbour seen before'], ['people', 'down', /\ba teacher or supervisor\b(?!['’]s)/i, 'a teacher or supervisor who listens well'],
  ['people', 'down', /\btogether\b(?! with)/i, 'together with the person easiest to talk to'],
  ['people', 'down', /\ba friend\b(?!['’]s)/i, 'the friend easiest to talk to'], ['people', 'down', /\bin a car\b/i, 'in the car of someone trusted'],
];

const WORDS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
/** @type {Record<string, number>} */
const NUMBERS = { ...Object.fromEntries(WORDS.map((word, n) => [word, n])), fifteen: 15, twenty: 20, thirty: 30, forty: 40, a: 1, an: 1, 'half an': 0.5, 'a few': 3, 'a couple of': 2 };
const N = `\\d+|${Object.keys(NUMBERS).filter(Boolean).sort((a, b) => b.length - a.length).join('|')}`;
const AMOUNT = new RegExp(`\\b(?:(?:${N})(?: or | to |-))?(${N})([ -])(second|minute|hour)(s?)\\b`, 'i');
const PERIOD = /\bone period\b/i;

/**
 * The length that the words name.
 * @param {string} title
 * @returns {{from: number, to: number, seconds: number | null, say: (seconds: number) => string} | null}
 */
export function length(title) {
  const found = AMOUNT.exec(title);
  if (found) {
    const [whole, n, joint, unit, s] = found;
    const seconds = (NUMBERS[n.toLowerCase()] ?? Number(n)) * { second: 1, minute: 60, hour: 3600 }[/** @type {'hour'} */ (unit.toLowerCase())];
    const say = joint === '-' && !s ? (/** @type {number} */ secs) => amount(secs, /\d/.test(n)).replace(' ', '-').replace(/s$/, '') : (/** @type {number} */ secs) => amount(secs, /\d/.test(n));
    return { from: found.index, to: found.index + whole.length, seconds, say };
  }
  const period = PERIOD.exec(title);
  return period && { from: period.index, to: period.index + period[0].length, seconds: 2700, say: amount };
}

/** @param {number} seconds @param {boolean} [digits] */
function amount(seconds, digits = false) {
  const [n, unit] = seconds < 60 ? [seconds, 'second'] : seconds % 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  return `${digits ? n : spelled(n)} ${unit}${n === 1 ? '' : 's'}`;
}

/** @param {number} n */
const spelled = (n) => WORDS[n] || Object.keys(NUMBERS).find((word) => NUMBERS[word] === n && n > 12) || String(n);

/** What a step usually begins with, as an invitation: before these a phrase may stand. */
const VERBS = new Set(('add answer ask be begin book bring brush buy call carry change check choose clean climb close come cook count cross cycle do draw dress drink drive drop eat enjoy enter explore fetch find get give go greet hand have hold '
  + 'imagine invite join keep knock learn leave let lie list listen log look make march meet move name nod notice open order paint pass pay phone pick plan plant play prepare press push put read reply register return ride ring rest run save '
  + 'say see send set share shop show sing sit sleep smile speak spend stand start stay step stop stretch study take talk tell text think throw tidy touch try turn type use visit wait wake walk wash watch water wave wear whisper wipe work write').split(' '));

/**
 * A phrase before the words, or behind them where the words are not an invitation ("The shop", "Going out").
 * @param {string} phrase
 * @param {string} title
 * @returns {{title: string, said: string}}
 */
export function lay(phrase, title) {
  const first = /^[a-z]+/i.exec(title)?.[0] ?? '';
  if (VERBS.has(first.toLowerCase())) {
    const said = capital(phrase);
    return { title: `${said}, ${first.toLowerCase()}${title.slice(first.length)}`, said };
  }
  if (/^I(?:'|’|\s)/.test(title)) return { title: `${capital(phrase)}, ${title}`, said: capital(phrase) };
  const [, words, end] = /** @type {RegExpExecArray} */ (/^(.*?)([\s.!?。…\p{Extended_Pictographic}\uFE0F]*)$/su.exec(title));
  return { title: `${words}, ${phrase}${end}`, said: phrase };
}

/** @param {string} words */
const capital = (words) => words[0].toUpperCase() + words.slice(1);

/**
 * A phrase in the place of one that is said.
 * @param {string} title
 * @param {number} from
 * @param {number} to
 * @param {string} phrase
 */
export function put(title, from, to, phrase) {
  const said = from === 0 ? capital(phrase) : phrase;
  return { title: title.slice(0, from) + said + title.slice(to), said: said.trim() };
}
