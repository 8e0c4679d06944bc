"""Pokes: who is listening to which space. A poke says "look again"; it never carries content.

One SimpleQueue per listener. A listener holds a thread while it is open, so there is a ceiling for all of them
(streams must never take the last thread of a worker) and one for each person.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from queue import Empty, SimpleQueue
from typing import Final

EACH: Final = 3
# EventSource comes back by itself; a short life frees the thread of a phone that vanished without a word.
LIFE_SECONDS: Final = 55.0
HEARTBEAT_SECONDS: Final = 20.0
RETRY_SECONDS: Final = 20


class Full(Exception):
    """No listener can be added now; the device asks again every RETRY_SECONDS instead."""


class Listener:
    """One open stream of one login."""

    def __init__(self, person: str, login: str, spaces: Mapping[str, int]) -> None:
        self.person = person
        self.login = login
        self.spaces: dict[str, int] = dict(spaces)
        self._queue: SimpleQueue[str | None] = SimpleQueue()

    def poke(self, space: str) -> None:
        self._queue.put(space)

    def end(self) -> None:
        self._queue.put(None)

    def hear(self, seconds: float) -> Iterator[str]:
        """The pokes of the next `seconds`, each space once; an empty text when only time has passed.

        Raises EOFError when the stream is to end.
        """
        try:
            waiting = [self._queue.get(timeout=seconds)]
        except Empty:
            yield ""
            return
        while not self._queue.empty():
            waiting.append(self._queue.get())
        yield from dict.fromkeys(space for space in waiting if space is not None)
        if None in waiting:
            raise EOFError


class Hub:
    """All listeners of this process."""

    def __init__(self, most: int, each: int = EACH) -> None:
        self.most = most
        self.each = each
        self._lock = threading.Lock()
        self._listeners: set[Listener] = set()
        self._people: Counter[str] = Counter()
        self._ended = False

    def listen(self, person: str, login: str, spaces: Mapping[str, int]) -> Listener:
        """A new listener for `spaces` (id -> revision already known). Raises Full."""
        listener = Listener(person, login, spaces)
        with self._lock:
            if self._ended or len(self._listeners) >= self.most or self._people[person] >= self.each:
                raise Full
            self._listeners.add(listener)
            self._people[person] += 1
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener; forgetting it twice does nothing."""
        with self._lock:
            if listener not in self._listeners:
                return
            self._listeners.discard(listener)
            self._people[listener.person] -= 1
            if not self._people[listener.person]:
                del self._people[listener.person]

    def poke(self, revisions: Mapping[str, int], *, actor: str = "", but: str = "") -> None:
        """Tell whoever listens to these spaces, and the other devices of `actor`; the login `but` knows already."""
        with self._lock:
            for listener in self._listeners:
                for space, revision in revisions.items():
                    if space in listener.spaces or listener.person == actor:
                        listener.spaces[space] = max(revision, listener.spaces.get(space, 0))
                        if listener.login != but:
                            listener.poke(space)

    def end_logins(self, logins: Iterable[str]) -> None:
        """End the streams of logins that are over: access ends in the same act."""
        gone = set(logins)
        with self._lock:
            for listener in self._listeners:
                if listener.login in gone:
                    listener.end()

    def end(self) -> None:
        """The process is about to stop: every stream ends now and none is opened any more.

        Called from a signal handler, so it takes no lock: the interrupted thread may be holding it.
        """
        self._ended = True
        for listener in tuple(self._listeners):
            listener.end()

    def logins(self) -> set[str]:
        """The logins that listen here now."""
        with self._lock:
            return {listener.login for listener in self._listeners}

    def compare(self, asked: set[str], seen: Mapping[str, Mapping[str, int]]) -> None:
        """Bring what the database says (login -> space -> revision) of the logins `asked` about to their listeners.

        This is how a change made in another process arrives, how a space that was shared just now is heard of, how one
        that was taken back is told and its stream ends, and how the stream of an ended login stops.
        """
        with self._lock:
            for listener in self._listeners:
                if listener.login not in asked:
                    continue  # came while we looked
                spaces = seen.get(listener.login)
                if spaces is None:
                    listener.end()
                    continue
                for space in listener.spaces.keys() | spaces.keys():
                    if spaces.get(space) is None or spaces[space] > listener.spaces.get(space, -1):
                        listener.poke(space)
                if listener.spaces.keys() - spaces.keys():
                    listener.end()  # something was taken back: told, and then the stream that was made with it ends
                listener.spaces = dict(spaces)

    def __len__(self) -> int:
        return len(self._listeners)
