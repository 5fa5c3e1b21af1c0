"""A criterion with a measure as its template needs it: the inputs for the numbers, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import url_for
from flask_babel import gettext as _

from auditapp.domain.audit import Answer, Audit
from auditapp.domain.checklist import Criterion
from auditapp.domain.facts import Applies
from auditapp.domain.measures import MEASURES, Measure, MeasureUse, Numbers
from auditapp.domain.measuring import settled, worked
from auditapp.domain.scoring import applicability
from auditapp.rendering.figures import FigureView, figure_view
from auditapp.web.audits.inputs import Input
from auditapp.web.audits.number_inputs import NumberInput, NumberInputs, TablePart, side_by_side
from auditapp.web.audits.typed import NOT_APPLICABLE, TypedAnswer

Verdict = Literal["blank", "wrong", "incomplete", "settled", "open"]
"""What the numbers come to: none are there, some are wrong, some are missing, a grade follows, or none does.

None follows where the measure only informs, the groups are small, or a number a grade hangs on is not known.
"""


@dataclass(frozen=True)
class NumbersPart:
    """The numbers of a criterion: the inputs, and the figure.

    `fields` stand side by side where they ask the same about women and about men or everybody. `entered_at` is the
    criterion where the numbers are entered when this one takes them from there, and `entered_href` leads to it.
    `by_hand` says that a grade was chosen. `needs` leads to what is still missing, and names it.
    """

    measure: Measure
    fields: tuple[tuple[NumberInput, ...], ...]
    table: TablePart | None
    unit: Input | None
    rows: int
    source: str
    of_source: str
    blank: bool
    verdict: Verdict
    informs: bool
    by_hand: bool
    view: FigureView | None
    needs: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]
    entered_at: Criterion | None = None
    entered_href: str | None = None


def numbers_part(audit: Audit, typed: TypedAnswer) -> NumbersPart | None:
    """What the criterion shows of its measure; None without one."""
    use = typed.criterion.measure
    measure = MEASURES.get(use.name) if use else None
    if use is None or measure is None:
        return None
    if typed.numbers is None:
        return _shared(audit, typed, use, measure)
    numbers = typed.numbers
    numbers.work()
    numbers.offer(measure.table.at_start if measure.table else 0)
    inputs = NumberInputs(typed.criterion, numbers, missing=typed.demand)
    view = _view(audit, typed, numbers.numbers) if numbers.figure is not None else None
    return NumbersPart(
        measure=measure,
        fields=tuple(side_by_side([inputs.field(one) for one in measure.fields])),
        table=inputs.table(measure.table) if measure.table else None,
        unit=inputs.unit() if measure.money else None,
        rows=len(numbers.rows),
        source=numbers.source,
        of_source=numbers.digest() if numbers.source else "",
        blank=numbers.blank,
        verdict="blank"
        if numbers.blank
        else "wrong"
        if numbers.problems
        else "incomplete"
        if view is None
        else _verdict(view),
        informs=use.informs_only,
        by_hand=typed.choice not in ("", NOT_APPLICABLE),
        view=view,
        needs=tuple((inputs.href(place), inputs.called(place)) for place in numbers.missing),
        problems=tuple(inputs.problems()),
    )


def _shared(audit: Audit, typed: TypedAnswer, use: MeasureUse, measure: Measure) -> NumbersPart:
    """The part of a criterion that takes the numbers entered at another one."""
    source = audit.checklist.criterion(use.numbers_from or "")
    given = audit.answer(source.id)
    numbers = given.numbers if given else None
    there = applicability(audit.checklist, audit.facts)[source.id] is not Applies.NO
    beside = there and (source.in_quick_audit or not typed.criterion.in_quick_audit)
    known = worked(source, given) is not None
    view = _view(audit, typed, numbers, whole=not beside) if known else None
    return NumbersPart(
        measure=measure,
        fields=(),
        table=None,
        unit=None,
        rows=0,
        source="",
        of_source="",
        blank=not numbers,
        verdict=_verdict(view) if view else "incomplete" if numbers else "blank",
        informs=use.informs_only,
        by_hand=typed.choice not in ("", NOT_APPLICABLE),
        view=view,
        needs=(),
        problems=(),
        entered_at=source,
        entered_href=url_for("audits.section", key=audit.key, section_id=source.section, _anchor=source.code)
        if there
        else None,
    )


def _verdict(view: FigureView) -> Verdict:
    return "settled" if view.verdict == "numbers" else "open"


def _view(
    audit: Audit, typed: TypedAnswer, numbers: Numbers | None, *, whole: bool = True
) -> FigureView | None:
    """The figure of these numbers with the grade they lead to, or else the one chosen by hand.

    It is `whole` where the criterion at which the numbers are entered does not stand on every page this one is on.
    """
    criterion, stored = typed.criterion, audit.answer(typed.criterion.id)
    chosen = typed.choice if typed.choice in criterion.grade_ids else None
    answer = Answer(grade=chosen, numbers=numbers, evidence=stored.evidence if stored else ())
    if criterion.measure and (criterion.measure.numbers_from is None or chosen is None):
        answer = settled(criterion, answer)
    figure = worked(criterion, answer)
    return figure_view(audit.checklist, criterion, answer, figure, whole=whole, gettext=_) if figure else None
