"""Two to six reports side by side on paper, from the same parts as the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from jinja2 import Environment

from auditapp.domain.comparison import Band, Comparison
from auditapp.domain.standing import ReportStanding
from auditapp.rendering import compared, matrix
from auditapp.rendering.html import environment
from auditapp.rendering.matrix import LeftOut
from auditapp.rendering.number_table import number_rows

PLOT_WIDTH, LABEL_WIDTH, PLOT_HEIGHT = 448.0, 132.0, 420.0
"""In CSS pixels: the right half of the first page."""
PAGE_WIDTH = 968.0
TITLE_SHOWN = 60


@dataclass(frozen=True)
class Place:
    """Where a report of the comparison can be read, and how it stands that day; None where it is not published."""

    address: str
    standing: ReportStanding


@dataclass(frozen=True)
class SideBySide:
    """What the sheet is made of; `places` has one for each column. `on` is the day it was made."""

    comparison: Comparison
    places: tuple[Place | None, ...]
    product_name: str
    on: dt.date
    address: str | None = None
    left_out: LeftOut = field(default_factory=LeftOut)


def side_by_side_html(sheet: SideBySide, env: Environment | None = None) -> str:
    """The sheet as one HTML document with print styles: the scores, the sections, then the differences first."""
    comparison = sheet.comparison
    plot = matrix.plot(comparison, PLOT_WIDTH, LABEL_WIDTH)
    parts = matrix.by_band(comparison)
    glyphs = compared.glyphs_by_section(comparison, width=PAGE_WIDTH)
    template = (env or environment()).get_template("pdf/side_by_side.html")
    return template.render(
        sheet=sheet,
        comparison=comparison,
        names=matrix.short_names([column.title for column in comparison.columns]),
        titles=" · ".join(shortened_title(column.title) for column in comparison.columns),
        plot=plot,
        plot_scale=min(1.0, PLOT_HEIGHT / plot.height),
        parts=[part for part in parts if not part.folded],
        same=[part for part in parts if part.folded],
        sections=[row for row in comparison.sections if any(sums.possible for sums in row.sums)],
        years=compared.years_beside(comparison, narrow=False),
        glyphs=glyphs,
        glyph_kinds={kind for picture in glyphs for kind in picture.chart.glyphs},
        numbers=number_rows(comparison),
        left_out=[(matrix.why_words(part.why), part.rows) for part in comparison.not_shared],
        same_count=len(comparison.in_band(Band.SAME)),
        differing=len(comparison.differing),
    )


def shortened_title(title: str) -> str:
    """As much of a title as has room in the name of the document."""
    return title if len(title) <= TITLE_SHOWN else f"{title[: TITLE_SHOWN - 1].rstrip()}…"
