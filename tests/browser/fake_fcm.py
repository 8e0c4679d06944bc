"""A local stand-in for Google's push service (GCM/FCM): real web push to a real Chromium, with no internet.

Chromium side: POST /checkin, POST /register3, and MCS (length-prefixed protobuf) over TLS on a second port. It must be
               a persistent profile (in an incognito context subscribe() is refused), launched with `flags()`.
Sender side:   the endpoint's host is compiled into Chromium (Debian's build: jmt17.google.com, Chrome's:
               fcm.googleapis.com), so the sender's connection must be led to `.address`, keeping the path.
"""

import base64
import contextlib
import datetime as dt
import http.server
import ipaddress
import shutil
import socket
import ssl
import tempfile
import threading
import time
import urllib.parse
import uuid
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.browser import rfc8030
from tests.browser.fake_autopush import sender_door
from tests.browser.protobuf import field, fixed64, read_varint, varint

LOGIN_REQUEST, LOGIN_RESPONSE, PING, PING_ACK, DATA = 2, 3, 0, 1, 8  # MCS tags


class FakeFcm:
    hosts = ("jmt17.google.com", "fcm.googleapis.com")

    def __init__(self):
        self.lock = threading.RLock()
        self.log, self.subs, self.fails, self.socks, self.waiting = [], {}, [], [], []
        self.dir = tempfile.mkdtemp(prefix="fakefcm")
        pem = Path(self.dir) / "cert.pem"
        self.spki = self_signed(pem)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(pem)
        self.httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), sender_door(self))
        self.httpd.daemon_threads = True
        self.address = ("127.0.0.1", self.httpd.server_port)
        self.origin = f"http://127.0.0.1:{self.httpd.server_port}"
        self.mcs = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.httpd.serve_forever, daemon=True).start()
        threading.Thread(target=self._accept, daemon=True).start()

    def flags(self):
        return [
            f"--gcm-checkin-url={self.origin}/checkin",
            f"--gcm-registration-url={self.origin}/register3",
            f"--gcm-mcs-endpoint=https://127.0.0.1:{self.mcs.getsockname()[1]}",
            f"--ignore-certificate-errors-spki-list={self.spki}",
        ]

    # ---- HTTP: the browser's check-in and registration, the sender's push
    def receive(self, path, headers, body):
        """(status, headers, body) for a POST."""
        if path == "/checkin":
            ids = fixed64(7, 0x123456789ABCDE) + fixed64(8, 0xFEDCBA987654321)
            out = field(1, 1) + field(3, int(time.time() * 1000)) + ids + field(11, "v1")
            return 200, {"Content-Type": "application/x-protobuf"}, out
        if path == "/register3":
            return self._register({name: v[0] for name, v in urllib.parse.parse_qs(body.decode()).items()})
        if path.startswith(("/fcm/send/", "/wp/")):
            return self._push(path, headers, body)
        return 404, {}, b""

    def _register(self, asked):
        if asked.get("delete") == "true":
            for sub in self.subs.values():
                sub["gone"] |= sub["subtype"] == asked.get("X-subtype")
            return 200, {}, b"deleted=" + asked.get("app", "").encode()
        token = uuid.uuid4().hex
        names = {"app": asked.get("app", ""), "subtype": asked.get("X-subtype", ""), "key": asked.get("sender", "")}
        self.subs[token] = {**names, "gone": False}
        return 200, {}, b"token=" + token.encode()

    def _push(self, path, headers, body):
        sub = self.subs.get(path.rsplit("/", 1)[1])
        with self.lock:
            if self.fails:
                status, why = self.fails.pop(0), "asked for by the test"
            elif not sub:
                status, why = 404, "no such subscription"
            elif sub["gone"]:
                status, why = 410, "gone"
            else:
                status, why = rfc8030.check(headers, body, sub["key"], {f"https://{host}" for host in self.hosts})
            sent = {name: headers.get(name) for name in ("TTL", "Urgency", "Topic")}
            self.log.append({"from": "sender", "status": status, "why": why, "bytes": len(body), **sent})
            if status != 201:
                return status, {"Retry-After": "1"} if status in (429, 503) else {}, why.encode()
            mid = uuid.uuid4().hex
            self.waiting.append((time.time() + max(int(headers["TTL"]), 0.1), message(mid, sub, headers, body)))
            self._flush()
        return 201, {"Location": f"{self.origin}/m/{mid}"}, b""

    # ---- MCS: the browser's standing connection
    def _accept(self):
        while True:
            try:
                connection, _ = self.mcs.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, raw):
        connection = None
        try:
            connection = self.tls.wrap_socket(
                raw, server_side=True
            )  # Chromium's first try often breaks off; it returns
            file = connection.makefile("rb")
            file.read(1)
            connection.sendall(bytes([41]))  # protocol version
            while tag := file.read(1):
                self._heard(connection, tag[0], file.read(read_varint(file.read)))
        except (OSError, IndexError, ValueError):
            pass
        finally:
            with self.lock:
                if connection in self.socks:
                    self.socks.remove(connection)

    def _heard(self, connection, tag, body):
        self.log.append({"from": "browser", "tag": tag})
        if tag == LOGIN_REQUEST:  # its field 1, the id, is echoed
            send(connection, LOGIN_RESPONSE, field(1, body[2 : 2 + body[1]]) + field(8, int(time.time() * 1000)))
            with self.lock:
                self.socks.append(connection)
                self._flush()
        elif tag == PING:
            send(connection, PING_ACK, b"")

    def _flush(self):
        while self.waiting and self.socks:
            expires, waiting = self.waiting.pop(0)
            if expires > time.time():
                send(self.socks[-1], DATA, waiting)

    # ---- what a test uses
    def sent(self):
        return [entry for entry in self.log if entry["from"] == "sender"]

    def fail_next(self, status, times=1):
        self.fails += [status] * times

    def drop_all(self):
        for sub in self.subs.values():
            sub["gone"] = True

    def stop(self):
        self.httpd.shutdown()
        self.httpd.server_close()
        self.mcs.close()
        for sock in list(self.socks):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        shutil.rmtree(self.dir, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def send(connection, tag, body):
    connection.sendall(bytes([tag]) + varint(len(body)) + body)


def message(mid, sub, headers, body):
    """An MCS DataMessageStanza that carries a web push."""
    about = field(7, field(1, "subtype") + field(2, sub["subtype"]))
    about += field(7, field(1, "content-encoding") + field(2, "aes128gcm"))
    when = field(17, int(headers["TTL"])) + field(18, int(time.time() * 1000))
    return field(2, mid) + field(3, sub["key"]) + field(5, sub["app"]) + about + field(9, mid) + when + field(21, body)


def self_signed(path):
    """A certificate for 127.0.0.1, and the hash by which Chromium lets in this one only."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(ser.Encoding.PEM, ser.PrivateFormat.PKCS8, ser.NoEncryption())
    path.write_bytes(certificate.public_bytes(ser.Encoding.PEM) + private)
    public = key.public_key().public_bytes(ser.Encoding.DER, ser.PublicFormat.SubjectPublicKeyInfo)
    digest = hashes.Hash(hashes.SHA256())
    digest.update(public)
    return base64.b64encode(digest.finalize()).decode()
