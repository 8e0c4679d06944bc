"""Seal: the CPU of one message ready to be posted, beside the cryptography it cannot go without (performance 1)."""

import hmac
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from webpush import WebPush, WebPushSubscription

from exposure.config import PUSH_HOSTS, Settings
from exposure.endpoints import endpoint
from exposure.keys import vapid_keys
from exposure.notification import reminder, topic
from exposure.push import Message, Push
from tests.bench.rounds import Result, cpu
from tests.pushing import a_device

DEVICES = 64


def run() -> None:
    """Ours and the library as its README shows it, each beside the floor."""
    keys = vapid_keys(Settings(data=Path(tempfile.mkdtemp(prefix="ippo-bench-"))))
    push = Push(keys, "care@ippo.example", PUSH_HOSTS)
    bare = WebPush(private_key=keys.private_pem, public_key=keys.public_pem, subscriber="care@ippo.example", ttl=600)
    devices = [a_device() for _ in range(DEVICES)]
    points = [ec.generate_private_key(ec.SECP256R1()).public_key() for _ in range(DEVICES)]
    payload = reminder("ja", "https://ippo.example", "0" * 36, 1)
    message = Message(payload, 600, topic("one"))

    def floor(count: int) -> None:
        """Key pair, exchange, five HMACs, AES-GCM."""
        for number in range(count):
            shared = ec.generate_private_key(ec.SECP256R1()).exchange(ec.ECDH(), points[number % DEVICES])
            root = _mac(shared, _mac(_mac(shared, shared), shared))
            AESGCM(_mac(root, b"a")[:16]).encrypt(_mac(root, b"b")[:12], payload, None)

    def ours(count: int) -> None:
        for number in range(count):
            device = devices[number % DEVICES]
            push.seal(endpoint(device.endpoint, PUSH_HOSTS), device, message)

    def as_documented(count: int) -> None:
        for number in range(count):
            device = devices[number % DEVICES]
            whom = {"p256dh": device.p256dh, "auth": device.auth}
            bare.get(payload, WebPushSubscription(endpoint=device.endpoint, keys=whom))

    spent = cpu({"floor": floor, "ours": ours, "documented": as_documented})
    Result("seal", spent["ours"], spent["floor"], "us CPU", 1.6).tell()
    Result("seal/webpush-as-documented", spent["documented"], spent["floor"], "us CPU", 3.0).tell()


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
