"""Measures the pages of one installation in this process: `python -m tests.benchmarks.at_size`, with AUDITAPP_* set.

Requests go through the WSGI application without a network. Each is measured with many different values, in an order that
is the same each time, once the process is warm. The answer is JSON on standard output.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from random import Random
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode

import psutil
from flask import Flask
from sqlalchemy import Select, event, func, or_, select

from auditapp.app import create_app, settle
from auditapp.domain.report import PublicationState
from auditapp.settings import Settings
from auditapp.storage.database import db
from auditapp.storage.rows import EventRow, OrganiserRow, PostingRow, PublicationRow
from auditapp.storage.search import FACETS
from auditapp.storage.terms import folded

SEED = 11
WARM, TIMES = 8, 100
SAMPLED = 3_000
"""Reports from which the values asked for are drawn."""

EACH = range(WARM + TIMES)


@dataclass(frozen=True)
class Measured:
    """A kind of request: milliseconds at the median and beyond, and at the 95th percentile those of the processor alone;
    statements at least and at most, kilobytes sent, and how many answers were not what was asked for.
    """

    name: str
    p50: float
    p95: float
    p99: float
    processor: float
    fewest: int
    most: int
    kilobytes: float
    refused: int


@dataclass(frozen=True)
class Result:
    """What was measured of one installation. Memory is resident megabytes: once warm, and before any request."""

    reports: int
    database: str
    rows: list[Measured]
    megabytes: float
    megabytes_at_rest: float
    first_search: float


class Counter:
    """Statements sent to the database."""

    def __init__(self) -> None:
        self.statements = 0

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Counts from zero within the block."""

        def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            self.statements += not statement.startswith("BEGIN")

        event.listen(db.engine, "before_cursor_execute", count)
        try:
            yield
        finally:
            event.remove(db.engine, "before_cursor_execute", count)


@dataclass(frozen=True)
class Sample:
    """Some of what the database holds, to ask for."""

    slugs: list[str]
    races: list[str]
    titles: list[str]
    towns: list[str]
    events: list[str]
    organisers: list[str]
    values: dict[str, list[str]]
    criteria: list[str]
    numbers: tuple[int, int]


def sample(app: Flask) -> Sample:
    """Draws the values that will be asked for."""
    p = PublicationRow
    with app.app_context(), db.engine.connect() as connection:

        def column(statement: Select[Any]) -> list[str]:
            return [value for value in connection.scalars(statement) if value]

        low, high = connection.execute(select(func.min(p.id), func.max(p.id))).one()
        chosen = Random(SEED).sample(range(low, high + 1), min(SAMPLED, high))
        live = p.state == PublicationState.LIVE.value, p.id.in_(chosen)
        kinds = or_(*(PostingRow.term.startswith(f"{kind}:") for kind in (*FACETS, "finding")))
        terms = column(select(PostingRow.term).distinct().where(kinds).order_by(PostingRow.term))
        return Sample(
            slugs=column(select(p.slug).where(*live)),
            races=column(select(p.slug).where(*live, p.checklist == "endurance-event@1.0")),
            titles=column(select(p.title).where(*live)),
            towns=column(select(p.place).where(*live)),
            events=column(select(EventRow.slug).where(EventRow.id.in_(select(p.event_id).where(*live)))),
            organisers=column(
                select(OrganiserRow.slug).where(OrganiserRow.id.in_(select(p.organiser_id).where(*live)))
            ),
            values={
                facet: [term.partition(":")[2] for term in terms if term.startswith(f"{facet}:")]
                for facet in FACETS
            },
            criteria=[
                term.rpartition(":")[2].replace("=", ":") for term in terms if term.startswith("finding:")
            ],
            numbers=(low, high),
        )


