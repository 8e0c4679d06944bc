/** The second key of a therapist: codes of an app (TOTP), paper codes for the day that phone is lost, or a passkey. */
import { wish } from '../account.js';

/** @typedef {import('../account.js').Said} Said */
/** @typedef {{secret: string, uri: string, qr: {size: number, path: string}}} Seed shown once, while it is set up */

/** A seed for an app; nothing changes before its first code is confirmed. @returns {Promise<Said>} `body` is a Seed */
export const newSeed = () => wish('POST', '/api/totp', {});

/** @param {string} code six digits @returns {Promise<Said>} `body.recovery`: ten codes, told here once */
export const confirmSeed = (code) => wish('POST', '/api/totp/confirm', { code });

/** @returns {Promise<Said>} */
export const dropSeed = () => wish('DELETE', '/api/totp');

/** Raise this session. @param {string} code six digits, or a paper code @returns {Promise<Said>} */
export const showCode = (code) => wish('POST', '/api/signin/factor', { code });
