/**
 * The kinds of rows and their fields. The source of truth is `exposure/kinds.py`; this is its twin for the browser.
 * Times are integer milliseconds since 1970 in UTC, ratings 0-100, days 'YYYY-MM-DD' on the person's own calendar.
 */

/**
 * @typedef {{id: string, space: string, kind: string}} Base
 * @typedef {'' | 'open' | 'private'} Sharing '' follows the consent; with a diary entry, a check-in and a plan only 'open' shares
 * @typedef {'did' | 'part' | 'turned_back' | null} Outcome `null` while the attempt is open
 *
 * @typedef {Base & {nickname: string, anchor_0: string, anchor_25: string, anchor_50: string, anchor_75: string,
 *   anchor_100: string, stages_open: boolean, today_step: string | null, today_day: string | null, during_ratings: boolean,
 *   entry_read: boolean, country: string, reminder_offer: '' | 'declined' | 'accepted',
 *   reminder_offered_at: number | null, install_hint: boolean, quiet_from: string, quiet_to: string,
 *   ceiling: number | null, paused: '' | 'until' | 'open', paused_until: number | null, zone_kept: string,
 *   visits_offered: string[], fixed_point: string, fixed_time: string, fixed_on: boolean, look_back: boolean,
 *   breath: '' | 'slow' | 'even' | 'still', asked_harder: string, asked_days: string, term_helper: string,
 *   term_step: string, term_scale: string, reading: '' | 'furigana', reads_days: number[], reads_note: string,
 *   away_until: string}} Setting `ceiling` null is one reminder a day; `zone_kept` the phone's zone for which "leave them"
 *   was said; `asked_…` the day on which the monthly question was last offered; a `term_…` of '' is the house's word; the
 *   last three are a therapist's own
 * @typedef {Base & {step: string, ladder: string, title: string, guess: string, likelihood: number | null,
 *   before: number | null, during: Array<[number, number]>, peak: number | null, after: number | null,
 *   outcome: Outcome, happened: string, found_out: string, aids: string, feelings: string[], started: number,
 *   ended: number | null, timer: number | null, zone: string, book: 'kept' | 'left' | null, first_time: boolean | null,
 *   where: string, looked_back: string, looked_back_at: number | null, ready_answer: 'yes' | 'no' | null,
 *   sharing: Sharing, archived: boolean}} Attempt `book` of surprises: put in or taken out by hand, null goes by the rule
 * @typedef {Base & {day: string, note: string, source: 'home' | 'notification' | 'reminder', at: number,
 *   sharing: Sharing, archived: boolean}} Rest
 * @typedef {Base & {step: string | null, ladder: string | null, days: number[], date: string, time: string,
 *   window: number, zone: string, cue: string, words: string, neutral: boolean, on: boolean, archived: boolean}} Reminder
 *   with a `date` on that one day only; `cue` is the "when …" of "when …, I might …"
 * @typedef {Base & {reminder: string, day: string, choice: 'might' | 'later' | 'not_today' | 'as_is', at: number,
 *   again: number | null, archived: boolean}} Answer to one coming of a reminder; `again` only with `later`
 * @typedef {Base & {day: string, text: string, feelings: string[], at: number, sharing: Sharing, archived: boolean}} Diary
 * @typedef {Base & {day: string, about: 'harder' | 'days', harder: 'no' | 'a_little' | 'yes' | null, ease: number | null,
 *   direction: number | null, note: string, sharing: Sharing, at: number, archived: boolean}} Checkin
 * @typedef {Base & {name: string, sort: 'person' | 'place' | 'animal' | 'thing' | 'doing' | 'other', near: number | null,
 *   note: string, liked: boolean, tiny: string, position: string, archived: boolean}} Support `near` 0 is nearest, 2 farthest
 * @typedef {Base & {signs: string, helps: string, who: string, smaller: string, words: string, sharing: Sharing, at: number,
 *   archived: boolean}} Plan for hard weeks; the newest is the one
 * @typedef {Base & {title: string, wish: string, wish_unknown: boolean, ready_times: number | null, ready_days: number | null,
 *   ready_rating: number | null, ready_share: number | null, position: string, archived: boolean}} Ladder a `ready_…` of
 *   null is the rule's own: 3, 2, 30, 50
 * @typedef {Base & {ladder: string, title: string, hint: string, time: string, place: string, people: string,
 *   aids: string, length: string, predicted: number | null, position: string, from_library: string,
 *   split_from: string | null, varied_from: string | null, turned: '' | 'time' | 'place' | 'people' | 'aids' | 'length'
 *   | 'imagined', form: 'action' | 'imaginal' | 'body', archived: boolean}} Step `turned` is the dial that makes it differ
 * @typedef {Base & {target: string, target_kind: string, field: string, value: unknown, by: string,
 *   state: 'open' | 'asked' | 'taken' | 'left', conflict: boolean, at: number}} Proposal
 * @typedef {Base & {about: string, text: string, at: number, archived: boolean}} Note a therapist's own, about a consent
 * @typedef {Base & {therapist: string, name: string, state: 'accepted' | 'confirmed' | 'withdrawn',
 *   ladders: Array<[string, 'propose' | 'write']>, entries: 'none' | 'chosen' | 'all', messages: boolean,
 *   thread: string | null, accepted: number, confirmed: number | null, withdrawn: number | null,
 *   together: Array<[string, number]>}} Consent the server's mirror: nobody sets it by sync
 * @typedef {Base & {target: string, target_kind: 'ladder' | 'step' | 'proposal', text: string, by: string, at: number,
 *   archived: boolean}} Comment
 * @typedef {Base & {step: string | null, ladder: string | null, days: number[], time: string, window: number,
 *   words: string, by: string, state: 'open' | 'taken' | 'left', at: number, archived: boolean}} Idea for a reminder
 * @typedef {Base & {text: string, by: string, at: number, worry: boolean, archived: boolean}} Message
 * @typedef {Base & {reads_days: number[], reads_note: string, away_until: string, receipts_person: boolean,
 *   receipts_therapist: boolean, seen_person: number | null, seen_therapist: number | null}} Thread its id is its space's
 *
 * @typedef {{setting: Setting, attempt: Attempt, rest: Rest, reminder: Reminder, answer: Answer, diary: Diary,
 *   checkin: Checkin, support: Support, plan: Plan, ladder: Ladder, step: Step,
 *   proposal: Proposal, note: Note, consent: Consent, comment: Comment, idea: Idea, message: Message,
 *   thread: Thread}} Kinds
 * @typedef {keyof Kinds} Kind
 *
 * @typedef {{id: string, space: string, kind: Kind, target: string, verb: 'add' | 'set',
 *   fields: Record<string, unknown>, base?: Record<string, number>, at: number, took?: string, undo?: boolean}} Edit  as
 *   it goes over the wire; `took` is the proposal whose words the owner takes by it, `undo` leaves alone what others wrote since
 * @typedef {Edit & {n?: number}} Waiting  an edit in the outbox; `n` is its place in the queue on disk
 * @typedef {Edit & {reason: string, detail: string}} Refused
 * @typedef {{id: string, space: string, kind: Kind, revision: number, fields: Record<string, unknown>,
 *   versions?: Record<string, number>, writers?: Record<string, string>}} Stored  a row as the server last told it
 * @typedef {{person: string, space: string, nickname: string, language: string, zone?: string, kind?: string,
 *   guest: boolean, login?: string, ways?: string[], signin?: string, vapid?: string | null}} Me
 */

