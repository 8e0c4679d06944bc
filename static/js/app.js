/** The beginning: read what this phone knows, draw the screen the address names, keep it drawn. */
import { html, nothing, render as draw } from 'lit-html';
import { startBorrowed } from './borrowed.js';
import { cover, covered, coverTitle, startCover } from './cover.js';
import { wake } from './here.js';
import { nameInLanguage, startInstall } from './install.js';
import { startLanguage } from './language.js';
import { go, hush, leaveToast, onRender, render, toasted } from './page.js';
import { toastLine } from './parts/toast.js';
import { tabs, topbar } from './parts/topbar.js';
import { updateCard } from './parts/update.js';
import { match, pathOf } from './router.js';
import { listen, me } from './rows.js';
import { ROUTES } from './screens.js';
import { fetchTheRest, takeWhatIsHeld } from './shelves.js';
import { t } from './words.js';
import { startWorker } from './worker.js';

/** @typedef {NonNullable<ReturnType<typeof match<typeof ROUTES[number]>>>} Place */

const root = /** @type {HTMLElement} */ (document.getElementById('app'));

/** @type {Place | null} */
let place = null;
/** How far each place of this visit was scrolled, by its number in the history. @type {number[]} */
const scrolled = [];
let here = 0;
/** Nobody is here yet: the entry stands wherever an address leads, until the account has said who this is. */
let atDoor = false;

async function start() {
  startInstall();           // before anything is awaited: the browser offers once a visit, and early
  startBorrowed();
  await startLanguage('__WORDS__');
  nameInLanguage();
  const waking = wake();
  await Promise.all([waking, takeWhatIsHeld(waking)]);
  history.scrollRestoration = 'manual';
  if (history.state?.place === undefined) history.replaceState({ place: 0 }, '');
  here = history.state.place;
  onRender(paint);
  listen(render);
  addEventListener('hashchange', navigate);
  startCover(navigate);
  root.replaceChildren();   // lit would draw after the words of waiting, not in place of them
  navigate();
  await startWorker();
  await fetchTheRest();
}

/** The address has changed: leave the old screen, enter the new one, begin reading at its name. */
async function navigate() {
  scrolled[here] = scrollY;
  const returned = number(history.state?.place);
  const moved = returned !== null && returned !== here;   // back or forward, not one screen put in place of another
  const coming = returned ?? here + 1;
  if (returned === null) history.replaceState({ place: coming }, '');
  here = coming;
  if (covered()) return render();
  const led = match(ROUTES, location.hash);
  if (!led) return go('/', { replace: true });
  atDoor = !me() && !led.route[2]?.open;
  place?.route[1].leave?.();
  const first = place === null;
  place = (atDoor && match(ROUTES, '#/welcome')) || led;
  leaveToast();
  scrollTo(0, 0);
  place.route[1].enter?.(place.params);
  await render();
  if (moved && scrolled[here]) scrollTo(0, scrolled[here]);
  if (!first) dawn();
  if (!first && !root.querySelector('main')?.contains(document.activeElement)) focusTitle();
}

/** A screen comes up softly, in the place where it stays; at once where no motion is wished. */
function dawn() {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  root.querySelector('main')?.animate?.({ opacity: [0.4, 1] }, { duration: 200, easing: 'ease-out' });
}

const focusTitle = () => root.querySelector('h1')?.focus({ preventScroll: true });

/** @param {unknown} value */
const number = (value) => (typeof value === 'number' ? value : null);

function paint() {
  if (covered()) return drawCover();
  if (!place) return;
  if (atDoor && me()) return navigate();
  const [pattern, screen, manner = {}] = place.route;
  const { title, body } = drawn(place);
  const begun = me() !== null;
  const tab = begun ? manner.tab : undefined;
  document.title = t('Ippo');     // never the person's words: browsers keep titles in their history
  document.body.classList.toggle('with-tabs', Boolean(tab));
  const up = tab || pattern === '/welcome' ? undefined : screen.up?.(place.params) ?? '/';
  draw(html`${topbar({ title, up, help: pattern !== '/help' })}${updateCard()}
    <main id="main" tabindex="-1" class="screen" data-screen=${pathOf(pattern).slice(1)}>${body}${toastLine()}</main>
    ${tab ? tabs(tab) : nothing}`, root);
  if (toasted()) root.style.setProperty('--dock', `${root.querySelector('.dock')?.clientHeight ?? 0}px`);
}

function drawCover() {
  hush();
  document.title = coverTitle();
  document.body.classList.remove('with-tabs');
  draw(cover(), root);
}

/**
 * One broken screen is not a broken app: the person is told, and every other door stays open.
 * @param {Place} where
 */
function drawn({ route: [, screen], params }) {
  try {
    return { title: screen.title(params), body: screen.view(params) };
  } catch (error) {
    console.error(error);
    return { title: t('Something went wrong here'), body: html`
      <p>${t('This page could not be shown. What you have written is still kept.')}</p>
      <div class="dock"><a class="primary" href="#/">${t('Go to today')}</a></div>` };
  }
}

start();
