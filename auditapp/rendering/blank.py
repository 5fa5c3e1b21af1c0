"""The blank form of a checklist: to print, and to fill in by hand where there is no signal."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment

from auditapp.domain.checklist import Checklist
from auditapp.rendering.checklists import condition_words, measured, offered
from auditapp.rendering.html import environment
from auditapp.resources import PACKAGE, resource_dir

if TYPE_CHECKING:
    from auditapp.rendering.pdf import PdfPool

KEPT = 16
"""Forms kept in memory, those asked for longest ago forgotten first: some hundred kilobytes each."""
MOST_ROWS = 5
"""Blank rows printed for a table of numbers."""
MOST_CHOICES = 6
"""Choices of a number printed to be ticked; where there are more, one is written in."""


@dataclass(frozen=True)
class BlankForm:
    """What a form is made of: the checklist, the digest of its file and whether that is released, and where it is read."""

    checklist: Checklist
    digest: str
    released: bool
    product_name: str
    address: str


def blank_html(form: BlankForm, env: Environment | None = None) -> str:
    """The form as one HTML document with print styles."""
    template = (env or environment()).get_template("pdf/blank.html")
    return template.render(
        form=form,
        checklist=form.checklist,
        offered=offered,
        measured=measured,
        condition_words=condition_words,
        most_rows=MOST_ROWS,
        most_choices=MOST_CHOICES,
    )


class BlankForms:
    """Forms as PDFs: each is made once for the digest of its checklist, and kept."""

    def __init__(self, pool: PdfPool) -> None:
        self._pool = pool
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._look = _look()

    def mark(self, form: BlankForm) -> str:
        """A word that changes whenever the form would: with its text, and with its look."""
        parts = (
            self._look,
            form.checklist.ref,
            form.digest,
            str(form.released),
            form.product_name,
            form.address,
        )
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]

    def get(self, form: BlankForm) -> bytes:
        """The form as a PDF; raises as `PdfPool.render` does when it has to be made and cannot."""
        mark = self.mark(form)
        with self._lock:
            if mark in self._made:
                self._made.move_to_end(mark)
                return self._made[mark]
        made = self._pool.render_blank(form)
        with self._lock:
            self._made[mark] = made
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        return made


def _look() -> str:
    """The digest of everything a form is drawn with besides its text."""
    templates = resource_dir("templates")
    files = [PACKAGE / "static" / "styles" / "report.css"]
    for folder in ("pdf", "macros"):
        files += sorted((templates / folder).glob("*.html"))
    found = hashlib.sha256()
    for path in files:
        found.update(path.read_bytes())
    return found.hexdigest()
