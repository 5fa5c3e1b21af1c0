"""`auditapp measure`: a measure by itself, from a file or from numbers given on the line."""

from __future__ import annotations

import contextlib
import difflib
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import click

if TYPE_CHECKING:
    from fractions import Fraction

    from auditapp.catalogue.results import Account, FileRead, Reading, Role
    from auditapp.domain.measures import Field, Measure, Numbers

LARGE_FILE = 5_000_000
"""Bytes from which a progress bar is worth its place."""
REASONS_SHOWN = 10
LONGEST_LABEL = 100
STDIN = "-"


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.argument(
    "file", metavar="[FILE.csv]", required=False, type=click.Path(path_type=Path, allow_dash=True)
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--set",
    "given",
    metavar="FIELD=VALUE",
    multiple=True,
    help="A number the measure asks for; a column of its table, once for each row.",
)
@click.option(
    "--column",
    "named",
    metavar="ROLE=HEADING",
    multiple=True,
    help="Which column of the file is the gender, time, gun-time, status, wave or place: its heading, its number or none.",
)
@click.option("--currency", metavar="WORD", default="", help="What the money is called: pounds, euros.")
@click.option(
    "--all-counts", is_flag=True, help="Show counts of one to four people, too. Do not publish these."
)
def measure(
    name: str | None,
    file: Path | None,
    as_json: bool,
    given: tuple[str, ...],
    named: tuple[str, ...],
    currency: str,
    all_counts: bool,
) -> None:
    """Work out a measure from a results file, a start list, a table or single numbers.

    Without NAME it lists the measures, with NAME alone it says what the measure asks for. Only what may be published
    goes to standard output; how the lines of the file fared is said on standard error.
    """  # fmt: skip
    from auditapp.domain.measures import MEASURES, NumbersRejected, figure_of, public_figure, public_numbers
    from auditapp.rendering.data import figure_data
    from auditapp.rendering.terminal_measures import figure_text, measure_text, measures_text

    if name is None:
        click.echo(measures_text(MEASURES.values()), nl=False)
        return
    chosen = _measure(name, MEASURES)
    if file is None and not given:
        click.echo(measure_text(chosen), nl=False)
        return
    numbers, read = _entered(chosen, given, currency), None
    try:
        if file is not None:
            read = _read(chosen, file, numbers, _columns(named))
            numbers = read.numbers
            _tell(read)
        figure = figure_of(chosen.id, numbers)
    except NumbersRejected as rejected:
        _refuse(chosen, rejected.problems)
    if not all_counts:
        numbers, figure = public_numbers(chosen, numbers), public_figure(figure)
    if as_json:
        data = figure_data(chosen, numbers, figure)
        if read is not None:
            data["file"] = _file_data(read, lines=all_counts)
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        click.echo(figure_text(chosen, numbers, figure, public=not all_counts), nl=False)


def _measure(name: str, measures: Mapping[str, Measure]) -> Measure:
    if name in measures:
        return measures[name]
    near = difflib.get_close_matches(name, measures, 1)
    remedy = f"Did you mean {near[0]}?" if near else "`auditapp measure` lists them."
    raise click.ClickException(f"There is no measure called {name}. {remedy}")


