/** Edits the house did not take: each stays with its reason until the person tries it again, or lets it go. */
import { disk, inTurn } from './hold.js';
import { newId, onWire } from './outbox.js';
import { keep } from './phone.js';
import { report, status } from './status.js';
import { tellTabs } from './tabs.js';

/** As a new one: the house answers a known id as before, for ever. @param {string} id */
export function retryRefused(id) {
  return inTurn(async () => {
    const old = status().refused.find((edit) => edit.id === id);
    if (!old) return;
    await keep([{ ...onWire(old), id: newId() }], [id]);
  });
}

/** @param {string} id */
export function dropRefused(id) {
  return inTurn(async () => {
    await disk.dropRefused(id);
    report({ refused: status().refused.filter((edit) => edit.id !== id) });
    tellTabs('queue');
  });
}
