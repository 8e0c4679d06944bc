/** Home: one thing for today, or a day of not doing. The same words after a day and after a year (rule G5). */
import { html, nothing } from 'lit-html';
import { attempts, end, isKept, openAttempt, takeAway } from '../attempts.js';
import { localDay } from '../days.js';
import { fixedLine, lookBackCard, monthlyCard, newsCards, noteQuestions, offerCard, readyAtHome, reminderCard, scene, tally, todayOthers, todayWays } from '../hung.js';
import { kindSentence } from '../kindness.js';
import { called } from '../names.js';
import { focusOn, go, render, toast } from '../page.js';
import { firstStep } from '../parts/firststep.js';
import { rest, restOn, unrest } from '../rests.js';
import { me, setting } from '../rows.js';
import { stepsInUse } from '../steps.js';
import { forToday, partOfDay } from '../today.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../kinds.js').Step} Step */

let choosing = false;
let anyway = false;   // on a day of not doing, the person wished to look at the one for today all the same

export const screen = {
  title: () => t('Today'),
  enter() {
    choosing = false;
    anyway = false;
    noteQuestions(Date.now());
  },
  view() {
    const day = localDay(Date.now());
    const steps = stepsInUse();
    const tried = attempts();
    const rested = restOn(day);
    const open = openAttempt(undefined, tried);
    const { body, dock } = rested && !anyway ? resting(rested) : open ? unfinished(open, Boolean(rested))
      : steps.length ? one(steps, tried, day, Boolean(rested)) : none(Boolean(rested));
    const done = Boolean(rested) || tried.some((each) => isKept(each) && localDay(each.started) === day);
    return html`
      <div class="hello">${scene(partOfDay(new Date()))}<p class="greeting">${greeting()}</p></div>
      ${open || rested ? nothing : reminderCard()}
      ${body}
      ${open || rested ? nothing : fixedLine()}
      ${open ? nothing : offer(Boolean(rested), done)}
      ${newsCards()}
      ${tally(tried)}
      ${dock ? html`<div class="dock">${dock}</div>` : nothing}`;
  },
};

/**
 * One question at a time, and on a day of not doing none but the monthly one. What waits for a month comes only once the day has
 * something in it: whoever opens the app, after a day or after a year, is met by the same screen (rule G5).
 * @param {boolean} rested
 * @param {boolean} done
 */
function offer(rested, done) {
  const again = setting().reminder_offer === 'declined';
  const cards = [!rested && (() => lookBackCard(Date.now())), !rested && readyAtHome, !rested && (done || !again) && offerCard, done && monthlyCard];
  return cards.map((card) => (card ? card() : nothing)).find((card) => card !== nothing) ?? nothing;
}

/** Nothing on any ladder yet. @param {boolean} rested */
const none = (rested) => ({ body: firstStep(), dock: rested ? null : restButton() });

function greeting() {
  const name = setting().nickname || me()?.nickname || '';
  const hello = { morning: t('Good morning'), day: t('Hello'), night: t('Good evening') }[partOfDay(new Date())];
  return name ? t('{hello}, {name}', { hello, name: called(name) }) : hello;
}

/**
 * An unfinished step is offered, never deleted and never closed by itself; nor does it stand in the way of a rest.
 * @param {Attempt} open
 * @param {boolean} rested
 */
function unfinished(open, rested) {
  const over = async () => {
    if (!open.ended) await end(open, Date.now());
    go(`/try/${open.step}`);
  };
  return {
    body: html`<section class="card soft today">
      <p class="note">${t('You had begun this one')}</p>
      <h2 class="today-title">${open.title}</h2>
      <p class="note">${t('You can go on, or keep it as far as it went.')}</p>
      <div class="row today-other">
        <button class="plain" type="button" @click=${async () => toast(t('Taken away'), await takeAway(open))}>${t('Do not keep it')}</button>
        ${rested ? nothing : html`<button class="plain" type="button" @click=${restToday}>${t('Today is a day of not doing')}</button>`}
      </div>
    </section>`,
    dock: open.ended ? html`<button class="primary" type="button" @click=${over}>${t('Write down how it went')}</button>`
      : html`<a class="primary" href="#/try/${open.step}">${t('Go on with it')}</a>
        <button class="choice even" type="button" @click=${over}>${t('It ended there')}</button>`,
  };
}

/** @param {Step[]} steps @param {Attempt[]} tried @param {string} day @param {boolean} rested */
function one(steps, tried, day, rested) {
  const now = /** @type {Step} */ (forToday(setting(), steps, tried, day));
  const today = tried.filter((each) => each.step === now.id && isKept(each) && localDay(each.started) === day).length;
  const body = choosing ? todayOthers(now, steps, tried, day, look) : html`<section class="card today">
      <p class="note">${t('One for today')}</p>
      <h2 class="today-title">${now.title}</h2>
      ${now.hint ? html`<p class="note">${now.hint}</p>` : nothing}
      ${today ? html`<p class="today-tried">${t('You tried this one today. That is enough. Again is fine, too.')}</p>` : nothing}
      ${todayWays(now, steps, day, look)}
    </section>`;
  const dock = html`<a class=${today ? 'choice even' : 'primary'} href="#/try/${now.id}">${today ? t('Try it again') : t('Try it')}</a>
    ${rested ? nothing : restButton()}`;
  return { body, dock };
}

/** @param {boolean} open */
async function look(open) {
  choosing = open;
  window.scrollTo(0, 0);
  await focusOn(open ? 'input[name=today]:checked' : '.way', { preventScroll: true });
}

const restButton = () => html`<button class="choice even" type="button" @click=${restToday}>${t('Today is a day of not doing')}</button>`;

async function restToday() {
  const undo = await rest(Date.now());
  anyway = false;
  toast(t('Kept: a day of not doing.'), undo);
}

/** @param {import('../kinds.js').Rest} rested */
function resting(rested) {
  const body = html`<section class="card warm today">
    <p class="note">${t('Today is a day of not doing')}</p>
    <h2>${kindSentence('rest', rested.id)}</h2>
    ${rested.note ? html`<p>${rested.note}</p>` : nothing}
    <div class="row">
      <a class="plain" href="#/kind">${t('A minute of kindness')}</a>
      <a class="plain" href="#/rest">${rested.note ? t('Change the note') : t('Add a note, if you like')}</a>
      <button class="plain" type="button" @click=${() => unrest(rested.day)}>${t('Take it back')}</button>
    </div>
  </section>`;
  const look = () => {
    anyway = true;
    render();
  };
  const dock = html`<button class="choice even" type="button" @click=${look}>${t('Look at a step all the same')}</button>`;
  return { body, dock };
}
