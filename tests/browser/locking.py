"""What the lock is asked to prove: digits on its pad, a page out of sight, a profile read as a thief would."""

from pathlib import Path

from playwright.sync_api import expect

DIGITS, OTHERS = "240613", "111111"
OUT_OF_SIGHT = """(state) => { Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange')); }"""
SHELVES = (
    """async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.startsWith('ippo'))"""
)
CONTROL = "4b1f9d62c7e03a58"  # nothing in it can be packed
WRITE_OPEN = """(words) => new Promise((done) => { const asked = indexedDB.open('trial', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('kept');
  asked.onsuccess = () => { const all = asked.result.transaction('kept', 'readwrite', { durability: 'strict' });
    all.objectStore('kept').put(words, 'k'); all.oncomplete = () => { asked.result.close(); done(); }; }; })"""


def enter(page, digits):
    """Six touches."""
    for digit in digits:
        key = page.locator(".pad button", has_text=digit).first
        (key.tap if page.viewport_size["width"] < 600 else key.click)()


def choose(hand, way="With six digits"):
    """Somebody without a way back in is asked first, and goes on."""
    hand.tap(way)
    asked = hand.page.get_by_role("button", name=hand.say("Lock it all the same"))
    expect(asked.or_(hand.page.locator(".pad")).first).to_be_visible()
    if asked.is_visible():
        asked.click()


def lock(hand, digits=DIGITS):
    """From wherever we are: a lock of six digits."""
    hand.goes("/lock")
    choose(hand)
    enter(hand.page, digits)
    expect(hand.page.get_by_text(hand.say("Once more, the same"))).to_be_visible()
    enter(hand.page, digits)
    expect(hand.page.get_by_role("heading", name=hand.say("This device has a lock"))).to_be_visible()


def locked(page):
    return page.locator('main[data-screen="locked"]')


def found(profile, words):
    """Which of these words lie in which file of a profile, in the two ways browsers write text."""
    hits = {}
    for path in Path(profile).rglob("*"):
        if not path.is_file():
            continue
        body = path.read_bytes()
        for word in words:
            if any(word.encode(coding) in body for coding in ("utf-8", "utf-16-le")):
                hits.setdefault(word, []).append(str(path.relative_to(profile)))
    return hits


def screens():
    """The lock and what stands before the app, for pictures and axe. Last: from then on the phone has a lock."""
    return {
        "lock": ("/lock", lambda _hand: None),
        "lock-digits": ("/lock", choose),
        "lock-set": ("/lock", lock),
        "hidden": ("/ladders", lambda hand: hand.tap("Hide this page")),
        "locked": ("/ladders", fall_shut),
        "locked-before-last": ("/ladders", nearly),
        "locked-last-try": ("/ladders", once_more),
        "locked-forgotten": ("/ladders", forgotten),
    }


def fall_shut(hand):
    hand.tap("Hide this page")
    hand.tap("Open")
    expect(hand.page.locator(".pad")).to_be_visible()


def nearly(hand):
    """Four tries that do not fit."""
    fall_shut(hand)
    for _ in range(4):
        enter(hand.page, "111111")
        expect(hand.page.locator(".full")).to_have_count(0)
    expect(hand.page.get_by_text(hand.say("This is the last try."))).to_be_visible()


def once_more(hand):
    """The last try stands behind what it would cost."""
    nearly(hand)
    hand.tap("Try the digits again")
    expect(hand.page.locator(".pad")).to_be_visible()


def forgotten(hand):
    fall_shut(hand)
    hand.tap("I have forgotten them")


def after(name, hand):
    """In again."""
    if name == "hidden":
        hand.tap("Open")
    if name == "locked-forgotten":
        hand.tap("Try the digits again")
    if name == "locked-before-last":
        hand.tap("Try the digits again")
    if name in ("hidden", "locked", "locked-before-last", "locked-last-try", "locked-forgotten"):
        enter(hand.page, DIGITS)
        hand.sees("ladders")
