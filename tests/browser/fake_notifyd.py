"""A stand-in for the desktop's notification service (org.freedesktop.Notifications) on a private D-Bus.

Chromium and Firefox on Linux show their notifications through it, so a test sees exactly what the person would be shown
(title, body, action buttons) and clicks it for real: the browser then fires a genuine `notificationclick`, with the
user activation that clients.openWindow() and client.focus() need. Needs Debian's dbus-daemon and PyPI's jeepney.
"""

import shutil
import subprocess
import tempfile
import threading
import time

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

PATH, NAME = "/org/freedesktop/Notifications", "org.freedesktop.Notifications"
CAPABILITIES = ["actions", "body", "body-markup", "persistence", "icon-static"]


class NotifyDaemon:
    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="notifyd")
        options = ["--session", "--nofork", "--nopidfile", "--print-address=1", f"--address=unix:path={self.dir}/bus"]
        self.bus = subprocess.Popen(
            ["dbus-daemon", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.address = self.bus.stdout.readline().strip()
        self.env = {"DBUS_SESSION_BUS_ADDRESS": self.address}
        self.shown, self.history, self.calls, self.n = {}, [], [], 0
        self.connection = open_dbus_connection(self.address)
        self.connection.send_and_get_reply(message_bus.RequestName(NAME))
        self.lock = threading.Lock()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                asked = self.connection.receive()
            except (OSError, EOFError, ValueError):
                return
            if asked.header.message_type == MessageType.method_call:
                member = asked.header.fields.get(HeaderFields.member)
                self.calls.append(member)
                self.connection.send(self._answer(member, asked))

    def _answer(self, member, asked):
        if member == "GetCapabilities":
            return new_method_return(asked, "as", (CAPABILITIES,))
        if member == "GetServerInformation":
            return new_method_return(asked, "ssss", ("fake", "test", "1", "1.2"))
        if member == "Notify":
            return new_method_return(asked, "u", (self._show(*asked.body),))
        if member == "CloseNotification":
            with self.lock:
                self.shown.pop(asked.body[0], None)
            self._signal("NotificationClosed", "uu", (asked.body[0], 3))
            return new_method_return(asked)
        if member == "Ping":
            return new_method_return(asked)
        return new_error(asked, "org.freedesktop.DBus.Error.UnknownMethod")

    def _show(self, app, replaces, icon, summary, body, actions, hints, expire):
        with self.lock:
            self.n += 1
            number = replaces or self.n
            words = {"id": number, "app": app, "title": summary, "body": body, "icon": icon}
            buttons = dict(zip(actions[::2], actions[1::2], strict=True))
            self.shown[number] = {**words, "actions": buttons, "hints": sorted(hints), "expire": expire}
            self.history.append(dict(self.shown[number]))
            return number

    def _signal(self, name, signature, body):
        self.connection.send(new_signal(DBusAddress(PATH, interface=NAME), name, signature, body))

    # ---- what a test uses
    def wait(self, text, timeout=10):
        """The notification whose title or body holds `text`. Raises TimeoutError."""
        end = time.time() + timeout
        while time.time() < end:
            with self.lock:
                for note in self.shown.values():
                    if text in note["title"] + note["body"]:
                        return dict(note)
            time.sleep(0.05)
        raise TimeoutError(f"no notification with {text!r}; shown: {self.shown}")

    def click(self, note, label=None):
        """Click the body (no label), or the button whose label is given."""
        key = "default" if label is None else next(k for k, v in note["actions"].items() if v == label)
        self._signal("ActionInvoked", "us", (note["id"], key))

    def dismiss(self, note):
        """The person swipes it away."""
        self.shown.pop(note["id"], None)
        self._signal("NotificationClosed", "uu", (note["id"], 2))

    def stop(self):
        self.connection.close()
        self.bus.terminate()
        self.bus.wait(5)
        self.bus.stdout.close()
        shutil.rmtree(self.dir, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
