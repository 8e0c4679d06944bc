/** The one hand that changes what this page holds, and tells the other tabs: edits kept, answers settled, the queue looked at anew. */
import { call, calls, disk, homeless, inTurn, meta, outbox, show, view, wait } from './hold.js';
import { Memory } from './memory.js';
import { refuse } from './outbox.js';
import { report, status, tell } from './status.js';
import { tellTabs } from './tabs.js';

/** @typedef {import('./kinds.js').Edit} Edit */
/** @typedef {import('./kinds.js').Waiting} Waiting */
/** @typedef {import('./kinds.js').Refused} Refused */
/** @typedef {import('./kinds.js').Stored} Stored */

export { call, inTurn, meta, view };

/**
 * Put edits on disk and lay them over the rows. Call it in turn.
 * @param {Edit[]} edits
 * @param {string[]} [taken] refused edits these are another try of
 */
export async function keep(edits, taken = []) {
  try {
    const kept = await disk.append(edits, taken);
    wait([...outbox, ...kept], disk instanceof Memory ? [...homeless, ...kept] : homeless);
  } catch {                              // full or broken: hold on to the words in memory and say so
    wait([...outbox, ...edits], [...homeless, ...edits]);
    report({ memoryOnly: true });
  }
  report({ refused: status().refused.filter(({ id }) => !taken.includes(id)) });
  show();
  tellTabs('queue');
  calls.written();
}

/** What waits, as far as this page knows; `reloadQueue` asks the disk. @returns {readonly Waiting[]} */
export const queued = () => outbox;

/** @param {Record<string, unknown>} news of who is here: me, secret, device */
export function keepMeta(news) {
  return inTurn(async () => {
    await disk.settle({ meta: news }).catch(() => undefined);
    Object.assign(meta, news);
    tellTabs('meta');
    tell();
  });
}

/**
 * One answer of the server: screen, then disk, in one transaction. Not the other way round, as with the person's own
 * words: were it lost on the way to the disk, cursor and queue would be those of before, and the answer come again.
 * @param {{rows: Stored[], done: Waiting[], refused: Refused[], gone: string[], rewound: string[],
 *   meta: Record<string, unknown>}} change
 */
export function settle({ rows, done, refused, gone, rewound, meta: news }) {
  return inTurn(async () => {
    rewound.forEach((space) => view.distrust(space));
    // Words meant for a space that is no longer ours are handed back to the person, not thrown away with it.
    const orphans = outbox.filter((edit) => gone.includes(edit.space) && !done.some(({ id }) => id === edit.id));
    const away = [...done, ...orphans];
    const handedBack = [...refused, ...orphans.map((edit) => refuse(edit, 'gone', ''))];
    const fresh = rows.filter((row) => view.isNews(row));
    const ids = new Set(away.map(({ id }) => id));
    const stays = (/** @type {Waiting} */ { id }) => !ids.has(id);
    wait(outbox.filter(stays), homeless.filter(stays));
    gone.forEach((space) => view.forget(space));
    view.put(fresh);
    Object.assign(meta, news);
    report({ refused: [...status().refused.filter(({ id }) => !handedBack.some((r) => r.id === id)), ...handedBack] });
    show();
    try {
      await disk.settle({ rows: fresh, done: away, refused: handedBack, gone, meta: news });
    } catch {
      report({ memoryOnly: true });
    }
    if (fresh.length + away.length + gone.length) {
      tellTabs({ rows: fresh, gone, meta: news });
    }
  });
}

/** What other tabs and the service worker put into the queue, or took out of it. */
export function reloadQueue() {
  return inTurn(async () => {
    const found = await disk.queue().catch(() => null);
    if (!found || disk instanceof Memory) return outbox;
    wait([...found.outbox, ...homeless], homeless);
    // A tab that slept may not have heard what another one fetched.
    if (JSON.stringify(found.cursors) !== JSON.stringify(meta.cursors)) await reloadRows();
    if (JSON.stringify(found.refused) !== JSON.stringify(status().refused)) report({ refused: found.refused });
    show();
    return outbox;
  });
}

async function reloadRows() {
  const found = await disk.load();
  Object.keys(meta.cursors ?? {}).filter((space) => !(space in (found.meta.cursors ?? {}))).forEach((s) => view.forget(s));
  view.put(found.rows);
  Object.assign(meta, found.meta);
}
