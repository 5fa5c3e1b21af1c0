"""What an address asks for: read as far as it makes sense, and what does not is said, never an error page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from auditapp.domain.values import forbidden_characters

LONGEST_SEARCH = 200
MOST_VALUES = 20
MOST_CHOSEN = 50
LARGEST_PAGE = 1_000_000
ORDERS = ("newest", "evidence")

_SLUG = re.compile(r"[a-z0-9-]{1,100}", re.ASCII)
_NAME = re.compile(r"[a-z0-9@.-]{1,80}", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """A search of published reports as an address holds it.

    `chosen` are the reports ticked for comparison. `ignored` holds what made no sense, as it was written.
    """

    q: str = ""
    checklists: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    order: str = ORDERS[0]
    page: int = 1
    chosen: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    @classmethod
    def of(cls, args: MultiDict[str, str]) -> Asked:
        """The search in the parameters of a request."""
        checklists, odd_checklists = _sorted_out(args.getlist("checklist"), _NAME)
        levels, odd_levels = _sorted_out(args.getlist("level"), _NAME)
        years, odd_years = _sorted_out(args.getlist("year"), _YEAR)
        page, odd_page = page_number(args.get("page", ""))
        order = args.get("order", ORDERS[0])
        return cls(
            q=search_text(args.get("q", "")),
            checklists=checklists,
            levels=levels,
            years=tuple(int(year) for year in years),
            order=order if order in ORDERS else ORDERS[0],
            page=page,
            chosen=slugs(args.getlist("report"))[0],
            ignored=(
                *odd_checklists,
                *odd_levels,
                *odd_years,
                *odd_page,
                *(() if order in ORDERS else (order,)),
            ),
        )

    @property
    def narrows(self) -> bool:
        """Whether the search leaves anything out."""
        return bool(self.q or self.checklists or self.levels or self.years)

    def search(self) -> dict[str, Any]:
        """The search as the service takes it."""
        return {
            "q": self.q,
            "checklist": self.checklists,
            "level": self.levels,
            "year": self.years,
            "order": self.order,
            "page": self.page,
        }

    def address(self, endpoint: str = "reports.index", **changes: Any) -> str:
        """The address of this search, with some parts changed; parts that say nothing are left out."""
        asked = replace(self, **changes)
        parts: dict[str, Any] = {
            "q": asked.q or None,
            "checklist": list(asked.checklists),
            "level": list(asked.levels),
            "year": list(asked.years),
            "order": asked.order if asked.order != ORDERS[0] else None,
            "report": list(asked.chosen),
            "page": asked.page if asked.page > 1 else None,
            "find": 1 if endpoint == "reports.compare" else None,
        }
        return url_for(endpoint, **parts)


def slugs(written: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Report addresses, each once, and what cannot be one; a whole address counts as its last part."""
    named = [text.strip().rstrip("/").rsplit("/", 1)[-1] for text in list(written)[:MOST_CHOSEN]]
    return _sorted_out(named, _SLUG, MOST_CHOSEN)


def search_text(text: str) -> str:
    """What was typed into the search box, without what no report can hold, and cut where it is too long."""
    kept = "".join(
        " " if forbidden_characters(character) else character for character in text[:LONGEST_SEARCH]
    )
    return " ".join(kept.split())


def page_number(text: str) -> tuple[int, tuple[str, ...]]:
    """The page asked for, 1 when it is no number; and what was written when it made no sense."""
    if not text:
        return 1, ()
    if text.isascii() and text.isdigit() and int(text[:9]) >= 1:
        return min(int(text[:9]), LARGEST_PAGE), ()
    return 1, (text[:40],)


def _sorted_out(
    written: Iterable[str], shape: re.Pattern[str], most: int = MOST_VALUES
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    values = list(dict.fromkeys(text for text in written if text))[:most]
    odd = tuple(_shown(text) for text in values if not shape.fullmatch(text))
    return tuple(text for text in values if shape.fullmatch(text)), odd


def _shown(text: str) -> str:
    return search_text(text[:40]) or "…"
