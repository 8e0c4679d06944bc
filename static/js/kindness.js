/**
 * Kindness: one sentence after every step, whatever came of it (rule S6; Blackie & Kocovski 2018 found less brooding and more
 * willingness to try again after a moment of self-compassion). No sentence promises an outcome (S11), praises a lower
 * number (S3) or compares (G6). The same attempt always meets the same sentence.
 */
import { t } from './words.js';

const sentences = {
  did: () => [
    t('You tried it. That is enough for today.'),
    t('One small step, taken in your own way.'),
    t('You did it with the feeling beside you. That takes something.'),
    t('Whatever the number says, you were there.'),
    t('That you tried it stays. It does not go away.'),
    t('The body may need a while to settle. You can take your time now.'),
    t('If a friend had done this, what would you say? You may say it to yourself.'),
    t('Before the day goes on, you might have something warm to drink.'),
  ],
  part: () => [
    t('Part of it is a whole try.'),
    t('You went as far as was right today.'),
    t('You noticed where enough was. That is worth knowing.'),
    t('A piece of a step is also a step.'),
    t('You can leave the rest where it is. It keeps.'),
    t('You were there for a while. That counts in full.'),
    t('You listened to yourself on the way. That is a kind thing to do.'),
    t('Now might be a good moment to breathe out and sit down.'),
  ],
  turned_back: () => [
    t('You went there and came back. That is a try as well.'),
    t('Turning back was a decision, and it was yours.'),
    t('You now know a little more about this step than before.'),
    t('Coming back is also a way to end a step.'),
    t('It was a lot, and you noticed. You can be gentle with yourself now.'),
    t('The step stays as it is. It does not think less of you.'),
    t('You can put a hand where it feels tight, and say: this was hard.'),
    t('Some days the way is as long as this. That is all right.'),
  ],
  rest: () => [
    t('Today is a day of not doing. That is a full answer.'),
    t('You chose to rest today. It is written down, like any step.'),
    t('A quiet day is a day too. Rest well.'),
    t('Nothing more is asked of today.'),
  ],
};

/**
 * @param {string | null | undefined} outcome did | part | turned_back | rest
 * @param {string} id the attempt's or rest's id, so that the sentence stays
 * @returns {string}
 */
export function kindSentence(outcome, id) {
  const choose = sentences[/** @type {keyof typeof sentences} */ (outcome ?? '')] ?? sentences.did;
  const list = choose();
  return list[seed(id) % list.length];
}

/** @returns {string[]} every sentence, for the tests that read them */
export const allKindSentences = () => Object.values(sentences).flatMap((list) => list());

/** A small stable number from a text (FNV-1a). @param {string} text */
function seed(text) {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
