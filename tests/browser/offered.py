"""What Theo offers on a life to look at: other words, a new step, a comment, and his presence in a call.

`offers(lang, life)` after `reads_along`; `called(hand, life)` opens the ladder for a call and puts him on a step.
"""

import time
import uuid

from playwright.sync_api import expect

WORDS = {
    "ja": {
        "hint": "家族が出かけた昼すぎに",
        "new": "ポストまで行って、手をふれて戻る",
        "dial": "1分だけ",
        "comment": "前回は風が気持ちよかったと書いていましたね。どの時間が過ごしやすいですか。",
    },
    "en": {
        "hint": "in the early afternoon, when the house is quiet",
        "new": "Walk to the post box, touch it, come back",
        "dial": "one minute",
        "comment": "Last time you wrote that the wind was pleasant. Which hour suits you best?",
    },
}


def offers(lang, life):
    """Three proposals and one comment, in the words of this language."""
    said, theo, now = WORDS[lang], life.theo, int(time.time() * 1000)
    title = f"{title_of(life)}（{said['dial']}）" if lang == "ja" else f"{title_of(life)}, {said['dial']}"
    written = [
        ("set", "step", life.steps[2], {"title": title}),
        ("set", "step", life.steps[3], {"hint": said["hint"]}),
        (
            "add",
            "step",
            new(),
            {"ladder": life.ladder, "title": said["new"], "length": said["dial"], "position": "a2V"},
        ),
        ("add", "comment", new(), {"target": life.steps[2], "target_kind": "step", "text": said["comment"], "at": now}),
    ]
    edits = [
        {"id": new(), "space": life.space, "verb": verb, "kind": kind, "target": row, "fields": fields, "at": now}
        for verb, kind, row, fields in written
    ]
    asked = {"v": 1, "device": new(), "zone": life.zone, "spaces": [life.space], "cursors": {life.space: 0}}
    answers = theo.ask("POST", "/api/sync", 200, {**asked, "edits": edits})["answers"]
    assert [one["outcome"] for one in answers] == ["kept", "kept", "kept", "written"]


def title_of(life):
    """The words of the third step, as the edits of the life say them."""
    return next(edit["fields"]["title"] for edit in life.edits if edit["target"] == life.steps[2])


def called(hand, life):
    """The ladder is open for a call, and Theo looks at the third step."""
    hand.tap("Write together, in a call")
    hand.tap("Open it")
    hand.reads(hand.say("You write together now."))
    life.theo.ask("PUT", f"/api/together/{life.space}/here", 204, {"step": life.steps[2]})
    expect(hand.page.locator("#together li:not(.note)")).to_be_visible()


def new():
    return str(uuid.uuid4())
