/** What stays, and the doors to what can be seen over time. No goal, no comparison, nothing that can fall (rules G4, G6, S3). */
import { html, nothing } from 'lit-html';
import { attempts } from '../attempts.js';
import { ladders } from '../ladders.js';
import { bird } from '../parts/bird.js';
import { doorAjar, sprout, stones } from '../parts/drawn.js';
import { all } from '../rows.js';
import { counters, months } from '../seeing.js';
import { stepsOf } from '../steps.js';
import { t, tn } from '../words.js';

/** @typedef {import('../kinds.js').Checkin} Checkin */

export const screen = {
  title: () => t('What I have seen'),
  up: () => '/settings',
  view() {
    const tried = attempts();
    const now = counters(tried);
    if (!now.tried) return empty();
    const seen = ladders().filter((ladder) => tried.some((one) => one.outcome && one.ladder === ladder.id) && stepsOf(ladder.id).length);
    return html`
      <p class="lead centre-words">${t('What you have tried stays.')}</p>
      ${stays(now)}
      <h2 class="unseen">${t('To look at')}</h2>
      <ul class="list tight">
        ${seen.map((ladder) => door(`/seeing/ladder/${ladder.id}`, t('{title}, rung by rung', { title: ladder.title })))}
        ${now.surprises ? door('/surprises', t('The book of surprises')) : nothing}
        ${months(/** @type {Checkin[]} */ (all('checkin'))).length ? door('/seeing/months', t('My days, month by month')) : nothing}
        ${door('/checkin', t('Once a month'))}
        ${door('/paper', t('On paper'))}
      </ul>`;
  },
};

/** Nothing is said of what is nought. @param {ReturnType<typeof counters>} now */
function stays({ tried, firsts, places, surprises }) {
  const rows = /** @type {const} */ ([
    [tried, stones, tn('time tried', 'times tried', tried)],
    [firsts, sprout, tn('first time', 'first times', firsts)],
    [places, doorAjar, tn('place known', 'places known', places)],
    [surprises, bird, tn('small surprise', 'small surprises', surprises)],
  ]);
  return html`<ul class="what-stays" aria-label=${t('So far')}>${rows.filter(([n]) => n).map(([n, drawing, words]) => html`<li>
    ${drawing}<span class="stays-number">${n}</span> <span class="stays-words">${words}</span></li>`)}</ul>`;
}

/** @param {string} path @param {string} label */
const door = (path, label) => html`<li><a href="#${path}">${label}</a></li>`;

const empty = () => html`<div class="empty">${stones}
    <h2>${t('Here it gathers by itself')}</h2>
    <p>${t('Each time you try something, however it ends, something comes to lie here. It never becomes less.')}</p></div>
  <ul class="list tight">${door('/checkin', t('Once a month'))}${door('/paper', t('On paper'))}</ul>
  <div class="dock"><a class="primary" href="#/">${t('Go to today')}</a></div>`;
