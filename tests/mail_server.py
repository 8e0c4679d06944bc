"""A mail server of the tests' own, on loopback: aiosmtpd, which speaks the protocol, and one that only hangs or drips.

with MailServer() as server:
    server.answer("550 5.1.1 nobody here")   # to the next recipient; then everything is taken again
    server.seen[0]["Subject"]
"""

from __future__ import annotations

import shutil
import socket
import ssl
import tempfile
import threading
import time
from collections import deque
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

from tests.push_service import _write_certificate

NAME, PASSWORD = "ippo", "a long word of the tests"


class MailServer:
    """See the top of the file. `tls`: '' in the clear, 'start' by STARTTLS, 'whole' from the first byte."""

    def __init__(self, tls: str = "", *, knows: bool = False) -> None:
        self.seen: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.greetings = 0
        self._recipients: deque[str] = deque()
        self._words: deque[str] = deque()
        self._folder = Path(tempfile.mkdtemp(prefix="ippo-mail-"))
        self.certificate = str(self._folder / "both.pem")
        _write_certificate(Path(self.certificate), "localhost")
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate)
        more: dict[str, Any] = {}
        if tls == "start":
            more |= {"tls_context": context, "require_starttls": True}
        if knows:
            more |= {"authenticator": _known, "auth_required": tls == "start", "auth_require_tls": tls == "start"}
        self._controller = Controller(
            self, hostname="127.0.0.1", port=_free_port(), ssl_context=context if tls == "whole" else None, **more
        )
        self.port = int(self._controller.port)

    def answer(self, *recipients: str, words: str = "") -> None:
        """What the next recipients are answered with, or the next letter itself."""
        self._recipients.extend(recipients)
        if words:
            self._words.append(words)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def handle_EHLO(  # noqa: N802 - the names are the library's
        self, _server: Any, session: Any, _envelope: Any, name: str, lines: list[str]
    ) -> list[str]:
        self.greetings += 1
        session.host_name = name
        return lines

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self._recipients.popleft() if self._recipients else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        answer = self._words.popleft() if self._words else "250 OK"
        if answer.startswith("250"):
            self.seen.append(message_from_bytes(envelope.content, policy=POLICY))
            self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        return answer


def _known(_server: Any, _session: Any, _envelope: Any, _way: str, told: Any) -> AuthResult:
    return AuthResult(success=(told.login, told.password) == (NAME.encode(), PASSWORD.encode()), handled=False)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Mute:
    """Takes connections and says nothing, or `drip`, one byte at a time, its last one for ever."""

    def __init__(self, drip: bytes = b"") -> None:
        self._drip, self._open = drip, True
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.connections = 0
        self._lines: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while self._open:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._lines.append(line)
            if self._drip:
                threading.Thread(target=self._let_fall, args=(line,), daemon=True).start()

    def _let_fall(self, line: socket.socket) -> None:
        for byte in chain(self._drip, repeat(self._drip[-1])):
            try:
                line.sendall(bytes([byte]))
            except OSError:
                return
            time.sleep(0.05)

    def close(self) -> None:
        self._open = False
        self._listener.close()
        for line in self._lines:
            line.close()