def _pair(option: str, text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(f"{option} takes a name and a value with = between them, not {text!r}.")
    return name.strip(), value.strip()


def _columns(named: Sequence[str]) -> dict[Role, str]:
    from auditapp.catalogue.results import Role

    columns = {}
    for text in named:
        role, heading = _pair("--column", text)
        if role not in [one.value for one in Role]:
            raise click.UsageError(f"--column knows {', '.join(Role)}, not {role!r}.")
        columns[Role(role)] = heading
    return columns


def _entered(measure: Measure, given: Sequence[str], currency: str) -> Numbers:
    """The numbers given with --set: single ones, and rows of which each mention of a column fills the next."""
    from auditapp.catalogue.results import choice_in, number_in
    from auditapp.domain.measures import Numbers, Row
    from auditapp.domain.measures.numbers import ROW_LIMIT
    from auditapp.domain.values import visible

    fields = {field.id: field for field in measure.fields}
    columns = {column.id: column for column in (measure.table.columns if measure.table else ())}
    values: dict[str, Fraction] = {}
    choices: dict[str, str] = {}
    cells: dict[str, list[Fraction]] = {}
    labels: list[str] = []
    for text in given:
        name, value = _pair("--set", text)
        with _named(name):
            if name == "label" and measure.table and measure.table.label:
                labels.append(visible(value)[:LONGEST_LABEL])
            elif name in columns:
                cells.setdefault(name, []).append(number_in(columns[name], value))
            elif name not in fields:
                raise ValueError(_unknown(measure, name, fields, columns))
            elif fields[name].kind == "choice":
                choices[name] = choice_in(fields[name], value)
            else:
                values[name] = number_in(fields[name], value)
    length = max([len(labels), *map(len, cells.values())], default=0)
    rows = tuple(
        Row(
            label=labels[place] if place < len(labels) else "",
            cells={name: column[place] for name, column in cells.items() if place < len(column)},
        )
        for place in range(length)
    )
    if len(rows) > ROW_LIMIT:
        raise click.ClickException(f"A table takes at most {ROW_LIMIT} rows.")
    with _named("--currency"):
        return Numbers(values=values, choices=choices, rows=rows, unit=visible(currency)[:LONGEST_LABEL])


@contextlib.contextmanager
def _named(name: str) -> Iterator[None]:
    """A mistake in a value is said with the name of what it was given for."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(f"{name} {error}.") from None


def _unknown(measure: Measure, name: str, fields: Mapping[str, Field], columns: Mapping[str, Field]) -> str:
    known = [*fields, *columns]
    near = difflib.get_close_matches(name, known, 1)
    remedy = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    return f"is no number of {measure.id}; {remedy}".rstrip(".")


def _read(measure: Measure, file: Path, entered: Numbers, columns: Mapping[Role, str]) -> FileRead:
    from auditapp.catalogue.results import read_file

    with _opened(file) as (stream, size), _progress(size) as progress:
        return read_file(measure, stream, entered, file=_shown(file), columns=columns, progress=progress)


def _shown(file: Path) -> str:
    return "standard input" if str(file) == STDIN else file.name


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[tuple[BinaryIO, int]]:
    """The file with its size in bytes; 0 where nobody knows it."""
    if str(file) == STDIN:
        yield sys.stdin.buffer, 0
        return
    with file.open("rb") as stream:
        size = stream.seek(0, io.SEEK_END) if stream.seekable() else 0
        if size:
            stream.seek(0)
        yield stream, size


@contextlib.contextmanager
def _progress(size: int) -> Iterator[Callable[[int], None] | None]:
    """A progress bar on the error stream while a large file is read."""
    if size < LARGE_FILE or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=size, label="Reading", file=sys.stderr, width=24) as bar:
        yield bar.update


def _tell(read: FileRead) -> None:
    """Say on the error stream how the lines of the file fared, and how its columns were understood."""
    for line in (*_understood(read.reading), *_fared(read.account)):
        click.echo(line, err=True)


def _understood(reading: Reading | None) -> Iterator[str]:
    if reading is None:
        return
    columns = (
        f"{role.value} from “{reading.columns.headings[place]}”"
        for role, place in reading.columns.roles.items()
    )
    yield f"Read as {reading.encoding}: {', '.join(columns)}."
    if reading.genders:
        letters = (
            f"{letter.upper()} as {gender.value}" for letter, gender in sorted(reading.genders.items())
        )
        yield f"Counted {', '.join(letters)}."
    yield from reading.notes


def _fared(account: Account) -> Iterator[str]:
    yield f"Lines: {account.lines:,} read, {account.left_out:,} of them left out."
    for reason, count in account.reasons.most_common(REASONS_SHOWN):
        yield f"  {count:,}: {reason}"
    for bad in account.bad:
        yield f"  line {bad.number:,} {bad.problem}"
    if account.left_out > len(account.bad):
        yield f"  and {account.left_out - len(account.bad):,} more"


def _file_data(read: FileRead, *, lines: bool) -> dict[str, object]:
    """How the lines fared, for programs. How many there were tells how many people, so it is no matter for publication."""
    account, reading = read.account, read.reading
    data: dict[str, object] = {"lines": account.lines} if lines else {}
    data |= {
        "left_out": account.left_out,
        "reasons": dict(account.reasons),
        "first": [{"line": bad.number, "problem": bad.problem} for bad in account.bad],
    }
    if reading is not None:
        headings = reading.columns.headings
        data |= {
            "encoding": reading.encoding,
            "columns": {role.value: headings[place] for role, place in reading.columns.roles.items()},
            "genders": {letter: gender.value for letter, gender in reading.genders.items()},
        }
    return data


def _refuse(measure: Measure, problems: Mapping[str, str]) -> NoReturn:
    """Say every number that does not fit, and how to give one that is missing."""
    fields = {field.id: field for field in measure.fields}
    lines = [f"{place}: {problem}" for place, problem in problems.items()]
    for place, problem in problems.items():
        if place in fields and "needed" in problem:
            example = "6:00:00" if fields[place].kind == "time" else "VALUE"
            lines.append(f"Give it with --set {place}={example}.")
            break
    raise click.ClickException("\n".join(lines))
