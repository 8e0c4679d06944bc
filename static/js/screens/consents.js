/** Who reads with me: everybody I let in, what they see, and the invitations that are still open. */
import { html, nothing } from 'lit-html';
import { asking, ended, reading } from '../consents.js';
import { localDay, momentWords } from '../days.js';
import { dayWords } from '../daywords.js';
import { openInvitations, takeInvitationBack } from '../linking.js';
import { called } from '../names.js';
import { render, toast } from '../page.js';
import { plusIcon } from '../parts/icons.js';
import { seenBy } from '../parts/seenby.js';
import { termsOf } from '../terms.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Consent} Consent */
/** @typedef {{id: string, created: number, expires: number}} Open */

/** @type {Open[]} */
let open = [];

export const screen = {
  title: () => t('Who reads with me'),
  up: () => '/settings',
  enter() {
    open = [];
    void look();
  },
  view: () => html`
    ${asking().map(askingCard)}
    ${reading().length ? html`<ul class="list">${reading().map(card)}</ul>` : asking().length ? nothing : nobody()}
    ${open.length ? html`<section class="stack"><h2>${t('Open invitations')}</h2><ul class="list">${open.map(invitationCard)}</ul></section>` : nothing}
    <ul class="list tight"><li><a href="#/visits">${t('Who looked, and when')}</a></li></ul>
    ${past()}
    <div class="dock"><a class="primary" href="#/invite">${plusIcon}${t('Invite somebody')}</a></div>`,
};

async function look() {
  const said = await openInvitations();
  open = said.ok ? said.body.invitations : [];
  render();
}

const nobody = () => html`<section class="stack">
  <p class="lead">${t('Nobody reads with you.')}</p>
  <p>${t('You can let one person you trust, for example a counsellor, see your ladder and think along. They can be far away, and they need not install anything.')}</p>
  <p>${t('You choose what they see, and you can change or end it at any time. You can also go on alone, for as long as you like.')}</p>
</section>`;

/** @param {Consent} one */
const askingCard = (one) => html`<a class="card warm" href="#/consent/${one.id}">
  <strong>${t('{name} used your invitation.', { name: called(one.name) })}</strong>
  <span>${t('They see nothing yet. Have a look, and decide.')}</span></a>`;

/** @param {Consent} one */
const card = (one) => html`<li class="card">
  <h2 dir="auto">${one.name}</h2>
  ${one.confirmed ? html`<p class="note">${t('reads with you since {day}', { day: dayWords(localDay(one.confirmed)) })}</p>` : nothing}
  ${seenBy(termsOf(one))}
  <div class="row">
    ${one.messages ? html`<a class="quiet" href="#/messages/${one.id}">${t('Messages')}</a>` : nothing}
    <a class="quiet" href="#/consent/${one.id}">${t('Change or end it')}</a>
  </div></li>`;

/** @param {Open} one */
const invitationCard = (one) => html`<li class="card">
  <p>${t('Can be used once, until {when}', { when: momentWords(one.expires) })}</p>
  <button class="quiet" type="button" @click=${() => takeBack(one)}>${t('Take it back')}</button></li>`;

/** @param {Open} one */
async function takeBack(one) {
  const said = await takeInvitationBack(one.id);
  toast(said.ok ? t('That invitation opens nothing any more.') : said.detail);
  await look();
}

function past() {
  const list = ended().filter((one) => one.confirmed);
  return list.length ? html`<details><summary>${t('Ended')}</summary><ul class="list tight">${list.map((one) => html`<li><a href="#/consent/${one.id}">
    <span dir="auto">${one.name}</span>${one.withdrawn ? html`<span class="note">${t('until {day}', { day: dayWords(localDay(one.withdrawn)) })}</span>` : nothing}</a></li>`)}</ul></details>` : nothing;
}
