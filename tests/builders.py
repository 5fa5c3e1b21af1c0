"""Builders for examples: each makes a whole value and lets a test name only what matters to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from auditapp.domain.audit import Answer, Event, Evidence
from auditapp.domain.checklist import (
    Checklist,
    Criterion,
    ExpectedEvidence,
    Grade,
    Improvement,
    Level,
    Reason,
    Scale,
    ScaleGrade,
    Section,
)
from auditapp.domain.facts import Fact
from auditapp.domain.measures import Figure, MeasureUse, Numbers, Row, Test
from auditapp.domain.measures.figure import Quantity
from auditapp.domain.report import Report, report_on

COMPLETED_ON = dt.date(2027, 2, 16)

GRADED = Scale(
    id="graded",
    grades=(
        ScaleGrade(id="none", label="Not met", points=Fraction(0)),
        ScaleGrade(id="partly", label="Partly", points=Fraction(1, 2)),
        ScaleGrade(id="full", label="Fully", points=Fraction(1)),
    ),
)


def a_criterion(criterion_id: str, code: str, **parts: Any) -> Criterion:
    """A criterion of weight 1 with the usual three grades, one not-applicable reason and a page as evidence."""
    usual: dict[str, Any] = {
        "section": "start",
        "title": f"There is a {criterion_id}",
        "question": f"Is there a {criterion_id}?",
        "why": "Because people ask for it.",
        "grades": (
            Grade(id="none", says="There is none"),
            Grade(id="partly", says="There is one at the start"),
            Grade(id="full", says="There is one everywhere"),
        ),
        "weight": 1,
        "not_applicable": (Reason(id="no-venue", says="There is no venue"),),
        "evidence": ExpectedEvidence(kinds=("page",)),
        "improve": Improvement(change=f"Provide a {criterion_id}", cost="small", days=14),
    }
    return Criterion(id=criterion_id, code=code, **usual | parts)


def a_prize_list(criterion_id: str = "prizes", code: str = "P1", **parts: Any) -> Criterion:
    """A criterion whose grade follows from the prizes: full where every place pays the same, partly where the totals do."""
    usual: dict[str, Any] = {
        "measure": MeasureUse(
            name="prize-parity",
            grades={
                "full": (
                    Test(figure="lowest-ratio", at_least=Fraction(1)),
                    Test(figure="depth", at_least=Fraction(1)),
                ),
                "partly": (Test(figure="total-ratio", at_least=Fraction(95, 100)),),
            },
        ),
        "evidence": ExpectedEvidence(kinds=("page", "number")),
    }
    return a_criterion(criterion_id, code, **usual | parts)


def prizes(*places: tuple[int | None, int | None], unit: str = "pounds") -> Numbers:
    """A prize list: what each place pays women and men, None where nothing was entered."""
    rows = (
        {name: Fraction(paid) for name, paid in zip(("women", "men"), place, strict=True) if paid is not None}
        for place in places
    )
    return Numbers(unit=unit, rows=tuple(Row(cells=cells) for cells in rows))


def a_level(level_id: str, **lines: Any) -> Level:
    """A level that asks for nothing but what the test names."""
    none = dict.fromkeys(("score", "section_floor", "essentials", "answered", "evidenced"), 0)
    return Level(id=level_id, title=level_id.capitalize(), says="A level.", **none | lines)


def a_checklist(
    weights: Mapping[str, int] | None = None,
    *,
    criteria: Sequence[Criterion] | None = None,
    sections: Sequence[str] = ("start",),
    levels: Sequence[Level] = (),
    facts: Sequence[Fact] = (),
    scales: Sequence[Scale] = (GRADED,),
    essentials: Sequence[str] = (),
    **parts: Any,
) -> Checklist:
    """A checklist of criteria with these weights in one section, or of the criteria given."""
    if criteria is None:
        criteria = [
            a_criterion(name, f"A{number}", weight=weight, essential=name in essentials)
            for number, (name, weight) in enumerate((weights or {"ramp": 1}).items(), start=1)
        ]
    usual: dict[str, Any] = {
        "id": "access",
        "version": "1.0",
        "title": "Access",
        "language": "en",
        "status": "current",
        "licence": "CC-BY-4.0",
        "dated": dt.date(2026, 11, 24),
        "summary": "What a venue offers.",
        "minutes": 5,
        "sections": tuple(
            Section(id=name, code="ABCDEFGH"[number], title=name.capitalize(), summary="What there is.")
            for number, name in enumerate(sections)
        ),
    }
    return Checklist(
        **usual | parts,
        criteria=tuple(criteria),
        levels=tuple(levels),
        facts=tuple(facts),
        scales=tuple(scales),
    )


def evidence(kind: str = "page", url: str = "https://ridgelinehalf.example/everyone") -> Evidence:
    """A link that shows something."""
    return Evidence.model_validate({"kind": kind, "url": url, "title": "What we provide"})


def answered(grades: Mapping[str, str], *, evidenced: Sequence[str] | bool = ()) -> dict[str, Answer]:
    """Answers by criterion id: a grade, or "not-applicable"; with a page as evidence where named, or everywhere."""
    shown = grades if evidenced is True else evidenced or ()
    return {
        name: Answer(not_applicable="no-venue")
        if grade == "not-applicable"
        else Answer(grade=grade, evidence=(evidence(),) if name in shown else ())
        for name, grade in grades.items()
    }


def an_event(name: str = "Ridgeline Half Marathon", **parts: Any) -> Event:
    """The event of the examples."""
    usual: dict[str, Any] = {
        "edition": "2027",
        "date": dt.date(2027, 5, 16),
        "place": "Marrowdale",
        "organiser": "Ridgeline Events",
    }
    return Event(name=name, **usual | parts)


def a_report(
    answers: Mapping[str, Answer] | None = None,
    *,
    checklist: Checklist | None = None,
    event: Event | None = None,
    facts: Mapping[str, Any] | None = None,
    completed_on: dt.date = COMPLETED_ON,
) -> Report:
    """A report on these answers."""
    return report_on(
        checklist or a_checklist(), event or an_event(), facts or {}, answers or {}, completed_on=completed_on
    )


def a_figure(measure: str = "prize-parity", **parts: Any) -> Figure:
    """A figure with one quantity, and whatever else the test names."""
    usual: dict[str, Any] = {
        "says": "The numbers come to this.",
        "quantities": (Quantity(id="ratio", label="Ratio", value=Fraction(4, 5), unit="ratio"),),
    }
    return Figure(measure=measure, **usual | parts)


def some_numbers(*rows: Mapping[str, Any], unit: str = "", **values: Any) -> Numbers:
    """Numbers as a file would write them; `women_units=8` is the field "women-units"."""
    entered = {
        "values": {name.replace("_", "-"): value for name, value in values.items()},
        "rows": [{name.replace("_", "-"): cell for name, cell in row.items()} for row in rows],
        "unit": unit,
    }
    return Numbers.model_validate(entered, strict=False)
