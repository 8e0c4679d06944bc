"""Postcard: the words of a mail. Whoever carries it can read it, so it never tells what it is about (rule R-2)."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from exposure.words import gettext_for

LINES = SMTP.clone(max_line_length=200)  # an address in two parts is one that not every mail program puts together


class BadHeader(ValueError):
    """A finished header says more than was put into it."""


def reminder(
    language: str, base: str, sender: str, to: str, *, about: str, name: str, off: str, now: datetime
) -> EmailMessage:
    """One reminder. `name` stays the same when it is sent once more, so that a mailbox can show it once."""
    _ = gettext_for(language)
    leave = f"{base}/mail/off/{off}"
    card = _card(sender, to, name, now)
    card["Subject"] = "Ippo"
    # One touch in the mail program itself, with no page and no signing in (RFC 8058).
    card["List-Unsubscribe"] = f"<{leave}>"
    card["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    _write(
        card,
        language,
        _("Your reminder is here. Only if you like."),
        f"{base}/app#/reminder/{about}/open",
        "--",
        _("No more of these mails:"),
        leave,
    )
    return card


def code(language: str, sender: str, to: str, *, code: str, name: str, now: datetime) -> EmailMessage:
    """The code that shows whose mailbox it is."""
    _ = gettext_for(language)
    card = _card(sender, to, name, now)
    card["Subject"] = f"Ippo {code}"
    _write(
        card,
        language,
        _("Your code is {code}. It opens for one hour.").format(code=code),
        _("If you did not ask for it, there is nothing to do. No other mail will come."),
    )
    return card


def _card(sender: str, to: str, name: str, now: datetime) -> EmailMessage:
    card = EmailMessage(LINES)
    local, _, host = to.rpartition("@")
    card["From"] = Address("Ippo", addr_spec=sender)
    card["To"] = Address(username=local, domain=host)
    card["Date"] = format_datetime(now)
    card["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    card["Auto-Submitted"] = "auto-generated"  # nobody's "I am away" is to answer it
    card["X-Auto-Response-Suppress"] = "All"
    return card


def _write(card: EmailMessage, language: str, *lines: str) -> None:
    card.set_content("\n\n".join(lines) + "\n", charset="utf-8", cte="base64")
    card["Content-Language"] = language
    _check(card)


def _check(card: EmailMessage) -> None:
    """What is written at the top is what was put there, line by line: folding may decode what nobody sees before."""
    head = card.as_bytes().partition(b"\r\n\r\n")[0].decode("ascii")
    names = [line.partition(":")[0] for line in head.split("\r\n") if line[:1] not in (" ", "\t")]
    if names != card.keys() or "\n" in head.replace("\r\n", ""):
        raise BadHeader
