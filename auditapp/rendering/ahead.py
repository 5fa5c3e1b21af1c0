"""Files that take long to make: each is made once, ahead of need where need can be foreseen, and kept for a while."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from auditapp.domain.errors import AuditError

Make = Callable[[], bytes]
Foreseen = Callable[[], Iterable[tuple[str, Make]]]
"""Names what will probably be asked for, most probable first: the mark of each file and how it is made."""

MEGABYTE = 1024 * 1024
MOST_FORESEEN = 50
"""So many are foreseen at a time; beyond that, files are made when they are asked for."""

log = logging.getLogger(__name__)


class MadeOnce:
    """Files by their mark, a word that is different whenever the file would be.

    Whoever asks for a file that is being made waits for it; nothing is made twice at a time. Those asked for longest ago are
    forgotten once all together take more than `most_bytes`. No thread runs before something is foreseen.
    """

    def __init__(self, *, most_bytes: int = 64 * MEGABYTE) -> None:
        self.most_bytes = most_bytes
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._making: dict[str, Future[bytes]] = {}
        self._foreseen: dict[str, threading.Timer] = {}
        self._lock = threading.Lock()
        self._behind: ThreadPoolExecutor | None = None
        self._closed = False

    def get(self, mark: str, make: Make) -> bytes:
        """The file of this mark; raises whatever `make` raises when it has to be made and cannot."""
        with self._lock:
            if mark in self._made:
                self._made.move_to_end(mark)
                return self._made[mark]
            waiting = self._making.get(mark)
            if waiting is None:
                mine = self._making[mark] = Future()
        if waiting is not None:
            return waiting.result()
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                del self._making[mark]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._making[mark]
            self._keep(mark, made)
        mine.set_result(made)
        return made

    def has(self, mark: str) -> bool:
        """Whether the file is there already."""
        with self._lock:
            return mark in self._made

    def foresee(self, name: str, what: Foreseen, *, after: float = 0) -> None:
        """Make files ahead, `after` so many seconds in which nothing else is foreseen under the same name."""
        with self._lock:
            if self._closed or (name not in self._foreseen and len(self._foreseen) >= MOST_FORESEEN):
                return
            if (earlier := self._foreseen.pop(name, None)) is not None:
                earlier.cancel()
            timer = self._foreseen[name] = threading.Timer(after, self._begin, (name, what))
            timer.daemon = True
            timer.start()

    def close(self) -> None:
        """Foresee nothing any more. What is being made is given up with whatever makes it."""
        with self._lock:
            self._closed = True
            for timer in self._foreseen.values():
                timer.cancel()
            self._foreseen.clear()
            behind, self._behind = self._behind, None
        if behind is not None:
            behind.shutdown(wait=False, cancel_futures=True)

    def _begin(self, name: str, what: Foreseen) -> None:
        with self._lock:
            if self._closed or self._foreseen.get(name) is not threading.current_thread():
                return
            del self._foreseen[name]
            if self._behind is None:
                self._behind = ThreadPoolExecutor(1, "ahead")
            self._behind.submit(self._make_all, what)

    def _make_all(self, what: Foreseen) -> None:
        """Whoever asks for one that could not be made is told then; nobody asked yet."""
        try:
            for mark, make in what():
                self.get(mark, make)
        except AuditError:
            return
        except Exception:
            log.exception("a file could not be made ahead")

    def _keep(self, mark: str, made: bytes) -> None:
        self._made[mark] = made
        while len(self._made) > 1 and sum(map(len, self._made.values())) > self.most_bytes:
            self._made.popitem(last=False)
