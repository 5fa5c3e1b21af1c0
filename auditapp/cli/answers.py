"""`auditapp template`, `score`, `report` and `compare`: from an answers file to a report and beyond."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditapp.cli.checklists import installed_catalogue
from auditapp.cli.proof import carried_report

if TYPE_CHECKING:
    from auditapp.catalogue import Catalogue
    from auditapp.domain.comparison import Comparison
    from auditapp.domain.report import Report

ANSWERS = click.argument("answers", metavar="ANSWERS.yaml", type=click.Path(path_type=Path))


@click.command()
@click.argument("checklist", metavar="ID[@VERSION]")
def template(checklist: str) -> None:
    """Print an answers file with every criterion, to fill in."""
    from auditapp.catalogue import template_text

    click.echo(template_text(installed_catalogue().get(checklist)), nl=False)


@click.command()
@ANSWERS
@click.option("--json", "as_json", is_flag=True, help='As JSON; points that are not whole as "67/2".')
def score(answers: Path, as_json: bool) -> None:
    """Score an answers file, and say what would reach the next level."""
    from auditapp.rendering.data import score_data
    from auditapp.rendering.terminal import report_text

    result = _report(answers, installed_catalogue())
    if as_json:
        data = score_data(result)
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        click.echo(report_text(result), nl=False)


@click.command()
@ANSWERS
@click.option("--output", required=True, type=click.Path(path_type=Path), help="Where to write the PDF.")
@click.option(
    "--document", type=click.Path(path_type=Path), help="Where to write the report document (JSON)."
)
@click.option("--summary", is_flag=True, help="The result on one page instead of the whole report.")
def report(answers: Path, output: Path, document: Path | None, summary: bool) -> None:
    """Make the report on an answers file, as a PDF."""
    for path in (output, document):
        if path is not None:
            _check_target(path)
    if document is not None and document.absolute() == output.absolute():
        raise click.ClickException("The PDF and the document cannot be the same file.")
    with _progress() as step:
        result = _report(answers, installed_catalogue())
        step("Laying out the pages")
        from auditapp.proof.signing import unsigned
        from auditapp.rendering.claims import the_document
        from auditapp.rendering.html import report_html
        from auditapp.rendering.one_page import OnePage, one_page_html
        from auditapp.rendering.press import print_once
        from auditapp.settings import Settings

        settings = Settings.from_environment(os.environ)
        if summary:
            html = one_page_html(OnePage(result, None, settings.name))
        else:
            html = report_html(result, product_name=settings.name, state="completed")
        step("Printing")
        content = unsigned(result).content
        pdf = print_once(html, the_document(content, result.completed_on)).pdf
        step("Writing")
        _write(output, pdf)
        if document is not None:
            _write(document, content)
        step("Done")
    click.echo(output)
    if document is not None:
        click.echo(document)


@click.command()
@click.argument("files", metavar="FILE FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "pdf"]),
    help="What to make: a table if not given, or a PDF where the output ends in .pdf.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Where to write it, instead of printing.")
def compare(files: tuple[Path, ...], form: str | None, output: Path | None) -> None:
    """Set two to six answers files, report documents or PDFs of reports side by side."""
    from auditapp.domain import comparison

    if not comparison.FEWEST <= len(files) <= comparison.MOST:
        raise click.UsageError(
            f"A comparison takes {comparison.FEWEST} to {comparison.MOST} files, not {len(files)}."
        )
    if form is None:
        form = "pdf" if output is not None and output.suffix.lower() == ".pdf" else "table"
    if form == "pdf" and output is None:
        raise click.UsageError(
            "A PDF is not printed to the terminal; say where to write it with --output FILE.pdf."
        )
    if output is not None:
        _check_target(output)
    catalogue = installed_catalogue()
    reports = [_any_report(path, catalogue) for path in files]
    result = comparison.compare(reports, catalogue.between(report.checklist for report in reports))
    made = _compared_pdf(result) if form == "pdf" else _compared_text(result, form).encode()
    if output is None:
        click.echo(made.decode(), nl=False)
        return
    _write(output, made)
    click.echo(output)


def _compared_text(result: Comparison, form: str) -> str:
    from auditapp.rendering.data import comparison_csv, comparison_data
    from auditapp.rendering.terminal import comparison_text

    match form:
        case "json":
            return f"{json.dumps(comparison_data(result), indent=2, ensure_ascii=False)}\n"
        case "csv":
            return comparison_csv(result)
        case _:
            return comparison_text(result)


def _compared_pdf(result: Comparison) -> bytes:
    from auditapp.rendering.press import print_once
    from auditapp.rendering.side_by_side import SideBySide, side_by_side_html
    from auditapp.settings import Settings

    name = Settings.from_environment(os.environ).name
    nowhere = (None,) * len(result.columns)
    return print_once(side_by_side_html(SideBySide(result, nowhere, name, _today()))).pdf


def _report(path: Path, catalogue: Catalogue) -> Report:
    """The report on an answers file as of today."""
    from auditapp.catalogue import read_answers
    from auditapp.domain.report import report_on

    given = read_answers(path, catalogue)
    checklist = catalogue.get(given.checklist)
    return report_on(checklist, given.event, given.facts, given.answers, completed_on=_today())


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _any_report(path: Path, catalogue: Catalogue) -> Report:
    match path.suffix.lower():
        case ".json":
            from auditapp.catalogue import read_document

            return read_document(path)
        case ".pdf":
            return carried_report(path)
        case _:
            return _report(path, catalogue)


def _check_target(path: Path) -> None:
    if path.is_dir():
        raise click.ClickException(f"{path} is a folder; name a file in it.")
    if not path.absolute().parent.is_dir():
        raise click.ClickException(f"The folder {path.parent} does not exist; make it first.")


def _write(path: Path, content: bytes) -> None:
    """Write all of it or nothing: whoever opens the file never finds half a report."""
    try:
        if path.exists() and not path.is_file():  # a device or a pipe is written to, not replaced
            path.write_bytes(content)
            return
        with tempfile.NamedTemporaryFile(
            dir=path.absolute().parent, prefix=f".{path.name}-", delete=False
        ) as draft:
            draft.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(draft.name).chmod(0o666 & ~umask)
        Path(draft.name).replace(path)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror or error}.") from None


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A progress bar on the error stream, so that standard output holds nothing but the result."""
    steps = 4
    with click.progressbar(
        length=steps,
        label="Reading",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        show_eta=False,
        width=24,
    ) as bar:

        def step(label: str) -> None:
            bar.label = label
            bar.update(1)

        yield step
