"""The words the interface never says (product rule G1), and every place where it says something."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from exposure.words import FOLDER, LANGUAGES

ROOT = Path(__file__).parents[1]
DATA = ROOT / "exposure" / "data"
KEYWORDS = {"t": None, "tn": (1, 2), "_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}

# Whole words, with their inflections. "Treatment" and "secure" are other words and stay free.
ENGLISH_NEVER = (
    r"\b(must|should|shouldn't|ought to|fail(s|ed|ing|ure|ures)?|missed|overdue|streaks?|compliance|adherence"
    r"|normal people|cur(e|es|ed|ing)|treat(s|ed|ing)?|we missed you|it's been|lazy|push yourself|no excuses|gave up"
    r"|well done|good job|great job|congratulations|keep it up|come on|don't give up|proud of you|goals?|achiev\w+"
    r"|succe(ss\w*|ed\w*)|effort|willpower|excuses?|deadlines?)\b"
)
JAPANESE_NEVER = (
    r"頑張って|がんばって|頑張り|がんばり|頑張ろう|がんばろう|しなければ|なければ(なら|いけ)|ねばなら|ないといけ"
    r"|すべき|べきで|失敗|未達成|遅れ|サボ|さぼ|連続|達成率|社会復帰|克服|訓練|治[るすりしっせらさ]|甘え"
    r"|普通は|ふつうは|みんなは|お久しぶり|おひさしぶり|日ぶり|怠け|あきらめ(て|ず)"
    r"|目標|達成|成功|成果|進捗|努力|我慢|根性|挑戦|チャレンジ|ノルマ|期限|偉い|えらい|さすが|すごい|残念|せっかく|だめ|ダメ"
    r"|逃げ(て|る|た|ず)|負け(て|る|た|ず)|もっと(外|人)に|[0-9０-９}]日(間)?(休|あい|空い|開い|してい)"
)
# S11: no reassurance of outcome. S3 and U4: a number is never the success, and nothing is "worse".
NO_PROMISE = (
    r"you are safe|nothing (bad )?will happen|will be fine|don't worry|anxiety (went|is) down|worse"
    r"|何も起こりません|安全です|心配いりません|心配ありません|きっとうまく|悪化|不安が下がりました"
)
NEVER = re.compile(f"{ENGLISH_NEVER}|{JAPANESE_NEVER}|{NO_PROMISE}", re.IGNORECASE)
# Words of other houses: on the person's screens there is one word for each thing (docs/words.md).
OTHER_HOUSES = re.compile(
    r"リマインダ|タスク|ユーザ|スコア|点数|ブラウザー|クリック|タップ|エクスポージャ|不安階層|治療者|クライエント|患者"
)
# The one cheer that stays: the person's own.
OWN_CHEER = re.compile(r"[「“\"']?できた[!！][」”\"']?")
UNSAFE = re.compile(
    r"midnight|late at night|at night|stranger's home|meet (a |some )?strangers?|phone number|your address"
    r"|contact details|深夜|真夜中|夜中|夜道|知らない人と会|知らない人の家|連絡先|電話番号|住所|飲酒|お酒",
    re.IGNORECASE,
)

Text = tuple[str, str, str]  # where it stands, language, the text


def catalogue(language: str) -> Catalog:
    """The catalogue as it lies in the repository."""
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def forms(value: object) -> list[str]:
    """A message or a translation as a list of its forms."""
    return [value] if isinstance(value, str) else list(value or ())


def said_in_code() -> dict[str, tuple[str, ...]]:
    """Every message in the source, by its id: what `make words` would find now."""
    mapping, options = parse_mapping_cfg((ROOT / "babel.cfg").open(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for folder in ("exposure", "templates", "static/js"):
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, mapping, options, keywords=KEYWORDS):
            found[forms(message)[0]] = tuple(forms(message))
    worker = ROOT / "service-worker.js"
    if worker.exists():
        for _, message, _, _ in extract_from_file("exposure.extract:extract_lit", worker, keywords=KEYWORDS):
            found[forms(message)[0]] = tuple(forms(message))
    return found


def texts() -> Iterator[Text]:
    """Every text a person may read."""
    yield from catalogue_texts()
    yield from library_texts()
    yield from line_texts()
    yield from grammar_texts()
    yield from demo_texts()
    for template in sorted((ROOT / "templates").rglob("*.html")):
        plain = re.sub(r"<[^>]*>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template.read_text("utf-8"), flags=re.DOTALL)
        yield template.name, "any", plain
    manifest = ROOT / "manifest.json"
    if manifest.exists():
        yield "manifest.json", "any", json.dumps(json.loads(manifest.read_text("utf-8")), ensure_ascii=False)


def catalogue_texts() -> Iterator[Text]:
    for language in LANGUAGES:
        for message in catalogue(language):
            for form in forms(message.id):
                yield f"msgid {form[:40]!r}", "en", form
            for form in forms(message.string) if message.id else ():
                yield f"{language} of {forms(message.id)[0][:40]!r}", language, form


def grammar_texts() -> Iterator[Text]:
    """What the dials are made of: every string in the grammars, by the language of the file."""
    for path in sorted((ROOT / "static" / "js" / "grammar").glob("*.js")):
        code = re.sub(r"/\*.*?\*/|^\s*//.*$", " ", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        for _, text in re.findall(r"""(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1""", code):
            if not re.search(r"\(\?|\|", text):  # what is looked for in a title is not said
                yield path.name, path.stem, text


def demo_texts() -> Iterator[Text]:
    """The filled ladder that can be tried at once."""
    for text in leaves(json.loads((DATA / "demo.json").read_text("utf-8"))):
        yield "demo.json", "any", text  # a person's own words: theirs need not be polite


def leaves(value: object) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)


def of_the_person(language: str) -> Iterator[tuple[str, str]]:
    """What the person's own app and pages say, with its English key: all of the catalogue but the desk's alone."""
    for message in catalogue(language):
        if message.id and any("/therapist" not in place for place, _ in message.locations):
            for form in forms(message.string):
                yield forms(message.id)[0], form


def library() -> list[dict[str, str]]:
    with (DATA / "step_library.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def library_texts() -> Iterator[Text]:
    for row in library():
        for language in LANGUAGES:
            for part in ("title", "hint"):
                yield f"library {row['id']} {part}", language, row[f"{language}_{part}"]


def line_texts() -> Iterator[Text]:
    data = json.loads((DATA / "lines.json").read_text("utf-8"))
    groups = [*data["countries"].items(), *data["certainty"].items()]
    groups += [(line["id"], line[part]) for line in data["lines"] for part in ("name", "hours", "limits")]
    for where, words in groups:
        for language, text in words.items():
            yield f"line {where}", language, text
