"""`auditapp simulate`: a population of invented reports, for trials of size."""

from __future__ import annotations

import contextlib
import datetime as dt
import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import click

from auditapp.cli.installation import application, prepare_places

if TYPE_CHECKING:
    from auditapp.population.events import Population
    from auditapp.services.simulating import Planned, Simulation, Standing
    from auditapp.web.access import Rooms

SEED = 20261126
MOST = 5_000_000
STOPPED = -1


class Turns:
    """Lets processes write one after the other, in the order of their numbers, and all stop when one fails."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("fork")
        self._changed = context.Condition()
        self._next = context.Value("q", 0)

    @contextlib.contextmanager
    def stopping(self) -> Iterator[None]:
        """A block whose failure stops everybody."""
        try:
            yield
        except BaseException:
            self._let(STOPPED)
            raise

    @contextlib.contextmanager
    def turn(self, number: int) -> Iterator[None]:
        """Waits until everything before this number is written; raises InterruptedError when something was not."""
        with self._changed:
            self._changed.wait_for(lambda: self._next.value in (number, STOPPED))
        if self._next.value == STOPPED:
            raise InterruptedError("an earlier batch was not written")
        yield
        self._let(number + 1)

    def _let(self, number: int) -> None:
        with self._changed:
            self._next.value = number
            self._changed.notify_all()


@click.command()
@click.option(
    "--reports", "size", type=click.IntRange(1, MOST), required=True, help="How many reports to publish."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=SEED,
    show_default=True,
    help="The same gives the same.",
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Day of the last reports.  [default: today]")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--into-existing", is_flag=True, help="Mix them among reports that are there already.")
def simulate(size: int, seed: int, until: dt.datetime | None, processes: int, into_existing: bool) -> None:
    """Fill the database with invented reports, to see how the product fares with many.

    Organisers, events and editions over years, answered against every checklist, signed and published in the order of
    their days. Stopped half way, the same command goes on where it was. PDFs are made when somebody asks for one.
    """
    with application() as app:
        from auditapp.population.events import Population
        from auditapp.services import simulating
        from auditapp.storage import database
        from auditapp.storage.database import db

        rooms: Rooms = app.extensions["auditapp"]
        database.upgrade()
        prepare_places(rooms.settings)
        standing = simulating.standing(db.session)
        day = until.date() if until else dt.datetime.now(dt.UTC).date()
        wanted = simulating.Simulation(seed, size, day)
        begun = standing.simulation
        if begun is not None and begun[:2] == wanted[:2] and until in (None, begun.until):
            wanted = begun
        _refuse(standing, wanted, into_existing=into_existing)
        begin = standing.written if begun == wanted else 0
        population = Population(rooms.catalogue.current(), seed=seed, until=wanted.until)
        started = time.monotonic()
        _run(rooms, population, wanted, begin=begin, processes=processes, mixed=into_existing)
    seconds = time.monotonic() - started
    written = size - begin
    if begin:
        click.echo(f"{begin:,} of {size:,} simulated reports were there already.")
    click.echo(
        f"{written:,} simulated reports published in {seconds:,.0f} s, {written / seconds:,.0f} a second."
    )


def _refuse(standing: Standing, wanted: Simulation, *, into_existing: bool) -> None:
    if into_existing:
        return
    hint = "Choose another folder with AUDITAPP_DATA, or mix them with --into-existing."
    if standing.has_others:
        raise click.ClickException(f"This database holds published reports that are not simulated. {hint}")
    begun = standing.simulation
    if begun is not None and begun != wanted:
        raise click.ClickException(
            f"This database holds another simulation: {begun.size:,} reports with seed {begun.seed}, "
            f"until {begun.until}. {hint}"
        )


def _run(
    rooms: Rooms, population: Population, wanted: Simulation, *, begin: int, processes: int, mixed: bool
) -> None:
    """Have everything written that is not there yet, a few batches at a time."""
    from auditapp.app import settle
    from auditapp.services import publishing, simulating
    from auditapp.storage.database import db

    def is_taken(slug: str) -> bool:
        return mixed and publishing.is_taken(db.session, slug)

    batches = simulating.batches(simulating.planned(population, wanted.size, is_taken), begin=begin)
    turns = Turns()
    # Whatever is forked from here opens connections of its own, and leaves alone what is there already.
    db.session.close()
    db.engine.dispose()
    settle()
    with (
        click.progressbar(
            length=wanted.size - begin,
            label="Publishing simulated reports",
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
            width=24,
        ) as bar,
        ProcessPoolExecutor(
            processes,
            multiprocessing.get_context("fork"),
            initializer=_begin,
            initargs=(Writer(rooms, population, wanted, turns),),
        ) as pool,
        turns.stopping(),
    ):
        running: deque[Future[int]] = deque()
        for number, batch in enumerate(batches):
            running.append(pool.submit(_write, number, batch))
            if len(running) > 2 * processes:
                bar.update(running.popleft().result())
        while running:
            bar.update(running.popleft().result())


class Writer(NamedTuple):
    """What a process needs to write reports; each has its own since it was forked."""

    rooms: Rooms
    population: Population
    simulation: Simulation
    turns: Turns


_writers: list[Writer] = []


def _begin(writer: Writer) -> None:
    from auditapp.storage.database import db

    db.engine.dispose(close=False)
    _writers.append(writer)


def _write(number: int, batch: tuple[Planned, ...]) -> int:
    """Prepare one batch, and write it when its turn has come; how many reports it holds."""
    from sqlalchemy.orm import Session

    from auditapp.services import simulating
    from auditapp.storage.database import db

    (writer,) = _writers
    sign = writer.rooms.print_shop.document
    with writer.turns.stopping():
        prepared = [simulating.prepare(writer.population, one, sign) for one in batch]
        with writer.turns.turn(number), Session(db.engine, expire_on_commit=False) as session:
            simulating.write(session, prepared, writer.simulation, writer.rooms.gazetteer)
    return len(batch)
