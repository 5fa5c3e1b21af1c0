"""The worked figure of one criterion, ready for the macros: the grade, the sentence, the picture and the working."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import Literal

from auditapp.domain.audit import Answer
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.measures import MEASURES, Figure, Measure
from auditapp.domain.measures.figure import CountedShare, Quantity, Step
from auditapp.domain.measures.shown import end, percent
from auditapp.domain.report import Report
from auditapp.domain.scoring import evidenced
from auditapp.rendering.figures.asks import GradeAsks, asks_of
from auditapp.rendering.figures.pictures import PictureView, Sheet, picture_view
from auditapp.rendering.figures.tables import NumbersView, numbers_view
from auditapp.rendering.figures.units import in_unit
from auditapp.rendering.words import Gettext, english

FEW_HIDDEN = 2
"""So many hidden lines of a working in a row are named one by one."""

Verdict = Literal["numbers", "informs", "small", "missing"]


@dataclass(frozen=True)
class StepRow:
    """A line of the working; `text` is None when it is not shown because it would give a small count away."""

    label: str
    text: str | None


@dataclass(frozen=True)
class ShareRow:
    """So many of so many, with the percentage and its interval in words; `count` is None once it is hidden."""

    label: str
    count: int | None
    of: int
    percent: str
    low: str
    high: str


@dataclass(frozen=True)
class FigureView:
    """Everything there is to show of a figure.

    `worth` is what the glyph shows: the worth of the grade, or "unanswered". `settled_by` says who settled that grade,
    and is None without one; `declared` is true for a grade by hand that rests on no evidence. `verdict` says what the
    numbers lead to: a grade ("numbers"), or none because the measure only informs, because a group is small, or because
    a number that a grade asks for is missing. `asks` holds the thresholds, best grade first. `numbers_at` is the code of
    the criterion where the numbers are entered when it is another one: the picture and the working stand there. `hides`
    is true when anything is not shown because it would give a small count away.
    """

    criterion: str
    code: str
    measure: str
    worth: Fraction | str
    word: str
    points: Fraction | None
    possible: int
    settled_by: Literal["hand", "numbers"] | None
    declared: bool
    verdict: Verdict
    says: str
    picture: PictureView | None
    steps: tuple[StepRow, ...]
    asks: tuple[GradeAsks, ...]
    shares: tuple[ShareRow, ...]
    others: ShareRow | None
    small: bool
    notes: tuple[str, ...]
    formula: str
    sources: tuple[tuple[str, str | None], ...]
    numbers: NumbersView | None
    numbers_at: str | None
    hides: bool


def figure_view(
    checklist: Checklist,
    criterion: Criterion,
    answer: Answer | None,
    figure: Figure,
    *,
    sheet: Sheet = "page",
    whole: bool = False,
    gettext: Gettext = english,
) -> FigureView:
    """What the macro `worked_figure` draws for one criterion.

    `answer` is the answer as it stands, with its numbers and its grade; for numbers that are not saved yet, give what
    `measuring.settled` makes of them, so that the grade shown is the one they lead to. `figure` is what
    `measuring.worked` made of the same numbers, or the published one of a report. Call it in Python and hand the view
    to the template:

        {% from "macros/figures.html" import worked_figure %}
        {{ worked_figure(view, level=3) }}

    `sheet` chooses the drawings: "page" comes with one for a phone, "paper" with one for the PDF. Where the numbers are
    entered at another criterion, the picture, the numbers and the working stand there, unless this one is to be `whole`.
    The criterion needs a measure.
    """
    measure = MEASURES.get(figure.measure)
    currency = answer.numbers.unit if answer and answer.numbers else ""
    shared = criterion.measure.numbers_from if criterion.measure and not whole else None
    picture, numbers = None, None
    shares: tuple[ShareRow, ...] = ()
    steps: tuple[StepRow, ...] = ()
    others = None
    if shared is None:
        shares = tuple(_share(share) for share in figure.shares)
        others = _share(figure.others) if figure.others else None
        steps = tuple(_steps(figure.steps, gettext))
        picture = picture_view(figure, currency, sheet=sheet, gettext=gettext)
        numbers = (
            numbers_view(figure.measure, answer.numbers, gettext=gettext)
            if answer and answer.numbers
            else None
        )
    grade = answer.grade if answer else None
    return FigureView(
        criterion=criterion.id,
        code=criterion.code,
        measure=measure.title if measure else figure.measure,
        worth=checklist.worth(criterion, grade) if grade else "unanswered",
        word=checklist.label(criterion, grade) if grade else "",
        points=checklist.points(criterion, grade) if grade else None,
        possible=criterion.weight,
        settled_by=answer.settled_by if answer and grade else None,
        declared=bool(answer and grade and not evidenced(criterion, answer)),
        verdict=verdict(criterion, answer, figure),
        says=figure.says,
        picture=_without_entered(picture, numbers),
        steps=steps,
        asks=asks_of(checklist, criterion, figure, currency, gettext=gettext),
        shares=shares,
        others=others,
        small=figure.small,
        notes=() if shared else figure.notes,
        formula=measure.formula if measure else "",
        sources=measure.sources if measure else (),
        numbers=_without_points(numbers, picture),
        numbers_at=checklist.criterion(shared).code if shared else None,
        hides=bool(
            (numbers and numbers.hides)
            or any(step.text is None for step in steps)
            or any(share.count is None for share in (*shares, *([others] if others else [])))
        ),
    )


def verdict(criterion: Criterion, answer: Answer | None, figure: Figure) -> Verdict:
    """Whether the numbers lead to a grade, and if not, why not."""
    use = criterion.measure
    if answer is not None and answer.settled_by == "numbers":
        return "numbers"
    if use is None or use.informs_only:
        return "informs"
    if use.grade(figure, criterion.grade_ids) is not None:
        return "numbers"
    asked = {name for tests in use.grades.values() for test in tests for name in test.figures()}
    return "small" if figure.small or any(figure.quantity(name).small for name in asked) else "missing"


def short_fact(quantity: Quantity | None, currency: str = "", *, gettext: Gettext = english) -> str:
    """The number behind a grade in a few words, for a cell of the comparison: "Lowest ratio at any place: 0.80".

    Empty without a number.
    """
    if quantity is None or quantity.value is None:
        return ""
    value = in_unit(quantity.value, quantity.unit, currency, gettext=gettext)
    return gettext("%(label)s: %(value)s") % {"label": quantity.label, "value": value}


def _steps(steps: Iterable[Step], gettext: Gettext) -> Iterator[StepRow]:
    """The working line by line; several hidden lines in a row say only once that they are not shown."""
    for hidden, group in groupby(steps, key=lambda step: step.text is None):
        rows = list(group)
        if hidden and len(rows) > FEW_HIDDEN:
            named = {"first": rows[0].label, "count": len(rows) - 1}
            yield StepRow(gettext("%(first)s, and %(count)s lines more") % named, None)
        else:
            yield from (StepRow(step.label, step.text) for step in rows)


def _without_entered(picture: PictureView | None, numbers: NumbersView | None) -> PictureView | None:
    """The picture without its table where every bar of it stands in the table of the numbers entered, too."""
    if picture is None or picture.table is None or numbers is None or numbers.table is None:
        return picture
    if any(drawing.kind != "bullets" for drawing in picture.drawings):
        return picture
    entered = {row[0] for row in numbers.table.rows}
    return replace(picture, table=None) if {row[0] for row in picture.table.rows} <= entered else picture


def _without_points(numbers: NumbersView | None, picture: PictureView | None) -> NumbersView | None:
    """The numbers without the points of a curve, of which the table of the picture shows as many as anybody reads."""
    if numbers is None or picture is None or any(drawing.kind != "curve" for drawing in picture.drawings):
        return numbers
    return replace(numbers, table=None)


def _share(share: CountedShare) -> ShareRow:
    exact, interval = share.percent, share.interval
    return ShareRow(
        label=share.label,
        count=share.count,
        of=share.of,
        percent=percent(exact) if exact is not None else "",
        low=percent(end(100 * interval.low)) if interval else "",
        high=percent(end(100 * interval.high)) if interval else "",
    )


def report_figures(
    report: Report, *, sheet: Sheet = "page", gettext: Gettext = english
) -> dict[str, FigureView]:
    """The worked figures of a report by criterion: those of criteria that apply."""
    shown = {
        finding.id for finding in report.score.findings if finding.applies and finding.id in report.figures
    }
    found = {}
    for finding in report.score.findings:
        if finding.id in shown:
            criterion = report.criterion(finding)
            found[finding.id] = figure_view(
                report.checklist,
                criterion,
                report.answer(finding),
                report.figures[finding.id],
                sheet=sheet,
                whole=criterion.measure is not None and criterion.measure.numbers_from not in shown,
                gettext=gettext,
            )
    return found


def measures_used(report: Report) -> tuple[Measure, ...]:
    """The measures behind the figures of a report, in the order of the checklist, each once."""
    names = dict.fromkeys(
        report.figures[finding.id].measure
        for finding in report.score.findings
        if finding.applies and finding.id in report.figures
    )
    return tuple(MEASURES[name] for name in names if name in MEASURES)
