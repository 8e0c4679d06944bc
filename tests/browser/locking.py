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


def lock(hand, digits=DIGITS):
    """From wherever we are: a lock of six digits."""
    hand.goes("/lock")
    hand.tap("With six digits")
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
