/** An invitation: shown as a square, sent as a link, or read out as ten letters. Used once; nothing is shown before a yes. */
import { html, nothing, svg } from 'lit-html';
import { asking } from '../consents.js';
import { momentWords } from '../days.js';
import { invitation, invite, openInvitations, takeInvitationBack } from '../linking.js';
import { called } from '../names.js';
import { turnstile } from '../once.js';
import { render, toast } from '../page.js';
import { listen } from '../rows.js';
import { t, tn } from '../words.js';

/** @typedef {import('../linking.js').Invitation} Invitation */

const HOUR = 3_600_000;
const { busy, once } = turnstile();
let trouble = '';
let deaf = () => {};

export const screen = {
  title: () => t('Invite somebody'),
  up: () => '/consents',
  enter() {
    trouble = '';
    let there = asking().length;
    // Somebody used it: the account says so by a row, and an invitation that is used is put away.
    deaf = listen(() => { if (asking().length !== there) { there = asking().length; void look(); } });
    void look();
  },
  leave: () => deaf(),
  view() {
    const open = invitation(Date.now());
    return html`
      ${asking().map((one) => html`<a class="card warm" href="#/consent/${one.id}">
        <strong>${t('{name} used your invitation.', { name: called(one.name) })}</strong><span>${t('They see nothing yet. Have a look, and decide.')}</span></a>`)}
      ${trouble ? html`<p class="card warm" role="alert">${trouble}</p>` : nothing}
      ${open ? shown(open) : before()}`;
  },
};

async function look() {
  await openInvitations();
  render();
}

const before = () => html`
  <p class="lead">${t('For one person you trust, near or far away.')}</p>
  <ol class="ways">
    <li>${t('You make an invitation and give it to them.')}</li>
    <li>${t('They open it in any browser. There is nothing to install.')}</li>
    <li>${t('You see their name, and choose what they may see. Before that they see nothing.')}</li>
  </ol>
  <div class="dock"><button class="primary" type="button" ?disabled=${busy()} @click=${make}>${t('Make an invitation')}</button></div>`;

const make = () => once(async () => {
  const said = await invite();
  trouble = said.ok ? '' : said.detail;
  scrollTo(0, 0);
});

/** @param {Invitation} open */
const shown = (open) => html`
  <p>${t('Show this, send it, or read it out. It can be used once, by whoever has it. Show it only to the person you mean.')}</p>
  <figure class="card invite">
    ${square(open)}
    <figcaption class="stack">
      <p class="code" translate="no">${open.code.split('-').map((part) => html`<span>${part}</span>`)}</p>
      <p class="note">${left(open.expires)} · ${t('until {when}', { when: momentWords(open.expires) })}</p></figcaption>
  </figure>
  <div class="row">
    ${canShare() ? html`<button class="quiet grow" type="button" @click=${() => copy(open.link)}>${t('Copy the link')}</button>` : nothing}
    <button class="quiet grow" type="button" @click=${() => copy(open.code)}>${t('Copy the code')}</button>
  </div>
  <p class="note">${t('Whoever types the code opens {address} in a browser.', { address: `${location.host}/therapist` })}</p>
  <div class="dock">${canShare() ? html`<button class="primary" type="button" @click=${() => share(open)}>${t('Send the link')}</button>`
    : html`<button class="primary" type="button" @click=${() => copy(open.link)}>${t('Copy the link')}</button>`}
    <button class="plain" type="button" ?disabled=${busy()} @click=${() => takeBack(open)}>${t('Take this invitation back')}</button></div>`;

/** Dark on light in the dark, too: not every camera reads it the other way round. @param {Invitation} open */
const square = ({ qr }) => html`<svg class="qr" viewBox="0 0 ${qr.size} ${qr.size}" role="img" aria-label=${t('The link as a square for a camera')}>
  ${svg`<path d=${qr.path}></path>`}</svg>`;

/** @param {number} expires */
function left(expires) {
  const hours = Math.max(1, Math.round((expires - Date.now()) / HOUR));
  return tn('{n} hour left', '{n} hours left', hours);
}

const canShare = () => typeof navigator.share === 'function';

/** The link and nothing else: what it is for is between the two. @param {Invitation} open */
const share = (open) => navigator.share({ url: open.link }).catch(() => undefined);

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('Copied'));
  } catch {
    toast(t('The browser did not let us copy. You can write it down.'));
  }
}

/** @param {Invitation} open */
const takeBack = (open) => once(async () => {
  const said = await takeInvitationBack(open.id);
  toast(said.ok ? t('That invitation opens nothing any more.') : said.detail);
});
