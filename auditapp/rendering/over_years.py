"""One event over its years: the steps from edition to edition, for the page and for paper, and the sheet itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jinja2 import Environment

from auditapp.domain.standing import ReportStanding
from auditapp.domain.timeline import Edition, Line, Passage, Timeline, Turn
from auditapp.rendering import compared, matrix, words
from auditapp.rendering.html import TEXT_WIDTH, environment
from auditapp.rendering.once import Once
from auditapp.rendering.side_by_side import shortened_title

OTHER_TURNS = (Turn.ANSWERED, Turn.OPEN, Turn.APPLIES, Turn.ENDED, Turn.NOT_ASKED)
WITH_WORDS, WITH_WIDE_MARKS = 3, 7
"""So many editions have room on paper for the word beside each mark; so many for a little air around it."""

STEPS_TOLD = 3
"""Of so many of the latest steps page and paper have every criterion in words; of earlier ones their codes."""


@dataclass(frozen=True)
class Standing:
    """A published report in its place among the editions, and how it stands today."""

    edition: Edition
    standing: ReportStanding


@dataclass(frozen=True)
class Step:
    """From one edition to the next: what got better, what got worse, what else changed, and what cannot be compared."""

    place: int
    before: Edition
    after: Edition
    passage: Passage
    better: tuple[Line, ...]
    worse: tuple[Line, ...]
    others: tuple[tuple[Turn, tuple[Line, ...]], ...]
    apart: tuple[Line, ...]


@dataclass(frozen=True)
class OverYears:
    """What the sheet is made of; `standings` and `addresses` have one for each edition of the timeline, oldest first.

    `earlier` counts older reports that are not shown. `line` is the score the next level asks for, with its name.
    `on` is the day the sheet was made.
    """

    name: str
    place: str
    organiser: str
    timeline: Timeline
    standings: tuple[ReportStanding, ...]
    addresses: tuple[str, ...]
    earlier: int
    line: tuple[int, str] | None
    product_name: str
    address: str
    on: dt.date


NOTHING = Timeline(editions=(), sections=(), lines=(), passages=())
"""The timeline of an event on which nothing was published."""


def steps(timeline: Timeline) -> Iterator[Step]:
    """The steps from edition to edition, the latest first."""
    columns = timeline.columns
    for place in reversed(range(len(timeline.passages))):
        others = ((turn, timeline.turned(place, turn)) for turn in OTHER_TURNS)
        yield Step(
            place=place,
            before=columns[place],
            after=columns[place + 1],
            passage=timeline.passages[place],
            better=timeline.turned(place, Turn.BETTER),
            worse=timeline.turned(place, Turn.WORSE),
            others=tuple((turn, lines) for turn, lines in others if lines),
            apart=timeline.turned(place, Turn.APART),
        )


def cells_of(
    timeline: Timeline, *, gettext: words.Gettext = words.english
) -> Callable[[Line], tuple[matrix.MatrixCell, ...]]:
    """What gives the cells of a line of this timeline, ready to draw: each is made once, however often it is shown."""
    drawn = {
        id(line): tuple(matrix.short_cell(cell, gettext=gettext) for cell in line.cells)
        for line in timeline.lines
    }
    return lambda line: drawn[id(line)]


def over_years_html(sheet: OverYears, env: Environment | None = None) -> str:
    """The sheet as one HTML document with print styles: the editions, each step between them, then every criterion."""
    timeline = sheet.timeline
    columns, stepped = timeline.columns, tuple(steps(timeline))
    spoken = [line for line in timeline.lines if applies(line)]
    template = (env or environment()).get_template("pdf/over_years.html")
    return template.render(
        sheet=sheet,
        timeline=timeline,
        columns=columns,
        short_name=shortened_title(sheet.name),
        headline=tuple(headline(timeline)),
        width=_width(len(columns)),
        editions=tuple(
            (Standing(edition, standing), address)
            for edition, standing, address in zip(
                timeline.editions, sheet.standings, sheet.addresses, strict=True
            )
        ),
        told=stepped[:STEPS_TOLD],
        shortened=stepped[STEPS_TOLD:],
        scores=compared.slopes_on_paper(timeline, line=sheet.line, width=TEXT_WIDTH)
        if len(columns) > 1
        else None,
        section_rows=compared.section_rows(
            [(section.title, section.sums) for section in timeline.sections],
            [None if edition.percent is None else edition.own for edition in columns],
        ),
        parts=tuple(
            (section, lines)
            for section in timeline.sections
            if (lines := [line for line in spoken if line.section == section.id])
        ),
        silent=[line for line in timeline.lines if not applies(line)],
        cells=cells_of(timeline),
        once=Once(),
    )


def applies(line: Line) -> bool:
    """Whether a criterion applied to any edition, as far as was said."""
    return any(cell.finding is None or cell.finding.applies for cell in line.cells)


def headline(timeline: Timeline) -> Iterator[tuple[str, str, str]]:
    """The figures the sheet begins with: figure, unit, and what it counts; of the newest edition and the step to it."""
    for edition in timeline.columns[-1:]:
        if edition.essentials_only:
            met, of = edition.essentials_only.met, edition.essentials_only.applicable
            yield str(met), f"of {of}", f"essentials met at least partly, {words.edition_words(edition)}"
        elif edition.percent is not None:
            yield str(edition.percent), "%", f"{words.edition_words(edition)}, {_level(edition)}"
            yield str(edition.evidenced_percent), "%", "counting only what is evidenced"
    for step in list(steps(timeline))[:1]:
        yield (
            str(len(step.better)),
            "better",
            f"and {len(step.worse)} worse since {words.edition_words(step.before)}",
        )


def _level(edition: Edition) -> str:
    return f"level {edition.level}" if edition.level else "no level"


def _width(columns: int) -> str:
    """How the columns of a table with one for each edition are laid out."""
    if columns <= WITH_WORDS:
        return "words"
    return "marks" if columns <= WITH_WIDE_MARKS else "narrow"
