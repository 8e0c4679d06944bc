/**
 * The rating control: a number 0-100 by one thumb, keyboard or screen reader; nothing is chosen until it is touched.
 * Clinicians call the scale SUDS. The person's own anchors (product rule L3) stand beside it.
 */
import { html, nothing } from 'lit-html';
import { t } from '../words.js';

/** Where an own past event may be written down. */
export const ANCHOR_POINTS = /** @type {const} */ ([0, 25, 50, 75, 100]);

const THUMB_PX = 36;      // the same as --thumb in rating.css: the ends of the scale lie half a thumb inside the track
const FINGER_STEP = 5;    // a fingertip is coarser than one point; the two buttons reach every number
const DRAG_PX = 6;

/**
 * @typedef {object} RatingOptions
 * @property {number | null | undefined} value 0-100, or null while untouched
 * @property {(value: number) => void} onInput
 * @property {string} label the question
 * @property {string} id unique on the page
 * @property {Record<number, string>} [anchors] own words at 0/25/50/75/100
 * @property {(value: number) => string} [words] the number in words; the scale's own words when left out
 * @property {boolean} [compact] smaller, for a second rating on the same screen
 */

/**
 * The person's anchors as rating() takes them.
 * @param {Record<string, any>} setting fields of the setting row
 * @returns {Record<number, string>}
 */
export function anchorsOf(setting) {
  return Object.fromEntries(ANCHOR_POINTS.map((at) => [at, String(setting[`anchor_${at}`] ?? '').trim()]).filter(([, text]) => text));
}

/**
 * Words for a number on the scale; never a judgement, only a place on it.
 * @param {number} value 0-100
 * @returns {string}
 */
export function scaleWords(value) {
  if (value <= 12) return t('quiet');
  if (value <= 37) return t('a little unsettled');
  if (value <= 62) return t('uneasy');
  if (value <= 87) return t('very uneasy');
  return t('as much as it can be');
}

/**
 * Words for a likelihood.
 * @param {number} percent 0-100
 * @returns {string}
 */
export function likelyWords(percent) {
  if (percent <= 12) return t('hardly likely');
  if (percent <= 37) return t('rather unlikely');
  if (percent <= 62) return t('it might or might not');
  if (percent <= 87) return t('quite likely');
  return t('it seems certain');
}

/**
 * The number and its words together, as a screen reader says them.
 * @param {number} value
 * @param {Record<number, string>} anchors
 * @param {(value: number) => string} words
 */
function spoken(value, anchors, words) {
  const own = anchors[nearest(value)];
  return own ? t('{n}, near: {words}', { n: value, words: own }) : t('{n}, {words}', { n: value, words: words(value) });
}

/** @param {number} value */
const nearest = (value) => Math.round(value / 25) * 25;

/** @param {number} value */
const clamp = (value) => Math.min(100, Math.max(0, value));

/** @param {PointerEvent} event @returns {number} 0-100 in steps of five */
function under(event) {
  const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
  const part = (event.clientX - box.left - THUMB_PX / 2) / Math.max(1, box.width - THUMB_PX);
  return clamp(Math.round((part * 100) / FINGER_STEP) * FINGER_STEP);
}

/** @type {{pointer: number, x: number, dragging: boolean} | null} */
let held = null;

/**
 * Pointer handlers of the track. The native range is left to keyboard and screen reader: on an iPhone a tap
 * beside its thumb does nothing. A finger that only scrolls past must not choose a number, so touch waits
 * for a sideways move or for the finger to lift.
 * @param {(value: number) => void} onInput
 */
function pointers(onInput) {
  return {
    /** @param {PointerEvent} event */
    down(event) {
      if (event.button !== 0) return;
      const track = /** @type {HTMLElement} */ (event.currentTarget);
      track.setPointerCapture(event.pointerId);
      track.querySelector('input')?.focus({ preventScroll: true });
      held = { pointer: event.pointerId, x: event.clientX, dragging: event.pointerType !== 'touch' };
      if (held.dragging) onInput(under(event));
      else return;
      event.preventDefault();
    },
    /** @param {PointerEvent} event */
    move(event) {
      if (held?.pointer !== event.pointerId) return;
      held.dragging ||= Math.abs(event.clientX - held.x) > DRAG_PX;
      if (held.dragging) onInput(under(event));
    },
    /** @param {PointerEvent} event */
    up(event) {
      if (held?.pointer !== event.pointerId) return;
      held = null;
      onInput(under(event));
    },
    cancel() {
      held = null;
    },
  };
}

/**
 * @param {RatingOptions} options
 */
export function rating({ value, onInput, label, id, anchors = {}, words = scaleWords, compact = false }) {
  const chosen = typeof value === 'number';
  const at = chosen ? value : 50;
  const hand = pointers(onInput);
  const heard = chosen ? spoken(at, anchors, words) : t('not chosen yet');
  /** @param {number} by */
  const nudge = (by) => () => onInput(chosen ? clamp(at + by) : at);
  return html`
    <div class="rating ${compact ? 'rating-compact' : ''} ${chosen ? 'rating-chosen' : ''}">
      <label class="rating-label" for=${id}>${label}</label>
      <div class="rating-now">
        <p class="rating-said" aria-hidden="true">
          ${chosen ? html`<span class="rating-number">${at}</span>` : nothing}
          <span class="rating-words">${chosen ? words(at) : t('touch the line, only if you like')}</span>
        </p>
        <button type="button" class="rating-nudge" aria-label=${t('{label}: one less', { label })} @click=${nudge(-1)}>−</button>
        <button type="button" class="rating-nudge" aria-label=${t('{label}: one more', { label })} @click=${nudge(1)}>+</button>
      </div>
      <div class="rating-track" .style=${`--at: ${at}`}
           @pointerdown=${hand.down} @pointermove=${hand.move} @pointerup=${hand.up} @pointercancel=${hand.cancel}>
        <input autocomplete="off" id=${id} class="rating-range" type="range" min="0" max="100" step="1" .value=${String(at)}
               aria-valuetext=${heard}
               @input=${(/** @type {Event} */ e) => onInput(Number(/** @type {HTMLInputElement} */ (e.target).value))}>
        <span class="rating-bar" aria-hidden="true"></span>
        <span class="rating-thumb" aria-hidden="true"></span>
      </div>
      <p class="rating-ticks" aria-hidden="true">${ANCHOR_POINTS.map((n) => html`<span>${n}</span>`)}</p>
      ${anchorList(anchors, chosen ? nearest(at) : null, onInput)}
    </div>`;
}

/**
 * Own events beside the scale; a tap on one takes its number.
 * @param {Record<number, string>} anchors
 * @param {number | null} here the anchor nearest to the value
 * @param {(value: number) => void} onInput
 */
function anchorList(anchors, here, onInput) {
  const set = ANCHOR_POINTS.filter((n) => anchors[n]);
  if (!set.length) return nothing;
  return html`<ul class="rating-anchors" aria-label=${t('Your own marks on the scale')}>
    ${set.map((n) => html`<li>
      <button type="button" class="rating-anchor" aria-current=${n === here ? 'true' : nothing} @click=${() => onInput(n)}>
        <span class="rating-anchor-at">${n}</span> ${anchors[n]}
      </button></li>`)}
  </ul>`;
}
