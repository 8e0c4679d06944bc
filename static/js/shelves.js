/**
 * The app lies on three shelves. The first is what the main job needs, and is what a page begins with. The second (near.js)
 * is everything else a person does; it comes by itself once the first screen stands, and the worker keeps it. The third
 * (far.js) needs the network anyway and comes when it is opened. Each stands on the one before, and brings its script, its
 * words and its styles.
 */
import { hang } from './hung.js';
import { isOpen, openBook } from './language.js';
import { render } from './page.js';
import { listen, status } from './status.js';
import { askWorker, workerReady } from './worker.js';

/** @typedef {{near: typeof import('./near.js'), far: typeof import('./far.js')}} Shelves */

/** The scripts, which carry their hash in their name. @type {{[Name in keyof Shelves]: () => Promise<Shelves[Name]>}} */
const SCRIPTS = { near: () => import('./near.js'), far: () => import('./far.js') };

/** @type {Partial<Shelves>} */
const here = {};
/** @type {Set<() => void>} */
const waiting = new Set();

/**
 * What stands on a shelf that is here, with its words.
 * @template {keyof Shelves} Name
 * @param {Name} name
 * @returns {Shelves[Name] | undefined}
 */
export const shelf = (name) => (isOpen(name) ? here[name] : undefined);

/** Call it when a shelf has come. @param {() => void} fn @returns {() => boolean} no more */
export function onShelf(fn) {
  waiting.add(fn);
  return () => waiting.delete(fn);
}

/**
 * Have a shelf here. Throws where it cannot be had just now.
 * @param {keyof Shelves} name
 */
export async function openShelf(name) {
  if (shelf(name)) return;
  if (name === 'far') await openShelf('near');
  // A browser may remember that a module did not come: it is asked for when the worker has it, or where there is no worker.
  else if ((await askWorker('fetch')) === false) throw new Error(name);
  const came = await SCRIPTS[name]();
  await Promise.all([openBook(name, came.stamp), name === 'near' && style(name)]);
  if (!here[name]) Object.assign(here, { [name]: came });
  if (name === 'near') settle();
  waiting.forEach((fn) => fn());
}

const ASK_AGAIN = 20_000;

let settled = false;
/** Who is here has been read. @type {Promise<unknown>} */
let awake = Promise.resolve();

/** The second shelf begins to work, once, and not before it can see who is here. */
function settle() {
  if (settled || !here.near) return;
  settled = true;
  hang(here.near);
  void awake.then(here.near.start);
  render();
}

/** @type {Map<string, Promise<unknown>>} */
const styles = new Map();

/** @param {string} name */
function style(name) {
  const coming = styles.get(name) ?? new Promise((come, gone) => {
    const link = Object.assign(document.createElement('link'), {
      rel: 'stylesheet', href: new URL(`./${name}.css`, import.meta.url).href, onload: come,
      onerror: () => { link.remove(); styles.delete(name); gone(new Error(`no ${name}.css`)); },
    });
    document.head.append(link);
  });
  styles.set(name, coming);
  return coming;
}

/**
 * Before the first drawing: what this phone holds already is there from the beginning, so that nothing slips in later.
 * @param {Promise<unknown>} waking
 */
export async function takeWhatIsHeld(waking) {
  awake = waking;
  if (await askWorker('held', 1000)) await openShelf('near').catch(() => undefined);
}

/** After the first drawing: the second shelf comes by itself, when nothing else is to be done; again when a network comes back. */
export async function fetchTheRest() {
  await workerReady();
  await new Promise((calm) => (globalThis.requestIdleCallback ?? setTimeout)(calm));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  async function again() {
    const came = await (shelf('near') ? askWorker('fetch') : openShelf('near').catch(() => false));
    clearTimeout(later);
    // The server may have had no room just now: nothing else would tell us that it has some again.
    if (came === false && !status().offline) later = setTimeout(again, ASK_AGAIN);
  }
  let away = status().offline;
  addEventListener('online', again);
  navigator.serviceWorker?.addEventListener('controllerchange', again);
  listen(() => {
    const { offline } = status();
    if (away && !offline) void again();
    away = offline;
  });
  document.addEventListener('visibilitychange', again);
  void again();
}
