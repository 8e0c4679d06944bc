"""Mail: one message to one mailbox through the house's own mail server. Failure is a value here, as with a push.

TLS always, but to this very machine; one time limit for a whole exchange, because one for each read lets a server drip
for ever; nothing a mail server says goes into a log, since it quotes addresses.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Self, cast
from urllib.parse import urlsplit

from exposure.config import Settings
from exposure.push import Outcome

SECONDS = 20.0
CONNECT_SECONDS = 5.0
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
HERE = ("localhost", "127.0.0.1", "::1")
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """Where this house hands its mail in, and under whose name."""

    scheme: str
    host: str
    port: int
    sender: str
    own_name: str
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = SECONDS
    authorities: str | None = None  # a file of certificates; the system's own when left out

    @classmethod
    def of(cls, settings: Settings) -> Mail | None:
        """The mail of a house with these settings; None where there is none."""
        if not settings.smtp:
            return None
        to = urlsplit(settings.smtp)
        return cls(
            scheme=to.scheme,
            host=to.hostname or "",
            port=to.port or _PORTS[to.scheme],
            sender=settings.mail_from,
            own_name=urlsplit(settings.url).hostname or "localhost",
            user=settings.smtp_user,
            password=settings.smtp_password,
            seconds=SECONDS,
        )

    def line(self) -> Line:
        """A connection for as many letters as there are just now."""
        return Line(self)


class Line:
    """One connection, opened for the first letter and kept for those behind it. For one thread."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail
        self._open: _Smtp | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._hang_up()

    def send(self, to: str, letter: EmailMessage, now: datetime, tries: int = 1) -> Outcome:
        """Hand in one letter and say what became of it. Raises nothing that a mail server could cause."""
        over = time.monotonic() + self._mail.seconds
        kept = self._open is not None
        try:
            try:
                self._hand_in(to, letter, over)
            except smtplib.SMTPServerDisconnected:
                if not kept:
                    raise
                self._hang_up()  # it was tired of us: once more, on a fresh one
                self._hand_in(to, letter, over)
        except smtplib.SMTPRecipientsRefused as error:
            code = min(code for code, _ in error.recipients.values())
            return Outcome("refused", "recipient") if code >= 500 else _later("recipient", now, tries)
        except smtplib.SMTPDataError as error:
            return Outcome("refused", "data") if error.smtp_code >= 500 else _later("data", now, tries)
        except smtplib.SMTPResponseException as error:
            self._hang_up()
            # Our name, our password, our right to send: nobody's mailbox is to suffer for it.
            return _later(f"{type(error).__name__} {error.smtp_code}", now, tries, outage=error.smtp_code >= 500)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            return _later(type(error).__name__, now, tries, outage=isinstance(error, smtplib.SMTPNotSupportedError))
        return Outcome("delivered", "250")

    def _hand_in(self, to: str, letter: EmailMessage, over: float) -> None:
        if self._open is None:
            self._open = _Smtp(self._mail, over)
            self._open.begin()
        self._open.limit(over)
        self._open.send_message(letter, from_addr=self._mail.sender, to_addrs=[to])

    def _hang_up(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


class _Timed:
    """A socket that knows when its whole exchange is over."""

    over: float

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_left(self.over))  # type: ignore[attr-defined]
        return super().recv_into(*args, **kwargs)  # type: ignore[misc,no-any-return]


class _Plain(_Timed, socket.socket):
    pass


class _Tls(_Timed, ssl.SSLSocket):
    pass


class _Smtp(smtplib.SMTP):
    """An exchange that ends in time."""

    def __init__(self, mail: Mail, over: float) -> None:
        self._mail, self._over = mail, over
        self._context = ssl.create_default_context(cafile=mail.authorities)
        self._context.sslsocket_class = _Tls
        super().__init__(mail.host, mail.port, local_hostname=mail.own_name, timeout=mail.seconds)

    def begin(self) -> None:
        """Greet, be sure nobody listens, say who we are."""
        self.ehlo_or_helo_if_needed()
        if self._mail.scheme == "smtp" and (self.has_extn("starttls") or self._mail.host not in HERE):
            self.starttls(context=self._context)  # raises where it is not offered: never in the clear
            self.limit(self._over)
            self.ehlo()
        if self._mail.user:
            self.login(self._mail.user, self._mail.password)

    def limit(self, over: float) -> None:
        """Everything from now on ends at this monotonic time."""
        self._over = over
        if self.sock is not None:
            cast(_Timed, self.sock).over = over
            self.sock.settimeout(_left(over))

    def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
        found = socket.create_connection((host, port), min(CONNECT_SECONDS, _left(self._over)))
        plain = _Plain(fileno=found.detach())
        plain.over = self._over
        plain.settimeout(_left(self._over))
        if self._mail.scheme == "smtp":
            return plain
        closed = cast(_Tls, self._context.wrap_socket(plain, server_hostname=host))
        closed.over = self._over
        return closed


def _left(over: float) -> float:
    left = over - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _later(why: str, now: datetime, tries: int, *, outage: bool = False) -> Outcome:
    wait = min(FIRST_WAIT * 2 ** min(max(tries, 1) - 1, 10), LONGEST_WAIT)
    return Outcome("outage" if outage else "later", why, now + wait)
