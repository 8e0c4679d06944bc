"""A person's hand on a phone: finds things by the words a person reads, in their language, and counts its taps."""

import re

from playwright.sync_api import expect

from tests.wordlists import catalogue, forms

SAID: dict[str, dict[str, str]] = {}


def speech(lang):
    """speech(lang)("Begin") -> 「はじめる」. Raises KeyError for a sentence the app no longer says."""
    if lang not in SAID:
        found = catalogue(lang)
        SAID[lang] = {forms(m.id)[0]: forms(m.string)[0] if m.string else "" for m in found if m.id}

    def say(english, **values):
        said = SAID[lang][english]
        assert said or lang == "en", f"{english!r} has no {lang} words yet"
        return re.sub(r"\{(\w+)\}", lambda hole: str(values.get(hole[1], hole[0])), said or english)

    return say


class Hand:
    """What a person does with one thumb. `taps` counts every touch of the screen; typing is counted apart."""

    def __init__(self, page, lang="ja"):
        self.page, self.lang, self.say = page, lang, speech(lang)
        self.taps = self.typed = 0

    def tap(self, english, *, role="button", exact=True, **values):
        """Touch what is called `english` in the person's language."""
        self.touch(self.page.get_by_role(role, name=self.say(english, **values), exact=exact))

    def touch(self, locator):
        self.taps += 1
        locator = locator.first
        if self.page.viewport_size["width"] < 600:
            locator.tap()
        else:
            locator.click()

    def type(self, english, text):
        """Touch the field that is called so, and write."""
        field = self.page.get_by_label(self.say(english))
        self.touch(field)
        self.write(field, text)

    def write(self, field, text):
        self.typed += len(text)
        field.first.fill(text)

    def rate(self, name, value):
        """Touch the line of the rating `name` where `value` (0-100, steps of five) stands: one tap."""
        track = self.page.locator(f".rating-track:has(#{name})")
        box = self.still(track)
        thumb = 36
        x = box["x"] + thumb / 2 + (box["width"] - thumb) * value / 100
        self.taps += 1
        touch = self.page.touchscreen.tap if self.page.viewport_size["width"] < 600 else self.page.mouse.click
        touch(x, box["y"] + box["height"] / 2)
        expect(self.page.locator(f"#{name}")).to_have_value(str(value))

    def still(self, locator):
        """Where it is, once it stands clear of the bars and no longer moves: nobody touches what is on its way."""
        box = None
        for _ in range(40):
            locator.evaluate("(at) => at.scrollIntoView({ block: 'center', behavior: 'instant' })")
            before, box = box, locator.bounding_box()
            if box == before:
                return box
            self.page.wait_for_timeout(60)
        raise AssertionError("it never comes to rest")

    def choose(self, english):
        """Touch one of several answers."""
        self.touch(
            self.page.locator("label.choice").filter(has_text=re.compile(f"^\\s*{re.escape(self.say(english))}\\s*$"))
        )

    def sees(self, screen):
        """Wait for the screen of this route pattern, such as 'ladder/:id' ('' is home)."""
        self.page.locator(f'main[data-screen="{screen}"]').wait_for()
        return self

    def leaves(self, screen):
        """Wait until this screen has gone."""
        self.page.locator(f'main[data-screen="{screen}"]').wait_for(state="detached")
        return self

    def reads(self, text):
        self.page.get_by_text(text).first.wait_for()

    def goes(self, path):
        """Follow an address inside the app, without loading it anew."""
        self.page.evaluate("(path) => { location.hash = path; }", path)

    # ---- the ways everybody takes

    def begins(self, nickname=""):
        """From the entry to the first empty ladder form."""
        self.sees("welcome")
        if nickname:
            self.type("What may we call you?", nickname)
        self.tap("Begin")
        self.sees("ladders")
        return self

    def makes_a_ladder(self, title="Going outside"):
        """With one of the names offered."""
        self.tap(title)
        self.tap("Make this ladder")
        self.sees("ladder/:id")
        return self

    def writes_a_step(self, title):
        """On the ladder that is open."""
        field, door = self.page.locator("#new-step"), self.page.locator("#write-step")
        field.or_(door).wait_for()  # one of the two, once the ladder is drawn
        if not field.is_visible():
            self.touch(door)
        self.write(field, title)
        self.tap("Put it on the ladder")
        self.page.locator(".rung", has_text=title).wait_for()
        return self

    def set_up(self, *steps):
        """A person with one ladder and these steps, on it."""
        self.begins().makes_a_ladder()
        for title in steps:
            self.writes_a_step(title)
        return self
