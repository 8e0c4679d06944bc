"""How others send the same: rows from a small table, one call a row, each row written down as sent.

`readme` is pywebpush as its README shows it, called for one row after the other; `pool` gives each of sixteen threads a
`requests.Session` and a key that is already read. Node's `web-push` is web_push.cjs.

    python -m tests.bench.peers readme|pool FOLDER PORT CERTIFICATE
"""

import os
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from py_vapid import Vapid02
from pywebpush import webpush

from exposure.config import Settings
from exposure.keys import vapid_keys
from exposure.notification import reminder
from tests.bench.sender import measured, sealing
from tests.conftest import MASTER

CLAIMS = {"sub": "mailto:care@ippo.example"}
POOL = 16

Send = Callable[[str, str, str], bool]


def prepared(name: str, folder: Path, port: int, certificate: str) -> Callable[[], int]:
    """The peer of that name, ready to go."""
    make, threads = {"readme": (readme, 1), "pool": (session, POOL)}[name]
    os.environ["REQUESTS_CA_BUNDLE"] = certificate
    look_up = socket.getaddrinfo
    socket.getaddrinfo = lambda _host, _port, *more, **named: look_up("127.0.0.1", port, *more, **named)
    vapid_keys(Settings(data=folder, master_key=MASTER))
    key, payload = str(folder / "keys" / "vapid.pem"), reminder("ja", "https://ippo.example", "0" * 36, 1)
    return lambda: run(folder / "peer.db", threads, lambda: make(key, payload))


def readme(key: str, payload: bytes) -> Send:
    def send(endpoint: str, p256dh: str, auth: str) -> bool:
        whom = {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}
        answer: Any = webpush(whom, payload, vapid_private_key=key, vapid_claims=dict(CLAIMS), ttl=600)
        return bool(answer.status_code == 201)

    return send


def session(key: str, payload: bytes) -> Send:
    kept, signer = requests.Session(), Vapid02.from_file(key)

    def send(endpoint: str, p256dh: str, auth: str) -> bool:
        whom = {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}
        answer: Any = webpush(
            whom, payload, vapid_private_key=signer, vapid_claims=dict(CLAIMS), ttl=600, requests_session=kept
        )
        return bool(answer.status_code == 201)

    return send


def run(path: Path, threads: int, make: Callable[[], Send]) -> int:
    """Every row once, written down one by one; how many were taken."""
    table = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    rows = table.execute("SELECT id, endpoint, p256dh, auth FROM due WHERE sent = 0").fetchall()
    taken, lock = [0], threading.Lock()

    def work() -> None:
        send = make()
        while True:
            with lock:
                if not rows:
                    return
                number, *whom = rows.pop()
            accepted = send(*whom)
            with lock:
                taken[0] += accepted
                table.execute("UPDATE due SET sent = ? WHERE id = ?", (int(accepted), number))

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return taken[0]


if __name__ == "__main__":
    os.sched_setaffinity(0, {0})
    measured(prepared(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]), sealing())
