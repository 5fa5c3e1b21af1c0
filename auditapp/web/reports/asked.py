"""What an address asks for: read as far as it makes sense, and what does not is said, never an error page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from auditapp.domain.checklist import Checklist
from auditapp.domain.geography import RADII, USUAL_RADIUS
from auditapp.domain.values import forbidden_characters
from auditapp.services.finding import CriterionChoice, Found, chosen_criterion, with_criteria
from auditapp.services.places import Understood, placed, understand
from auditapp.storage.gazetteer import Gazetteer
from auditapp.storage.search import FACETS, ORDERS, Cursor, Search

LONGEST_SEARCH = 200
MOST_VALUES = 20
MOST_CHOSEN = 50
SHOWN = 40
"""Characters of what made no sense that are shown again."""

_SLUG = re.compile(r"[a-z0-9-]{1,100}", re.ASCII)
_KILOMETRES = re.compile("|".join(map(str, RADII)))
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """A search of published reports as an address holds it.

    `search` is what the service takes, but for the criteria, which stand in `criteria` as they were found, and for what its
    place is taken for, which stands in `near`; None where no place was asked for.
    `chosen` are the reports ticked for comparison. `ignored` holds what made no sense, as it was written.
    """

    search: Search
    criteria: tuple[CriterionChoice, ...] = ()
    cursor: Cursor | None = None
    chosen: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    near: Understood | None = None

    @classmethod
    def of(
        cls, args: MultiDict[str, str], checklists: Sequence[Checklist], gazetteer: Gazetteer, **fixed: Any
    ) -> Asked:
        """The search in the parameters of a request; `fixed` parts of it are what the page itself decides."""
        narrowed: list[tuple[str, tuple[str, ...]]] = []
        ignored: list[str] = []
        for facet in FACETS:
            values, odd = _sorted_out(args.getlist(facet), VALUES[facet])
            ignored += odd
            if values:
                narrowed.append((facet, values))
        criteria, odd = _criteria(args, checklists)
        ignored += odd
        since, odd = _one(args.get("since", ""), _DAY)
        ignored += odd
        until, odd = _one(args.get("until", ""), _DAY)
        ignored += odd
        within, odd = _one(args.get("within", ""), _KILOMETRES)
        ignored += odd
        order, odd = _one(args.get("order", ""), re.compile("|".join(ORDERS)))
        ignored += odd
        cursor, odd = cursor_in(args)
        ignored += odd
        wanted = Search(
            q=search_text(args.get("q", "")),
            narrowed=tuple(narrowed),
            latest=args.get("latest") == "yes",
            place=search_text(args.get("place", "")),
            order=order or next(iter(ORDERS)),
            since=since,
            until=until,
        )
        if within and wanted.place:
            wanted = wanted._replace(within=int(within))
        return cls(
            wanted._replace(**fixed),
            criteria,
            cursor,
            slugs(args.getlist("report"))[0],
            tuple(ignored),
            understand(gazetteer, wanted.place, km=wanted.within, countries=wanted.chosen("country")),
        )

    @property
    def q(self) -> str:
        """The words that were typed."""
        return self.search.q

    @property
    def order(self) -> str:
        """How the list is ordered."""
        return self.search.order

    @property
    def narrows(self) -> bool:
        """Whether the search leaves anything out."""
        plain = Search(order=self.order)
        return self.search != plain or bool(self.criteria)

    @property
    def wanted(self) -> Search:
        """The search as the service takes it, criteria, place and all."""
        return placed(with_criteria(self.search, self.criteria), self.near)

    def asking(self, *criteria: CriterionChoice) -> Asked:
        """The same search, asking of these criteria and no others."""
        return replace(self, criteria=criteria, cursor=None)

    def address(self, endpoint: str = "reports.index", **changes: Any) -> str:
        """The address of this search from its beginning, with some parts changed; parts that say nothing are left out."""
        return url_for(endpoint, **self.parameters(**changes))

    def parameters(self, **changes: Any) -> dict[str, Any]:
        """The parts of an address that hold this search; `changes` are others beside or instead of them."""
        wanted = self.search
        parts: dict[str, Any] = {"q": wanted.q or None}
        parts |= {facet: list(values) for facet, values in wanted.narrowed}
        parts |= {
            "criterion": [str(choice) for choice in self.criteria],
            "latest": "yes" if wanted.latest else None,
            "place": wanted.place or None,
            "within": str(wanted.within) if wanted.within != USUAL_RADIUS else None,
            "since": wanted.since or None,
            "until": wanted.until or None,
            "order": wanted.order if wanted.order != next(iter(ORDERS)) else None,
            "report": list(self.chosen),
        }
        return parts | changes

    def in_calendar(self) -> str:
        """The address of the calendar near the same place."""
        kept = {name: self.parameters().get(name) for name in ("place", "within", "country")}
        return url_for("reports.calendar", **kept)

    def next(self, found: Found, endpoint: str = "reports.index", **changes: Any) -> str | None:
        """The address of the page behind the one that was found; None behind the last."""
        return self.address(endpoint, **changes, after=found.next.text) if found.next else None

    def previous(self, found: Found, endpoint: str = "reports.index", **changes: Any) -> str | None:
        """The address of the page before the one that was found; None before the first."""
        if found.previous is None:
            return None
        if found.second:
            return self.address(endpoint, **changes)
        return self.address(endpoint, **changes, before=found.previous.text)


VALUES = {facet: re.compile(r"[^\x00-\x1f\x7f]{1,100}") for facet in FACETS} | {
    "year": re.compile("[0-9]{4}", re.ASCII)
}
"""What the values of each facet look like. A country may be one whose name nobody knows."""


def cursor_in(args: MultiDict[str, str]) -> tuple[Cursor | None, tuple[str, ...]]:
    """The cursor of an address, None where it has none; and what was written when it made no sense."""
    for name, backwards in (("after", False), ("before", True)):
        if text := args.get(name, ""):
            found = Cursor.of(text, backwards=backwards)
            return (found, ()) if found else (None, (_shown(text),))
    return None, ()


def _criteria(
    args: MultiDict[str, str], checklists: Sequence[Checklist]
) -> tuple[tuple[CriterionChoice, ...], tuple[str, ...]]:
    """The criteria an address asks of, "B2:full"; a form gives a criterion and an answer apart."""
    written = list(dict.fromkeys(text for text in args.getlist("criterion") if text))[:MOST_VALUES]
    answer = args.get("answer", "")
    found: dict[str, CriterionChoice] = {}
    odd = []
    for text in written:
        choice = chosen_criterion(checklists, text if ":" in text else f"{text}:{answer}")
        if choice is not None:
            found[str(choice)] = choice
        else:
            odd.append(_shown(text))
    return tuple(found.values()), tuple(odd)


def _one(text: str, shape: re.Pattern[str]) -> tuple[str, tuple[str, ...]]:
    return (text, ()) if not text or shape.fullmatch(text) else ("", (_shown(text),))


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


def _sorted_out(
    written: Iterable[str], shape: re.Pattern[str], most: int = MOST_VALUES
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    values = list(dict.fromkeys(text for text in written if text))[:most]
    odd = tuple(_shown(text) for text in values if not shape.fullmatch(text))
    return tuple(text for text in values if shape.fullmatch(text)), odd


def _shown(text: str) -> str:
    return search_text(text[:SHOWN]) or "…"
