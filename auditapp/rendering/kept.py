"""PDFs that are made once for what stands on them, and kept for whoever asks next."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache

from auditapp.resources import PACKAGE, resource_dir


class KeptPdfs:
    """The last few PDFs by their marks; whoever asks while one is being made waits for that one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[str, Future[bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, mark: str, make: Callable[[], bytes]) -> bytes:
        """The PDF with this mark, made now if it is not there; raises what `make` does, and then keeps nothing."""
        with self._lock:
            known = self._made.get(mark)
            made = known or Future()
            self._made[mark] = made
            self._made.move_to_end(mark)
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        if known is None:
            self._fill(mark, made, make)
        return made.result()

    def _fill(self, mark: str, made: Future[bytes], make: Callable[[], bytes]) -> None:
        try:
            made.set_result(make())
        except BaseException as error:
            with self._lock:
                if self._made.get(mark) is made:
                    del self._made[mark]
            made.set_exception(error)


def mark_of(*parts: str) -> str:
    """A word that changes whenever a PDF would that is made of these parts: with its text, and with its look."""
    return hashlib.sha256("\0".join((_look(), *parts)).encode()).hexdigest()[:32]


@cache
def _look() -> str:
    """The digest of everything a sheet is drawn with besides its text."""
    templates = resource_dir("templates")
    files = [PACKAGE / "static" / "styles" / "report.css"]
    for folder in ("pdf", "macros"):
        files += sorted((templates / folder).glob("*.html"))
    found = hashlib.sha256()
    for path in files:
        found.update(path.read_bytes())
    return found.hexdigest()
