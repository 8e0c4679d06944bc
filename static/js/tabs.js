/** The other tabs of this phone, and its service worker. A page that keeps nothing has none. */
import { keepsNothing } from './store.js';

/** @type {BroadcastChannel | undefined} */
let channel;

/** @param {unknown} news */
export const tellTabs = (news) => channel?.postMessage(news);

/** @param {(news: any) => void} hear once for the page's life */
export function listenToTabs(hear) {
  if (channel || !globalThis.BroadcastChannel || keepsNothing()) return;
  channel = new BroadcastChannel('ippo');
  Reflect.get(channel, 'unref')?.call(channel);       // Node would wait for other tabs for ever
  channel.onmessage = ({ data }) => hear(data);
}
