/** A label with its input, whose half-typed words are kept as a draft until they are saved. */
import { html, nothing } from 'lit-html';
import { draft, saveDraft } from '../drafts.js';
import { render, toast } from '../page.js';
import { t } from '../words.js';

/**
 * @typedef {object} FieldOptions
 * @property {unknown} label words, or a drawing of them
 * @property {string} value
 * @property {(value: string) => void} onInput
 * @property {string} [name]
 * @property {string} [note] one soft sentence under the label
 * @property {string} [placeholder]
 * @property {number} [max] characters
 * @property {boolean} [long] a text of several lines
 * @property {boolean} [required]
 * @property {string} [id]
 */

/** @param {FieldOptions} options */
export function field({ label, value, onInput, name, note, placeholder, max = 200, long = false, required = false, id }) {
  /** @param {Event} event */
  const input = (event) => onInput(/** @type {HTMLInputElement} */ (event.target).value);
  const help = note && name ? `${name}-note` : nothing;
  return html`<label class="field"><span>${label}</span>
    ${note ? html`<span class="note" id=${help}>${note}</span>` : nothing}
    ${long
      ? html`<textarea id=${id ?? nothing} name=${name ?? nothing} rows="3" autocomplete="off" maxlength=${max} .value=${value} aria-describedby=${help}
          placeholder=${placeholder ?? nothing} aria-required=${required ? 'true' : nothing} @input=${input}></textarea>`
      : html`<input id=${id ?? nothing} name=${name ?? nothing} maxlength=${max} .value=${value} autocomplete="off" aria-describedby=${help}
          enterkeyhint="done" placeholder=${placeholder ?? nothing} aria-required=${required ? 'true' : nothing} @input=${input}>`}
  </label>`;
}

/**
 * What a form shows: what is stored, with the half-typed words of before laid over it.
 * @template {Record<string, any>} Values
 * @param {string} key of the draft
 * @param {Values} stored
 * @returns {{values: Values, put: <Name extends keyof Values>(name: Name) => (value: Values[Name]) => void, touched: boolean}}
 */
export function halfTyped(key, stored) {
  const typed = draft(key);
  return {
    values: { ...stored, ...typed },
    put: (name) => (value) => {
      saveDraft(key, { ...draft(key), [name]: value });
      render();
    },
    touched: typed !== undefined,
  };
}

/**
 * A form came without its words. The browser's own bubble scolds, in a language of its own; this only shows where.
 * @param {SubmitEvent} event
 * @param {string} name of the field
 */
export function wantsWords(event, name) {
  const input = /** @type {HTMLFormElement} */ (event.target).elements.namedItem(name);
  if (input instanceof HTMLElement) input.focus();
  toast(t('A few words are enough.'));
}
