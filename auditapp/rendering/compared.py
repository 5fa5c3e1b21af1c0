"""Pictures of reports side by side, and of one event over its years, with the words a screen reader says for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, TypeVar

from auditapp.domain.cells import Cell
from auditapp.domain.comparison import Comparison
from auditapp.domain.scoring import Sum
from auditapp.domain.timeline import Timeline
from auditapp.rendering import charts, words

WIDE, NARROW = 928.0, 328.0
PAPER_NAMES, PAPER_TEXT, PAPER_HEIGHT = 130.0, 13.0, 225.0
ONE_AND_ANOTHER = 2
SHORT_GLYPH_HEAD, LONG_GLYPH_HEAD = 36.0, 72.0

Chart = TypeVar("Chart")


@dataclass(frozen=True)
class Picture(Generic[Chart]):
    """A drawing with its title, what stands out in it, and the same drawn for a phone; None where there is no phone."""

    chart: Chart
    narrow: Chart | None
    title: str
    desc: str


@dataclass(frozen=True)
class Wordings:
    """How the words of a picture are translated."""

    gettext: words.Gettext = words.english
    ngettext: words.Ngettext = words.english_plural


ENGLISH = Wordings()


def heat_of(
    comparison: Comparison, names: Sequence[str], *, narrow: bool = True, say: Wordings = ENGLISH
) -> Picture[charts.HeatMap]:
    """The shared score by section as a heat map, events side by side."""
    rows = section_rows(
        [(section.title, section.sums) for section in comparison.sections],
        [column.shared for column in comparison.columns],
        say,
    )
    return _heat(tuple(range(1, len(comparison.columns) + 1)), rows, names, narrow, say)


def heat_of_years(
    timeline: Timeline, *, narrow: bool = True, say: Wordings = ENGLISH
) -> Picture[charts.HeatMap]:
    """The score of each edition by section as a heat map, editions side by side."""
    years = [edition.edition for edition in timeline.columns]
    rows = section_rows(
        [(section.title, section.sums) for section in timeline.sections],
        [None if edition.percent is None else edition.own for edition in timeline.columns],
        say,
    )
    return _heat(years, rows, years, narrow, say)


def section_rows(
    sections: Iterable[tuple[str, Sequence[Sum | None]]], whole: Sequence[Sum | None], say: Wordings = ENGLISH
) -> list[tuple[str, list[int | None]]]:
    """The figures of sections in whole percent, the whole checklist first; no row for what nobody has a figure for."""
    rows = [(say.gettext("Whole checklist"), whole), *sections]
    figures = [(title, [None if one is None else one.percent for one in sums]) for title, sums in rows]
    return [(title, percents) for title, percents in figures if any(one is not None for one in percents)]


def _heat(
    columns: Sequence[int | str],
    rows: Sequence[tuple[str, Sequence[int | None]]],
    names: Sequence[str],
    narrow: bool,
    say: Wordings,
) -> Picture[charts.HeatMap]:
    return Picture(
        charts.heat_map(columns, rows, width=WIDE),
        charts.heat_map(columns, rows, width=NARROW, label_width=0.0) if narrow else None,
        say.gettext("Score by section in percent, the darker the higher"),
        extremes(rows, names, say),
    )


def extremes(
    rows: Sequence[tuple[str, Sequence[int | None]]], names: Sequence[str], say: Wordings = ENGLISH
) -> str:
    """The highest and the lowest figure of some rows in a sentence; empty where there is none."""
    known = [
        (percent, title, name)
        for title, percents in rows
        for name, percent in zip(names, percents, strict=True)
        if percent is not None
    ]
    if not known:
        return ""
    high, low = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
    sentence = say.gettext(
        "Highest: %(high)s%%, %(high_section)s, %(high_name)s. Lowest: %(low)s%%, %(low_section)s, %(low_name)s."
    )
    return sentence % {
        "high": high[0],
        "high_section": high[1],
        "high_name": high[2],
        "low": low[0],
        "low_section": low[1],
        "low_name": low[2],
    }


def glyphs_of(
    comparison: Comparison, *, narrow: bool = True, width: float = WIDE, say: Wordings = ENGLISH
) -> Picture[charts.GlyphMap]:
    """Every criterion as a glyph, section by section, a row for each event."""
    sections = [
        (section.title, [(row.code, row.cells) for row in comparison.rows if row.section == section.id])
        for section in comparison.sections
    ]
    return _glyphs(
        tuple(range(1, len(comparison.columns) + 1)), sections, SHORT_GLYPH_HEAD, width, narrow, say
    )


def glyphs_by_section(
    comparison: Comparison, *, width: float, say: Wordings = ENGLISH
) -> tuple[Picture[charts.GlyphMap], ...]:
    """The same as a picture for each section that says something, so that none is torn between two pages."""
    rows = tuple(range(1, len(comparison.columns) + 1))
    parts = (
        _glyphs(
            rows,
            [
                (
                    section.title,
                    [(row.code, row.cells) for row in comparison.rows if row.section == section.id],
                )
            ],
            SHORT_GLYPH_HEAD,
            width,
            narrow=False,
            say=say,
        )
        for section in comparison.sections
    )
    return tuple(replace(part, title=part.chart.blocks[0].title.text) for part in parts if part.chart.blocks)


def glyphs_of_years(
    timeline: Timeline, *, narrow: bool = True, width: float = WIDE, say: Wordings = ENGLISH
) -> Picture[charts.GlyphMap]:
    """Every criterion as a glyph, section by section, a row for each edition."""
    sections = [
        (section.title, [(line.code, line.cells) for line in timeline.lines if line.section == section.id])
        for section in timeline.sections
    ]
    years = [edition.edition for edition in timeline.columns]
    return _glyphs(years, sections, LONG_GLYPH_HEAD, width, narrow, say)


def _glyphs(
    rows: Sequence[int | str],
    sections: Sequence[tuple[str, Sequence[tuple[str, Sequence[Cell]]]]],
    head: float,
    width: float,
    narrow: bool,
    say: Wordings,
) -> Picture[charts.GlyphMap]:
    drawable = (
        (title, [charts.GlyphColumn(code, tuple(map(glyph_worth, cells))) for code, cells in lines])
        for title, lines in sections
    )
    blocks = [(title, columns) for title, columns in drawable if _says_something(columns)]

    def drawn(width: float) -> charts.GlyphMap:
        return charts.glyph_map(rows, blocks, width=width, label_width=head)

    count = sum(len(columns) for _title, columns in blocks)
    return Picture(
        drawn(width),
        drawn(NARROW) if narrow else None,
        say.gettext("Every criterion as a glyph, section by section"),
        say.ngettext("%(num)s criterion in %(rows)s rows.", "%(num)s criteria in %(rows)s rows.", count)
        % {"num": count, "rows": len(rows)},
    )


def glyph_worth(cell: Cell) -> Fraction | str:
    """What a glyph shows: the worth of the answer, the state of a criterion without one, or that it stands apart."""
    if cell.finding is None or not cell.asked:
        return "not_asked"
    if cell.gap is not None:
        return "apart"
    return cell.finding.state.value if cell.worth is None else cell.worth


def _says_something(columns: Iterable[charts.GlyphColumn]) -> bool:
    """Whether a section was answered, or could have been, by anybody."""
    silent = ("not_asked", "not_applicable", "apart")
    return any(worth not in silent for one in columns for worth in one.worths)


def slopes_of_years(
    timeline: Timeline,
    *,
    line: tuple[int, str] | None = None,
    narrow: bool = True,
    say: Wordings = ENGLISH,
) -> Picture[charts.SlopeChart]:
    """The score of every edition as a line, and under it the score counting only what is evidenced."""
    return _scores(timeline, line, narrow, say, width=WIDE)


def slopes_on_paper(
    timeline: Timeline, *, width: float, line: tuple[int, str] | None = None
) -> Picture[charts.SlopeChart]:
    """The same for a sheet of paper, where names have less room beside the lines."""
    size = {"width": width, "height": PAPER_HEIGHT, "name_width": PAPER_NAMES, "size": PAPER_TEXT}
    return _scores(timeline, line, False, ENGLISH, **size)


def _scores(
    timeline: Timeline, line: tuple[int, str] | None, narrow: bool, say: Wordings, **size: float
) -> Picture[charts.SlopeChart]:
    columns = timeline.columns
    entries = [
        charts.SlopeEntry(say.gettext("score"), tuple(one.percent for one in columns), subject=True),
        charts.SlopeEntry(say.gettext("with evidence"), tuple(one.evidenced_percent for one in columns)),
    ]
    title = say.gettext("The score from edition to edition, and counting only what is evidenced")
    return _slopes([one.edition for one in columns], entries, line, title, narrow, say, **size)


def slopes_of_sections(
    timeline: Timeline, *, narrow: bool = True, say: Wordings = ENGLISH
) -> Picture[charts.SlopeChart]:
    """The score of every section from edition to edition, and of the whole checklist."""
    columns = timeline.columns
    entries = [
        charts.SlopeEntry(
            say.gettext("Whole checklist"), tuple(one.percent for one in columns), subject=True
        ),
        *(
            charts.SlopeEntry(section.title, tuple(one.percent if one else None for one in section.sums))
            for section in timeline.sections
            if any(one is not None and one.percent is not None for one in section.sums)
        ),
    ]
    title = say.gettext("The score of every section from edition to edition")
    return _slopes([one.edition for one in columns], entries, None, title, narrow, say)


def years_beside(
    comparison: Comparison, *, narrow: bool = True, say: Wordings = ENGLISH
) -> Picture[charts.SlopeChart] | None:
    """The shared scores of the events over the years; None where no event is there with more than one year.

    The event with most years is what the picture is about. Of two reports on one year the later one counts.
    """
    found: dict[tuple[str, str], dict[int, int | None]] = {}
    names: dict[tuple[str, str], str] = {}
    for column in comparison.columns:
        found.setdefault(column.is_of, {})[column.year] = column.shared.percent
        names.setdefault(column.is_of, column.event)
    most = max(found, key=lambda one: len(found[one]))
    if len(found[most]) < ONE_AND_ANOTHER:
        return None
    years = sorted({year for percents in found.values() for year in percents})
    entries = [
        charts.SlopeEntry(names[one], tuple(percents.get(year) for year in years), subject=one == most)
        for one, percents in found.items()
    ]
    title = say.gettext("The score over the criteria that apply to all, from edition to edition")
    return _slopes([str(year) for year in years], entries, None, title, narrow, say)


def _slopes(
    editions: Sequence[str],
    entries: Sequence[charts.SlopeEntry],
    line: tuple[int, str] | None,
    title: str,
    narrow: bool,
    say: Wordings,
    **wide: float,
) -> Picture[charts.SlopeChart]:
    def drawn(**size: float) -> charts.SlopeChart:
        return charts.slope_chart(editions, entries, line=line, **size)

    return Picture(
        drawn(**(wide or {"width": WIDE})),
        drawn(width=NARROW, name_width=118.0, height=260.0, size=13.0) if narrow else None,
        title,
        moves(editions, entries, say.gettext),
    )


def moves(
    editions: Sequence[str], entries: Sequence[charts.SlopeEntry], gettext: Callable[[str], str]
) -> str:
    """Where every line begins and ends, a sentence for each."""
    sentences = []
    for entry in entries:
        known = [
            (edition, percent)
            for edition, percent in zip(editions, entry.percents, strict=True)
            if percent is not None
        ]
        if known:
            sentences.append(
                gettext("%(name)s: %(from)s%% in %(first)s, %(to)s%% in %(last)s.")
                % {
                    "name": entry.name,
                    "from": known[0][1],
                    "first": known[0][0],
                    "to": known[-1][1],
                    "last": known[-1][0],
                }
            )
    return " ".join(sentences)
