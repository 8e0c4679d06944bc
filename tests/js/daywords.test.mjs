import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { clockWords } from '../../static/js/daywords.js';
import { useLanguage } from '../../static/js/words.js';

const { navigator } = globalThis;

/** @param {string[]} languages what the phone says it speaks */
const phoneOf = (...languages) => Object.defineProperty(globalThis, 'navigator', { value: { languages }, configurable: true });

afterEach(() => {
  useLanguage('en');
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
});

for (const [languages, spoken, evening, night] of /** @type {[string[], string, string, string][]} */ ([
  [['en-US'], 'en', '7:05 PM', '12:30 AM'], [['en-GB', 'en'], 'en', '19:05', '0:30'], [['ja-JP', 'en-US'], 'ja', '19:05', '0:30'],
])) {
  test(`a time is said as ${languages[0]} says it, in every zone alike`, () => {
    phoneOf(...languages);
    useLanguage(spoken);
    const before = process.env.TZ;
    try {
      for (const zone of ['UTC', 'Pacific/Apia', 'Asia/Kolkata', 'America/New_York']) {
        process.env.TZ = zone;
        assert.deepEqual([clockWords('19:05'), clockWords('00:30')].map((said) => said.replace('\u202f', ' ').replace(/^00:/, '0:')), [evening, night]);
      }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
}
