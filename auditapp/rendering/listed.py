"""Lists on paper: the reports a search finds, and the events that reach a level, by date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from jinja2 import Environment

from auditapp.domain.scoring import Count
from auditapp.rendering.html import environment

MOST_ROWS = 200
"""Rows a list on paper has at most: some twenty pages, and some seconds of a process."""


@dataclass(frozen=True)
class ListedRow:
    """A report of a list. `day` is that of its edition, None where it is not known; `expired` tells it has run out.

    `distance`, `starters` and `away`, how far it is from the place asked for, are in words; empty where nobody gave them.
    `strengths` are code and title of what it meets in full, and whether evidence shows it.
    """

    title: str
    address: str
    day: dt.date | None
    published_on: dt.date
    expires_on: dt.date
    expired: bool
    percent: int | None
    evidenced_percent: int | None
    level: str | None
    essentials_only: Count | None
    place: str
    organiser: str
    distance: str
    starters: str
    away: str = ""
    strengths: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True)
class Month:
    """The events of a month, soonest first."""

    first: dt.date
    rows: tuple[ListedRow, ...]


@dataclass(frozen=True)
class ListSheet:
    """What a list on paper is made of. `searched` says in words what its reports have in common, `order` how they stand.

    `total` is how many fit, `before` how many of them stand before these rows; what is behind them can be had as a sheet at
    `following`, None where nothing is.
    """

    kind: Literal["reports", "to-come", "held"]
    rows: tuple[ListedRow, ...]
    total: int
    before: int
    following: str | None
    searched: tuple[str, ...]
    order: str
    product_name: str
    address: str
    on: dt.date

    @property
    def is_part(self) -> bool:
        """Whether there is more than these rows."""
        return len(self.rows) < self.total

    @property
    def months(self) -> tuple[Month, ...]:
        """The rows month by month, in their order."""
        by_month = groupby(self.rows, key=lambda row: (row.day or row.published_on).replace(day=1))
        return tuple(Month(first, tuple(rows)) for first, rows in by_month)


def list_html(sheet: ListSheet, env: Environment | None = None) -> str:
    """The sheet as one HTML document with print styles."""
    name = "list" if sheet.kind == "reports" else "calendar"
    return (env or environment()).get_template(f"pdf/{name}.html").render(sheet=sheet)
