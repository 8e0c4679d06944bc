"""A push service of the tests' own, on loopback, over TLS: it checks what a real one checks, opens what a browser would
open, and answers what it is told to.

    service = PushService()                      # for the name in its certificate, whatever address that name "has"
    device = service.device()                    # a browser's side: endpoint, keys, and the private half to open with
    push = Push(keys, contact, hosts, service.wire())
    service.answer(device, 429, retry_after="7") # once; then 201 again
    service.seen[0].opened                       # the notification as the device would show it

Only the last step of the way is bent: the name is looked up by us, the connection to the checked address comes here.
"""

import base64
import contextlib
import hmac
import http.server
import json
import os
import shutil
import socket
import ssl
import tempfile
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID

from exposure import wire
from exposure.subscriptions import Keys
from tests import lockscreen

HOST = "updates.push.services.mozilla.com"
PUBLIC = "34.107.243.93"  # an address anyone could have; nobody is asked there
POINT = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unletters(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """A browser's half of a subscription."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey
    auth: bytes

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(*POINT)

    @property
    def keys(self) -> Keys:
        return Keys(self.endpoint, letters(self.point), letters(self.auth))

    @property
    def json(self) -> dict[str, Any]:
        """As `PushSubscription.toJSON()` gives it."""
        return {"endpoint": self.endpoint, "keys": {"p256dh": letters(self.point), "auth": letters(self.auth)}}

    def open(self, body: bytes) -> bytes:
        """What a browser does with a message (RFC 8291 and 8188, written from the text of the standards)."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, box = body[21 : 21 + length], body[21 + length :]
        assert size == 4096
        assert len(box) <= size, "a second record: no browser opens it"
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        secret = _mac(_mac(self.auth, shared), b"WebPush: info\x00" + self.point + sender + b"\x01")
        root = _mac(salt, secret)
        key = _mac(root, b"Content-Encoding: aes128gcm\x00\x01")[:16]
        nonce = _mac(root, b"Content-Encoding: nonce\x00\x01")[:12]
        plain = AESGCM(key).decrypt(nonce, box, None).rstrip(b"\x00")
        assert plain[-1:] == b"\x02"
        return plain[:-1]


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


@dataclass
class Seen:
    """One POST as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes
    status: int
    plain: bytes
    claims: dict[str, Any]
    at: float = field(default_factory=time.monotonic)
    wall: float = field(default_factory=time.time)

    @property
    def opened(self) -> dict[str, Any]:
        return json.loads(self.plain)["notification"]

    @property
    def taken(self) -> bool:
        """Whether a device will show it, whatever we were told of that."""
        return bool(self.plain)


class PushService:
    """See the top of the file."""

    def __init__(self, host: str = HOST, public_key: str | None = None) -> None:
        self.host, self.public_key = host, public_key
        self.devices: dict[str, Device] = {}
        self.seen: list[Seen] = []
        self.chosen: set[str] = set()  # own words that somebody wanted to see on their lock screen
        self.location = f"https://{host}/elsewhere"  # where redirects lead
        self.connections = 0
        self.usual: Callable[[str], tuple[int, str]] = lambda _path: (201, "")
        self._answers: dict[str, deque[tuple[int, str]]] = defaultdict(deque)
        self._folder = Path(tempfile.mkdtemp(prefix="ippo-push-"))
        self.certificate = str(self._folder / "both.pem")
        _write_certificate(Path(self.certificate), host)
        self._server = self._listen()
        self.port = int(self._server.server_address[1])

    def device(self, name: str = "", below: str = "") -> Device:
        """A browser's new subscription; `below` is for a host of its own under this service's name."""
        host, path = f"{below and below + '.'}{self.host}", f"/wpush/v2/{name or os.urandom(8).hex()}"
        device = Device(f"https://{host}{path}", ec.generate_private_key(ec.SECP256R1()), os.urandom(16))
        self.devices[path] = device
        return device

    def answer(self, device: Device, *statuses: int, retry_after: str = "") -> None:
        """What this device's next messages are answered with; negative numbers are in BEHAVIOURS."""
        path = urlsplit(device.endpoint).path
        self._answers[path].extend((status, retry_after) for status in statuses)

    def wire(self, **changes: Any) -> wire.Wire:
        """A wire on which every name of the allow-list has a public address, and that address is here."""
        bent: dict[str, Any] = {
            "look_up": lambda _host, _port: [PUBLIC],
            "connect": lambda _address, _port, seconds: wire.connect("127.0.0.1", self.port, seconds),
            "secure": wire.tls(self.certificate),
        }
        return wire.Wire(**{**bent, **changes})

    def close(self) -> None:
        """The end; nothing that was ever carried here may have said too much, and all of it had one size."""
        self._server.shutdown()
        self._server.server_close()
        shutil.rmtree(self._folder, ignore_errors=True)
        carried = [seen for seen in self.seen if seen.taken]
        assert [wrong for seen in carried for wrong in lockscreen.look(seen.plain, self.chosen)] == []
        assert len({len(seen.body) for seen in carried}) <= 1

    def _listen(self) -> http.server.ThreadingHTTPServer:
        service = self

        class Handler(_Handler):
            push_service = service

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        server = _Server(("127.0.0.1", 0), Handler)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return server

    def receive(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
        """Check one message as the real services do; the status to answer and, for some, Retry-After."""
        queue = self._answers[path]
        status, retry_after = queue.popleft() if queue else self.usual(path)
        device = self.devices.get(path)
        if device is None or (200 < status != 201) or status == RESET_BEFORE:
            status = 404 if device is None else status
            self.seen.append(Seen(path, headers, body, status, b"", {}))
            return status, retry_after
        wrong, claims = self._wrong(headers, body)
        plain = b"" if wrong else device.open(body)
        self.seen.append(Seen(path, headers, body, wrong or status, plain, claims))
        return wrong or status, retry_after

    def _wrong(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        if not headers.get("ttl", "").isdigit() or headers.get("content-encoding") != "aes128gcm":
            return 400, {}
        if len(body) > 4096:
            return 413, {}
        scheme, _, rest = headers.get("authorization", "").partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(",")) if scheme == "vapid" else {}
        if set(parts) != {"t", "k"} or (self.public_key and parts["k"] != self.public_key):
            return 403, {}
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unletters(parts["k"]))
        try:
            claims = jwt.decode(parts["t"], public, algorithms=["ES256"], audience=f"https://{headers['host']}")
        except jwt.InvalidTokenError:
            return 401, {}
        ahead = claims["exp"] - time.time()
        return (0 if 0 < ahead <= 86_400 and claims["sub"].startswith("mailto:") else 401), claims


RESET_BEFORE, RESET_AFTER, HANG, DRIP, ENDLESS, CLOSE_AFTER = -1, -2, -3, -4, -5, -6
"""What a service can do instead of answering: reset before or after it took the message, say nothing, say it a byte a
second, say ten megabytes, answer 201 and close without a word of warning."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news here."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    push_service: PushService

    def setup(self) -> None:
        self.request.do_handshake()
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.push_service.connections += 1
        super().setup()

    def log_message(self, *_: Any) -> None:
        """Silence."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, retry_after = self.push_service.receive(self.path, headers, body)
        if status < 0:
            return self._behave(status)
        self.send_response(status)
        if retry_after:
            self.send_header("Retry-After", retry_after)
        if 300 <= status < 400:
            self.send_header("Location", self.push_service.location)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def _behave(self, how: int) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            if how in (RESET_BEFORE, RESET_AFTER):
                self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            elif how == HANG:
                time.sleep(30)
            elif how == DRIP:
                for byte in b"HTTP/1.1 201 Created\r\nX-Slow: " + b"a" * 60:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.1)
            elif how == ENDLESS:
                self.wfile.write(b"HTTP/1.1 201 Created\r\nContent-Length: 10000000\r\n\r\n")
                for _ in range(10_000):
                    self.wfile.write(b"x" * 1000)
            elif how == CLOSE_AFTER:
                self.wfile.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")


def _write_certificate(path: Path, host: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:60])])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host), x509.DNSName(f"*.{host}")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + made.public_bytes(pem))
