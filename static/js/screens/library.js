/** The library: steps others have found useful, searched in both languages at once; one tap puts one on the ladder. */
import { html, nothing } from 'lit-html';
import { ladderOf } from '../ladders.js';
import { byStage, CLOSED, find, hintOf, isBody, library, openLibrary, stepFrom, titleOf } from '../library.js';
import { render, toast } from '../page.js';
import { formWords, healthNote } from '../parts/healthnote.js';
import { plusIcon } from '../parts/icons.js';
import { checkIcon } from '../parts/moreicons.js';
import { othersRange, stageSigns } from '../parts/stagesigns.js';
import { changeSetting, setting, write } from '../rows.js';
import { addSteps, stepsOf } from '../steps.js';
import { language, t, tn } from '../words.js';

/** @typedef {import('../library.js').Entry} Entry */
/** @typedef {import('../kinds.js').Ladder} Ladder */
/** @typedef {import('../router.js').Params} Params */

let query = '';
let lost = false;
/** Body steps whose health note was unfolded in this visit. @type {Set<string>} */
let noted = new Set();

export const screen = {
  title: () => t('Small steps of others'),
  /** @param {Params} params */
  up: ({ id }) => `/ladder/${id}`,
  enter: () => {
    query = '';
    noted = new Set();
    lost = false;
    openLibrary().catch(() => { lost = true; }).then(render);
  },
  /** @param {Params} params */
  view: ({ id }) => {
    const ladder = ladderOf(id);
    const all = library();
    if (!ladder) return html`<p>${t('This ladder is not on this phone.')}</p>`;
    if (!all) return html`<p class="note">${lost ? notHere() : t('One moment …')}</p>`;
    return html`${search()}${shelves(all, ladder)}
      <div class="dock"><a class="primary" href="#/ladder/${id}">${t('Back to the ladder')}${count(ladder)}</a></div>`;
  },
};

const notHere = () => t('The library could not be opened just now. It will be here next time there is a network.');

/** @param {Ladder} ladder */
const count = (ladder) => {
  const n = stepsOf(ladder.id).length;
  return n ? ` (${tn('{n} step', '{n} steps', n)})` : '';
};

const search = () => html`<form role="search" class="stack" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
  <label class="field"><span class="unseen">${t('Search in Japanese or English')}</span>
    <input type="search" name="query" autocomplete="off" enterkeyhint="search" placeholder=${t('Search, for example: window, shop')} .value=${query}
      @input=${(/** @type {Event} */ event) => { query = /** @type {HTMLInputElement} */ (event.target).value; render(); }}></label>
</form>`;

/** @param {readonly Entry[]} all @param {Ladder} ladder */
function shelves(all, ladder) {
  const opened = setting().stages_open;
  const found = byStage(find(all, query), opened);
  const had = new Map(stepsOf(ladder.id).filter((step) => step.from_library).map((step) => [step.from_library, step]));
  const asked = query.trim() !== '';
  const n = found.reduce((sum, [, list]) => sum + list.length, 0);
  return html`
    <p class="note" role="status">${asked ? tn('{n} step found', '{n} steps found', n)
      : t('Take as many as you like, or none. The numbers, 0–100, are how hard others guess it is.')}</p>
    ${found.map(([stage, list], i) => html`<details class="shelf" .open=${asked || i === 0}>
      <summary>${stageSigns[stage]}<h2>${stageName(stage)}</h2><span class="note">${list.length}</span></summary>
      <ul class="list">${list.map((entry) => card(entry, ladder, had.has(entry.id)))}</ul></details>`)}
    ${opened ? nothing : html`<p class="closed"><span class="note">${t('Steps about work and school are closed. They open only if you wish.')}</span>
      <button class="quiet" type="button" @click=${openStages}>${t('Open work and school')}</button></p>`}
    ${asked && !n ? html`<p class="note">${t('Nothing with these words here. You can write the step yourself on the ladder.')}</p>` : nothing}`;
}

/** @param {Entry} entry @param {Ladder} ladder @param {boolean} had */
function card(entry, ladder, had) {
  const body = isBody(entry);
  const ready = !body || noted.has(entry.id);
  return html`<li class="card book">
    <p class="book-title"><strong>${titleOf(entry, language())}</strong>${kindOf(entry)}</p>
    <p class="note">${hintOf(entry, language())}</p>
    ${body && ready ? healthNote() : nothing}
    <div class="row apart"><span class="note others">${othersRange(entry.low, entry.high)}${t('a guess by others: {low}–{high}', { low: entry.low, high: entry.high })}</span>
      ${ready ? taker(entry, ladder, had)
        : html`<button class="quiet" type="button" @click=${() => read(entry)}>${t('Read the health note first')}</button>`}
    </div></li>`;
}

/** Not done outside, but imagined or felt: said beside the words. @param {Entry} entry */
const kindOf = (entry) => {
  const { form } = stepFrom(entry, language());
  return form === 'action' ? nothing : html` <span class="badge">${formWords()[form]}</span>`;
};

/** @param {Entry} entry */
function read(entry) {
  noted.add(entry.id);
  render();
}

/** A step can be taken more than once; the tick says that it is there already. @param {Entry} entry @param {Ladder} ladder @param {boolean} had */
function taker(entry, ladder, had) {
  const title = titleOf(entry, language());
  const label = had ? t('On the ladder already; take it once more: {title}', { title }) : t('Take: {title}', { title });
  return html`<button class="quiet take ${had ? 'had' : ''}" type="button" data-entry=${entry.id} aria-label=${label}
    @click=${() => takeIt(entry, ladder)}>${had ? checkIcon : plusIcon}${had ? t('On the ladder') : t('Take')}</button>`;
}

/** @param {Entry} entry @param {Ladder} ladder */
async function takeIt(entry, ladder) {
  const { undo } = await addSteps(ladder, [stepFrom(entry, language())]);
  toast(t('It is on the ladder'), undo, t('On the ladder: {title}', { title: titleOf(entry, language()) }));
}

async function openStages() {
  const undo = await write(changeSetting({ stages_open: true }));
  toast(t('Open now'), undo);
}

/** @param {string} stage */
function stageName(stage) {
  return {
    home_alone: t('At home, by myself'), threshold_outside: t('To the door and out'), online_contact: t('Online'), family: t('With family'),
    low_demand_strangers: t('Out and about'), acquaintances: t('People I know'), services_counselling: t('People who help'), [CLOSED]: t('Work and school'),
  }[stage] ?? stage;
}
