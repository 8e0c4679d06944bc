"""What a real push service checks of a sender's POST (RFC 8030, 8188, 8291, 8292). Both fake push services use it."""

import base64
import time
from collections.abc import Collection, Mapping

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

URGENCIES = ("very-low", "low", "normal", "high")


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check(headers: Mapping[str, str], body: bytes, key: str | None, origins: Collection[str]) -> tuple[int, str]:
    """(201, '') or (error status, why). `key` is the applicationServerKey the page subscribed with; `origins` are the
    values of `aud` that mean this service."""
    return form(headers, body) or signature(headers, key, origins) or (201, "")


def form(headers, body):
    topic = headers.get("Topic")
    if not headers.get("TTL", "").isdigit():
        return 400, "TTL is missing or not a number"
    if headers.get("Content-Encoding") != "aes128gcm":
        return 400, "Content-Encoding is not aes128gcm"
    if len(body) > 4096:
        return 413, "more than 4096 bytes"
    if len(body) < 86 + 17 or body[20] != 65:
        return 400, "not an aes128gcm body: salt(16) rs(4) idlen(1)=65 key(65) ciphertext"
    if headers.get("Urgency", "normal") not in URGENCIES:
        return 400, "bad Urgency"
    if topic is not None and (not 0 < len(topic) <= 32 or not topic.replace("-", "").replace("_", "").isalnum()):
        return 400, "bad Topic"
    return None


def signature(headers, key, origins):
    scheme, _, rest = headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "vapid":
        return 401, "Authorization: vapid t=..., k=... is missing"
    try:
        part = dict(p.strip().split("=", 1) for p in rest.split(","))
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(part["k"]))
        wanted = {"verify_aud": False, "require": ["exp", "aud"]}
        claims = jwt.decode(part["t"], public, algorithms=["ES256"], options=wanted)
    except (KeyError, ValueError, jwt.PyJWTError) as error:
        return 401, f"bad VAPID token: {error}"
    if key and unb64(key) != unb64(part["k"]):
        return 403, "the VAPID key is not the one that the page subscribed with"
    if claims["aud"] not in origins:
        return 401, f"aud is {claims['aud']}, want one of {sorted(origins)}"
    if claims["exp"] > time.time() + 24 * 3600 + 60:
        return 401, "exp is more than 24 hours ahead"
    if not str(claims.get("sub", "")).startswith(("mailto:", "https:")):
        return 401, "sub is neither mailto: nor https:"
    return None
