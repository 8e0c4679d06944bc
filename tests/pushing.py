"""What the tests of push share: a moment, a contact, a message, the keys of a device."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric import ec

from exposure.notification import SIZE
from exposure.push import Message
from exposure.subscriptions import Keys
from tests.push_service import HOST, Device

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
CONTACT = "care@ippo.example"
HELLO = Message(b'{"notification":{"title":"hello"}}'.ljust(SIZE), ttl=600, topic="a" * 32)


def a_device(url: str = f"https://{HOST}/x") -> Keys:
    return Device(url, ec.generate_private_key(ec.SECP256R1()), b"s" * 16).keys
