/** The drawings that come with the second shelf, or stand on the desk. */
import { svg } from 'lit-html';
import { icon } from './icons.js';

export const upIcon = icon(svg`<path d="m5 15 7-7 7 7"/>`);
export const downIcon = icon(svg`<path d="m5 9 7 7 7-7"/>`);
export const gripIcon = icon(svg`<path d="M5 9h14M5 15h14"/>`);
export const checkIcon = icon(svg`<path d="m5 13 4 4L19 7"/>`);
export const peopleIcon = icon(svg`<circle cx="9" cy="8" r="3.5"/><path d="M3 20c0-4 2.7-6 6-6s6 2 6 6M15.5 5a3.3 3.3 0 0 1 0 6.4M17.5 14.6c2.2.8 3.5 2.6 3.5 5.4"/>`);
export const personIcon = icon(svg`<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/>`);
export const waitingIcon = icon(svg`<path d="M12 19V8M7 13l5-5 5 5M6 4h12"/>`);
