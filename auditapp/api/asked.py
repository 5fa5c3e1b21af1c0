"""What a request asks for, read strictly: a program should learn of its mistake, not get something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import BadRequest

from auditapp.domain.checklist import Checklist
from auditapp.domain.values import forbidden_characters
from auditapp.services.finding import CriterionChoice, chosen_criterion, with_criteria
from auditapp.storage.search import FACETS, ORDERS, Cursor, Search

PER_PAGE, MOST_PER_PAGE = 50, 200
LARGEST_PAGE = 1_000_000
LONGEST_SEARCH, MOST_VALUES = 200, 20
PARAMETERS = frozenset(
    {*FACETS, "q", "criterion", "latest", "place", "since", "until", "order", "page", "per_page", "cursor"}
)

_VALUE = re.compile(r"[^\x00-\x1f\x7f]{1,100}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What a request asks for: a search, and which page of it."""

    wanted: Search
    page: int
    per_page: int
    cursor: Cursor | None

    @property
    def skip(self) -> int:
        """How many reports come before the page asked for by its number."""
        return (self.page - 1) * self.per_page


def asked(checklists: Sequence[Checklist]) -> Asked:
    """The search in the parameters of the request; raises BadRequest naming what makes no sense.

    Criteria are looked up in `checklists`.
    """
    args = request.args
    if unknown := sorted(set(args) - PARAMETERS):
        raise BadRequest(f"Unknown parameter {unknown[0][:40]!r}. Known: {', '.join(sorted(PARAMETERS))}.")
    q = args.get("q", "")
    if len(q) > LONGEST_SEARCH or forbidden_characters(q):
        raise BadRequest(
            f"q must be text of at most {LONGEST_SEARCH} characters, without control characters."
        )
    place = args.get("place", "")
    if len(place) > LONGEST_SEARCH or forbidden_characters(place):
        raise BadRequest(f"place must be text of at most {LONGEST_SEARCH} characters.")
    order = one_of("order", ORDERS)
    wanted = Search(
        q=q,
        narrowed=tuple((facet, values) for facet in FACETS if (values := several(facet))),
        latest=one_of("latest", ("no", "yes")) == "yes",
        place=place,
        since=day("since"),
        until=day("until"),
        order=order,
    )
    return Asked(
        with_criteria(wanted, criteria(checklists)),
        whole_number("page", args.get("page", "1"), least=1, most=LARGEST_PAGE),
        whole_number("per_page", args.get("per_page", str(PER_PAGE)), least=1, most=MOST_PER_PAGE),
        cursor(),
    )


def several(name: str) -> tuple[str, ...]:
    """All values of a parameter; raises BadRequest for one that cannot be a value of it."""
    values = tuple(dict.fromkeys(request.args.getlist(name)))
    if len(values) > MOST_VALUES:
        raise BadRequest(f"{name} may be given at most {MOST_VALUES} times.")
    if name == "year":
        return tuple(f"{whole_number(name, value, least=1, most=9999):04}" for value in values)
    if not all(_VALUE.fullmatch(value) for value in values):
        raise BadRequest(f"{name} must be text of 1 to 100 characters, without control characters.")
    return values


def criteria(checklists: Sequence[Checklist]) -> list[CriterionChoice]:
    """The answers a search asks for; raises BadRequest for a criterion or an answer no checklist has."""
    found = []
    for text in dict.fromkeys(request.args.getlist("criterion")[:MOST_VALUES]):
        choice = chosen_criterion(checklists, text)
        if choice is None:
            raise BadRequest(
                "criterion must be the code or id of a criterion, a colon, and one of its grades, not-applicable or "
                "unanswered, such as B2:full. Several answers stand with a comma between them."
            )
        found.append(choice)
    return found


def one_of(name: str, values: Iterable[str]) -> str:
    """A parameter that is one of a few words, the first when it is not given; raises BadRequest for any other."""
    known = tuple(values)
    value = request.args.get(name, known[0])
    if value not in known:
        raise BadRequest(f"{name} must be one of {', '.join(known)}.")
    return value


def day(name: str) -> str:
    """A day, empty when none is given; raises BadRequest for what is no day."""
    text = request.args.get(name, "")
    if text and not _DAY.fullmatch(text):
        raise BadRequest(f"{name} must be a day written as YYYY-MM-DD.")
    return text


def cursor() -> Cursor | None:
    """Where a page begins, as the address of the page before it says; raises BadRequest for what was never given."""
    text = request.args.get("cursor", "")
    if not text:
        return None
    found = Cursor.of(text)
    if found is None:
        raise BadRequest("cursor must be taken from the address of the next page, unchanged.")
    return found


def whole_number(name: str, text: str, *, least: int, most: int) -> int:
    """The number of a parameter; raises BadRequest unless it is whole and within its bounds."""
    if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) or not least <= int(text) <= most:
        raise BadRequest(f"{name} must be a whole number from {least} to {most}.")
    return int(text)
