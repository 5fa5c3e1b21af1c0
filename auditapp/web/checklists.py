"""The checklists: what each asks, in full and on paper, before anybody starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.catalogue import template_text
from auditapp.domain.checklist import Checklist, Criterion, Grade
from auditapp.domain.facts import Condition, FactValue
from auditapp.web.access import rooms
from auditapp.web.revalidation import revalidated

bp = Blueprint("checklists", __name__, url_prefix="/checklists")


@dataclass(frozen=True)
class Shelf:
    """A checklist by its id: the version to start audits with, if one may be, and the others."""

    chosen: Checklist
    others: tuple[Checklist, ...]


@dataclass(frozen=True)
class OfferedGrade:
    """A grade as a criterion offers it, with the points it earns."""

    grade: Grade
    label: str
    worth: Fraction
    points: Fraction


@bp.get("/")
def index() -> ResponseReturnValue:
    """Every checklist of this installation."""
    return revalidated(render_template("checklists/index.html", shelves=tuple(shelves())))


@bp.get("/<checklist_id>/<version>")
def show(checklist_id: str, version: str) -> ResponseReturnValue:
    """The whole of one checklist, to read or to print and fill in by hand."""
    checklist = rooms().catalogue.get(f"{checklist_id}@{version}")
    return revalidated(
        render_template(
            "checklists/show.html",
            checklist=checklist,
            startable=checklist in rooms().catalogue.current(),
            explained=request.args.get("why") == "open",
            offered=offered,
            condition_words=condition_words,
        )
    )


@bp.get("/<checklist_id>/<version>.yaml")
def answers_file(checklist_id: str, version: str) -> ResponseReturnValue:
    """An answers file with every criterion, to fill in with a text editor."""
    checklist = rooms().catalogue.get(f"{checklist_id}@{version}")
    response = Response(template_text(checklist), mimetype="application/yaml")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="answers-{checklist.id}-{checklist.version}.yaml"'
    )
    return revalidated(response)


def shelves() -> Iterator[Shelf]:
    """The checklists by id, each with the version to start with, or the newest where there is none."""
    catalogue = rooms().catalogue
    startable = {checklist.id: checklist for checklist in catalogue.current()}
    by_id: dict[str, list[Checklist]] = {}
    for checklist in catalogue.checklists():
        by_id.setdefault(checklist.id, []).append(checklist)
    for name, versions in by_id.items():
        chosen = startable.get(name, versions[0])
        yield Shelf(chosen, tuple(one for one in versions if one.version != chosen.version))


def offered(checklist: Checklist, criterion: Criterion) -> tuple[OfferedGrade, ...]:
    """The grades of a criterion, in the order of the form."""
    return tuple(
        OfferedGrade(
            grade,
            checklist.label(criterion, grade.id),
            checklist.worth(criterion, grade.id),
            checklist.points(criterion, grade.id),
        )
        for grade in criterion.grades
    )


def condition_words(checklist: Checklist, condition: Condition) -> tuple[str, ...]:
    """What has to hold for a criterion to apply: one sentence for each thing that must hold together."""
    parts = condition.all if condition.all is not None else (condition,)
    return tuple(_said(checklist, part) for part in parts)


def _said(checklist: Checklist, condition: Condition, *, holds: bool = True) -> str:
    if condition.not_ is not None:
        return _said(checklist, condition.not_, holds=not holds)
    for parts, joined in ((condition.all, holds), (condition.any, not holds)):
        if parts is not None:
            link = _("; and ") if joined else _("; or ")
            return link.join(_said(checklist, part, holds=holds) for part in parts)
    fact = checklist.fact(condition.fact or "")
    expected = _expected(checklist, condition)
    if holds:
        return _("“%(question)s” is %(expected)s", question=fact.question, expected=expected)
    return _("“%(question)s” is not %(expected)s", question=fact.question, expected=expected)


def _expected(checklist: Checklist, condition: Condition) -> str:
    fact = checklist.fact(condition.fact or "")
    if condition.at_least is not None:
        return _("at least %(number)s %(unit)s", number=condition.at_least, unit=fact.unit or "")
    if condition.at_most is not None:
        return _("at most %(number)s %(unit)s", number=condition.at_most, unit=fact.unit or "")
    values = condition.in_ if condition.in_ is not None else (condition.is_,)
    return _(" or ").join(_value(checklist, fact.id, value) for value in values if value is not None)


def _value(checklist: Checklist, fact_id: str, value: FactValue) -> str:
    fact = checklist.fact(fact_id)
    if fact.type == "choice":
        return _("“%(choice)s”", choice=fact.choice_label(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
