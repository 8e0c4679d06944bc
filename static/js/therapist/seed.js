/** Setting up an app that makes codes: a picture to scan, the same as letters to type, and the first code as proof. */
import { html, nothing } from 'lit-html';
import { turnstile } from '../once.js';
import { render, toast } from '../page.js';
import { picture } from '../parts/qr.js';
import { t } from '../words.js';
import { confirmSeed, newSeed } from './keys.js';
import { showPaper } from './paper.js';

/** @typedef {import('../account.js').Said} Said */

const { busy, once } = turnstile();
/** @type {import('./keys.js').Seed | null} */
let seed = null;
let trouble = '';

/** Nothing is being set up any more. */
export function forgetSeed() {
  seed = null;
  trouble = '';
}

/** @param {(asking: () => Promise<Said>, done: (said: Said) => void) => Promise<void>} how asks for proof first, where that is wanted */
export const beginSeed = (how) => once(() => how(newSeed, (said) => {
  seed = said.body;
  trouble = '';
}));

/** Is one being set up now? */
export const hasSeed = () => seed !== null;

/** @param {() => void} done called when the paper codes have been kept, too */
export function seedCard(done) {
  if (!seed) return nothing;
  return html`<section class="card" aria-labelledby="seed">
    <h2 id="seed">${t('An app that makes codes')}</h2>
    <p>${t('Scan this with the app on your phone, or type the letters into it.')}</p>
    ${picture(seed.qr, t('A picture for the app to scan'))}
    <p class="code small" translate="no">${(seed.secret.match(/.{1,4}/g) ?? []).map((part) => html`<span>${part}</span>`)}</p>
    <div class="row"><button class="plain" type="button" @click=${copy}>${t('Copy the letters')}</button>
      <a class="plain" href=${seed.uri}>${t('Open it in an app on this device')}</a></div>
    <form class="stack" @submit=${(/** @type {SubmitEvent} */ event) => confirm(event, done)}>
      <label class="field"><span>${t('The six digits it shows now')}</span>
        <input name="code" required maxlength="20" inputmode="numeric" autocomplete="one-time-code" spellcheck="false" aria-describedby=${trouble ? 'seed-trouble' : nothing}></label>
      ${trouble ? html`<p id="seed-trouble" role="alert">${trouble}</p>` : nothing}
      <button class="primary" ?disabled=${busy()}>${t('Go on')}</button>
    </form>
  </section>`;
}

async function copy() {
  try {
    await navigator.clipboard.writeText(seed?.secret ?? '');
    toast(t('Copied'));
  } catch {
    toast(t('The browser did not let us copy. You can write it down.'));
  }
}

/** @param {SubmitEvent} event @param {() => void} done */
function confirm(event, done) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const code = String(new FormData(form).get('code'));
  return once(async () => {
    const said = await confirmSeed(code);
    trouble = said.ok ? '' : said.detail;
    if (!said.ok) return form.reset();
    forgetSeed();
    showPaper(said.body.recovery ?? [], done);
    render();
    return scrollTo(0, 0);
  });
}
