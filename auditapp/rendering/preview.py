"""The picture of a report that other sites show beside a link to it: the bib, the event, and how the report stands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from auditapp.domain.standing import ReportStanding, ReportState
from auditapp.rendering import badge as faces
from auditapp.rendering import words
from auditapp.rendering.badge import ENGLISH, Badge, Speech
from auditapp.rendering.lettering import Weight
from auditapp.resources import PACKAGE

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
"""What the sites that show previews ask for."""
FINER = 2
"""Drawn so many times as large and made smaller, which smooths the edges of shapes."""
MARGIN = 72
MOST_LINES = 3

CHALK, PAPER, INK, SOFT, PINE, DEEP, LINE = (
    "#f7f3ea",
    "#ffffff",
    "#16241f",
    "#4c5a54",
    "#0b5b4c",
    "#073f35",
    "#db4a0b",
)
GREY, RULE = "#66726c", "#d8d6cb"

FONTS = PACKAGE / "static" / "fonts"
SCRIPTS = tuple(
    f"scripts/{name}"
    for name in (
        *("NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari", "NotoSansThai"),
        *("Hangul", "DroidSansFallback"),
    )
)
"""Fonts for letters that the typeface does not have, in the order they are asked."""


@dataclass(frozen=True)
class Preview:
    """What the picture says. `figure` and its `unit` are None where the figures of the report no longer count."""

    product: str
    kicker: str
    title: str
    about: str
    says: tuple[str, ...]
    figure: str | None
    unit: str
    below: str
    foot: str
    has_level: bool
    is_live: bool


def preview_of(
    badge: Badge,
    standing: ReportStanding,
    *,
    product: str,
    place: str,
    evidenced_percent: int | None,
    speech: Speech = ENGLISH,
) -> Preview:
    """What the picture says of a report in that standing: of one that was replaced or taken back, no figure."""
    _ = speech.gettext
    face = faces.face(badge, standing, speech)
    shows_figure = face.figure is not None
    return Preview(
        product=product,
        kicker=_("Inclusivity report, published %(date)s") % {"date": speech.short_date(badge.published_on)},
        title=badge.title,
        about=place,
        says=_said(badge, standing, evidenced_percent, speech),
        figure=face.figure.number.text if face.figure else None,
        unit=face.figure.unit.text if face.figure else "",
        below=" ".join(line.text for line in face.figure.below) if face.figure else face.head.text,
        foot=(
            (_("Essentials only") if badge.essentials else badge.level or _("No level"))
            if shows_figure
            else ""
        ),
        has_level=shows_figure and badge.level is not None and badge.essentials is None,
        is_live=standing.is_live,
    )


def _said(
    badge: Badge, standing: ReportStanding, evidenced_percent: int | None, speech: Speech
) -> tuple[str, ...]:
    """The lines at the foot: how far the report can be relied on, and until when it stands."""
    _ = speech.gettext
    self_declared = _("The organiser answered about its own event.")
    match standing.state:
        case ReportState.WITHDRAWN:
            return (_("Withdrawn by the organiser."), _("Its page says when and why."))
        case ReportState.SUPERSEDED:
            return (_("A later report has replaced this one."), _("It is kept as it was published."))
        case ReportState.EXPIRED:
            until = _("This report ran out on %(date)s.") % {"date": speech.short_date(standing.expires_on)}
            return (until, self_declared)
        case ReportState.LIVE:
            until = _("Valid until %(date)s.") % {"date": speech.short_date(standing.expires_on)}
            if badge.essentials is not None or evidenced_percent is None:
                return (self_declared, until)
            share = words.percent(evidenced_percent, speech.locale, gettext=_)
            return (
                self_declared,
                _("%(percent)s counting only answers with evidence.") % {"percent": share},
                until,
            )


@lru_cache(maxsize=64)
def preview_png(preview: Preview) -> bytes:
    """The picture as a PNG of 1200 by 630. The last few are kept by what they say."""
    # Imported only where a picture is drawn: the command line need not wait for it.
    from PIL import Image

    large = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), CHALK)
    sheet = _Sheet(large)
    _words(sheet, preview)
    _bib(sheet, preview)
    file = io.BytesIO()
    large.reduce(FINER).save(file, "PNG")
    return file.getvalue()


class _Sheet:
    """A picture to draw on in its own pixels, however much finer it is."""

    def __init__(self, image: Image.Image) -> None:
        from PIL import ImageDraw

        self._draw: ImageDraw.ImageDraw = ImageDraw.Draw(image)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: str,
        *,
        radius: float = 0,
        edge: str | None = None,
        corners: tuple[bool, bool, bool, bool] = (True, True, True, True),
    ) -> None:
        """A box with round corners."""
        self._draw.rounded_rectangle(
            tuple(part * FINER for part in (left, top, right, bottom)),
            radius * FINER,
            fill,
            edge,
            3 * FINER if edge else 0,
            corners=corners,
        )

    def disc(self, x: float, y: float, radius: float, fill: str, edge: str) -> None:
        """A disc with an edge: a pin hole."""
        self._draw.ellipse(
            tuple(part * FINER for part in (x - radius, y - radius, x + radius, y + radius)),
            fill,
            edge,
            3 * FINER,
        )

    def words(
        self, x: float, y: float, text: str, size: float, weight: Weight, fill: str, *, middle: bool = False
    ) -> float:
        """Words on a base line at `y` from `x` on, or around it; how wide they came out."""
        wide = width_of(text, size, weight)
        start = x - wide / 2 if middle else x
        for part, font in _runs(text, size, weight):
            self._draw.text((start * FINER, y * FINER), part, fill, font, anchor="ls")
            start += font.getlength(part) / FINER
        return wide


def _words(sheet: _Sheet, preview: Preview) -> None:
    """The name of the product, the title, and what is to be known about the report."""
    wide = sheet.words(MARGIN, 104, preview.product, 34, "ExtraBold", INK)
    sheet.box(MARGIN + wide + 12, 76, MARGIN + wide + 18, 110, LINE)
    room = 610
    size = next(
        (size for size in (64, 56, 48) if len(wrapped(preview.title, size, "ExtraBold", room)) <= MOST_LINES),
        42,
    )
    lines = shortened(wrapped(preview.title, size, "ExtraBold", room), size, "ExtraBold", room)
    top = 196
    sheet.words(MARGIN, top, one_line(preview.kicker, 26, "Regular", room), 26, "Regular", SOFT)
    y = top + 22 + size * 0.9
    for line in lines:
        sheet.words(MARGIN, y, line, size, "ExtraBold", INK)
        y += size * 1.1
    if preview.about:
        sheet.words(MARGIN, y + 8, one_line(preview.about, 28, "Regular", room), 28, "Regular", SOFT)
    y = HEIGHT - MARGIN - 34 * (len(preview.says) - 1)
    sheet.box(MARGIN, y - 30, MARGIN + 5, HEIGHT - MARGIN + 10, INK)
    for number, said in enumerate(preview.says):
        weight: Weight = "SemiBold" if number == 0 else "Regular"
        sheet.words(
            MARGIN + 22, y, one_line(said, 25, weight, room - 22), 25, weight, INK if number == 0 else SOFT
        )
        y += 34


def _bib(sheet: _Sheet, preview: Preview) -> None:
    """The plate with the figure; grey once the report no longer stands."""
    edge, strip = (INK, PINE) if preview.is_live else (GREY, GREY)
    left, right, top, bottom = 748, 1128, 92, 538
    middle = (left + right) / 2
    sheet.box(left, top, right, bottom, PAPER, radius=20, edge=edge)
    sheet.box(left + 3, top + 3, right - 3, top + 66, strip, radius=17, corners=(True, True, False, False))
    sheet.words(
        middle,
        top + 46,
        *fitting(preview.title, 24, "SemiBold", 280, least=18),
        "SemiBold",
        PAPER,
        middle=True,
    )
    for x in (left + 28, right - 28):
        sheet.disc(x, top + 36, 9, DEEP if preview.is_live else SOFT, PAPER)
        sheet.disc(x, bottom - 38, 9, PAPER, edge)
    foot_top = bottom - 84
    if preview.has_level:
        sheet.box(left + 40, foot_top, right - 40, foot_top + 2, RULE)
    elif preview.foot:
        sheet.box(
            left + 3, foot_top, right - 3, bottom - 3, CHALK, radius=17, corners=(False, False, True, True)
        )
        sheet.disc(left + 28, bottom - 38, 9, PAPER, edge)
        sheet.disc(right - 28, bottom - 38, 9, PAPER, edge)
    sheet.words(
        middle,
        bottom - 28,
        *fitting(preview.foot, 32, "Bold", 270, least=22),
        "Bold",
        INK if preview.is_live else SOFT,
        middle=True,
    )
    if preview.figure is None:
        sheet.words(
            middle, 340, *fitting(preview.below, 40, "Bold", 330, least=24), "Bold", SOFT, middle=True
        )
        return
    figure, unit = preview.figure, preview.unit
    size = 170.0
    gap = size * 0.06 if len(unit) > 1 else size * 0.02
    wide = width_of(figure, size, "ExtraBold") + gap + width_of(unit, size / 2, "ExtraBold")
    size *= min(1.0, 320 / wide)
    gap *= min(1.0, 320 / wide)
    wide = width_of(figure, size, "ExtraBold") + gap + width_of(unit, size / 2, "ExtraBold")
    fill = INK if preview.is_live else SOFT
    at = sheet.words(middle - wide / 2, 342, figure, size, "ExtraBold", fill)
    sheet.words(middle - wide / 2 + at + gap, 342, unit, size / 2, "ExtraBold", fill)
    sheet.words(
        middle, 408, *fitting(preview.below, 28, "Regular", 330, least=20), "Regular", SOFT, middle=True
    )


def width_of(text: str, size: float, weight: Weight) -> float:
    """How wide words come out."""
    return sum(font.getlength(part) for part, font in _runs(text, size, weight)) / FINER


def wrapped(text: str, size: float, weight: Weight, room: float) -> list[str]:
    """Words in lines no wider than `room`, but for a single word that is."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shortened(lines: list[str], size: float, weight: Weight, room: float) -> list[str]:
    """As many lines as there is room for, each cut off where it is too long."""
    kept = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        kept[-1] = f"{kept[-1]} {' '.join(lines[MOST_LINES:])}"
    return [one_line(line, size, weight, room) for line in kept]


