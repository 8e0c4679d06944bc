"""What lies between the steps, to be looked at (see shots.py): the diary, company, kindness, the day, what supports."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.browser.life import DAY, new, send

TEXTS = {
    "ja": {
        "pages": [
            ("雨の音で目がさめた。カーテンは開けていない。それでも、紅茶はおいしかった。", ["tired", "calm"]),
            (
                "夕方、ポストまで行けた。風があたたかくて、おどろいた。\n帰り道、ねこがこちらを見て、あくびをした。",
                ["surprised"],
            ),
            ("何も書くことがない日。", []),
            ("母が扉のむこうで「おやすみ」と言った。返事はできなかったけれど、聞こえていた。", ["sad", "unsure"]),
            ("昔のゲームの曲を、少しだけ聴いた。", ["relieved"]),
        ],
        "map": [
            ("ミケ", "animal", 0, False, ""),
            ("おばあちゃん", "person", 0, False, ""),
            ("窓ぎわの椅子", "place", 0, False, ""),
            ("深夜のラジオ", "thing", 1, False, ""),
            ("ギター", "doing", 1, True, "ケースを開けるだけ"),
            ("Ken", "person", 1, False, ""),
            ("川べりのベンチ", "place", 2, False, ""),
            ("電車の図鑑", "thing", 2, True, "1ページだけめくる"),
        ],
        "plan": {
            "signs": "眠る時間が変わる\nだれにも返事をしない",
            "helps": "温かい飲みもの\nミケのそばにいる",
            "who": "家族に、メモで",
            "smaller": "はしごの、いちばん小さな一歩だけ",
            "words": "つらい週も、道の途中です。\n前の冬も、春までいた。",
        },
        "fixed": "カーテンを開ける",
    },
    "en": {
        "pages": [
            ("Woke up to the rain. The curtain stayed shut. The tea was good all the same.", ["tired", "calm"]),
            (
                "Got as far as the post box. The wind was warm, a surprise.\nA cat on the wall looked and yawned.",
                ["surprised"],
            ),
            ("A day with nothing to write.", []),
            ("Mum said good night through the door. I could not answer, but I heard it.", ["sad", "unsure"]),
            ("Listened to a little of the music of an old game.", ["relieved"]),
        ],
        "map": [
            ("Mio", "animal", 0, False, ""),
            ("Grandmother", "person", 0, False, ""),
            ("chair by the window", "place", 0, False, ""),
            ("night radio", "thing", 1, False, ""),
            ("guitar", "doing", 1, True, "Only open the case"),
            ("Ken", "person", 1, False, ""),
            ("bench by the river", "place", 2, False, ""),
            ("book of trains", "thing", 2, True, "Turn one page"),
        ],
        "plan": {
            "signs": "I sleep at other hours\nI do not answer anybody",
            "helps": "something warm to drink\nsitting with Mio",
            "who": "somebody in my family, by a note",
            "smaller": "only the smallest step of my ladder",
            "words": "Hard weeks belong to the way.\nLast winter I stayed until spring.",
        },
        "fixed": "Open the curtain",
    },
}


def screens(life):
    """A name, the address inside the app, and what to do there before looking."""
    return {
        "diary-empty": ("/diary", as_it_is),
        "support-empty": ("/support", as_it_is),
        "plan-empty": ("/plan", as_it_is),
        "rhythm-empty": ("/rhythm", as_it_is),
        "liked-empty": ("/liked", as_it_is),
        "breathe": ("/breathe", as_it_is),
        "breathe-in": ("/breathe", lambda hand: hand.tap("Begin")),
        "breathe-senses": ("/breathe", around),
        "kind": ("/kind", as_it_is),
        "kind-minute": ("/kind", thinking),
        "diary": ("/diary", lambda hand: filled(hand, life)),
        "diary-page": (f"/diary/{page_of(life)}", as_it_is),
        "diary-new": ("/diary/new", as_it_is),
        "support": ("/support", as_it_is),
        "support-one": (f"/support/{liked_of(life)}", as_it_is),
        "support-new": ("/support/new", as_it_is),
        "liked": ("/liked", as_it_is),
        "joy": ("/joy", as_it_is),
        "plan": ("/plan", as_it_is),
        "plan-asking": ("/plan?at=1", as_it_is),
        "rhythm": ("/rhythm", as_it_is),
        "home-look-back": ("/", as_it_is),
        "look-back": (f"/lookback/{life.kept[0]}", as_it_is),
    }


def as_it_is(_hand):
    """Nothing to do."""


def around(hand):
    """With the senses instead of the breath, two things found."""
    hand.choose("Not the breath: look around")
    hand.tap("Begin")
    for at in (0, 1):
        hand.touch(hand.page.locator(".sense").nth(at))


def thinking(hand):
    """At the second thought."""
    hand.tap("Begin")
    hand.tap("Go on")


def page_of(life):
    """The id of the page that is opened."""
    life.page = getattr(life, "page", None) or new()
    return life.page


def liked_of(life):
    """The id of what was once liked."""
    life.liked = getattr(life, "liked", None) or new()
    return life.liked


def filled(hand, life):
    """A month of pages, a map, a plan, one fixed point, and the wish to look back."""
    words, space = TEXTS[life.lang], life.me["space"]
    life.edits.clear()
    today = datetime.fromtimestamp(life.now / 1000, ZoneInfo(life.zone)).date()
    for at, (text, feelings) in enumerate(words["pages"]):
        day = str(today - timedelta(days=at * 6))
        which = page_of(life) if at == 1 else new()
        life.add(
            space, "diary", which, day=day, text=text, feelings=feelings, at=life.now - at * 6 * DAY, sharing="private"
        )
    for at, (name, sort, near, liked, tiny) in enumerate(words["map"]):
        which = liked_of(life) if liked and near == 1 else new()
        life.add(space, "support", which, name=name, sort=sort, near=near, liked=liked, tiny=tiny, position=f"a{at}")
    life.add(space, "plan", new(), **words["plan"], at=life.now, sharing="private")
    day = {"fixed_point": words["fixed"], "fixed_time": "13:00", "fixed_on": True, "look_back": True}
    life.add(space, "setting", space, "set", **day)
    send(hand.page, life)
    hand.page.locator(".diary-page").first.wait_for()
