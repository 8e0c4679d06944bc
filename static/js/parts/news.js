/** What came from somebody who reads along: quiet lines on the home screen, each a door, none of them urgent. */
import { html, nothing } from 'lit-html';
import { asking, consents } from '../consents.js';
import { openIdeas } from '../ideas.js';
import { unread } from '../messages.js';
import { called } from '../names.js';
import { t } from '../words.js';

export function newsCards() {
  const list = [
    ...asking().map((one) => [`/consent/${one.id}`, t('{name} used your invitation. Nothing is shown before you say yes.', { name: called(one.name) })]),
    ...consents().filter((one) => unread(one).length).map((one) => [`/messages/${one.id}`, t('{name} wrote to you. There is no hurry.', { name: called(one.name) })]),
    ...(openIdeas().length ? [['/reminders', t('There is an idea for a reminder. You decide.')]] : []),
  ];
  return list.length ? html`<ul class="list tight news">${list.map(([to, words]) => html`<li><a href="#${to}">${words}</a></li>`)}</ul>` : nothing;
}
