"""Where the browsers are, how they are started, and lines that a test can break and mend."""

import contextlib
import json
import os
import shutil
import signal
import socket
import threading
import time
from pathlib import Path

from tests.processes import children

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
# Windows that tests share need no desktop's browser around them; every profile of its own has the whole one.
WINDOWS = CHROMIUM if os.environ.get("IPPO_WHOLE_BROWSER") else shutil.which("chromium-headless-shell") or CHROMIUM
FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or "/usr/bin/firefox-esr"
# Playwright 1.64.1's own list (of two such switches the last one counts), and then what fills in the address bar: two
# pages in a process of their own for every window, a fifth of the time of a test.
NOT_NEEDED = [
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "AimEnabled"),
    *("GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding", "Translate"),
    *("AutoDeElevate", "ThirdPartyStoragePartitioning", "BlockOriginHeaderModificationOnRedirect", "OptimizationHints"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "NetworkTimeServiceQuerying"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
]
CHROMIUM_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    f"--disable-features={','.join(NOT_NEEDED)}",
    # Debian's build asks update.googleapis.com all the same, and Chrome's own autofill about the shape of every form.
    *("--component-updater=url-source=http://localhost:1/", "--autofill-server-url=http://localhost:1/"),
    # It asks accounts.google.com who is there, twice with seconds between, before it registers for push.
    "--allow-browser-signin=false",
]
SIZE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 800}
PLACES = {"ja": ("ja-JP", "Asia/Tokyo"), "en": ("en-GB", "Europe/London")}
FIREFOX_ENV = {"MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"}  # or it does not believe `services.settings.server` below
FIREFOX_PREFS = {  # nothing is asked of hosts outside this machine
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "extensions.update.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.region.update.enabled": False,
    "browser.region.network.url": "",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
}
CONTROLLED = "navigator.serviceWorker.controller !== null"
KEPT = """caches.keys().then(async (names) => (await Promise.all(names.map(async (name) =>
  (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat())"""
# Both shelves lie on the phone: the whole app works with no network.
WHOLE = """caches.match('/shell-list').then((list) => list?.json())
  .then((files) => Boolean(files?.some(([, , shelf]) => shelf === 'near')))"""
OPENED = """(async (db, ...stores) => {
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const tx = db.transaction([...stores, 'meta']);
  const [seal, ...held] = await Promise.all([asked(tx.objectStore('meta').get('seal')), ...stores.map((store) =>
    Promise.all([asked(tx.objectStore(store).getAllKeys()), asked(tx.objectStore(store).getAll())]))]);
  const room = seal && !seal.raw && !seal.ways && await navigator.storage.getDirectory();
  const raw = room ? await (await (await room.getFileHandle(seal.id)).getFile()).arrayBuffer() : seal?.raw;
  const key = raw && await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  const at = (store, name) => new TextEncoder().encode(`${store}/${store === 'outbox' ? '' : name}`);
  const open = async (value, store, name) => JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: value.box.slice(0, 12), additionalData: at(store, name) }, key, value.box.slice(12))));
  const plain = async (value, store, name) => (key && value.box ? open(value, store, name) : value);
  return Promise.all(stores.map((store, n) => Promise.all(
    held[n][1].map(async (value, i) => [held[n][0][i], await plain(value, store, held[n][0][i])]))));
})"""
"""What stores of a person's shelf hold, by names, in one look: for a script to see into the boxes where no lock is.

In one, because what was waiting lies among the rows the next moment: two looks may see it in neither.
"""


def phone(lang="ja", *, dark=False, wide=False, mobile=True):
    """What a browser context needs to be a phone (or, `wide`, a laptop) of somebody who reads `lang`."""
    locale, zone = PLACES[lang]
    look = {"locale": locale, "timezone_id": zone, "color_scheme": "dark" if dark else "light"}
    if wide:
        return {**look, "viewport": WIDE}
    touch = {"device_scale_factor": 2, "is_mobile": True, "has_touch": True} if mobile else {}
    return {**look, **touch, "viewport": SIZE}


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def wait_port(port, timeout=30):
    end = time.time() + timeout
    while time.time() < end:
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


