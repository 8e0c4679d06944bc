/**
 * One person who reads with me, or would like to: the name first, then who sees what, said where it is decided.
 * Showing less happens at one tap; showing more is asked once, because what was seen cannot be unseen.
 */
import { html, nothing } from 'lit-html';
import { consentOf, endLater, endNoMore, isEnding } from '../consents.js';
import { momentWords } from '../days.js';
import { dropDraft } from '../drafts.js';
import { ladders } from '../ladders.js';
import { agree, withdraw } from '../linking.js';
import { called } from '../names.js';
import { turnstile } from '../once.js';
import { focusOn, go, render, toast } from '../page.js';
import { choices } from '../parts/choices.js';
import { dialog } from '../parts/dialog.js';
import { halfTyped } from '../parts/field.js';
import { ladderIn, neverSeen, seenBy } from '../parts/seenby.js';
import { me } from '../rows.js';
import { termsOf, widens, withLadder } from '../terms.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Consent} Consent */
/** @typedef {import('../terms.js').Terms} Terms */
/** @typedef {import('../router.js').Params} Params */

const { busy, once } = turnstile();
/** Wider terms that wait for a second yes. @type {Terms | null} */
let wider = null;
/** Terms the account is being told just now. @type {Terms | null} */
let coming = null;

export const screen = {
  /** @param {Params} params */
  title: ({ id }) => (consentOf(id)?.state === 'accepted' ? t('Somebody used your invitation') : consentOf(id)?.name ?? t('Who reads with me')),
  up: () => '/consents',
  enter() { wider = null; },
  /** @param {Params} params */
  view({ id }) {
    const consent = consentOf(id);
    if (!consent) return html`<p>${t('This is not on this phone.')}</p><div class="dock"><a class="primary" href="#/consents">${t('Who reads with me')}</a></div>`;
    return { accepted: deciding, confirmed: standing, withdrawn: over }[consent.state](consent);
  },
};

// ---- before yes ----------------------------------------------------------------------------------------------------

/** @param {Consent} consent */
function deciding(consent) {
  const name = called(consent.name);
  const { values: terms, put } = halfTyped(`consent/${consent.id}`, termsOf(consent));
  /** @param {Terms} news */
  const keep = (news) => { put('ladders')(news.ladders); put('entries')(news.entries); put('messages')(news.messages); };
  return html`
    <section class="card soft">
      <p class="note">${t('The name they gave')}</p>
      <h2 class="found" dir="auto">${consent.name}</h2>
      <p>${t('Is this who you invited? If you are not sure, say no. They have seen nothing.')}</p>
      <button class="plain" type="button" ?disabled=${busy()} @click=${() => end(consent)}>${t('I do not know this person')}</button>
    </section>
    <p>${t('Please choose what {name} may see. Everything is closed until you open it, and you can change it at any time.', { name })}</p>
    ${form(terms, keep)}
    <section class="card warm" aria-live="polite"><h2>${t('{name} will see', { name })}</h2>${seenBy(terms)}</section>
    ${neverSeen()}
    ${isEnding(consent.id) ? ending(consent) : html`<div class="stack">
      <button class="primary" type="button" ?disabled=${busy()} @click=${() => yes(consent, terms)}>${t('Yes, read with me')}</button>
      <button class="choice even" type="button" ?disabled=${busy()} @click=${() => end(consent)}>${t('No, thank you')}</button>
    </div>`}`;
}

/** It was ended where the account could not be told. @param {Consent} consent */
const ending = ({ id }) => html`<p role="status"><strong>${t('There is no connection just now. It ends by itself with the next one, while Ippo is open.')}</strong></p>
  <button class="quiet" type="button" @click=${() => endNoMore(id).then(render)}>${t('Do not end it after all')}</button>`;

/** @param {Consent} consent @param {Terms} terms */
const yes = (consent, terms) => once(async () => {
  const said = await agree(consent.id, terms);
  if (!said.ok) return toast(said.detail);
  await dropDraft(`consent/${consent.id}`);
  toast(t('{name} reads with you now.', { name: called(consent.name) }));
  scrollTo(0, 0);
  await focusOn('h1', { preventScroll: true });
});

// ---- while it stands -----------------------------------------------------------------------------------------------

/** @param {Consent} consent */
function standing(consent) {
  const name = called(consent.name);
  const terms = termsOf(consent);
  return html`
    <section class="card soft"><h2>${t('{name} sees', { name })}</h2>${seenBy(terms)}
      ${consent.messages ? html`<a class="quiet" href="#/messages/${consent.id}">${t('Messages with {name}', { name })}</a>` : nothing}
      <a class="plain" href="#/visits">${t('Who looked, and when')}</a></section>
    <section class="stack wide"><h2>${t('Change it')}</h2>
      <p class="note">${t('A change holds at once.')}</p>
      ${form(coming ?? terms, (news) => choose(consent, terms, news))}</section>
    ${neverSeen()}
    <section class="card"><h2>${t('End it')}</h2>
      <p>${t('From that moment {name} sees nothing of yours any more. What was seen cannot be unseen, and this has no undo.', { name })}</p>
      ${isEnding(consent.id) ? ending(consent) : html`<button class="quiet" type="button" ?disabled=${busy()} @click=${() => end(consent)}>${t('End reading together now')}</button>`}</section>
    ${me()?.guest ? html`<section class="card"><p>${t('So far this phone is the only key. With a second way in you could end this from another phone, too, if this one is lost.')}</p>
      <a class="quiet" href="#/account">${t('A way back in')}</a></section>` : nothing}
    ${wider ? question(consent, wider) : nothing}`;
}

