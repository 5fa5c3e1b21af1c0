"""The blank form of a checklist: to print, and to fill in by hand where there is no signal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment

from auditapp.domain.checklist import Checklist
from auditapp.rendering.ahead import MEGABYTE, MadeOnce
from auditapp.rendering.checklists import condition_words, measured, offered
from auditapp.rendering.html import environment
from auditapp.rendering.marks import mark_of

if TYPE_CHECKING:
    from auditapp.rendering.pdf import PdfPool

MOST_BYTES = 4 * MEGABYTE
"""Forms kept in memory: some hundred kilobytes each."""
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
        self._made = MadeOnce(most_bytes=MOST_BYTES)

    def mark(self, form: BlankForm) -> str:
        """A word that changes whenever the form would."""
        return mark_of(form.checklist.ref, form.digest, str(form.released), form.product_name, form.address)

    def get(self, form: BlankForm) -> bytes:
        """The form as a PDF; raises as `PdfPool.render` does when it has to be made and cannot."""
        return self._made.get(self.mark(form), lambda: self._pool.render_blank(form))
