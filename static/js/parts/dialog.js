/** A small question over the page: <dialog> gives the focus trap, Escape and the backdrop. */
import { html, noChange, nothing } from 'lit-html';
import { Directive, directive } from 'lit-html/directive.js';

/**
 * @param {{title: string, body: unknown, actions: unknown, onClose: () => void}} question
 *   drawn only while it is open; onClose forgets it
 */
export function dialog({ title, body, actions, onClose }) {
  return html`<dialog class="ask" aria-labelledby="ask-title" @close=${onClose} ${shown()}>
    <div class="stack"><h2 id="ask-title">${title}</h2>${body ?? nothing}${actions}</div></dialog>`;
}

/** Opens the dialog it stands in once it is on the page; the library's own `ref` weighs five times as much. */
const shown = directive(class extends Directive {
  render() {
    return noChange;
  }

  /** @override @param {import('lit-html').Part} part */
  update(part) {
    const { element } = /** @type {import('lit-html').ElementPart} */ (part);
    if (element instanceof HTMLDialogElement) queueMicrotask(() => element.isConnected && !element.open && element.showModal());
    return noChange;
  }
});
