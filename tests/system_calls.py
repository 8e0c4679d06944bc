"""What a server asked of the kernel, in the order it asked: did each answer to a write come after its words were on the
disk?

    traced = listening(log)          # stands before a command: strace, following every process and thread
    judged = judge(log, is_write_ahead_log, shared=False)
    judged.durable, judged.answered
"""

import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "recvfrom,sendto,pwrite64,pwritev,write,fsync,fdatasync"
LINE = re.compile(r"(\d+) +(.*)")
BEGUN, DONE = " <unfinished ...>", re.compile(r"<\.\.\. (\w+) resumed>(.*)")
ASKED = re.compile(r'recvfrom\(\d+<[^>]*>, "(POST|PUT|DELETE) (\S+)')
ANSWER = re.compile(r'sendto\(\d+<[^>]*>, "HTTP/1.1 (\d\d\d)')
WRITTEN = re.compile(r"(pwrite64|pwritev|write)\(\d+<([^>]*)>")
SYNCED = re.compile(r"f(?:data)?sync\(\d+<([^>]*)>\) += 0$")


def why_not() -> str:
    """Why nothing can be listened to here; empty where it can."""
    try:
        tried = subprocess.run(
            ["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return "strace is not here: apt-get install strace"
    return "" if tried.returncode == 0 else f"this machine lets nobody listen: {tried.stderr.strip()}"


def listening(log: Path, also: Sequence[int] = ()) -> list[str]:
    """What stands before a command to write its system calls, and those of the processes `also`, into `log`."""
    others = [part for pid in also for part in ("-p", str(pid))]
    quick = [] if also else ["--seccomp-bpf"]  # strace's own rule: not where it attaches
    return ["strace", "-f", "-qq", *quick, "-y", "-s", "40", "-e", f"trace={CALLS}", "-o", str(log), *others, "--"]


@dataclass
class Judged:
    """Answers 2xx to requests that write, and how many of them were on the disk before."""

    answered: int = 0
    durable: int = 0
    too_soon: list[str] = field(default_factory=list)


@dataclass
class _Asked:
    what: str
    dirty: bool = False
    synced: bool = False


def judge(log: Path, is_log: Callable[[str], bool], *, shared: bool) -> Judged:
    """Read the system calls. `is_log` knows the write-ahead log by its path.

    Where one thread asks, writes, syncs and answers (SQLite), everything is laid to that thread. `shared` is for a
    database of other processes: any sync of the log between question and answer counts, so only one may ask at a time.
    """
    judged, open_now = Judged(), dict[str, _Asked]()
    for pid, call in calls(log):
        if "MSG_PEEK" not in call and (asked := ASKED.match(call)):
            open_now[pid] = _Asked(" ".join(asked.groups()))
        elif answer := ANSWER.match(call):
            request = open_now.pop(pid, None)
            if request and answer[1].startswith("2"):
                judged.answered += 1
                judged.durable += request.synced and not request.dirty
                if not request.synced or request.dirty:
                    judged.too_soon.append(request.what)
        else:
            mine = [open_now[pid]] if pid in open_now else []
            if (written := WRITTEN.match(call)) and is_log(written[2]):
                for request in mine:
                    request.dirty = True
            elif (synced := SYNCED.match(call)) and is_log(synced[1]):
                for request in open_now.values() if shared else mine:
                    request.dirty, request.synced = False, True
    return judged


def calls(log: Path) -> Iterator[tuple[str, str]]:
    """(thread, call), an answer where it begins, everything else where it has ended."""
    begun: dict[str, str] = {}
    with log.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if not (found := LINE.match(line.rstrip("\n"))):
                continue
            pid, call = found.groups()
            if call.endswith(BEGUN):
                begun[pid] = call.removesuffix(BEGUN)
                if ANSWER.match(call):
                    yield pid, begun.pop(pid)
            elif resumed := DONE.match(call):
                if pid in begun:
                    yield pid, begun.pop(pid) + resumed[2]
            else:
                yield pid, call