def fitting(text: str, size: float, weight: Weight, room: float, least: float) -> tuple[str, float]:
    """The words in one line, set smaller where they are too wide, and cut off only where that does not do."""
    wide = width_of(text, size, weight)
    size = max(least, size * min(1.0, room / wide)) if wide else size
    return one_line(text, size, weight, room), size


def one_line(text: str, size: float, weight: Weight, room: float) -> str:
    """The words in one line; what has no room is cut off and ends in three dots."""
    text = " ".join(text.split())
    while len(text) > 1 and width_of(text, size, weight) > room:
        text = text.removesuffix("…")[:-1].rstrip() + "…"
    return text


def _runs(text: str, size: float, weight: Weight) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """The text in parts, each with the first font that has its letters; a letter no font has is left out."""
    fonts = (f"AtkinsonHyperlegibleNext-{weight}", *SCRIPTS)
    run, name = "", ""
    for letter in text:
        # Spaces and marks stay with the letters before them.
        if not (name and not letter.isalnum() and ord(letter) in _letters(name)):
            found = next((font for font in fonts if ord(letter) in _letters(font)), "")
            if found and found != name:
                if run:
                    yield run, _font(name, round(size * FINER))
                run, name = "", found
            if not found:
                continue
        run += letter
    if run:
        yield run, _font(name, round(size * FINER))


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(FONTS / f"{name}.ttf", size)


@lru_cache(maxsize=16)
def _letters(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())
