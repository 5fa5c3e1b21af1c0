"""What a request asks for, read strictly: a program should learn of its mistake, not get something else."""

from __future__ import annotations

import re
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest

from auditapp.domain.values import forbidden_characters

PER_PAGE, MOST_PER_PAGE = 50, 200
LARGEST_PAGE = 1_000_000
LONGEST_SEARCH, MOST_VALUES = 200, 20
ORDERS = ("newest", "evidence")
PARAMETERS = frozenset({"q", "checklist", "level", "year", "order", "page", "per_page"})

_NAME = re.compile(r"[a-z0-9@.-]{1,80}", re.ASCII)


def asked() -> dict[str, Any]:
    """The search in the parameters of the request; raises BadRequest naming what makes no sense."""
    args = request.args
    if unknown := sorted(set(args) - PARAMETERS):
        raise BadRequest(f"Unknown parameter {unknown[0][:40]!r}. Known: {', '.join(sorted(PARAMETERS))}.")
    q = args.get("q", "")
    if len(q) > LONGEST_SEARCH or forbidden_characters(q):
        raise BadRequest(
            f"q must be text of at most {LONGEST_SEARCH} characters, without control characters."
        )
    order = args.get("order", ORDERS[0])
    if order not in ORDERS:
        raise BadRequest(f"order must be one of {', '.join(ORDERS)}.")
    return {
        "q": q,
        "checklist": several("checklist"),
        "level": several("level"),
        "year": [
            whole_number("year", year, least=1, most=9999) for year in args.getlist("year")[:MOST_VALUES]
        ],
        "order": order,
        "page": whole_number("page", args.get("page", "1"), least=1, most=LARGEST_PAGE),
        "per_page": whole_number(
            "per_page", args.get("per_page", str(PER_PAGE)), least=1, most=MOST_PER_PAGE
        ),
    }


def several(name: str) -> list[str]:
    """All values of a parameter; raises BadRequest for one that cannot be an id."""
    values = request.args.getlist(name)[:MOST_VALUES]
    if not all(_NAME.fullmatch(value) for value in values):
        raise BadRequest(f"{name} must be the id of a {name}.")
    return values


def whole_number(name: str, text: str, *, least: int, most: int) -> int:
    """The number of a parameter; raises BadRequest unless it is whole and within its bounds."""
    if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) or not least <= int(text) <= most:
        raise BadRequest(f"{name} must be a whole number from {least} to {most}.")
    return int(text)
