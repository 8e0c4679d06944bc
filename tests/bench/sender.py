"""Our dispatcher in a process of its own: what it costs to send what is due, and what sealing alone costs there.

    python -m tests.bench.sender FOLDER PORT CERTIFICATE [threads=N database=URL free=1]

Prints one JSON object. FOLDER holds a house with a crowd (see crowd). On one core, unless `free`.
"""

import hmac
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from exposure import house, wire
from exposure.clock import Clock
from exposure.config import Settings
from exposure.db import db
from exposure.dispatch import THREADS, Dispatch
from exposure.hands import in_long_turns
from exposure.notification import reminder
from exposure.push import Push

# Nothing of the tests is imported here: what a clock holds is what it holds in a house.
PUBLIC = "34.107.243.93"  # an address anyone could have; nobody is asked there
POINT = (Encoding.X962, PublicFormat.UncompressedPoint)
SEALS = 1500


def measured(run: Callable[[], int], alone: float) -> None:
    """Do it once, print what it cost, and end: threads that still hold a connection are nobody's business."""
    before, begun = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    sent = run()
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = {
        "sent": sent, "us": cpu / max(1, sent) * 1e6, "sealing": alone * 1e6, "per_second": sent / wall,
        "seconds": wall, "megabytes": most_memory(),
    }  # fmt: skip
    print(json.dumps(told), flush=True)
    os._exit(0)


def most_memory() -> float:
    """Megabytes this program ever held (what getrusage says begins with those of the parent)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def ours(folder: Path, port: int, certificate: str, options: dict[str, str]) -> Callable[[], int]:
    """A clock of this house with a bent wire: names lead to an address anyone could have, and that address is here."""
    app = house.build(Settings(data=folder, database_url=options.get("database", "")))
    made = app.extensions["ippo"]
    bent = wire.Wire(
        look_up=lambda _host, _port: [PUBLIC],
        connect=lambda _address, _port, seconds: wire.connect("127.0.0.1", port, seconds),
        secure=wire.tls(certificate),
    )
    push = Push.of(made.settings, made.vapid, bent)
    threads = int(options.get("threads", THREADS))
    dispatch = Dispatch(push, made.vault, "https://ippo.example", lambda: datetime.now(UTC), threads=threads)
    clock = Clock(app, dispatch)
    in_long_turns()

    def run() -> int:
        return clock.tick()["delivered"]

    with app.app_context():
        db.engine.dispose()
    return run


def sealing() -> float:
    """Seconds of CPU of one message sealed by hand, nothing around it: the measure of all dispatchers here."""
    curve, payload = ec.SECP256R1(), reminder("ja", "https://ippo.example", "0" * 36, 1)
    devices = [ec.generate_private_key(curve).public_key().public_bytes(*POINT) for _ in range(50)]
    for _ in range(2):  # the first warms everything up
        begun = time.process_time()
        for number in range(SEALS):
            by_hand(payload, devices[number % 50], b"s" * 16)
    return (time.process_time() - begun) / SEALS


def by_hand(payload: bytes, point: bytes, auth: bytes) -> bytes:
    """RFC 8291 with as few steps as it has; the signature of RFC 8292 is one for each service and half a day."""
    ours = ec.generate_private_key(ec.SECP256R1())
    sender = ours.public_key().public_bytes(*POINT)
    shared = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
    salt = os.urandom(16)
    secret = _mac(_mac(auth, shared), b"WebPush: info\x00" + point + sender + b"\x01")
    root = _mac(salt, secret)
    key = _mac(root, b"Content-Encoding: aes128gcm\x00\x01")[:16]
    nonce = _mac(root, b"Content-Encoding: nonce\x00\x01")[:12]
    box = AESGCM(key).encrypt(nonce, payload + b"\x02", None)
    return b"".join((salt, b"\x00\x00\x10\x00\x41", sender, box))


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


if __name__ == "__main__":
    given = dict(one.split("=", 1) for one in sys.argv[4:])
    if "free" not in given:
        os.sched_setaffinity(0, {0})
    measured(ours(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], given), sealing())