const text = (/** @type {string} */ names) => Object.fromEntries(names.split(' ').map((name) => [name, '']));

/**
 * What a field is before anybody has touched it, so that no screen ever meets `undefined`.
 * @type {Record<Kind, Record<string, unknown>>}
 */
export const BLANK = {
  setting: {
    ...text('nickname anchor_0 anchor_25 anchor_50 anchor_75 anchor_100 country reminder_offer quiet_from quiet_to paused zone_kept '
      + 'fixed_point fixed_time breath asked_harder asked_days term_helper term_step term_scale reading'),
    fixed_on: false, look_back: false,
    stages_open: false, today_step: null, today_day: null, during_ratings: false, entry_read: false,
    reminder_offered_at: null, install_hint: false, ceiling: null, paused_until: null, visits_offered: [],
    reads_days: [], reads_note: '', away_until: '',
  },
  attempt: {
    ...text('title guess happened found_out aids zone where looked_back sharing'),
    step: null, ladder: null, likelihood: null, before: null, during: [], peak: null, after: null, outcome: null,
    feelings: [], started: null, ended: null, timer: null, book: null, first_time: null, looked_back_at: null, ready_answer: null,
    archived: false,
  },
  rest: { day: '', note: '', source: 'home', at: null, sharing: '', archived: false },
  reminder: {
    ...text('date time zone cue words'),
    step: null, ladder: null, days: [], window: 60, neutral: true, on: true, archived: false,
  },
  answer: { reminder: null, day: '', choice: 'might', at: null, again: null, archived: false },
  diary: { day: '', text: '', feelings: [], at: null, sharing: 'private', archived: false },
  checkin: {
    day: '', about: 'days', harder: null, ease: null, direction: null, note: '', sharing: 'private', at: null,
    archived: false,
  },
  support: { ...text('name note tiny position'), sort: 'other', near: null, liked: false, archived: false },
  plan: { ...text('signs helps who smaller words'), sharing: 'private', at: null, archived: false },
  ladder: {
    title: '', wish: '', wish_unknown: false, ready_times: null, ready_days: null, ready_rating: null, ready_share: null,
    position: '', archived: false,
  },
  step: {
    ...text('title hint time place people aids length position from_library turned'),
    ladder: null, predicted: null, split_from: null, varied_from: null, form: 'action', archived: false,
  },
  proposal: {
    target: null, target_kind: '', field: '', value: null, by: null, state: 'open', conflict: false, at: null,
  },
  note: { about: null, text: '', at: null, archived: false },
  consent: {
    therapist: null, name: '', state: 'accepted', ladders: [], entries: 'none', messages: false, thread: null,
    accepted: null, confirmed: null, withdrawn: null, together: [],
  },
  comment: { target: null, target_kind: '', text: '', by: null, at: null, archived: false },
  idea: {
    step: null, ladder: null, days: [], time: '', window: 60, words: '', by: null, state: 'open', at: null,
    archived: false,
  },
  message: { text: '', by: null, at: null, worry: false, archived: false },
  thread: {
    reads_days: [], reads_note: '', away_until: '', receipts_person: false, receipts_therapist: false,
    seen_person: null, seen_therapist: null,
  },
};
