"""A real PostgreSQL of the tests' own: made when first wanted, thrown away at the end, never reachable from outside.

    cluster = start()
    cluster.template(migrate)           # once: `migrate(url)` fills the database all others are copied from
    url = cluster.fresh_database()      # about 12 ms
    cluster.stop()

The server binaries come from PATH or from Debian's folder. PostgreSQL refuses to run as root, so root lends it another
user. It listens on a socket in its own folder only, writes to memory where the machine has such a place, and does not
wait for a disk: durability is proved elsewhere.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "log_min_messages": "fatal",
}
DURABLE = SETTINGS | {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}  # as a house runs it
PATIENCE = 30  # seconds
PR_SET_PDEATHSIG = 1


class NoPostgres(RuntimeError):
    """There is no PostgreSQL server on this machine; the message says how to get one."""


@dataclass
class Cluster:
    """A running server and the folder it lives in."""

    folder: Path
    process: subprocess.Popen[bytes]
    copied_from: str = "template1"
    settings: dict[str, str] = field(default_factory=lambda: SETTINGS)
    _line: psycopg.Connection | None = None

    def url(self, name: str) -> str:
        """The address of one database, as SQLAlchemy and `DATABASE_URL` take it."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def template(self, fill: Callable[[str], None]) -> None:
        """Make the database every fresh one is copied from; `fill` gets its address and closes what it opens."""
        self.order("CREATE DATABASE filled")
        fill(self.url("filled"))
        self.copied_from = "filled"

    def fresh_database(self) -> str:
        """The address of a new database: the template's copy, or an empty one before there is a template."""
        name = f"t{uuid.uuid4().hex}"
        self.order(f"CREATE DATABASE {name} TEMPLATE {self.copied_from} STRATEGY file_copy")
        return self.url(name)

    def copy_of(self, url: str) -> str:
        """The address of a new database that is what this one is now; nobody may be connected to it."""
        name = f"t{uuid.uuid4().hex}"
        self.order(f"CREATE DATABASE {name} TEMPLATE {url.partition('@/')[2].partition('?')[0]} STRATEGY file_copy")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Forget one database, cutting whoever is still connected."""
        name = url.partition("@/")[2].partition("?")[0]
        self.order(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def restart(self) -> None:
        """Cut every connection at once, as a crash does, and come back with all that was committed."""
        self._end(signal.SIGQUIT)
        self.process = _launch(self.folder, self.settings)
        _wait(self)

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._end(signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        self.process.send_signal(how)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def order(self, statement: str) -> None:
        """One statement of the server's own user, outside of any transaction, over a line that is kept."""
        if self._line is None or self._line.closed:
            self._line = psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)
        self._line.execute(statement.encode())


def start(settings: dict[str, str] = SETTINGS, place: str | None = None) -> Cluster:
    """A new cluster, ready for connections, in memory unless a `place` is named.

    Raises NoPostgres where the server is not installed.
    """
    folder = Path(tempfile.mkdtemp(prefix="ippo-pg-", dir=place or _memory()))
    if os.geteuid() == 0:
        os.chown(folder, _stranger(), -1)
    data = ["-D", str(folder / "data")]
    locale = ["--locale=C.UTF-8", "--encoding=UTF8"]
    _run([_binary("initdb"), *data, "-U", "postgres", "--auth=trust", "--no-sync", "--no-instructions", *locale])
    cluster = Cluster(folder, _launch(folder, settings), settings=settings)
    _wait(cluster)
    return cluster


def _launch(folder: Path, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [_binary("postgres"), "-D", str(folder / "data"), "-k", str(folder), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        **_as_stranger(),
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - one system call, and no lock is held there
    )


def _wait(cluster: Cluster) -> None:
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            return cluster.order("SELECT 1")
        except psycopg.OperationalError:
            if time.monotonic() > patience or cluster.process.poll() is not None:
                cluster.stop()
                raise
            time.sleep(0.05)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **_as_stranger())
    if done.returncode:
        raise RuntimeError(f"{command[0]} did not work: {done.stderr.strip()}")


def _binary(name: str) -> str:
    """Debian keeps the server's programs off the PATH; the newest version wins there."""
    versions = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]), reverse=True)
    if versions:
        return str(versions[0])
    if found := shutil.which(name):
        return str(Path(found).resolve())
    raise NoPostgres("PostgreSQL's server is missing: apt-get install postgresql, or put initdb and postgres on PATH")


def _memory() -> str | None:
    """A folder in memory, where there is one with room."""
    shm = Path("/dev/shm")
    roomy = shm.is_dir() and os.access(shm, os.W_OK) and shutil.disk_usage(shm).free > 1 << 30
    return str(shm) if roomy else None


def _stranger() -> int:
    """The user id that root lends to the server: Debian's own `postgres`, else `nobody`."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    return 65534


def _as_stranger() -> dict[str, int | list[int]]:
    return {"user": _stranger(), "extra_groups": []} if os.geteuid() == 0 else {}


def _die_with_parent() -> None:
    # A test run that is killed must not leave a server behind.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
