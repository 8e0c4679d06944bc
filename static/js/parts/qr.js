/** A picture for a camera: dark on light in every mode, with the quiet border the server leaves around it. */
import { html } from 'lit-html';

/** @param {{size: number, path: string}} qr as the server draws it @param {string} words what it is, for ears */
export const picture = ({ size, path }, words) => html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${words} shape-rendering="crispEdges">
  <rect width=${size} height=${size} rx="2"/><path d=${path}/></svg>`;
