/** The second key: set up the first time, shown at each coming in. Until then nobody's words can be read. */
import { html, nothing } from 'lit-html';
import { addPasskey, hasPasskeys, setPassword, signInByPasskey } from '../../account.js';
import { turnstile } from '../../once.js';
import { render, toast } from '../../page.js';
import { passwordFields } from '../../parts/password.js';
import { forgetProof, proof, provably } from '../../parts/provable.js';
import { me } from '../../rows.js';
import { t } from '../../words.js';
import { showCode } from '../keys.js';
import { hidePaper, paper, hasPaper } from '../paper.js';
import { beginSeed, forgetSeed, hasSeed, seedCard } from '../seed.js';
import { isAgain, knock, leave } from '../standing.js';

/** @typedef {import('../../account.js').Said} Said */

const { busy, once } = turnstile();
let trouble = '';

export const screen = {
  title: () => (wanted() ? t('Your second key') : t('How you come in')),
  enter() {
    trouble = '';
    forgetSeed();
    forgetProof();
  },
  leave: hidePaper,
  view: () => html`
    ${proof()}
    ${hasPaper() ? paper() : wanted() ? showing() : account()?.guest ? first() : second()}
    ${hasPaper() ? nothing : html`<button class="plain" type="button" @click=${out}>${t('Leave it for now')}</button>`}`,
};

const account = () => /** @type {any} */ (me());
/** There is a second key already; this session has not seen it. */
const wanted = () => isAgain() || account()?.factor === 'needed';

// ---- each time

const showing = () => html`
  ${isAgain() ? html`<p class="lead">${t('Many people’s pages were opened within a few minutes. Please show your second key once more.')}</p>` : nothing}
  <form class="card" @submit=${code}>
    <label class="field"><span>${t('The code from your app')}</span><span class="note" id="code-note">${t('Six digits. Or one of the ten codes you keep on paper.')}</span>
      <input name="code" required maxlength="20" autocomplete="one-time-code" spellcheck="false" autocapitalize="characters" aria-describedby="code-note"></label>
    ${trouble ? html`<p role="alert">${trouble}</p>` : nothing}
    <button class="primary" ?disabled=${busy()}>${t('Come in')}</button>
  </form>
  ${hasPasskeys() && account()?.ways?.includes('passkey') ? html`<button class="quiet" type="button" ?disabled=${busy()} @click=${() => once(async () => done(await signInByPasskey(false)))}>${t('Use my passkey')}</button>` : nothing}`;

/** @param {SubmitEvent} event */
function code(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const written = String(new FormData(form).get('code'));
  return once(async () => {
    const said = await showCode(written);
    if (!said.ok) form.reset();
    await done(said);
  });
}

/** @param {Said} said */
async function done(said) {
  trouble = said.ok || said.error === 'quiet' ? '' : said.detail;
  if (said.ok) await knock();
}

// ---- the first time

/** No way in yet: a passkey is both keys in one; a password wants an app beside it. */
const first = () => html`
  <p class="lead">${t('You will read what somebody trusts you with, so two keys guard it.')}</p>
  ${hasPasskeys() ? html`<section class="card soft">
    <h2>${t('With a passkey')}</h2>
    <p>${t('The lock of this computer or phone: face, finger or its code. That is both keys in one, and there is nothing to remember.')}</p>
    <button class="primary" type="button" ?disabled=${busy()} @click=${passkey}>${t('Make a passkey')}</button>
  </section>` : nothing}
  <form class="card" @submit=${password}>
    <h2>${t('With a name and a password')}</h2>
    <p>${t('Afterwards you set up an app that makes codes, as the second key.')}</p>
    ${passwordFields('new-password')}
    <p class="note">${t('Twelve characters or more, please. A few words in a row are easy to keep in mind.')}</p>
    ${trouble ? html`<p role="alert">${trouble}</p>` : nothing}
    <button class=${hasPasskeys() ? 'quiet' : 'primary'} ?disabled=${busy()}>${t('Keep this name and password')}</button>
  </form>`;

/** A password is there, the second key is not. */
const second = () => (hasSeed() ? seedCard(knock) : html`
  <p class="lead">${t('One more key, and then the door opens. The password alone is not enough for other people’s words.')}</p>
  <section class="card soft">
    <h2>${t('An app that makes codes')}</h2>
    <p>${t('Any authenticator app on your phone will do.')}</p>
    <button class="primary" type="button" ?disabled=${busy()} @click=${() => beginSeed(provably)}>${t('Set up the app')}</button>
  </section>
  ${hasPasskeys() ? html`<section class="card">
    <h2>${t('Or a passkey')}</h2>
    <p>${t('The lock of this computer or phone: face, finger or its code.')}</p>
    <button class="quiet" type="button" ?disabled=${busy()} @click=${passkey}>${t('Make a passkey')}</button>
  </section>` : nothing}`);

const passkey = () => once(() => provably(addPasskey, async () => {
  toast(t('The passkey is made.'));
  // Shown at once: that is what tells the house that it is us, with both keys.
  if (account()?.factor !== 'passkey') await signInByPasskey(false);
  await knock();
}));

/** @param {SubmitEvent} event */
function password(event) {
  event.preventDefault();
  const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const [name, secret] = [String(given.get('username')).trim(), String(given.get('password'))];
  return once(async () => {
    const said = await setPassword(name, secret);
    trouble = said.ok ? '' : said.detail;
    render();
  });
}

async function out() {
  if (!(await leave())) toast(t('There is no connection just now, so the session is not ended yet. Please try again.'));
}
