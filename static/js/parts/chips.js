/** Chips: as many answers as one likes, or none. */
import { html } from 'lit-html';

/** @typedef {import('./choices.js').Choice} Choice */

/**
 * As many as one likes, or none.
 * @param {{label: string, name: string, options: Choice[], values: string[], onToggle: (value: string) => void,
 *   hideLabel?: boolean}} options
 */
export function chips({ label, name, options, values, onToggle, hideLabel = false }) {
  return html`<fieldset class="choices choices-narrow">
    <legend class=${hideLabel ? 'unseen' : ''}>${label}</legend>
    <div class="choices-row">
      ${options.map((one) => html`<label class="choice">
        <input class="choices-input" type="checkbox" name=${name} value=${one.value} .checked=${values.includes(one.value)}
               @change=${() => onToggle(one.value)}><span>${one.text}</span></label>`)}
    </div>
  </fieldset>`;
}

/**
 * The list with `value` put in or taken out.
 * @param {string[]} values
 * @param {string} value
 */
export const toggled = (values, value) => (values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
