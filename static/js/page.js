/** The page as the screens see it: draw again, go somewhere, say something. No screen touches window.location. */

/** @type {() => void} */
let paint = () => {};
/** @type {Promise<void> | null} */
let due = null;

/** @param {() => void} draw called at most once per turn of the event loop */
export function onRender(draw) { paint = draw; }

/** Ask for a fresh drawing of the screen. Many calls in one turn draw once. @returns {Promise<void>} drawn */
export function render() {
  due ??= Promise.resolve().then(() => { due = null; paint(); });
  return due;
}

/**
 * @param {string} path '/ladder/…' or '#/ladder/…'
 * @param {{replace?: boolean}} [how] replace: the screen left behind is not one to come back to
 */
export function go(path, { replace = false } = {}) {
  const hash = path.startsWith('#') ? path : `#${path}`;
  if (replace) {
    history.replaceState(history.state, '', hash);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = hash;
  }
}

/** One screen back; when this is the first one (opened from a notification), to `otherwise`. */
export function back(otherwise = '/') {
  if (history.state?.place > 0) history.back();
  else go(otherwise, { replace: true });
}

/** @typedef {{text: string, undo?: () => unknown, at: number}} Toast */

/** @type {Toast | null} */
let shown = null;
let vanish = 0;

/** How long an undo stays in reach, in milliseconds. Everything it undoes can also be undone later, elsewhere. */
const LONG = 12_000;
const SHORT = 5_000;
/** A toast made on the way to another screen, in milliseconds before it, belongs to that screen. */
const ON_THE_WAY = 800;

/**
 * A short word at the foot of the page, with "undo" when there is something to undo.
 * @param {string} text
 * @param {() => unknown} [undo]
 * @param {string} [spoken] more, for ears that do not see the page
 */
export function toast(text, undo, spoken = text) {
  shown = { text, undo, at: Date.now() };
  clearTimeout(vanish);
  vanish = window.setTimeout(dropToast, undo ? LONG : SHORT);
  say(spoken);
  render();
}

export function dropToast() {
  clearTimeout(vanish);
  shown = null;
  render();
}

/** Another screen has come: what was said on the one before it is over. */
export function leaveToast() {
  if (shown && Date.now() - shown.at > ON_THE_WAY) dropToast();
  if (Date.now() - said > ON_THE_WAY) hush();
}

/** What the toast says now. */
export const toasted = () => shown;

let said = 0;
let saying = 0;

/** Tell it to a screen reader when it has finished its sentence. @param {string} text */
export function say(text) {
  const live = document.getElementById('live');
  if (!live) return;
  hush();
  said = Date.now();
  saying = window.setTimeout(() => { live.textContent = text; }, 60);
}

/** Nothing said stays to be found, unseen, on another screen or under the calendar. */
export function hush() {
  clearTimeout(saying);
  const live = document.getElementById('live');
  if (live?.textContent) live.textContent = '';
}

/**
 * Put the focus on what `selector` names, once it has been drawn.
 * @param {string} selector
 * @param {FocusOptions} [options]
 */
export async function focusOn(selector, options) {
  await render();
  const found = document.querySelector(selector);
  if (found instanceof HTMLElement) found.focus(options);
}
