/** How a Japanese step is turned: what its words say already, and where a phrase may stand in them. Pure; its words are the ladder's, not the interface's. */

/** @typedef {import('../dials.js').Phrase} Phrase */

/** Somebody of one's own, in a word. */
const KIN = '(?:お?[母父兄姉](?:さん|ちゃん)?|弟|妹|祖[母父]|お(?:ばあ|じい)(?:さん|ちゃん)|家族|夫|妻|友だち|友達|友人|先生)';
const PERSON = new RegExp(`人|誰か|だれか|付き添い|同伴|${KIN}$`);

/** What can be read from the words of a step. The marks are the same in every language. @type {Record<string, RegExp>} */
export const MARKS = {
  bed: /布団|ベッド|寝[るて]/, night: /夜|晩|暗い|2[0-4]時/,
  mind: /頭の中|想像|イメージ/,
  out: /外に出|外へ出|外出|出てみ|出る|出かけ|顔を出|行[くきけっこ]|歩[くきいこけ]|乗[るりっせ]|通[るっ]|散歩|玄関|ドアノブ|ドアを開け|郵便受け|ゴミ|集積所|置き配|近所|店員|レジ|買い物|保健室|ボランティア|お試し|美容|髪を切|お店の人|すれ違|(?:^|[^ン])面接/,
  in: /部屋|布団|ベッド|カーテン|窓(?!口)|顔を洗|着替|台所|家族|オンライン|投稿|コメント|チャット|コミュニティ|メッセージ|メール|スタンプ|日記|読む|読み|読んで|書き|書い|書く|近況|紹介文|電話|予約|頭の中|その場で|勉強|作業|ひと口|メモを|連絡|好きだった|時間を、?ひとつ/,
  fixed: /布団|ベッド|カーテン|窓(?!口)|玄関|ドア|台所|居間|リビング|食卓|部屋で|ベランダ|洗面|お風呂|シャワー|トイレ|外の靴|ただいま/,
  event: /とき、|届いて|家族がいる|起きる時間|食事の時間|次の一歩|起きて|起きる|寝る/,
  daypart: /朝|昼|夕|夜|晩|こんばんは|おはよう|こんにちは|起き|寝る/,
  company: new RegExp(`一緒|${KIN}と|安心できる人|気心の知れた|乗せてもら|誰かと`),
  beside: /[^、。「」]{1,8}と一緒に/,
  voice: /言[っうい]|話[しすせ]|声|電話|お願い|」と聞|答え|伝え|質問|挨拶|あいさつ|受付|郵便局/,
  ears: /聞|聴|音|声|話|言[っうい]|答え|伝え|質問|お願い|テレビ|電話|オンライン/,
  mouth: /飲|食|吸|ひと口|お茶/,
  hands: /洗|着替|ふいて|風呂|シャワー/,
  head: /髪|帽子/,
  text: /書(?!き出|館)|コメント|チャット|メッセージ|メール|返信|送/,
  note: /メモ|下書き|書き出/, greet: /会釈[しす]|近所の人/, lull: /(?:空いている|すいている|人の少ない|静かな)時間/,
  phone: /電話|予約/,
};

/** Phrases that can be laid before a step: the words, and the same as the dial's own value. @type {Record<string, [string, string]>} */
export const PHRASES = {
  quiet: ['人の少ない時間に', '人の少ない時間'], still: ['静かな時間に', '静かな時間'], easy_hour: ['気持ちの楽な時間に', '気持ちの楽な時間'],
  easy_day: ['少し楽な日に', '少し楽な日'], morning: ['朝のうちに', '朝のうち'], afternoon: ['昼すぎに', '昼すぎ'], evening: ['夕方に', '夕方'],
  busy: ['少し人の多い時間に', '少し人の多い時間'],
  halfway: ['途中で引き返していいことにして', '途中まで'], cosy: ['いちばん落ち着けるところで', 'いちばん落ち着けるところ'],
  elsewhere: ['家の中のいつもと違うところで', '家の中のいつもと違うところ'], calm: ['静かなところで', '静かなところ'], unusual: ['いつもと違うところで', 'いつもと違うところ'],
  together: ['安心できる人と一緒に', '安心できる人と一緒'], nearby: ['安心できる人にそばにいてもらって', '安心できる人がそばにいる'],
  on_line: ['誰かと電話をつないだまま', '電話の向こうに誰か'], alone: ['ひとりで', 'ひとり'],
  hat: ['帽子をかぶって', '帽子'], mask: ['マスクをつけて', 'マスク'], earphones: ['イヤホンをつけて', 'イヤホン'], script: ['言うことを書いたメモを持って', '言うことを書いたメモ'],
  draft: ['下書きを用意して', '下書き'], drink: ['好きな飲み物をそばに置いて', '好きな飲み物'], music: ['好きな音楽をかけて', '好きな音楽'],
  pocket: ['ほっとするものをポケットに入れて', 'ポケットの中のほっとするもの'], comfort: ['ほっとするものをそばに置いて', 'そばに、ほっとするもの'],
  fewer: ['助けになるものをひとつ減らして', 'ひとつ減らす'],
  long: ['ゆっくり時間をとって', 'ゆっくり'], imagined: ['頭の中で', ''],
};

