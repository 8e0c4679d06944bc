/** A month, and nothing else: what stands on the page while it is hidden. */
import { html, nothing } from 'lit-html';
import { language } from '../words.js';

/** @param {Date} [now] */
export function calendar(now = new Date()) {
  const [year, month, today] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const before = new Date(year, month, 1).getDay();
  const days = new Date(year, month + 1, 0).getDate();
  const name = new Intl.DateTimeFormat(language(), { year: 'numeric', month: 'long' }).format(now);
  const weekday = new Intl.DateTimeFormat(language(), { weekday: 'narrow' });
  return html`<h1 tabindex="-1">${name}</h1>
    <div class="month" aria-hidden="true">
      ${Array.from({ length: 7 }, (_, day) => html`<span class="note">${weekday.format(new Date(2024, 8, 1 + day))}</span>`)}
      ${Array.from({ length: before }, () => html`<span></span>`)}
      ${Array.from({ length: days }, (_, at) => html`<span class=${at + 1 === today ? 'now' : nothing}>${at + 1}</span>`)}
    </div>`;
}
