/** What changed on somebody's ladder, or on one step of it: the same telling as on their own phone. Each such look is told to them. */
import { html } from 'lit-html';
import { go } from '../../page.js';
import { screen as told } from '../../screens/changes.js';
import { ladderOf } from '../../ladders.js';
import { stepOf } from '../../steps.js';
import { t } from '../../words.js';
import { attend, depart, openedPerson } from '../open.js';
import { gone } from '../parts/gone.js';
import { people } from '../people.js';

/** @typedef {import('../../router.js').Params} Params */

export const screen = {
  title: told.title,
  /** @param {Params} params */
  up: ({ consent, id }) => `/person/${consent}/${ladderOf(id) ? 'ladder' : 'step'}/${id}`,
  /** @param {Params} params */
  enter: (params) => {
    attend(params.consent);
    told.enter(params);
  },
  leave: () => {
    told.leave();
    depart();
  },
  /** @param {Params} params */
  view: (params) => (openedPerson(params.consent) ? told.view(params) : gone(params.consent)),
};

/** A step named by itself, as the telling does: to its place at the desk. */
export const named = {
  title: () => t('A step'),
  /** @param {Params} params */
  enter: ({ id }) => {
    const space = stepOf(id)?.space;
    const person = (people() ?? []).find(({ ladders }) => ladders.some((one) => one.space === space));
    queueMicrotask(() => go(person && space ? `/person/${person.consent}/step/${id}` : '/', { replace: true }));
  },
  view: () => html`<p class="note">${t('One moment…')}</p>`,
};
