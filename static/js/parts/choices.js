/** Choices: a few answers of the same size, colour and weight (rule S7), by finger, keyboard or screen reader. */
import { html } from 'lit-html';

/** @typedef {{value: string, text: string}} Choice */

/** lit sets what is no plain value each time it draws: a touch that was not followed goes back to what was chosen. */
const ANEW = {};

/**
 * One of several. Real radio buttons underneath: arrow keys and screen readers know them.
 * @param {{label: string, name: string, options: Choice[], value: string | null, onChoose: (value: string) => void,
 *   hideLabel?: boolean, fit?: 'wide' | 'narrow' | 'three' | 'even'}} options
 *   fit 'narrow': small ones in a wrapping row; 'three': three of the same width; 'even': up to six short ones in one row
 */
export function choices({ label, name, options, value, onChoose, hideLabel = false, fit = 'wide' }) {
  return html`<fieldset class="choices choices-${fit}">
    <legend class=${hideLabel ? 'unseen' : ''}>${label}</legend>
    <div class="choices-row">
      ${options.map((one) => html`<label class="choice">
        <input class="choices-input" type="radio" name=${name} value=${one.value} .checked=${one.value === value && ANEW}
               @change=${() => onChoose(one.value)}><span>${one.text}</span></label>`)}
    </div>
  </fieldset>`;
}