/** Less, at once; more, asked first. @param {Consent} consent @param {Terms} terms @param {Terms} news */
function choose(consent, terms, news) {
  if (widens(terms, news)) wider = news;
  else void change(consent, news);
  render();
}

/** @param {Consent} consent @param {Terms} news */
function question(consent, news) {
  const name = called(consent.name);
  const stay = () => { wider = null; render(); };
  const body = html`<p>${t('{name} will see', { name })}</p>${seenBy(news)}<p>${t('What was seen cannot be unseen.')}</p>`;
  const actions = html`<div class="stack">
    <button class="choice even" type="button" @click=${stay}>${t('Leave it as it is')}</button>
    <button class="choice even" type="button" @click=${() => { wider = null; return change(consent, news); }}>${t('Yes, show this')}</button></div>`;
  return dialog({ title: t('Show more?'), body, actions, onClose: stay });
}

/** @param {Consent} consent @param {Terms} news */
const change = (consent, news) => once(async () => {
  coming = news;
  const said = await agree(consent.id, news).finally(() => { coming = null; });
  toast(said.ok ? t('Changed. It holds already.') : said.detail);
});

/** @param {Consent} consent */
const end = (consent) => once(async () => {
  const never = consent.state === 'accepted';
  const said = await withdraw(consent.id);
  if (said.error === 'offline') return void await endLater(consent.id);
  if (!said.ok) return toast(said.detail);
  await dropDraft(`consent/${consent.id}`);
  toast(never ? t('Said no. They saw nothing.') : t('It has ended. {name} sees nothing of yours any more.', { name: called(consent.name) }));
  go('/consents', { replace: true });
});

// ---- afterwards ----------------------------------------------------------------------------------------------------

/** @param {Consent} consent */
const over = (consent) => html`
  <p class="lead">${t('This has ended. {name} sees nothing of yours any more.', { name: called(consent.name) })}</p>
  ${consent.withdrawn ? html`<p class="note">${momentWords(consent.withdrawn)}</p>` : nothing}
  <p>${t('What was seen until then cannot be unseen. What the two of you wrote stays with you.')}</p>
  <ul class="list tight"><li><a href="#/messages/${consent.id}">${t('Messages')}</a></li><li><a href="#/visits">${t('Who looked, and when')}</a></li></ul>
  <div class="dock"><a class="quiet" href="#/consents">${t('Who reads with me')}</a></div>`;

// ---- the choices ---------------------------------------------------------------------------------------------------

/** @param {Terms} terms @param {(news: Terms) => unknown} tell */
const form = (terms, tell) => html`<div class="stack wide terms">
  ${spaces(terms).map(([space, title]) => choices({
    label: t('The ladder “{title}”', { title }), name: `ladder-${space}`, value: terms.ladders[space] ?? 'no',
    options: [{ value: 'no', text: t('Not shown') }, { value: 'propose', text: t('Sees it and proposes; you decide') }, { value: 'write', text: t('Sees it and writes on it') }],
    onChoose: (way) => tell(withLadder(terms, space, /** @type {import('../terms.js').Way | 'no'} */ (way))),
  }))}
  ${choices({
    label: t('Attempts, ratings, days of not doing'), name: 'entries', value: terms.entries,
    options: [{ value: 'none', text: t('None of them') }, { value: 'chosen', text: t('Those I show, one by one') }, { value: 'all', text: t('All but those I keep to myself') }],
    onChoose: (entries) => tell({ ...terms, entries: /** @type {import('../terms.js').Entries} */ (entries) }),
  })}
  <p class="note">${t('Of attempts on a ladder that is not shown, only those you show one by one are seen.')}</p>
  <p class="note">${t('Your diary, what you answer once a month and your plan are not part of this. Each page is shown by itself, or not at all.')}</p>
  ${choices({
    label: t('Messages'), name: 'messages', value: String(terms.messages),
    options: [{ value: 'false', text: t('No messages') }, { value: 'true', text: t('We may write to each other') }],
    onChoose: (value) => tell({ ...terms, messages: value === 'true' }),
  })}</div>`;

/** Every ladder in use, and whichever is shown though it was put away. @param {Terms} terms @returns {[string, string][]} */
function spaces(terms) {
  const known = ladders().map((one) => /** @type {[string, string]} */ ([one.space, one.title]));
  const away = Object.keys(terms.ladders).filter((space) => !known.some(([one]) => one === space));
  return [...known, ...away.map((space) => /** @type {[string, string]} */ ([space, ladderIn(space)?.title ?? ''])) ];
}
