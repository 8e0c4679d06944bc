import { html } from 'lit-html';

export const screen = { title: () => '', view: () => html`` };
