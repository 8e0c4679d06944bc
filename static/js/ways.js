/** Reminders without notifications: a private calendar address, a mailbox. All of it asks the account. No DOM here. */
import { isKnown, wish } from './account.js';
import { syncNow } from './here.js';
import { status } from './status.js';

/** @typedef {import('./account.js').Said} Said */
/** @typedef {{address: string, state: 'none' | 'waiting' | 'on' | 'stopped', next?: string}} Mailbox next: the one whose code is awaited meanwhile */

const LONG = 30_000;   // ms: a mail server may take twenty seconds for an answer

/** How things stand: `body.mail` (null where this house sends no mail), `body.calendar` whether an address is in use. @returns {Promise<Said>} */
export async function ways() {
  // A reminder made a moment ago: the account has to know it before it can be had as a file.
  if (!isKnown() || status().waiting) await syncNow();
  return wish('GET', '/api/reminders');
}

/** A new private address, told this once; the one before it ends. @returns {Promise<Said>} `body.address` */
export const openCalendar = () => wish('POST', '/api/calendar', {});

/** The address opens nothing from now on. */
export const closeCalendar = () => wish('DELETE', '/api/calendar');

/** One reminder as a file. @param {string} reminder its id */
export const fileOf = (reminder) => `/api/reminders/${reminder}.ics`;

/** A calendar program takes an address of this kind for its own. @param {string} address */
export const webcal = (address) => address.replace(/^https?:/, 'webcal:');

/** A code is mailed to it; nothing else is, before the code came back. @param {string} address @returns {Promise<Said>} `body.mail` */
export const giveMailbox = (address) => wish('PUT', '/api/mailbox', { address }, LONG);

/** @param {string} code @returns {Promise<Said>} `body.mail` */
export const showCode = (code) => wish('POST', '/api/mailbox/confirm', { code });

/** No more mails, and the address is gone. @returns {Promise<Said>} `body.mail` */
export const forgetMailbox = () => wish('DELETE', '/api/mailbox');
