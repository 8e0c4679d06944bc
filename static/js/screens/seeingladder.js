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
      ${stripKey()}
      <div class="between-rails"><i class="rail"></i><i class="rail"></i><ol class="ladder strips" reversed aria-label=${t('Steps, the top one first')}>${rungs.map(rung)}</ol></div>
      ${rated.some(hasRise) ? html`<p class="card soft">${t('Some numbers are higher than the ones before. In another place, at another time or on another day that is expected. It tells about that day.')}</p>` : nothing}`;
  },
};

/** @param {Rung} one */
const rung = (one) => html`<li class="rung"><a class="plank" href=${one.times ? `#/step/${one.step.id}/history` : `#/step/${one.step.id}`}>
  <span class="strip-title">${one.step.title}</span>
  ${one.guess !== null || one.first ? html`${strip(one)}<span class="note">${stripWords(one)}</span>` : nothing}
  ${one.times ? html`<span class="unseen">${tn('tried {n} time', 'tried {n} times', one.times)}</span>` : nothing}
</a></li>`;
