"""A life in which some things went otherwise than guessed: pages for the book of surprises, places, months."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.browser.life import DAY, new, send

PAGES = {
    "ja": [
        (
            "レジで声が出なくて、変な人だと思われる",
            75,
            "bearable",
            "声は小さかったけれど、袋のことを聞いてくれた。",
            "角のコンビニ",
        ),
        ("犬にほえられる", 40, "no", "犬は寝ていた。", "川ぞいの道"),
        ("家族に何か言われる", 60, "part", "「おはよう」とだけ。", "台所"),
        ("外に出たら、足がすくむ", 90, "bearable", "すくんだ。三歩目で空が見えた。", "玄関の前"),
    ],
    "en": [
        (
            "No voice at the till, and they think I am odd",
            75,
            "bearable",
            "My voice was small. She asked about a bag.",
            "The corner shop",
        ),
        ("The dog will bark at me", 40, "no", "The dog was asleep.", "The path by the river"),
        ("My family will say something", 60, "part", "Only “good morning”.", "The kitchen"),
        (
            "My legs will not move outside",
            90,
            "bearable",
            "They stopped. At the third step I saw the sky.",
            "The front door",
        ),
    ],
}
NOTE = {"ja": "窓の外が明るかった月。", "en": "A month with light in the window."}


def gather(page, life, months=5):
    """Give the person of `life` four more pages, and answers to the two questions of some months."""
    life.edits.clear()
    life.add(life.me["space"], "attempt", life.kept[0], "set", book=None)
    for at, (guess, likelihood, happened, found, where) in enumerate(PAGES[life.lang]):
        told = {"guess": guess, "likelihood": likelihood, "happened": happened, "found_out": found, "where": where}
        life.attempt(2, 6 + 3 * at, "did", **told, before=60 - 8 * at, peak=70, after=45 - 5 * at)
    for back in range(months):
        at = life.now - back * 31 * DAY
        day = datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
        said = {"ease": 55 - 6 * back, "direction": 40 + 7 * (back % 3), "note": NOTE[life.lang] if back == 1 else ""}
        life.add(life.me["space"], "checkin", new(), day=day, about="days", **said, at=at)
    send(page, life)


def screens(life):
    """Every screen where something is seen over time or made ready for paper, for the pictures."""
    sheet = f"/paper/ladder/{life.ladder}"
    return {
        "surprises-empty": ("/surprises", emptied),
        "attempt-surprise": (f"/attempt/{life.kept[0]}", lambda hand: gather(hand.page, life)),
        "surprises": (f"/surprises?page={life.kept[0]}", settled(".leaf")),
        "surprises-seeking": ("/surprises", sought),
        "try-recalling": (f"/try/{life.steps[2]}", settled(".recall")),
        "history-guesses": (f"/step/{life.steps[2]}/history", settled(".chart-likely")),
        "seeing": ("/seeing", settled(".what-stays")),
        "seeing-ladder": (f"/seeing/ladder/{life.ladder}", settled(".strip")),
        "months": ("/seeing/months", settled(".chart-way")),
        "paper": ("/paper", settled(".papers")),
        "paper-ladder": (sheet, settled(".sheet-of-paper")),
        "paper-card": (f"/paper/card?step={life.steps[2]}", settled(".record")),
        "paper-book": ("/paper/book", settled(".paper-day")),
    }


def settled(what):
    """Wait until it is there."""
    return lambda hand: hand.page.locator(what).first.wait_for()


def sought(hand):
    """A word of one of its pages."""
    hand.write(hand.page.locator("input[type=search]"), PAGES[hand.lang][1][3][:3])


def emptied(hand):
    """Every page is out of the book for the moment; `gather` puts the first one back."""
    for left in range(hand.page.locator(".leaf").count() - 1, -1, -1):
        hand.tap("Take it out")
        expect(hand.page.locator(".leaf")).to_have_count(left)
    hand.page.locator(".empty").wait_for()
