"""A PDF read as a screen reader would: its tables from the tags, in reading order, and nothing from the model behind it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest

_LINE = re.compile(r'(?P<indent> *)(?:"(?P<text>.*)"|(?P<kind>[A-Z]\w*).*)$')


@dataclass
class Element:
    """A tagged part of the PDF: its kind, such as Table, TR or TD, and what it holds."""

    kind: str
    kids: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its text with single spaces."""
        parts = (kid if isinstance(kid, str) else kid.text for kid in self.kids)
        return re.sub(r"\s+", " ", " ".join(part for part in parts if part)).strip()

    def all(self, *kinds: str) -> Iterator[Element]:
        """Every part of these kinds below this one, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                if kid.kind in kinds:
                    yield kid
                yield from kid.all(*kinds)


@dataclass(frozen=True)
class PrintedTable:
    """A table as printed: its caption, and its rows with the head among them."""

    caption: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """The rows below the head."""
        return self.rows[1:]


def printed(pdf: Path) -> Element:
    """The tagged parts of a PDF with their text, by poppler."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo is not installed")
    done = subprocess.run(
        ["pdfinfo", "-enc", "UTF-8", "-struct-text", str(_without_colours(pdf))],
        capture_output=True,
        check=True,
    )
    root = Element("Document")
    above: list[tuple[int, Element]] = [(-1, root)]
    for line in done.stdout.decode().splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        indent = len(found["indent"])
        while above[-1][0] >= indent:
            above.pop()
        if found["kind"] is None:
            above[-1][1].kids.append(found["text"])
        else:
            element = Element(found["kind"])
            above[-1][1].kids.append(element)
            above.append((indent, element))
    return root


def _without_colours(pdf: Path) -> Path:
    """A copy without its output intent, whose colour profile poppler reads again for every tag: five times the time."""
    copy = pdf.with_suffix(".plain.pdf")
    with pikepdf.open(pdf) as opened:
        if "/OutputIntents" in opened.Root:
            del opened.Root.OutputIntents
        opened.save(copy)
    return copy


def tables(document: Element) -> list[PrintedTable]:
    """Every table, in reading order."""
    return [
        PrintedTable(
            caption=next((caption.text for caption in table.all("Caption")), ""),
            rows=tuple(tuple(cell.text for cell in row.all("TH", "TD")) for row in table.all("TR")),
        )
        for table in document.all("Table")
    ]
