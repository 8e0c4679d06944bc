/**
 * The second shelf: what a person does besides the main job, and what it hangs into screens of the first (hung.js). It is
 * fetched by itself once the first screen stands, and kept, so that everything works with no network moments later.
 * A new screen is one line here, and `near('name')` in screens.js.
 */
// It stands on the whole app: else what both use would be a file of its own, which packs worse.
import './app.js';
import { endWhatWaits } from './consents.js';
import { startPush } from './push.js';
import { startReach } from './reach.js';
import { listen } from './rows.js';

export { screen as anchors } from './screens/anchors.js';
export { screen as history } from './screens/history.js';
export { screen as ladderedit } from './screens/ladderedit.js';
export { screen as library } from './screens/library.js';
export { screen as messages } from './screens/messages.js';
export { screen as proposals } from './screens/proposals.js';
export { screen as quiet } from './screens/quiet.js';
export { screen as reminder } from './screens/reminder.js';
export { screen as reminderopen } from './screens/reminderopen.js';
export { screen as reminders } from './screens/reminders.js';
export { screen as settings } from './screens/settings.js';
export { screen as stepedit } from './screens/stepedit.js';
export { screen as waiting } from './screens/waiting.js';

export { visitCard } from './parts/comeback.js';
export { company } from './parts/company.js';
export { newsCards } from './parts/news.js';
export { offerCard, reminderCard } from './parts/offer.js';
export { commentsHere, fromOthers, hereToo, proposalCards, rungNews, whoSees, writeToSomebody } from './parts/others.js';
export { pauseDoor } from './parts/pause.js';
export { sharingChoice } from './parts/sharing.js';
export { closeSplitter, openSplitter, splitDock, splitter } from './parts/splitter.js';
export { noteQuestions } from './reach.js';
export { mayBeSeen } from './sharing.js';
export { goAway, stand } from './together.js';

/** Once, when it has come: what listens from then on. */
export function start() {
  listen(endWhatWaits);
  startReach();
  startPush().catch(() => undefined);
}