/** `n` minutes or seconds of something that has no length in its words. @param {number} seconds @returns {Phrase} */
export const lasting = (seconds) => ({ said: `${amount(seconds)}だけのつもりで`, value: `${amount(seconds)}だけ` });

/** @param {string} aid @returns {Phrase} */
export const without = (aid) => (PERSON.test(aid) ? { said: 'ひとりで', value: 'ひとり' } : { said: `${aid}なしで`, value: `${aid}なし` });

/** Is it a thing one could leave at home, in a word? @param {string} aid */
export const isThing = (aid) => aid.length <= 12 && !/[うくすつぬむるただてで]$/.test(aid);

/** Several things in one line. @param {string} aids */
export const things = (aids) => aids.replace(/([ァ-ヶー一-龠])と(?=[ァ-ヶー一-龠])/g, '$1、').split(/[、,，・/;；\n]/).map((one) => one.trim()).filter(Boolean);

/** @param {readonly string[]} list */
export const listed = (list) => list.join('、');

/** Where the words say a dial already; what stands there is exchanged and not said twice. A first group only stands before it. @type {Record<string, RegExp[]>} */
export const SAID = {
  time: [/(?:午前|午後|朝|夜)?の?\d{1,2}時(?:半|\d{1,2}分)?(?:ごろ|頃|くらい)?に?(?!間)/, /(?:いつもと違う|空いている|すいている|人の少ない|静かな|決まった|好きな)時間(?:帯)?に/,
    /(^|[^今昨毎])(?:早朝|朝早く|朝のうち|朝|午前中|午前|お昼|昼間|昼すぎ|昼|午後|夕方|夜)(?:に|、(?=.)|の?うちに)/],
  place: [],
  people: [/ひとりで|一人で|1人で/, /(^|[、。に])[^、。「」に]{1,8}と一緒に/],
  aids: [/(?:マスク|帽子|イヤホン|ヘッドホン|サングラス|フード)を(?:つけて|かぶって|して|かけて)/],
  length: [/ゆっくり時間をとって/],
};

const MODIFIED = '(?:いつもとは?違う|いつもの|別の|はじめての|初めての|近くの|近所の|最寄りの|家からいちばん近い|いちばん近い|一番近い)?';
const VENUE = new RegExp(`${MODIFIED}(公園|コンビニ|スーパー|お店(?!の人)|ショッピングモール|図書館|郵便局|自動販売機|自販機|美容院|床屋|カフェ|喫茶店|レストラン|本屋|病院|クリニック|歯医者|薬局|銀行|市役所|役所|神社|当事者会|居場所|相談窓口|若者サポートステーション|バス停|駅(?!員)|バス|道(?=を)|角(?=まで)|セルフレジ|レジ|店員さん)`);
const NOT_NEAR = /道|角|バス$/, INSIDE = /レジ$|店員さん/;

/**
 * The same kind of place, another one of it.
 * @param {string} title
 * @param {'near' | 'another' | 'new'} which
 * @returns {{from: number, to: number, said: string, value: string} | null}
 */
export function venue(title, which) {
  const found = VENUE.exec(title);
  if (!found || (which === 'near' && (NOT_NEAR.test(found[1]) || /の$/.test(title.slice(0, found.index)))) || /(?:ひと|一|\d)駅$/.test(title.slice(0, found.index) + found[0])) return null;
  const like = { near: '家からいちばん近い', another: '別の', new: 'はじめての' }[which];
  const noun = INSIDE.test(found[1]) ? 'お店' : found[1];
  const value = like + noun;
  const to = found.index + found[0].length - (noun === 'お店' && INSIDE.test(found[1]) ? found[1].length : noun.length);
  // A clause that describes the place keeps its noun: 「別の、「会話なし」を選べるお店で」.
  const before = title.slice(0, found.index);
  const clause = Math.max(before.lastIndexOf('、'), before.lastIndexOf('。')) + 1;
  if (clause < found.index && /[るたいなうだ]$/.test(before) && found[0] === found[1]) {
    const said = INSIDE.test(found[1]) ? `${value}の、` : `${like}、`;
    return { from: clause, to: clause, said, value };
  }
  return { from: found.index, to, said: INSIDE.test(found[1]) ? `${value}の` : like, value };
}

