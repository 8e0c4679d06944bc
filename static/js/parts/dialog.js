/** A small question over the page: <dialog> gives the focus trap, Escape and the backdrop. */
import { html, nothing } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';

/**
 * @param {{title: string, body: unknown, actions: unknown, onClose: () => void}} question
 *   drawn only while it is open; onClose forgets it
 */
export function dialog({ title, body, actions, onClose }) {
  return html`<dialog class="ask" aria-labelledby="ask-title" @close=${onClose} ${ref(open)}>
    <div class="stack"><h2 id="ask-title">${title}</h2>${body ?? nothing}${actions}</div></dialog>`;
}

/** @param {Element | undefined} element */
function open(element) {
  if (element instanceof HTMLDialogElement && !element.open) queueMicrotask(() => element.isConnected && !element.open && element.showModal());
}
