"""Start-list share: how many of the starters are women, beside what is usual for the distance and the country."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditapp.domain.measures.benchmarks import BENCHMARKS, Benchmark
from auditapp.domain.measures.definition import ROW, Field, Measure, NumbersRejected, Table
from auditapp.domain.measures.figure import (
    NOT_PUBLISHED,
    SMALL_CELL,
    SMALL_GROUP,
    CountedShare,
    Figure,
    Quantity,
    Shares,
    Step,
)
from auditapp.domain.measures.numbers import Numbers, Row
from auditapp.domain.measures.privacy import unpublished
from auditapp.domain.measures.results import Gender, Results
from auditapp.domain.measures.shown import percent, points
from auditapp.domain.measures.sides import is_private, others_in, percent_of

MOST_EDITIONS = 20
LATEST = "Latest edition"


def work_out(numbers: Numbers) -> Figure:
    """Women's share of all starters, beside a benchmark and over the editions.

    Share = women ÷ (women + men + others) in percent, with its Wilson 95 % interval, for each edition. Gain = the latest
    share − the benchmark, in points; trend = the latest share − that of the oldest edition, in points, None with one
    edition. Source: our own; each benchmark names its year and source. The level is for orientation: a benchmark is
    another field of another year.

    Raises NumbersRejected for an edition without starters.
    """
    out = unpublished(MEASURE, numbers)
    if empty := [place for place, row in enumerate(numbers.rows, start=1) if not _total(row)]:
        raise NumbersRejected({f"row-{place}.women": "count at least one starter" for place in empty})
    shares = tuple(_share(place, row, out) for place, row in enumerate(numbers.rows, start=1))
    latest, oldest = shares[0], shares[-1]
    share = percent_of(latest) or Fraction(0)
    benchmark = {one.id: one for one in BENCHMARKS}.get(numbers.choices.get("field", ""))
    trend = share - (percent_of(oldest) or Fraction(0)) if len(shares) > 1 else None
    hidden = is_private(latest)
    return Figure(
        measure=MEASURE.id,
        says=NOT_PUBLISHED if hidden else _says(latest, share, benchmark),
        quantities=(
            Quantity(
                id="women-share",
                label="Women among the starters",
                value=share,
                unit="percent",
                private=hidden,
            ),
            Quantity(
                id="gain",
                label="Above the benchmark",
                value=None if benchmark is None else share - benchmark.share,
                unit="points",
                private=hidden,
            ),
            Quantity(
                id="trend",
                label="Change since the oldest edition",
                value=trend,
                unit="points",
                private=is_private(latest, oldest),
                small=oldest.of < SMALL_GROUP,
            ),
        ),
        shares=shares,
        steps=tuple(_steps(shares, benchmark, share, trend)),
        others=_others(numbers.rows[0], latest, out),
        small=latest.of < SMALL_GROUP,
        notes=() if benchmark is None else (_note(benchmark),),
        picture=Shares(
            title="Women among the starters",
            shares=tuple(one.id for one in shares),
            lines=() if benchmark is None else (benchmark.share,),
            line="" if benchmark is None else f"benchmark, {benchmark.label}",
        ),
    )


def _total(row: Row) -> int:
    return int(sum(row.cells.get(name, Fraction(0)) for name in ("women", "men", "other")))


def _share(place: int, row: Row, out: frozenset[str]) -> CountedShare:
    return CountedShare(
        id=f"women-{place}",
        label=f"Women, {row.label}",
        count=int(row.cells["women"]),
        of=_total(row),
        private=f"row-{place}.women" in out,
    )


def _steps(
    shares: tuple[CountedShare, ...], benchmark: Benchmark | None, share: Fraction, trend: Fraction | None
) -> Iterator[Step]:
    yield from (one.step for one in shares)
    latest, oldest = shares[0], shares[-1]
    of_latest = f"{latest.count:,} ÷ {latest.of:,}"
    if benchmark is not None:
        text = f"{of_latest} − {benchmark.percent} = {points(share - benchmark.share)}"
        yield Step(label="Above the benchmark", text=text, private=is_private(latest))
    if trend is not None:
        text = f"{of_latest} − {oldest.count:,} ÷ {oldest.of:,} = {points(trend)}"
        yield Step(label="Change since the oldest edition", text=text, private=is_private(latest, oldest))


def _says(latest: CountedShare, share: Fraction, benchmark: Benchmark | None) -> str:
    sentence = f"{percent(share)} of the {latest.of:,} starters are women"
    if benchmark is None:
        return f"{sentence}."
    gain = share - benchmark.share
    if not gain:
        return f"{sentence}, the same as the benchmark of {benchmark.percent}."
    side = "above" if gain > 0 else "below"
    return f"{sentence}, {points(abs(gain))} {side} the benchmark of {benchmark.percent}."


def _others(row: Row, latest: CountedShare, out: frozenset[str]) -> CountedShare | None:
    """Those who are neither recorded as women nor as men. They count among the starters."""
    other = row.cells.get("other")
    if not other:
        return None
    return CountedShare(
        id="others",
        label=f"Non-binary or undisclosed, {row.label}",
        count=int(other),
        of=latest.of,
        private=latest.private or ("row-1.other" in out and other >= SMALL_CELL),
    )


def _note(benchmark: Benchmark) -> str:
    return f"The benchmark is another field’s: {benchmark.source} ({benchmark.year})."


def fill(results: Results, entered: Numbers) -> Numbers:
    """The starters in a start list or in results as one row: the first that has no counts yet, or else the latest."""
    counts = {
        "women": Fraction(results[Gender.WOMEN].starters),
        "men": Fraction(results[Gender.MEN].starters),
        "other": Fraction(others_in(results).starters),
    }
    rows = list(entered.rows) or [Row(label=LATEST)]
    place = next((place for place, row in enumerate(rows) if not row.cells), 0)
    rows[place] = Row(label=rows[place].label or LATEST, cells=counts)
    return entered.model_copy(update={"rows": tuple(rows), "source": results.source})


def _sources() -> tuple[tuple[str, str | None], ...]:
    """Each source once, in the order of the benchmarks."""
    return tuple(dict.fromkeys((benchmark.source, benchmark.address) for benchmark in BENCHMARKS))


MEASURE = Measure(
    id="start-list-share",
    title="Start-list share",
    asks=(
        "Count the starters of each edition, the latest first. A start list or a results file fills in one edition. "
        "Choose the field that is most like yours as a benchmark, or none."
    ),
    formula=(
        "Women divided by all starters, with non-binary and undisclosed starters among all. The gain is the latest share "
        "minus the benchmark, the trend is the latest share minus that of the oldest edition, both in points. Benchmarks "
        "differ in year and in what they count; they are for orientation and no mark."
    ),
    sources=_sources(),
    reads="start-list",
    fill=fill,
    fields=(
        Field(
            "field", "Benchmark", "choice", "The distance and country most like yours.", optional=True,
            choices=tuple((benchmark.id, benchmark.label) for benchmark in BENCHMARKS),
        ),
    ),
    table=Table(
        caption="Starters",
        label="Edition",
        at_start=2,
        most=MOST_EDITIONS,
        columns=(
            Field("women", "Women", "count", people=True, part_of=ROW),
            Field("men", "Men", "count", people=True, part_of=ROW),
            Field(
                "other", "Non-binary or undisclosed", "count", optional=True, people=True, part_of=ROW
            ),
        ),
    ),
    figures={
        "women-share": "women among all starters of the latest edition, in percent",
        "gain": "that share minus the benchmark, in points",
        "trend": "that share minus that of the oldest edition, in points",
    },
    units={"women-share": "percent", "gain": "points", "trend": "points"},
    work_out=work_out,
)  # fmt: skip