/** Places and people inside the words, and what may stand there instead: dial, which way, what is there (a first group only stands before it), what comes. @type {[string, 'down' | 'other' | 'up', RegExp, string][]} */
export const SWAPS = [
  ['place', 'down', /(?:布団|ベッド)の上で/, 'いちばん落ち着けるところで'], ['place', 'down', /その場で/, 'いちばん落ち着けるところで'],
  ['place', 'down', /玄関で/, '部屋の入口で'], ['place', 'down', /(?:玄関の)?ドアを開けて/, '窓を開けて'], ['place', 'down', /窓を開けて(?=、?外の音)/, '窓を閉めたまま'],
  ['place', 'down', /窓辺に/, '窓の一歩うしろに'], ['place', 'other', /(^|[^の])カーテンを/, '別の部屋のカーテンを'], ['place', 'down', /ドア越しに/, '自分の部屋の中から'],
  ['place', 'down', /テレビのついた部屋で/, 'テレビのついた部屋の入口で'], ['place', 'other', /(?=「ただいま」)/, '玄関で'], ['place', 'down', /学校や職場の近くを/, '学校や職場から少し離れた道を'],
  ['people', 'down', /(?:安心できる|気心の知れた)人と(?!一緒)/, 'いちばん話しやすい人と'], ['people', 'down', /見せてもいい人ひとりに/, 'いちばん話しやすい人に'],
  ['people', 'down', /(^|[^の])家族に/, '家族の中で話しやすい人に'], ['people', 'down', /(^|[^の])家族と/, '家族の中で話しやすい人と'], ['people', 'down', /(^|[^な])店員さんに/, '話しかけやすそうな店員さんに'],
  ['people', 'down', /(^|[^た])近所の人に/, '何度か見かけた近所の人に'], ['people', 'down', /(^|[^い])先生や職場の人に/, '話しやすい先生や職場の人に'],
  ['people', 'down', /(^|[^と])一緒に/, 'いちばん話しやすい人と一緒に'],
  ['people', 'down', /(^|[^い])(?:友だち|友達)に/, 'いちばん話しやすい友だちに'], ['people', 'down', /車に乗せてもらい/, 'いちばん気楽な人の車に乗せてもらい'],
];

const DIGITS = '[\\d一二三四五六七八九]';
const AMOUNT = new RegExp(`(^|[^\\d時第の.])(数|(?:${DIGITS}+[、,〜~-])?(?:[二三四五]十[五]?|十五|${DIGITS}+))(秒|分(?!の[\\d一二三四五六七八九]|目)|時間(?!に|帯|割|目))`);
const VAGUE = /(?:少し|ちょっと|しばらく)(?=立|座|すご|歩|出|外|話|見|聞|読|触|休|いる|いて)|1コマ|一コマ/;

/**
 * The length that the words name. @param {string} title
 * @returns {{from: number, to: number, seconds: number | null, say: (seconds: number) => string} | null} seconds: null when it is only "a little"
 */
export function length(title) {
  const found = AMOUNT.exec(title);
  if (found) {
    const [, before, many, unit] = found;
    const n = many === '数' ? 3 : number(many.split(/[、,〜~-]/).at(-1) ?? '');
    const seconds = n * { 秒: 1, 分: 60, 時間: 3600 }[/** @type {'秒'} */ (unit)];
    return { from: found.index + before.length, to: found.index + found[0].length, seconds, say: amount };
  }
  const vague = VAGUE.exec(title);
  if (!vague) return null;
  const period = vague[0].endsWith('コマ');
  return { from: vague.index, to: vague.index + vague[0].length, seconds: period ? 2700 : null, say: period ? amount : (seconds) => `${amount(seconds)}だけ` };
}

/** 十五 → 15. @param {string} written */
function number(written) {
  if (/^\d+$/.test(written)) return Number(written);
  const [tens, ones = ''] = written.includes('十') ? written.split('十') : ['', written];
  const digit = (/** @type {string} */ one) => '〇一二三四五六七八九'.indexOf(one);
  return (written.includes('十') ? (tens ? digit(tens) : 1) * 10 : 0) + (ones ? digit(ones) : 0);
}

/** @param {number} seconds */
const amount = (seconds) => (seconds < 60 ? `${seconds}秒` : seconds % 3600 ? `${seconds / 60}分` : `${seconds / 3600}時間`);

/**
 * A phrase before the words. The first comma of the words goes, where it only ends a short phrase like this one.
 * @param {string} phrase
 * @param {string} title
 * @returns {{title: string, said: string}}
 */
export function lay(phrase, title) {
  const said = `${phrase}、`;
  return { title: said + title.replace(/^([^、。「」（）()]{2,14}[にでをへとはも])、(?!「?または)/, '$1'), said };
}

/**
 * A phrase in the place of one that is said. One that began the words is parted from them by a comma.
 * @param {string} title
 * @param {number} from
 * @param {number} to
 * @param {string} phrase
 */
export function put(title, from, to, phrase) {
  const ends = title.slice(from, to).endsWith('、');
  return { title: title.slice(0, from) + phrase + (ends ? '、' : '') + title.slice(to), said: phrase };
}
