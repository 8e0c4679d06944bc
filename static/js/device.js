/** What this device calls itself, and which clock hangs on its wall. */

/** A name its owner recognises in a list, such as "Android · Chrome". */
export function deviceName() {
  const agent = globalThis.navigator?.userAgent ?? '';
  const pick = (/** @type {[RegExp, string][]} */ names) => names.find(([sign]) => sign.test(agent))?.[1] ?? '';
  const system = pick([[/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS/, 'Mac'], [/Linux/, 'Linux']]);
  const browser = pick([[/Edg\//, 'Edge'], [/Firefox|FxiOS/, 'Firefox'], [/Chrome|CriOS/, 'Chrome'], [/Safari/, 'Safari']]);
  return [system, browser].filter(Boolean).join(' · ');
}

/** The IANA name of the time zone here. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
