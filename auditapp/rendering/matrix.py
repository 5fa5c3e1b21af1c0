"""Reports side by side as a page and a PDF show them: the matrix part by part, the dot plot, and names for columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditapp.domain.audit import Evidence
from auditapp.domain.cells import Cell, Why
from auditapp.domain.comparison import Band, Comparison, Row
from auditapp.domain.lineage import Apart, Gap
from auditapp.rendering import charts, words
from auditapp.rendering.figures import short_fact

SHORT_NOTE = 48
SHORT_NAME = 18


@dataclass(frozen=True)
class LeftOut:
    """What was asked for and is not compared: titles of withdrawn reports, addresses nobody has, and how many too many."""

    withdrawn: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    too_many: int = 0


@dataclass(frozen=True)
class MatrixCell:
    """A cell of the matrix: the glyph, its word, a short fact, and how far the answer can be relied on.

    `apart` says why an answer to another version cannot be compared, and what its author says of that; empty where nothing
    keeps it apart. `note` is the whole note where the fact does not say all of it.
    """

    worth: Fraction | str | None
    word: str
    fact: str = ""
    state: str = ""
    apart: tuple[str, ...] = ()
    note: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def in_short(self) -> tuple[Fraction | str | None, str, str]:
        """Glyph, word, and what keeps the answer apart."""
        return self.worth, self.word, self.apart[0] if self.apart else ""

    @property
    def plain(self) -> tuple[Fraction | str | None, str, str, str] | None:
        """Glyph, word, fact and state, where there is nothing else to the cell, as in most; None where there is."""
        if self.apart or self.note or self.evidence:
            return None
        return self.worth, self.word, self.fact, self.state


@dataclass(frozen=True)
class MatrixRow:
    """A criterion across all reports. `same_wording` is False where that is worth saying: not where cells say more."""

    code: str
    title: str
    essential: bool
    same_wording: bool
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class MatrixPart:
    """Rows of the matrix under a heading; a folded one is opened by the reader."""

    title: str
    rows: tuple[MatrixRow, ...]
    folded: bool = False


def plot(
    comparison: Comparison, width: float, label_width: float, *, gettext: words.Gettext = words.english
) -> charts.DotPlot:
    """The shared score by section: one row each, and one for the whole checklist on top."""
    rows: list[tuple[str, list[int | None]]] = [
        (gettext("Whole checklist"), [column.shared.percent for column in comparison.columns])
    ]
    for section in comparison.sections:
        percents = [part.percent for part in section.sums]
        if any(percent is not None for percent in percents):
            rows.append((section.title, percents))
    return charts.dot_plot(rows, width=width, label_width=label_width)


def by_band(comparison: Comparison, *, gettext: words.Gettext = words.english) -> tuple[MatrixPart, ...]:
    """Differences first: bands from far apart to the same, essentials before the rest in each."""
    titles = {
        Band.FAR: gettext("Far apart: one fully, one not at all"),
        Band.STEP: gettext("One step apart"),
        Band.OPEN: gettext("Answered by only some"),
        Band.NOT_COMPARABLE: gettext("Cannot be compared: their versions of the checklist ask otherwise"),
        Band.NOT_SHARED: gettext("Does not apply to all")
        if not any(column.essentials_only for column in comparison.columns)
        else gettext("Does not apply to all, or was not asked of all"),
        Band.SAME: gettext("Same answer"),
    }
    parts = (
        MatrixPart(title, matrix_rows(comparison.in_band(band), gettext=gettext), folded=band is Band.SAME)
        for band, title in titles.items()
    )
    return tuple(part for part in parts if part.rows)


def by_section(comparison: Comparison, *, gettext: words.Gettext = words.english) -> tuple[MatrixPart, ...]:
    """Every criterion in the order of the checklist."""
    return tuple(
        MatrixPart(
            section.title,
            matrix_rows([row for row in comparison.rows if row.section == section.id], gettext=gettext),
        )
        for section in comparison.sections
    )


def matrix_rows(rows: Sequence[Row], *, gettext: words.Gettext = words.english) -> tuple[MatrixRow, ...]:
    """Rows of a comparison, ready to draw."""
    return tuple(
        MatrixRow(
            row.code,
            row.title,
            row.essential,
            row.same_wording or row.band is Band.NOT_COMPARABLE,
            tuple(cell_of(cell, gettext=gettext) for cell in row.cells),
        )
        for row in rows
    )


def cell_of(cell: Cell, *, gettext: words.Gettext = words.english) -> MatrixCell:
    """One cell: the number behind the grade, or else the first words of the note, stand for the answer."""
    short = short_cell(cell, gettext=gettext)
    if cell.finding is None or not cell.asked:
        return short
    fact = short_fact(cell.quantity, cell.currency, gettext=gettext) or shortened(cell.note)
    note = "" if cell.note.rstrip(".") == fact else cell.note
    return MatrixCell(short.worth, short.word, fact, short.state, short.apart, note, cell.evidence)


def short_cell(cell: Cell, *, gettext: words.Gettext = words.english) -> MatrixCell:
    """One cell without fact, note and evidence: where there are too many answers to show more of each."""
    apart = apart_words(cell.gap, gettext=gettext) if cell.gap else ()
    if cell.finding is None:
        return MatrixCell(None, "", apart=apart)
    if not cell.asked:
        return MatrixCell(None, gettext("Not asked in the quick audit"), apart=apart)
    if cell.worth is None:
        return MatrixCell(cell.finding.state.value, "", apart=apart)
    return MatrixCell(cell.worth, cell.label, state=cell.finding.state.value, apart=apart)


def apart_words(gap: Gap, *, gettext: words.Gettext = words.english) -> tuple[str, ...]:
    """What keeps an answer apart, and what the author of the checklist says of the change."""
    says = {
        Apart.NARROWER: gettext("Version %(version)s asks for more"),
        Apart.SPLIT: gettext("Asked in parts since version %(version)s"),
        Apart.GONE: gettext("Not asked any longer in version %(version)s"),
        Apart.NEW: gettext("Not asked before version %(version)s"),
        Apart.UNKNOWN: gettext("Asked otherwise by its version"),
        Apart.FOREIGN: gettext("Not in its checklist"),
    }[gap.kind]
    return tuple(text for text in (says % {"version": gap.version}, gap.says) if text)


def why_words(why: Why, *, gettext: words.Gettext = words.english) -> str:
    """Why criteria are left out of the score like for like."""
    return {
        Why.NOT_COMPARABLE: gettext(
            "Their versions of the checklist ask otherwise, so the answers cannot be compared"
        ),
        Why.NOT_IN_CHECKLIST: gettext("Not in the checklist of all"),
        Why.NOT_ASKED: gettext("Not asked of all: a quick audit leaves it out"),
        Why.NOT_APPLICABLE: gettext("Does not apply to all"),
    }[why]


def shortened(note: str, longest: int = SHORT_NOTE) -> str:
    """The first sentence of a note, or as many of its first words as fit."""
    if not note:
        return ""
    first = re.split(r"(?<=[.!?])\s", " ".join(note.split()), maxsplit=1)[0]
    if len(first) <= longest:
        return first.rstrip(".")
    cut = first[:longest]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…".replace(",…", "…")


def short_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Names for the heads of columns: as many first words as fit and still tell the reports apart."""
    names = [_first_words(title) for title in titles]
    return tuple(title if names.count(name) > 1 else name for name, title in zip(names, titles, strict=True))


def _first_words(title: str) -> str:
    name, *others = title.split()
    for word in others:
        if len(name) + 1 + len(word) > SHORT_NAME:
            break
        name = f"{name} {word}"
    return name
