"""Settings from the environment, by typed readers that fail loudly."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

PUSH_HOSTS = (
    "fcm.googleapis.com",
    "android.googleapis.com",
    "updates.push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
LOCAL = ("localhost", "127.0.0.1")


class BadSetting(ValueError):
    """A setting whose value cannot be used; the message names it."""


class CannotDo(RuntimeError):
    """What was asked of a command is not possible; the message says why and what to do instead."""


@dataclass(frozen=True)
class Settings:
    """How this house runs. Every field is one environment variable (see `from_environment`)."""

    data: Path = Path("var")
    database_url: str = ""
    url: str = "http://localhost:8000"
    contact: str = ""
    master_key: str = ""
    push_hosts: tuple[str, ...] = PUSH_HOSTS
    threads: int = 256
    proxies: int = 0
    worker_kill: bool = False
    smtp: str = ""
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    mail_from: str = ""

    @property
    def database(self) -> str:
        """The SQLAlchemy address: what was given, else SQLite in the data folder."""
        if self.database_url:
            return self.database_url.replace("postgres://", "postgresql://", 1)
        return f"sqlite:///{(self.data / 'ippo.db').absolute()}"

    @property
    def secure(self) -> bool:
        """Whether people reach us over https, so that cookies can be `__Host-`."""
        return self.url.startswith("https://")

    @staticmethod
    def from_environment(environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read every setting. Raises BadSetting when one cannot be used."""
        default = Settings()
        return Settings(
            data=Path(environ.get("IPPO_DATA") or default.data),
            database_url=_postgres(environ, "DATABASE_URL"),
            url=_url(environ, "IPPO_URL", default.url),
            contact=_contact(environ, "IPPO_CONTACT"),
            master_key=environ.get("IPPO_MASTER_KEY", ""),
            push_hosts=_names(environ, "IPPO_PUSH_HOSTS", default.push_hosts),
            threads=_number(environ, "IPPO_THREADS", default.threads, 8, 4096),
            proxies=_number(environ, "IPPO_PROXIES", default.proxies, 0, 4),
            worker_kill=_yes(environ, "IPPO_WORKER_KILL"),
            smtp=_smtp(environ, "IPPO_SMTP"),
            smtp_user=environ.get("IPPO_SMTP_USER", ""),
            smtp_password=environ.get("IPPO_SMTP_PASSWORD", ""),
            mail_from=_contact(environ, "IPPO_MAIL_FROM") or _contact(environ, "IPPO_CONTACT"),
        )


ENVIRONMENT = {
    "data": "IPPO_DATA",
    "database_url": "DATABASE_URL",
    **{
        one.name: f"IPPO_{one.name.upper()}" for one in fields(Settings) if one.name not in ("data", "database_url")
    },
}


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise BadSetting(f"{name} wants a whole number from {low} to {high}, not {text!r}")
    return int(text)


def _yes(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "").lower()
    if text not in ("", "0", "1", "no", "yes", "false", "true"):
        raise BadSetting(f"{name} wants yes or no, not {text!r}")
    return text in ("1", "yes", "true")


def _url(environ: Mapping[str, str], name: str, default: str) -> str:
    text = (environ.get(name) or default).rstrip("/")
    wanted = BadSetting(f"{name} wants an origin such as https://ippo.example, not {text!r}")
    try:
        parts = urlsplit(text)
        odd = parts.path or parts.username is not None or parts.port == 0 or set(text) & set("?#")
    except ValueError:
        raise wanted from None
    if odd or parts.scheme not in ("http", "https") or not parts.hostname:
        raise wanted
    return text


def _postgres(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "")
    if text and not text.startswith(("postgres://", "postgresql://", "postgresql+psycopg://")):
        # Never told back: a password may stand in it.
        raise BadSetting(f"{name} wants the address of a PostgreSQL database, postgresql://…")
    return text


def unknown(environ: Mapping[str, str]) -> list[str]:
    """Names that look like settings of ours and are none: most often one letter is wrong."""
    return sorted(name for name in environ if name.startswith("IPPO_") and name not in ENVIRONMENT.values())


def local_port(url: str) -> int | None:
    """The port an address on this very machine names; None for any other address, which a proxy answers at."""
    try:
        parts = urlsplit(url)
        return parts.port if parts.scheme == "http" and parts.hostname in LOCAL else None
    except ValueError:
        return None


def _contact(environ: Mapping[str, str], name: str) -> str:
    # Apple answers 403 to a VAPID subject that is no real address, so refuse it at the door.
    text = environ.get(name, "").removeprefix("mailto:")
    local, _, host = text.partition("@")
    odd = any(sign in text for sign in " <>")
    if text and (not local or "." not in host or host.endswith((".local", ".localhost")) or odd):
        raise BadSetting(f"{name} wants a real mail address that reaches you, not {text!r}")
    return text


def _smtp(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "").rstrip("/")
    if not text:
        return ""
    # Never told back: somebody may have written a password into it.
    wanted = BadSetting(f"{name} wants a mail server such as smtps://mail.example, with the user in {name}_USER")
    try:
        parts = urlsplit(text)
        odd = parts.username is not None or parts.path or parts.query or parts.port == 0
    except ValueError:
        raise wanted from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or odd:
        raise wanted
    if not (environ.get("IPPO_MAIL_FROM") or environ.get("IPPO_CONTACT")):
        raise BadSetting(f"{name} wants to know from whom: IPPO_MAIL_FROM, a real mail address")
    return text


def _names(environ: Mapping[str, str], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(part.strip().lower() for part in environ.get(name, "").split(",") if part.strip())
    return names or default
