"""Measures and what they make of numbers, as plain text for people at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from auditapp.domain.measures import Field, Figure, Measure, Numbers
from auditapp.domain.measures.figure import CountedShare, Quantity
from auditapp.domain.measures.shown import end, percent
from auditapp.rendering.figures import in_unit, numbers_view

WIDTH = 100
MOST_ROWS = 40
"""Rows of a table that are printed; a curve has hundreds, and JSON holds them all."""
NOT_SHOWN = "not shown"
NOT_ALL_SHOWN = (
    "Counts of one to four people, and whatever would give them away, are not shown. --all-counts shows them."
)
NOT_TO_PUBLISH = "Some of this gives counts of one to four people away: do not publish it."

READS = {"results": "a results file", "start-list": "a start list or results"}
KINDS = {
    "count": "a whole number",
    "amount": "a number",
    "time": "a time, h:mm:ss",
    "pace": "a pace, m:ss for a kilometre",
    "percent": "a percentage",
    "yes-no": "yes or no",
}


def measures_text(measures: Iterable[Measure]) -> str:
    """Every measure with its name and what it can read."""
    rows = [("Measure", "What it is", "Reads")]
    for measure in measures:
        reads = (
            READS[measure.reads]
            if measure.reads
            else "its own table"
            if measure.table
            else "nothing but numbers"
        )
        rows.append((measure.id, measure.title, reads))
    return "\n".join((*_table(rows), "", "auditapp measure NAME says what a measure asks for.")) + "\n"


def measure_text(measure: Measure) -> str:
    """What a measure asks for, how it is worked out and which figures it comes to."""
    lines = [f"{measure.title} ({measure.id})", *_wrapped(measure.asks), "", "How it is worked out"]
    lines += [f"  {line}" for line in _wrapped(measure.formula, WIDTH - 2)]
    if measure.fields or measure.money:
        lines += ["", "Numbers, given with --set NAME=VALUE"]
        named = [(field.id, _kind(field), field.label) for field in measure.fields]
        if measure.money:
            named.append(("--currency", "a word", "what the money is called: pounds, euros"))
        lines += [f"  {line}" for line in _table(named)]
    for field in measure.fields:
        if field.choices:
            lines += ["", f"Choices of {field.id}"]
            lines += [f"  {line}" for line in _table([(name, label) for name, label in field.choices])]
    if measure.table:
        lines += ["", "Columns of its table, as a CSV file, or with --set once for each row"]
        columns = [(column.id, _kind(column), column.label) for column in measure.table.columns]
        if measure.table.label:
            columns.insert(0, ("label", "a word", measure.table.label))
        lines += [f"  {line}" for line in _table(columns)]
    if measure.reads:
        lines += ["", f"Reads {READS[measure.reads]} as CSV, which fills these numbers in."]
    lines += ["", "Figures"]
    lines += [f"  {line}" for line in _table(list(measure.figures.items()))]
    return "\n".join(lines) + "\n"


def figure_text(measure: Measure, numbers: Numbers, figure: Figure, *, public: bool) -> str:
    """A figure with its counts and intervals, its working and its notes.

    `public` says that the numbers and the figure are as they may be published; otherwise a last line warns where they
    may not.
    """
    lines = [measure.title, *_wrapped(figure.says)]
    if figure.small:
        lines += ["Small numbers: no verdict. A group is under 30 people."]
    lines += [
        "",
        *_table([("Figure", ""), *((one.label, _value(one, numbers)) for one in figure.quantities)]),
    ]
    shares = [*figure.shares, *([figure.others] if figure.others else [])]
    if shares:
        lines += ["", *_table([("Share", "Count", "", "95% interval"), *map(_share, shares)])]
    if figure.steps:
        steps = [(step.label, NOT_SHOWN if step.text is None else step.text) for step in figure.steps]
        lines += ["", *_table([("Working", ""), *steps])]
    if view := numbers_view(measure.id, numbers):
        lines += ["", *_table([("Numbers", ""), *view.values])]
        if view.table is not None and len(view.table.rows) <= MOST_ROWS:
            lines += ["", view.table.caption, *_table([view.table.head, *view.table.rows])]
    if figure.notes:
        lines += ["", "Notes"]
        lines += [line for note in figure.notes for line in _wrapped(note, indent="  ", first="* ")]
    if any(quantity.private for quantity in figure.quantities) or any(step.private for step in figure.steps):
        lines += ["", *_wrapped(NOT_ALL_SHOWN if public else NOT_TO_PUBLISH)]
    return "\n".join(lines) + "\n"


def _kind(field: Field) -> str:
    kind = "a choice" if field.kind == "choice" else KINDS[field.kind]
    return f"{kind}, optional" if field.optional else kind


def _value(quantity: Quantity, numbers: Numbers) -> str:
    if quantity.value is None:
        return NOT_SHOWN if quantity.private else "not known"
    few = " (of fewer than 30: not judged)" if quantity.small else ""
    return in_unit(quantity.value, quantity.unit, numbers.unit) + few


def _share(share: CountedShare) -> tuple[str, str, str, str]:
    exact, interval = share.percent, share.interval
    if exact is None or interval is None:
        return share.label, f"{NOT_SHOWN} of {share.of:,}", "", ""
    ends = f"{percent(end(100 * interval.low))} to {percent(end(100 * interval.high))}"
    return share.label, f"{share.count:,} of {share.of:,}", percent(exact), ends


def _wrapped(text: str, width: int = WIDTH, *, indent: str = "", first: str = "") -> Iterator[str]:
    yield from textwrap.wrap(text, width, initial_indent=first, subsequent_indent=indent) or [""]


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns side by side, each as wide as its widest cell; a working is never cut short."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
