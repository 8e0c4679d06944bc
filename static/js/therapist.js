/** The therapist's desk: reads nothing from this browser's disk and writes nothing to it. Draws the screen the address names. */
import { html, render as draw } from 'lit-html';
import { startLanguage } from './language.js';
import { watch } from './live.js';
import { go, leaveToast, onRender, render } from './page.js';
import { toastLine } from './parts/toast.js';
import { match, pathOf } from './router.js';
import { listen } from './rows.js';
import { status } from './status.js';
import { keepNothing } from './store.js';
import { rouse } from './sync.js';
import { bar } from './therapist/frame.js';
import { followPeople, speakOfPeople } from './therapist/people.js';
import { before, ROUTES } from './therapist/screens.js';
import { arrive, onInside, standing } from './therapist/standing.js';
import { t } from './words.js';

/** @typedef {NonNullable<ReturnType<typeof match<typeof ROUTES[number]>>>} Place */
/** @typedef {import('./screens.js').Screen} Screen */

const root = /** @type {HTMLElement} */ (document.getElementById('app'));

/** @type {Place | null} */
let place = null;
/** @type {Screen | null} the one that was entered: the place's own, or what stands before it */
let entered = null;
let here = 0;
/** @type {number[]} how far each place of this visit was scrolled */
const scrolled = [];

async function start() {
  keepNothing();
  speakOfPeople();
  await startLanguage('__WORDS__', 'therapist');
  history.scrollRestoration = 'manual';
  if (history.state?.place === undefined) history.replaceState({ place: 0 }, '');
  here = history.state.place;
  document.body.classList.add('desk');
  onRender(paint);
  listen(render);
  addEventListener('hashchange', navigate);
  addEventListener('beforeunload', hold);
  onInside(() => {
    followPeople();
    rouse();
    watch();
  });
  root.replaceChildren();
  await navigate();
  await arrive();
}

/** Nothing here outlives the page: whoever closes it with words unsent is asked first. @param {BeforeUnloadEvent} event */
function hold(event) {
  if (status().waiting) event.preventDefault();
}

async function navigate() {
  scrolled[here] = scrollY;
  const returned = typeof history.state?.place === 'number' ? history.state.place : null;
  const moved = returned !== null && returned !== here;
  here = returned ?? here + 1;
  if (returned === null) history.replaceState({ place: here }, '');
  const found = match(ROUTES, location.hash);
  if (!found) return go('/', { replace: true });
  leaveScreen();
  place = found;
  leaveToast();
  scrollTo(0, 0);
  await render();
  if (moved && scrolled[here]) scrollTo(0, scrolled[here]);
  if (here > 0) focusTitle();
}

function atTop() {
  scrollTo(0, 0);
  focusTitle();
}

const focusTitle = () => root.querySelector('h1')?.focus({ preventScroll: true });

function leaveScreen() {
  entered?.leave?.();
  entered = null;
}

/** What is to be seen: the screen asked for, or what stands before it. @param {Place} where */
function screenOf({ route: [, own, manner], params }) {
  const screen = before(manner) ?? own;
  if (screen !== entered) {
    const instead = entered !== null;     // another screen in the same place: read it from its beginning
    leaveScreen();
    entered = screen;
    screen.enter?.(params);
    if (instead) queueMicrotask(atTop);
  }
  return screen;
}

function paint() {
  if (!place) return;
  const { route: [pattern, own, manner = {}], params } = place;
  const screen = screenOf(place);
  const asked = screen === own;
  const { title, body } = drawn(screen, params);
  const up = !asked || manner.door ? undefined : screen.up?.(params) ?? '/';
  draw(html`${bar({ title, up, door: asked ? manner.door : undefined })}
    <main id="main" tabindex="-1" class="screen ${manner.broad && asked ? 'broad' : ''}" data-screen=${asked ? pathOf(pattern).slice(1) : `before/${standing()}`}>${body}${toastLine()}</main>`, root);
}

/**
 * One broken screen is not a broken desk.
 * @param {Screen} screen
 * @param {import('./router.js').Params} params
 */
function drawn(screen, params) {
  try {
    return { title: screen.title(params), body: screen.view(params) };
  } catch (error) {
    console.error(error);
    return { title: t('Something went wrong here'), body: html`
      <p>${t('This page could not be shown. What you have written is still kept.')}</p>
      <a class="quiet" href="#/">${t('People')}</a>` };
  }
}

start();
