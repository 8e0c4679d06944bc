/** The drawings of the lock. */
import { html } from 'lit-html';

export const keyIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M8 4H6a2 2 0 0 0-2 2v2M16 4h2a2 2 0 0 1 2 2v2M8 20H6a2 2 0 0 1-2-2v-2M16 20h2a2 2 0 0 0 2-2v-2M9 9.5v1M15 9.5v1M12 9.5v3h-.8M9.2 15.2c1.7 1.3 3.9 1.3 5.6 0"/></svg>`;
export const eraseIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M9 6h11v12H9l-6-6zM12 9.5l5 5M17 9.5l-5 5"/></svg>`;
/** A door at night with a light behind it: shut, and yours. */
export const doorDrawing = html`<svg class="lock-drawing" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
  <circle class="lock-glow" cx="60" cy="60" r="54"/><path class="lock-door" d="M38 100V44a22 22 0 0 1 44 0v56z"/>
  <path class="lock-light" d="M28 100h64"/><circle class="lock-knob" cx="72" cy="72" r="3.5"/></svg>`;