class Line:
    """The line between browser and server: mode 'pass', 'hang' (connected, nothing comes: 'lie-fi') or 'refuse'; cut()
    drops every open connection, event streams too. `off()` is airplane mode, `on()` its end."""

    def __init__(self, to_port):
        self.to, self.mode, self.pairs, self.bytes_down = to_port, "pass", [], 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def off(self):
        self.mode = "refuse"
        self.cut()

    def on(self):
        self.mode = "pass"

    def _accept(self):
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            try:
                if self.mode == "refuse":
                    raise ConnectionRefusedError
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                near.close()
                continue
            self.pairs.append((near, far))
            threading.Thread(target=self._copy, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._copy, args=(far, near, True), daemon=True).start()

    def _copy(self, here, there, down):
        with contextlib.suppress(OSError):
            while data := here.recv(65536):
                while self.mode == "hang":
                    time.sleep(0.05)
                self.bytes_down += len(data) if down else 0
                there.sendall(data)
        shut(here, there)

    def cut(self):
        pairs, self.pairs = self.pairs, []
        for pair in pairs:
            shut(*pair)

    def stop(self):
        self.mode = "refuse"
        self.door.close()
        self.cut()


def shut(*sockets):
    for sock in sockets:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def script_of(root):
    """The file the app begins with; `app.js` only points there."""
    built = Path(root) / "static/built"
    return built / (built / "app.js").read_text(encoding="utf-8").split('"')[1]


def until(page, expression, timeout=30, argument=None):
    """Wait for an expression that may be a promise. (page.wait_for_function does not: a promise of false ends it.)"""
    end = time.time() + timeout
    while not (value := page.evaluate(expression, argument)):
        if time.time() > end:
            raise TimeoutError(expression)
        page.wait_for_timeout(50)
    return value


def main_pid(profile):
    """The pid of the browser's main process, found by its profile folder, so that only this one is ever killed."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        ours = str(profile).encode() in command and (b"chromium" in command or b"firefox" in command)
        child = b"--type=" in command or b"-contentproc" in command or b"node" in command.split(b"\0")[0]
        if ours and not child:
            return int(entry.name)
    raise LookupError(profile)


def kill_browser(profile):
    """End it as a phone does when memory is short: at once, with no goodbye; wait until it is really gone.

    Its other processes end when they find the first one gone. Until then they may still fetch something.
    """
    pid = main_pid(profile)
    family = [pid]
    for one in family:  # grows while it is read
        family += children(one)
    os.kill(pid, signal.SIGKILL)
    end = time.time() + 10
    while any(map(is_alive, family)) and time.time() < end:
        time.sleep(0.05)
    for left in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
        with contextlib.suppress(OSError):
            (Path(profile) / left).unlink()


def is_alive(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def stand_in(where, path, answer):
    """Answer for the house at `path`, on a page or in a context, until what this gives back is called.

    The route itself stays: Playwright waits for ever for a service worker that ends while one is taken away.
    """
    here = [True]
    where.route(path, lambda route: answer(route) if here else route.fallback())
    return here.clear


def push_by_cdp(page, origin, data):
    """Fire the service worker's push event (no push service involved)."""
    cdp, found = page.context.new_cdp_session(page), []
    cdp.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    cdp.send("ServiceWorker.enable")
    page.wait_for_timeout(200)
    ours = next(r for r in found if r["scopeURL"].startswith(origin) and not r["isDeleted"])
    text = json.dumps(data, ensure_ascii=False)
    wanted = {"origin": origin, "registrationId": ours["registrationId"], "data": text}
    cdp.send("ServiceWorker.deliverPushMessage", wanted)
    cdp.detach()
