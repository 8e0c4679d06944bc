/** A ladder over time, as it stands: the top rung first, each with the guess, the beginning and now (rule U4: no arrow, no "worse"). */
import { html, nothing } from 'lit-html';
import { hasRise } from '../attempts.js';
import { ladderOf } from '../ladders.js';
import { strip, stripKey, stripWords } from '../parts/strip.js';
import { climbed } from '../seeing.js';
import { t, tn } from '../words.js';

/** @typedef {import('../router.js').Params} Params */
/** @typedef {import('../parts/strip.js').Rung} Rung */

export const screen = {
  /** @param {Params} params */
  title: ({ id }) => ladderOf(id)?.title || t('A ladder'),
  up: () => '/seeing',
  /** @param {Params} params */
  view({ id }) {
    if (!ladderOf(id)) return html`<p>${t('This ladder is not on this phone.')}</p><div class="dock"><a class="primary" href="#/seeing">${t('What I have seen')}</a></div>`;
    const rungs = climbed(id).reverse();
    const rated = rungs.flatMap(({ first, last }) => (first && last ? [[first, last]] : []));
    return html`
      <div class="stack tight">${stripKey()}<p class="chart-ends note" aria-hidden="true"><span>0</span><span>50</span><span>100</span></p></div>
      <ol class="list tight strips" reversed>${rungs.map(rung)}</ol>
      ${rated.some(hasRise) ? html`<p class="card soft">${t('Some numbers are higher than the ones before. In another place, at another time or on another day that is expected. It tells about that day.')}</p>` : nothing}`;
  },
};

/** @param {Rung} one */
const rung = (one) => html`<li><a href=${one.times ? `#/step/${one.step.id}/history` : `#/step/${one.step.id}`}><span class="grow">
  <span>${one.step.title}</span>
  ${one.guess !== null || one.first ? strip(one) : nothing}
  <span class="note">${[one.times ? tn('tried {n} time', 'tried {n} times', one.times) : t('not tried yet; it waits'), stripWords(one)].filter(Boolean).join(t(', '))}</span>
</span></a></li>`;
