/**
 * A guest's only way back in is the cookie, and a browser writes cookies down half a minute after they came: one that dies
 * before has forgotten it. So the secret a person began with is kept a while longer, to begin with once more; the house
 * takes it as the same beginning, and no longer once there is a password or a passkey.
 */
import { keepMeta, meta } from './phone.js';
import { listen, report, status } from './status.js';
import { kick } from './sync.js';

const WRITTEN_DOWN = 600_000;            // ms a page has lived: its browser has kept the cookie long since

let tried = false;                       // where cookies are shut off altogether, a second time is no better

/** Begin anew for a guest whom the house no longer knows, and let go of the secret in time. */
export function startAnew() {
  listen(beginAnew);
  beginAnew();
  const timer = setTimeout(() => void keepMeta({ spare: undefined }), WRITTEN_DOWN);
  if (typeof window === 'undefined') timer.unref();
}

function beginAnew() {
  if (!status().signedOut || !meta.spare || !meta.me?.guest || tried) return;
  tried = true;
  void keepMeta({ secret: meta.spare, spare: undefined }).then(() => {
    report({ signedOut: false });
    kick();
  });
}
