"""The texts and tables of a report, taken out of its document, for programs that lay out no HTML."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from auditapp.rendering.markup import tree_of
from auditapp.rendering.press import STATIC

FAMILY = "Atkinson Hyperlegible Next"
FONTS = STATIC / "fonts"
PARTS = {"p", "li", "blockquote"}


@dataclass(frozen=True)
class Heading:
    """A heading and its level, from 1."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or an item of a list."""

    text: str


@dataclass(frozen=True)
class Table:
    """The first rows are its head; every cell is a list of paragraphs."""

    head: int
    rows: tuple[tuple[tuple[str, ...], ...], ...]


Block = Heading | Paragraph | Table


def blocks_of(html: str) -> tuple[Block, ...]:
    """Everything the document says, in its order, without its drawings and its looks."""
    return tuple(_blocks(tree_of(html).find("body")))


def _blocks(parent: Any) -> Iterator[Block]:
    for element in parent:
        kind = element.tag
        if kind in {"h1", "h2", "h3", "h4"}:
            yield Heading(int(kind[1]), _text(element))
        elif kind == "table":
            rows = tuple(tuple(_cell(cell) for cell in row) for row in element.iter("tr"))
            yield Table(len(list(element.iterfind("thead/tr"))), rows)
        elif kind in PARTS:
            yield Paragraph(_text(element))
        elif not str(kind).endswith("svg"):
            yield from _blocks(element)


def _cell(cell: Any) -> tuple[str, ...]:
    return tuple(_text(part) for part in cell.iter("p")) or (_text(cell),)


def _text(element: Any) -> str:
    for name in element.iter("{http://www.w3.org/2000/svg}title"):
        name.text = ""  # of a mark, not of the text beside it
    return " ".join("".join(element.itertext()).split())


def typst_pdf(blocks: tuple[Block, ...]) -> Callable[[], bytes]:
    """What lays the blocks out with typst, tagged as PDF/UA-1, in the typeface of the product."""
    import typst

    compiled: Any = typst.compile

    def make() -> bytes:
        source = "\n".join(
            (
                f'#set document(title: "A report")\n#set text(font: "{FAMILY}", size: 10.5pt, lang: "en")',
                '#set page(paper: "a4", margin: 20mm, numbering: "1 of 1")\n#set heading(outlined: true)',
                *map(_typst, blocks),
            )
        )
        pdf: bytes = compiled(source.encode(), font_paths=[FONTS], pdf_standards=["ua-1"])
        return pdf

    return make


def _typst(block: Block) -> str:
    match block:
        case Heading():
            return f"#heading(level: {block.level})[#{_quoted(block.text)}]"
        case Paragraph():
            return f"#par[#{_quoted(block.text)}]"
        case Table():
            rows = [", ".join(f"[{_paragraphs(cell)}]" for cell in row) for row in block.rows]
            head = f"table.header({', '.join(rows[: block.head])}), " if block.head else ""
            width = max(map(len, block.rows))
            columns = ", ".join("2fr" if number == 1 else "1fr" for number in range(width))
            return f"#table(columns: ({columns},), stroke: 0.5pt, {head}{', '.join(rows[block.head :])})"


def _paragraphs(cell: tuple[str, ...]) -> str:
    return " #parbreak() ".join(f"#{_quoted(text)}" for text in cell)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) + ";"


def reportlab_pdf(blocks: tuple[Block, ...]) -> Callable[[], bytes]:
    """What lays the blocks out with reportlab, untagged, in the typeface of the product."""
    from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
    from reportlab.platypus import Paragraph as Text  # type: ignore[import-untyped]
    from reportlab.platypus import SimpleDocTemplate
    from reportlab.platypus import Table as Grid

    for weight in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(weight, str(FONTS / f"AtkinsonHyperlegibleNext-{weight}.ttf")))
    body = ParagraphStyle("body", fontName="Regular", fontSize=10.5, leading=15, spaceAfter=6)
    heads = {
        level: ParagraphStyle(f"h{level}", fontName="Bold", fontSize=size, leading=size * 1.2, spaceAfter=6)
        for level, size in ((1, 33), (2, 20), (3, 12.5), (4, 10.5))
    }

    def laid_out(block: Block) -> Any:
        match block:
            case Heading():
                return Text(escape(block.text), heads[block.level])
            case Paragraph():
                return Text(escape(block.text), body)
            case Table():
                width = max(map(len, block.rows))
                share = 482 / (width + 1)
                rows: list[list[Any]] = [
                    [[Text(escape(text), body) for text in cell] for cell in row] for row in block.rows
                ]
                rows = [row + [""] * (width - len(row)) for row in rows]
                columns = [share * (2 if number == 1 or width == 1 else 1) for number in range(width)]
                ruled = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "#d8d6cb"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
                return Grid(rows, columns, repeatRows=block.head, style=ruled)

    def numbered(canvas: Any, _document: Any) -> None:
        canvas.setFont("Regular", 8.5)
        canvas.drawRightString(A4[0] - 57, 40, str(canvas.getPageNumber()))

    def make() -> bytes:
        written = io.BytesIO()
        document = SimpleDocTemplate(written, pagesize=A4, title="A report", lang="en")
        document.build([laid_out(block) for block in blocks], onFirstPage=numbered, onLaterPages=numbered)
        return written.getvalue()

    return make
