"""What is printed from published reports besides themselves: a report on one page, and reports side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditapp.rendering.kept import KeptPdfs, mark_of
from auditapp.rendering.one_page import OnePage

if TYPE_CHECKING:
    from auditapp.rendering.pdf import PdfPool

KEPT = 64
"""Sheets kept in memory, those asked for longest ago forgotten first: some forty kilobytes each."""


class Sheets:
    """Sheets as PDFs: each is made once for what stands on it, and kept."""

    def __init__(self, pool: PdfPool) -> None:
        self._pool = pool
        self._kept = KeptPdfs(KEPT)

    def mark(self, page: OnePage) -> str:
        """A word that changes whenever the sheet would: with the report, how it stands, and its look."""
        return mark_of(
            "one page",
            page.report.model_dump_json(),
            page.publication.model_dump_json() if page.publication else "",
            page.product_name,
            page.address or "",
            *(page.check_at or ()),
            page.standing.model_dump_json() if page.standing else "",
        )

    def get(self, page: OnePage) -> bytes:
        """The sheet as a PDF; raises as `PdfPool.render` does when it has to be made and cannot."""
        return self._kept.get(self.mark(page), lambda: self._pool.render_one_page(page))