class Requests:
    """Every kind of request this version of the product answers, and the addresses it is measured with."""

    def __init__(self, app: Flask, there: Sample) -> None:
        self.rules = {re.sub(r"<[^>]+>", "<>", rule.rule) for rule in app.url_map.iter_rules()}
        self.there = there
        self.dice = Random(SEED)

    def __iter__(self) -> Iterator[tuple[str, list[str]]]:
        """Names, each with its addresses; what the product does not answer is left out."""
        yield from self.searches()
        yield from self.lists()
        yield from self.pages()
        yield from self.data()

    def searches(self) -> Iterator[tuple[str, list[str]]]:
        """The list of reports, searched by words."""
        dice, frequent = self.dice, ["marathon", "2025", "london", "half", "events"]
        yield "list, first page", ["/reports/" for _ in EACH]
        yield "search: a frequent word", [searching(q=dice.choice(frequent)) for _ in EACH]
        yield "search: three words of a title", [searching(q=self.words(3)) for _ in EACH]
        yield "search: beginnings of words", [searching(q=self.words(1)[:3]) for _ in EACH]
        yield "search: one letter", [searching(q=dice.choice("abcdehklmrst")) for _ in EACH]
        yield "search: near a place", [searching(place=self.town(), within="200") for _ in EACH]
        yield "search: nothing fits", [searching(q=f"zzz{dice.randint(0, 999)}") for _ in EACH]

    def lists(self) -> Iterator[tuple[str, list[str]]]:
        """The list of reports, narrowed, in its orders, and deep in it."""
        yield "a criterion and a grade", [searching(criterion=self.criterion()) for _ in EACH]
        for facet in FACETS:
            if self.there.values[facet]:
                yield f"facet: {facet}", [searching(**{facet: self.value(facet)}) for _ in EACH]
        parts = [
            {"q": self.words(1)[:2], "country": self.value("country"), "criterion": self.criterion()}
            for _ in EACH
        ]
        yield "a word, a facet and a criterion", [searching(**given) for given in parts]
        for order in ("score", "evidence", "date"):
            yield f"order: {order}", [searching(order=order) for _ in EACH]
        yield "a deep page by its cursor", [searching(after=self.number()) for _ in EACH]

    def pages(self) -> Iterator[tuple[str, list[str]]]:
        """Everything else for readers."""
        for rule, name, known in (
            ("/reports/<>", "a report", self.there.slugs),
            ("/reports/<>.json", "a report as its document", self.there.slugs),
            ("/reports/<>/badge.svg", "a badge", self.there.slugs),
            ("/events/<>", "an event", self.there.events),
            ("/organisers/<>", "an organiser", self.there.organisers),
        ):
            yield from self.each(rule, name, known)
        yield "six reports compared", [self.six("/reports/compare") for _ in EACH]
        for path, name in (
            ("/reports/statistics", "statistics of a country"),
            ("/reports/calendar", "calendar of a country"),
            ("/reports/feed.atom", "feed of a country"),
        ):
            yield from self.of_a_country(path, name)
        if "/reports/statistics" in self.rules:
            yield "statistics of everything", ["/reports/statistics" for _ in EACH]

    def data(self) -> Iterator[tuple[str, list[str]]]:
        """What programs ask for."""
        yield from self.each("/api/v1/reports/<>.json", "API: a report", self.there.slugs)
        yield from self.each("/api/v1/events/<>.json", "API: an event", self.there.events)
        for path, name in (
            ("/api/v1/reports.csv", "API: a search as CSV"),
            ("/api/v1/statistics.json", "API: statistics"),
            ("/api/v1/events.json", "API: events"),
        ):
            yield from self.of_a_country(path, name)
        if "/api/v1/compare.json" in self.rules:
            yield "API: six reports compared", [self.six("/api/v1/compare.json") for _ in EACH]
        for rows in (20, 100):
            given = [{"per_page": str(rows), "cursor": self.number()} for _ in EACH]
            yield f"API: {rows} rows", [searching("/api/v1/reports.json", **parts) for parts in given]

    def each(self, rule: str, name: str, known: list[str]) -> Iterator[tuple[str, list[str]]]:
        """A page of each of some things."""
        if rule in self.rules:
            yield name, [rule.replace("<>", self.dice.choice(known)) for _ in EACH]

    def of_a_country(self, path: str, name: str) -> Iterator[tuple[str, list[str]]]:
        """A page narrowed to one country."""
        if path in self.rules:
            yield name, [searching(path, country=self.value("country")) for _ in EACH]

    def words(self, count: int) -> str:
        """The first words of a title."""
        return " ".join(folded(self.dice.choice(self.there.titles)).split()[:count])

    def town(self) -> str:
        """A town with its country."""
        return self.dice.choice(self.there.towns)

    def value(self, facet: str) -> str:
        """A value of a facet."""
        return self.dice.choice(self.there.values[facet])

    def criterion(self) -> str:
        """A criterion with an answer."""
        return self.dice.choice(self.there.criteria)

    def number(self) -> str:
        """A place in the list."""
        return str(self.dice.randint(*self.there.numbers))

    def six(self, path: str) -> str:
        """Six races side by side."""
        return f"{path}?{urlencode({'report': self.dice.sample(self.there.races, 6)}, doseq=True)}"


def searching(path: str = "/reports/", **given: str) -> str:
    """The address of a search."""
    return f"{path}?{urlencode(given)}"


def measure(app: Flask, name: str, addresses: list[str]) -> Measured:
    """One kind of request."""
    client, counter = app.test_client(), Counter()
    milliseconds, worked, counts, sizes, refused = [], [], [], [], 0
    for path in addresses[:WARM]:
        client.get(path).get_data()
    with app.app_context(), counter.counting():
        for path in addresses[WARM:]:
            counter.statements = 0
            start, working = perf_counter(), process_time()
            answer = client.get(path)
            body = answer.get_data()
            milliseconds.append((perf_counter() - start) * 1000)
            worked.append((process_time() - working) * 1000)
            counts.append(counter.statements)
            sizes.append(len(body))
            if answer.status_code >= 300:
                refused += 1
                if refused == 1:
                    print(f"{name}: {answer.status} at {path}", file=sys.stderr)
    ordered = sorted(milliseconds)
    p50, p95, p99 = (ordered[min(TIMES - 1, TIMES * share // 100)] for share in (50, 95, 99))
    processor = sorted(worked)[TIMES * 95 // 100]
    kilobytes = round(sum(sizes) / TIMES / 1000, 1)
    return Measured(name, p50, p95, p99, processor, min(counts), max(counts), kilobytes, refused)


def main() -> None:
    """Measure the installation of the environment and print what was found."""
    process = psutil.Process()
    app = create_app(Settings.from_environment(os.environ))
    settle()
    at_rest = process.memory_info().rss / 2**20
    there = sample(app)
    start = perf_counter()
    app.test_client().get("/reports/").get_data()
    first = (perf_counter() - start) * 1000
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    rows = [measure(app, name, addresses) for name, addresses in Requests(app, there) if only in name]
    with app.app_context(), db.engine.connect() as connection:
        reports = connection.execute(select(func.count()).select_from(PublicationRow)).scalar_one()
        database = db.engine.dialect.name
    memory = process.memory_info().rss / 2**20
    print(json.dumps(asdict(Result(reports, database, rows, memory, at_rest, first))))


if __name__ == "__main__":
    main()
