/** What this device calls itself, and which clock hangs on its wall. */

/** A name its owner recognises in a list, such as "Android · Chrome". */
export function deviceName() {
  const agent = globalThis.navigator?.userAgent ?? '';
  const pick = (/** @type {[RegExp, string][]} */ names) => names.find(([sign]) => sign.test(agent))?.[1] ?? '';
  const system = pick([[/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS/, 'Mac'], [/Linux/, 'Linux']]);
  const browser = pick([[/Edg\//, 'Edge'], [/Firefox|FxiOS/, 'Firefox'], [/Chrome|CriOS/, 'Chrome'], [/Safari/, 'Safari']]);
  return [system, browser].filter(Boolean).join(' · ');
}

/** @type {Map<string, boolean>} zones asked about, and whether Intl knows them */
const asked = new Map();

/** @param {string} zone */
function isKnown(zone) {
  const before = asked.get(zone);
  if (before !== undefined) return before;
  let known = true;
  try {
    Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch {
    known = false;
  }
  asked.set(zone, known);
  return known;
}

/**
 * A zone that Intl surely takes: the one asked for, else this device's own, else UTC. A stored zone may be unknown to
 * this browser (its list is older, or another device named it wrongly), and a device may not know its own
 * ("Etc/Unknown"): Intl throws at such a name, and the person's day must not end with it.
 * @param {string} [zone] IANA name
 * @returns {string} IANA name
 */
export function knownZone(zone) {
  if (zone && isKnown(zone)) return zone;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return own && isKnown(own) ? own : 'UTC';
}

/** The IANA name of the time zone here. */
export const ownZone = () => knownZone();
