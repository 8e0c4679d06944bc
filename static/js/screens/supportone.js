/** One support: what it is, how close it is; and, if it was once liked, the smallest way to meet it again. */
import { html, nothing } from 'lit-html';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { go, render, toast } from '../page.js';
import { choices } from '../parts/choices.js';
import { field, halfTyped, wantsWords } from '../parts/field.js';
import { ontoLadder, whichLadder } from '../parts/ontoladder.js';
import { nearWords, sortIcon, sortWords } from '../parts/supportmap.js';
import { addSupport, BLANK_SUPPORT, putSupport, SORTS, supportOf, takeSupportAway } from '../support.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Support} Support */
/** @typedef {import('../router.js').Params} Params */

/** @param {Params} params */
const key = ({ id }) => `support/${id}`;

/** What the form begins with. @param {Params} params */
const stored = ({ id, liked }) => {
  const { name, sort, near, note, liked: once, tiny } = supportOf(id) ?? { ...BLANK_SUPPORT, ...(liked && { liked: true, sort: /** @type {const} */ ('doing') }) };
  return { name, sort, near, note, liked: once, tiny };
};

export const screen = {
  /** @param {Params} params */
  title: (params) => supportOf(params.id)?.name || t('What supports me'),
  /** @param {Params} params */
  up: (params) => (params.liked ? '/liked' : '/support'),
  /** @param {Params} params */
  view(params) {
    const old = supportOf(params.id);
    if (params.id !== 'new' && !old) return html`<p>${t('This is not on the map any more.')}</p><div class="dock"><a class="primary" href="#/support">${t('To the map')}</a></div>`;
    return old && draft(key(params)) === undefined ? standing(old, params) : writing(params);
  },
};

/** @param {Support} one @param {Params} params */
const standing = (one, params) => html`
  <div class="support-face ${one.liked ? 'liked' : ''}">${sortIcon(one.sort)}<p class="note">${nearWords()[one.near ?? 2]}</p></div>
  ${one.note ? html`<p class="lead centred" dir="auto">${one.note}</p>` : nothing}
  ${one.liked && one.tiny ? html`<section class="card warm">
    <p class="note">${t('The smallest way to meet it again')}</p><h2>${one.tiny}</h2>
    ${ontoLadder(one.tiny)}${whichLadder()}</section>` : nothing}
  <div class="row centre">
    <button class="plain" type="button" @click=${() => open(params)}>${t('Change it')}</button>
    <button class="plain" type="button" @click=${() => remove(one, params)}>${t('Take it off the map')}</button>
  </div>
  <div class="dock"><a class="primary" href="#${screen.up(params)}">${params.liked ? t('Something you once liked') : t('To the map')}</a></div>`;

/** A sort with its drawing, as on the map. @param {Support['sort']} sort */
const drawn = (sort) => /** @type {any} */ (html`${sortIcon(sort)}<span>${sortWords()[sort]}</span>`);

/** @param {Params} params */
function open(params) {
  void saveDraft(key(params), stored(params));
  render();
}

/** @param {Params} params */
function writing(params) {
  const { values, put } = halfTyped(key(params), stored(params));
  return html`
    <form id="support" class="stack wide" @submit=${(/** @type {SubmitEvent} */ event) => keep(event, params)}>
      ${field({ label: params.liked ? t('What did you once like?') : t('Who or what is it?'), name: 'name', value: values.name, max: 200, onInput: put('name') })}
      <div class="sorts">${choices({ label: t('It is'), name: 'sort', fit: 'narrow', value: values.sort,
        options: SORTS.map((value) => ({ value, text: drawn(value) })), onChoose: (sort) => put('sort')(/** @type {Support['sort']} */ (sort)) })}</div>
      ${choices({ label: t('How close is it now?'), name: 'near', fit: 'three', value: String(values.near ?? 2),
        options: nearWords().map((text, i) => ({ value: String(i), text })), onChoose: (near) => put('near')(Number(near)) })}
      <label class="check"><input type="checkbox" .checked=${values.liked} @change=${(/** @type {Event} */ event) => put('liked')(/** @type {HTMLInputElement} */ (event.target).checked)}>
        <span>${t('I once liked it, and might like to meet it again')}</span></label>
      ${values.liked ? field({ label: t('The smallest way to meet it again'), name: 'tiny', note: t('Only opening the case. Only one song.'), value: values.tiny, max: 120, onInput: put('tiny') }) : nothing}
      ${field({ label: t('A note, if you like'), name: 'note', long: true, max: 1000, value: values.note, onInput: put('note') })}
    </form>
    <div class="dock"><button class="primary" form="support">${t('Keep it')}</button></div>`;
}

/** @param {SubmitEvent} event @param {Params} params */
async function keep(event, params) {
  event.preventDefault();
  const old = supportOf(params.id);
  const said = { ...stored(params), ...draft(key(params)) };
  const given = { ...said, sort: said.sort || /** @type {const} */ ('other') };
  if (!given.name.trim()) return wantsWords(event, 'name');
  const undo = await (old ? putSupport(old, given) : addSupport(given));
  await dropDraft(key(params));
  if (old) render();
  else go(screen.up(params), { replace: true });
  toast(t('Kept. Only you see it.'), undo);
}

/** @param {Support} old @param {Params} params */
async function remove(old, params) {
  const undo = await takeSupportAway(old);
  if (draft(key(params)) !== undefined) await dropDraft(key(params));
  go('/support', { replace: true });
  toast(t('Taken away'), undo);
}
