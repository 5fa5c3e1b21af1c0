"""What a request may ask for, as models: they read it strictly, and describe it.

A program should learn of its mistake, not get something else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeVar, get_origin

from flask import request
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)
from werkzeug.exceptions import BadRequest

from auditapp.domain.checklist import Checklist
from auditapp.domain.comparison import FEWEST, MOST
from auditapp.domain.errors import ChecklistNotFound
from auditapp.domain.geography import USUAL_RADIUS
from auditapp.services.finding import ANSWERS_BESIDE_GRADES, CriterionChoice, chosen_criterion, with_criteria
from auditapp.services.places import Understood, placed, understand
from auditapp.storage.gazetteer import Gazetteer
from auditapp.storage.search import FACETS, Cursor, Search

PER_PAGE, MOST_PER_PAGE = 50, 200
LARGEST_PAGE = 1_000_000
LONGEST_SEARCH, MOST_VALUES = 200, 20


def _whole(value: Any) -> Any:
    """The number that digits alone write; whatever else stands there is left to the check that follows."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value, re.ASCII):
        return int(value)
    return value


def _day(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        raise ValueError("a day is written as YYYY-MM-DD")
    dt.date.fromisoformat(text)
    return text


PLACE = r"^(?:(?:[0-9-]{1,10}|none)\.)?[0-9]{1,9}$"
"""A cursor. It means nothing to whoever has it; one that was never given is refused."""
TYPED = "^[^\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]*$"
"""Text without control characters and without marks that turn the direction of reading."""
SLUG = "^[a-z0-9-]{1,100}$"
CHECKLIST_ID = "^[a-z][a-z0-9-]{0,59}$"
Written = BeforeValidator(_whole)
"""Stands last, so that the bounds before it are those of the number."""
Words = Annotated[str, StringConstraints(max_length=LONGEST_SEARCH, pattern=TYPED)]
ValueName = Annotated[str, StringConstraints(pattern="^[^\x00-\x1f\x7f]{1,100}$")]
Values = Annotated[tuple[ValueName, ...], Field(max_length=MOST_VALUES)]
Year = Annotated[int, Field(ge=1, le=9999), Written]
Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


class Asked(BaseModel):
    """The parameters of an address. One that is not among them is refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", use_attribute_docstrings=True)


class Searched(Asked):
    """A search among published reports. Several values of one parameter widen it, several parameters narrow it."""

    q: Annotated[Words, Field(examples=["ridgeline"])] = ""
    """Beginnings of words in title, place and organiser; accents and capitals do not matter."""
    criterion: Annotated[
        tuple[Annotated[str, StringConstraints(max_length=300)], ...],
        Field(max_length=MOST_VALUES, examples=[["B2:full"]]),
    ] = ()
    """Code or id of a criterion, a colon, and an answer: a grade, `not-applicable` or `unanswered`. Several answers stand
    with a comma between them. All criteria given have to fit."""
    level: Annotated[Values, Field(examples=[["established"]])] = ()
    """Ids of levels, `none`, or `essentials-only` for reports on nothing but the quick audit."""
    checklist: Annotated[Values, Field(examples=[["endurance-event"]])] = ()
    """Ids of checklists."""
    sport: Annotated[Values, Field(examples=[["road"]])] = ()
    """Kinds of events, by the ids the checklist gives them."""
    distance: Annotated[Values, Field(examples=[["half"]])] = ()
    """Bands of distance, as the facets of an answer name them."""
    size: Annotated[Values, Field(examples=[["1000"]])] = ()
    """Bands of field size, as the facets of an answer name them."""
    country: Annotated[Values, Field(examples=[["GB"]])] = ()
    """Countries by their ISO code, as the facets of an answer name them."""
    year: Annotated[tuple[Year, ...], Field(max_length=MOST_VALUES, examples=[[2027]])] = ()
    """Years of editions."""
    evidence: Annotated[Values, Field(examples=[["half"]])] = ()
    """Bands of the share of answers with evidence, as the facets of an answer name them."""
    assurance: Annotated[Values, Field(examples=[["self-declared"]])] = ()
    """Who says so."""
    latest: Literal["no", "yes"] = "no"
    """Whether of each event only the newest report counts."""
    place: Annotated[Words, Field(examples=["Leeds"])] = ""
    """A town or a country. Near a town, events within a distance of it fit; in a country, all of them. Where an event is in
    a place nobody knows, what the words of its place and country begin with fits. A country behind a comma tells towns of
    one name apart, as in `Newcastle, Australia`; so does `country`. `near` in the answer says what was understood."""
    within: Annotated[Literal[25, 50, 100, 200], Written] = USUAL_RADIUS
    """Kilometres around a town, on the great circle from town to town, give or take one."""
    since: Day | None = None
    """The first day of an edition."""
    until: Day | None = None
    """The last day of an edition."""

    def near(self, gazetteer: Gazetteer) -> Understood | None:
        """What the place is taken for; None where none was asked for."""
        return understand(gazetteer, self.place, km=self.within, countries=self.country)

    def search(
        self, checklists: Sequence[Checklist], gazetteer: Gazetteer, *, order: str = "newest"
    ) -> Search:
        """The search as the service takes it; raises BadRequest for a criterion or an answer no checklist has."""
        narrowed = ((facet, self._values(facet)) for facet in FACETS)
        wanted = Search(
            q=self.q,
            narrowed=tuple((facet, values) for facet, values in narrowed if values),
            latest=self.latest == "yes",
            place=self.place,
            within=self.within,
            since=self.since or "",
            until=self.until or "",
            order=order,
        )
        choices = [_chosen(checklists, text) for text in dict.fromkeys(self.criterion)]
        return placed(with_criteria(wanted, choices), self.near(gazetteer))

    def _values(self, facet: str) -> tuple[str, ...]:
        values = dict.fromkeys(getattr(self, facet))
        return tuple(f"{value:04}" if isinstance(value, int) else value for value in values)


class ReportsAsked(Searched):
    """A page of a search among published reports."""

    order: Literal["newest", "score", "evidence", "date"] = "newest"
    """Newest first; by score; by score counting only answers with evidence; by the day of the edition, latest first."""
    per_page: Annotated[int, Field(ge=1, le=MOST_PER_PAGE), Written] = PER_PAGE
    """How many reports a page holds."""
    cursor: Annotated[str, StringConstraints(pattern=PLACE)] | None = None
    """Where the page begins. It stands in the address of the next page, and says nothing by itself."""
    page: Annotated[int, Field(ge=1, le=LARGEST_PAGE), Written] = 1
    """A page by its number, where there is no cursor; one beyond the last is the last."""

    @property
    def begins(self) -> Cursor | None:
        """Where the page begins; None where its number says that."""
        return None if self.cursor is None else Cursor.of(self.cursor)

    @property
    def skip(self) -> int:
        """How many reports come before the page asked for by its number."""
        return (self.page - 1) * self.per_page


class StatisticsAsked(Searched):
    """A search among published reports, and the checklist over which its reports are counted."""

    of: (
        Annotated[str, StringConstraints(pattern=CHECKLIST_ID), Field(examples=["endurance-event"])] | None
    ) = None
    """The checklist to count over; the first one the search speaks of, or that of most audits, where none is named."""
    latest: Literal["no", "yes"] = "yes"
    """Whether of each event only the newest report counts."""

    def counted_over(self, checklists: Sequence[Checklist]) -> Checklist:
        """The checklist to count over; raises ChecklistNotFound for one nobody knows."""
        by_id = {checklist.id: checklist for checklist in checklists}
        spoken_of = (
            *(_chosen(checklists, text).checklist.id for text in self.criterion),
            *(name.partition("@")[0] for name in self.checklist),
            *by_id,
        )
        name = self.of or next((one for one in spoken_of if one in by_id), "")
        if name not in by_id:
            raise ChecklistNotFound(name)
        return by_id[name]


def _each_once(slugs: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(slugs)) < len(slugs):
        raise ValueError("a report is compared with others, not with itself")
    return slugs


class ReportsCompared(Asked):
    """Reports to be set side by side."""

    report: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=SLUG)], ...],
        Field(
            min_length=FEWEST,
            max_length=MOST,
            examples=[["ridgeline-half-marathon-2027", "port-ennis-10k-2027"]],
            json_schema_extra={"uniqueItems": True},
        ),
        AfterValidator(_each_once),
    ]
    """Slugs of published reports."""


SomeAsked = TypeVar("SomeAsked", bound=Asked)


def asked(shape: type[SomeAsked]) -> SomeAsked:
    """The parameters of the request; raises BadRequest naming what makes no sense."""
    given: dict[str, Any] = {}
    for name, values in request.args.lists():
        if name not in shape.model_fields:
            known = ", ".join(sorted(shape.model_fields))
            raise BadRequest(f"Unknown parameter {name[:40]!r}. Known: {known or 'none'}.")
        if is_several(shape, name):
            given[name] = tuple(values)
        elif len(values) > 1:
            raise BadRequest(f"{name} may stand once in the address.")
        else:
            given[name] = values[0]
    try:
        return shape(**given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise BadRequest(f"{first['loc'][0]}: {first['msg']}.") from None


def is_several(shape: type[Asked], name: str) -> bool:
    """Whether a parameter may stand more than once in the address."""
    return get_origin(shape.model_fields[name].annotation) is tuple


def address_parts(wanted: Asked, *without: str) -> dict[str, Any]:
    """What an address says of this: only what was asked for, and nothing called by one of these names."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in wanted
        if name in wanted.model_fields_set and value not in ("", ()) and name not in without
    }


def criterion_pattern(checklists: Sequence[Checklist]) -> str:
    """What `criterion` may be in this installation, as a pattern."""
    names: dict[tuple[str, ...], list[str]] = {}
    seen: set[str] = set()
    for checklist in checklists:
        for criterion in checklist.criteria:
            for name in (criterion.code, criterion.id):
                if name not in seen and (choice := chosen_criterion(checklists, f"{name}:unanswered")):
                    seen.add(name)
                    names.setdefault(choice.criterion.grade_ids, []).append(name)
    parts = (
        f"(?:{'|'.join(named)}):{one}(?:,{one}){{0,4}}"
        for grades, named in names.items()
        for one in [f"(?:{'|'.join((*grades, *ANSWERS_BESIDE_GRADES))})"]
    )
    return f"^(?:{'|'.join(parts)})$"


def _chosen(checklists: Sequence[Checklist], text: str) -> CriterionChoice:
    choice = chosen_criterion(checklists, text)
    if choice is None:
        raise BadRequest(
            "criterion must be the code or id of a criterion, a colon, and one of its grades, not-applicable or "
            "unanswered, such as B2:full. Several answers stand with a comma between them."
        )
    return choice
