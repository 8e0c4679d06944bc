/**
 * The second shelf: what a person does besides the main job, and what it hangs into screens of the first (hung.js). It is
 * fetched by itself once the first screen stands, and kept, so that everything works with no network moments later.
 * A new screen is one line here, and `near('name')` in screens.js.
 */
// It stands on the whole app: else what both use would be a file of its own, which packs worse.
import './app.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { startAnew } from './anew.js';
import { endWhatWaits } from './consents.js';
import { watch } from './live.js';
import { tidyKeys } from './lock.js';
import { startPush } from './push.js';
import { startReach } from './reach.js';
import { listen } from './rows.js';
import { startSpeaking } from './speaking.js';

export { screen as another } from './screens/another.js';
export { screen as anchors } from './screens/anchors.js';
export { screen as breathe } from './screens/breathe.js';
export { screen as checkin } from './screens/checkin.js';
export { screen as diary } from './screens/diary.js';
export { screen as diaryentry } from './screens/diaryentry.js';
export { screen as history } from './screens/history.js';
export { screen as joy } from './screens/joy.js';
export { screen as kind } from './screens/kind.js';
export { screen as ladderedit } from './screens/ladderedit.js';
export { screen as library } from './screens/library.js';
export { screen as liked } from './screens/liked.js';
export { screen as lock } from './screens/lock.js';
export { screen as lookback } from './screens/lookback.js';
export { screen as messages } from './screens/messages.js';
export { screen as months } from './screens/months.js';
export { screen as paper } from './screens/paper.js';
export { bookSheet, cardSheet, ladderSheet } from './screens/papersheet.js';
export { screen as plan } from './screens/plan.js';
export { screen as proposals } from './screens/proposals.js';
export { screen as quiet } from './screens/quiet.js';
export { screen as reminder } from './screens/reminder.js';
export { screen as reminderopen } from './screens/reminderopen.js';
export { screen as reminders } from './screens/reminders.js';
export { screen as rest } from './screens/rest.js';
export { screen as rhythm } from './screens/rhythm.js';
export { screen as seeing } from './screens/seeing.js';
export { screen as seeingladder } from './screens/seeingladder.js';
export { screen as settings } from './screens/settings.js';
export { screen as smaller } from './screens/smaller.js';
export { screen as stepedit } from './screens/stepedit.js';
export { screen as support } from './screens/support.js';
export { screen as supportone } from './screens/supportone.js';
export { screen as surprises } from './screens/surprises.js';
export { screen as toomuch } from './screens/toomuch.js';
export { screen as waiting } from './screens/waiting.js';
export { screen as words } from './screens/words.js';

export { bookmark } from './parts/bookmark.js';
export { calendar } from './parts/calendar.js';
export { visitCard } from './parts/comeback.js';
export { company } from './parts/company.js';
export { face } from './parts/face.js';
export { fixedLine } from './parts/fixedpoint.js';
export { earth, light } from './parts/groundandlight.js';
export { higherNote } from './parts/higher.js';
export { laddersPutAway } from './parts/laddersaway.js';
export { dim, isLit, notice } from './parts/lit.js';
export { lookBackCard } from './parts/lookback.js';
export { lookingBack } from './parts/lookingback.js';
export { moveByKeys, movers } from './parts/movers.js';
export { monthlyCard } from './parts/monthly.js';
export { newsCards } from './parts/news.js';
export { offerCard, reminderCard } from './parts/offer.js';
export { fromOthers, hereToo, proposalCards, rungNews } from './parts/others.js';
export { outcomeMore } from './parts/outcomemore.js';
export { settleNumber } from './parts/ownnumber.js';
export { parted } from './parts/parted.js';
export { ratingNow } from './parts/ratingnow.js';
export { readyAtHome, readyCard } from './parts/ready.js';
export { recall } from './parts/recall.js';
export { resultExtras, resultForm } from './parts/resultform.js';
export { scene } from './parts/scene.js';
export { sharingChoice } from './parts/sharing.js';
export { stepDials, stepMore } from './parts/stepmore.js';
export { tally } from './parts/tally.js';
export { todayOthers, todayWays } from './parts/todayways.js';
export { waitingChip } from './parts/waitingchip.js';
export { noteQuestions } from './reach.js';
export { goAway, stand } from './together.js';

export { repeat };

/** Of which words it is. */
export const stamp = '__WORDS__';

/** Once, when it has come: what listens from then on. */
export function start() {
  watch();
  listen(endWhatWaits);
  void startSpeaking();
  startReach();
  startAnew();
  startPush().catch(() => undefined);
  tidyKeys().catch(() => undefined);
}
