/** The marks of a ladder at the desk: when another step may be offered. Written or proposed like any other words (rule U2). */
import { html, nothing } from 'lit-html';
import { dropDraft } from '../../drafts.js';
import { toast } from '../../page.js';
import { halfTyped } from '../../parts/field.js';
import { marksOf, readyFields } from '../../parts/readyfields.js';
import { t } from '../../words.js';
import { shelf } from '../open.js';
import { lying, put, saidAfter, undoOf, writes } from '../pens.js';
import { besideRow } from '../proposed.js';

/** @typedef {import('../../kinds.js').Ladder} Ladder */
/** @typedef {import('../people.js').Person} Person */

/** The ladder as it was when its marks were begun to be changed. @type {Ladder | undefined} */
let seen;

/** The marks that stand, with mine that wait laid over them. @param {Ladder} ladder */
const begun = (ladder) => ({
  ...marksOf(ladder), ...Object.fromEntries(besideRow(lying(ladder.space), ladder).filter(({ field }) => field in marksOf(ladder)).map(({ field, value }) => [field, value])),
});

/** @param {Ladder} ladder @param {Person} person */
export function readyFold(ladder, { consent, name }) {
  const key = shelf(consent, `ready/${ladder.id}`);
  const { values, put: choose, touched } = halfTyped(key, begun(ladder));
  if (!touched) seen = ladder;
  /** @param {SubmitEvent} event */
  const keep = async (event) => {
    event.preventDefault();
    const { changes, done } = put(seen?.id === ladder.id ? seen : ladder, values);
    const undo = await done;
    await dropDraft(key);
    toast(changes ? saidAfter(ladder.space, name) : t('Nothing is different, so nothing was sent.'), changes ? undoOf(ladder.space, undo) : undefined);
  };
  return html`<details class="card more" .open=${touched}>
    <summary>${writes(ladder.space) ? t('When another step is offered') : t('Propose when another step is offered')}</summary>
    <form class="stack" @submit=${keep}>${readyFields(values, choose)}
      <div class="row"><button class="quiet firm">${writes(ladder.space) ? t('Keep') : t('Propose it')}</button>
        ${touched ? html`<button class="plain" type="button" @click=${() => dropDraft(key).then(() => toast(t('Left as it was')))}>${t('Leave it as it was')}</button>` : nothing}</div>
    </form></details>`;
}
