"""`auditapp serve`, `demo` and `db`: the installation on this machine."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask

    from auditapp.domain.report import Publication, Report
    from auditapp.services.printing import Issued
    from auditapp.settings import Settings
    from auditapp.web.access import Rooms


def _settings(**given: str | None) -> Settings:
    """The settings from the environment, with those given on the command line in their place."""
    from auditapp.settings import PREFIX, Settings

    chosen = {f"{PREFIX}{name.upper()}": value for name, value in given.items() if value is not None}
    return Settings.from_environment(os.environ | chosen)


@contextlib.contextmanager
def application() -> Iterator[Flask]:
    """The application within its context; a database that does not answer ends with a message."""
    from sqlalchemy.exc import SQLAlchemyError

    settings = _settings()
    from auditapp.app import create_app

    try:
        app = create_app(settings)
        with app.app_context():
            yield app
    except SQLAlchemyError as error:
        raise click.ClickException(f"The database does not answer: {_cause(error)}") from None


def _cause(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())


def prepare_places(settings: Settings) -> None:
    """Make the file of towns where there is none yet; what keeps it from being made is said, and nothing else fails."""
    from auditapp.storage.gazetteer import file_in
    from auditapp.storage.gazetteer_file import GazetteerNotMade, make

    if file_in(settings.places).exists():
        return
    click.echo("Preparing the towns of the world, once: some ten seconds.", err=True)
    try:
        make(settings.places)
    except GazetteerNotMade as error:
        click.echo(
            f"They could not be prepared: {error}. Until `auditapp db upgrade` can do so, places are found by their names, "
            "without distances.",
            err=True,
        )


@click.command()
@click.option("--host", help="Address to listen on; 0.0.0.0 lets other machines in.")
@click.option("--port", help="Port to listen on.")
def serve(host: str | None, port: str | None) -> None:
    """Bring the database up to date and serve the pages until stopped."""
    settings = _settings(host=host, port=port)
    _check_address(settings)
    prepare_places(settings)
    from sqlalchemy.exc import SQLAlchemyError

    from auditapp import app

    try:
        app.serve(settings)
    except SQLAlchemyError as error:
        raise click.ClickException(f"The database does not answer: {_cause(error)}") from None


def _check_address(settings: Settings) -> None:
    """Say at once what keeps the server from listening; gunicorn would try for five seconds and say less."""
    import socket

    host, port = settings.host, settings.port
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except socket.gaierror:
        raise click.ClickException(f"There is no host called {host}. Choose another with --host.") from None
    except PermissionError:
        raise click.ClickException(
            f"Port {port} is kept for the system. Choose one above 1023 with --port."
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise click.ClickException(f"Port {port} is taken. Choose another with --port.") from None
        raise click.ClickException(f"Nothing can listen on {host} port {port}: {error.strerror}.") from None


@click.command()
def demo() -> None:
    """Add example audits and published reports to look at; all of them invented."""
    with application() as app:
        from auditapp.resources import PACKAGE
        from auditapp.services.demo import OPEN, load_examples
        from auditapp.storage import database
        from auditapp.storage.database import db

        rooms: Rooms = app.extensions["auditapp"]
        public_url = rooms.settings.public_url
        folder = PACKAGE / "examples"
        reports = [path for path in folder.glob("*.yaml") if not path.name.startswith(OPEN)]
        database.upgrade()
        prepare_places(rooms.settings)
        with (
            rooms.pdf,
            click.progressbar(
                length=len(reports),
                label="Publishing the examples",
                file=sys.stderr,
                hidden=not sys.stderr.isatty(),
                width=24,
            ) as bar,
        ):

            def issue(report: Report, publication: Publication) -> Issued:
                issued = rooms.print_shop.issue(report, publication)
                bar.update(1)
                return issued

            loaded = load_examples(
                db.session,
                rooms.catalogue,
                rooms.files,
                folder,
                now=dt.datetime.now(dt.UTC),
                issue=issue,
                gazetteer=rooms.gazetteer,
            )
    if not loaded.published and not loaded.opened:
        click.echo("The examples are already there.")
        return
    click.echo("Published reports:")
    for slug in loaded.published:
        click.echo(f"  {public_url}/reports/{slug}")
    click.echo("Half filled in, by private link:")
    for started in loaded.opened:
        click.echo(f"  {public_url}/audits/open/{started.token}")
    click.echo("The addresses work while `auditapp serve` runs.")


@click.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files; export in the data folder if not given, where the pages offer them.",
)
def export(output: Path | None) -> None:
    """Write all published reports as CSV, JSON Lines and Parquet, with a dictionary, the licence and digests."""
    with application() as app:
        from auditapp.services import exporting
        from auditapp.storage.database import db

        settings = app.extensions["auditapp"].settings
        folder = output or settings.data / exporting.FOLDER
        with click.progressbar(
            length=exporting.reports_to_export(db.session),
            label="Writing reports",
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
            width=24,
        ) as bar:
            manifest = exporting.export_reports(
                db.session,
                folder,
                product=settings.name,
                public_url=settings.public_url,
                now=dt.datetime.now(dt.UTC),
                today=dt.date.today(),  # noqa: DTZ011 - a report runs out by the calendar on the wall
                progress=bar.update,
            )
    click.echo(f"{manifest.reports:,} reports and {manifest.findings:,} findings are in {folder}")
    for file in manifest.files:
        click.echo(f"  {file.name:<18} {file.bytes:>14,} bytes")


@click.group("db")
def database_commands() -> None:
    """Look after the database."""


@contextlib.contextmanager
def _up_to_date() -> Iterator[Rooms]:
    """The application, with its database, the file of towns and the index of what is published up to date."""
    with application() as app:
        from auditapp.services import indexing
        from auditapp.storage import database
        from auditapp.storage.database import db

        rooms: Rooms = app.extensions["auditapp"]
        database.upgrade()
        prepare_places(rooms.settings)
        indexing.index_missing(db.session, rooms.gazetteer)
        yield rooms


@database_commands.command()
def upgrade() -> None:
    """Bring the database up to date, and the index of what is published in it; prepare the towns it is found near."""
    with _up_to_date():
        from auditapp.services import indexing
        from auditapp.storage.database import db

        lacking = indexing.lacks_places(db.session)
    click.echo("The database is up to date.")
    if lacking:
        click.echo(
            "To find what was published before near a place, run `auditapp db reindex` once.", err=True
        )


@database_commands.command()
def reindex() -> None:
    """Make the index of published reports anew, from their documents, and find anew where their events are."""
    with _up_to_date() as rooms:
        from auditapp.services import indexing
        from auditapp.storage import numbered
        from auditapp.storage.database import db

        with click.progressbar(
            length=numbered.count(db.session),
            label="Indexing published reports",
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
            width=24,
        ) as bar:
            indexing.index_anew(db.session, bar.update, rooms.gazetteer)
    click.echo("The index is made anew.")


@database_commands.command()
def check() -> None:
    """Say whether the database is up to date."""
    with application():
        from auditapp.storage import database

        problems = database.check()
    if problems:
        click.echo("\n".join(problems), err=True)
        raise click.exceptions.Exit(1)
    click.echo("The database is up to date.")
