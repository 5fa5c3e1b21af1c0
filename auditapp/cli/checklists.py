"""`auditapp checklists`: list, show and check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditapp.catalogue import Catalogue, Problem
    from auditapp.domain.checklist import Checklist


def installed_catalogue(*more: Path) -> Catalogue:
    """The checklists that come along, those of the folders named in AUDITAPP_CHECKLISTS, and those of `more` folders."""
    import os

    from auditapp.catalogue import load_catalogue
    from auditapp.resources import resource_dir
    from auditapp.settings import Settings

    own = Settings.from_environment(os.environ).checklists
    return load_catalogue((resource_dir("checklists"), *own, *more))


@click.group()
def checklists() -> None:
    """List, read and check checklists."""


@checklists.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_checklists(as_json: bool) -> None:
    """Every checklist known here, newest version first."""
    found = installed_catalogue().checklists()
    if as_json:
        click.echo(json.dumps([_summary(checklist) for checklist in found], indent=2, ensure_ascii=False))
        return
    for checklist in found:
        criteria = f"{len(checklist.criteria)} criteria"
        click.echo(f"{checklist.ref:28} {checklist.status:10} {criteria:14} {checklist.title}")


def _summary(checklist: Checklist) -> dict[str, object]:
    return {
        "id": checklist.id,
        "version": checklist.version,
        "title": checklist.title,
        "language": checklist.language,
        "status": checklist.status,
        "criteria": len(checklist.criteria),
        "dated": checklist.dated.isoformat(),
    }


@checklists.command()
@click.argument("checklist", metavar="ID[@VERSION]")
def show(checklist: str) -> None:
    """A whole checklist to read: every question with its grades."""
    from auditapp.rendering.terminal import checklist_text

    click.echo(checklist_text(installed_catalogue().get(checklist)), nl=False)


@checklists.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Read checklist files strictly and run their golden cases.

    PATH is a file called <id>/<version>.yaml, or a folder of such files. Every mistake is named with its
    file, line and criterion, and with what to do about it.
    """
    from auditapp.catalogue import ChecklistFileError, check_checklist

    problems: list[Problem] = []
    sound = []
    for path in _files(paths):
        try:
            sound.append(check_checklist(path))
        except ChecklistFileError as error:
            problems.extend(error.problems)
    for checklist in sound:
        cases = len(checklist.golden)
        click.echo(
            f"{checklist.ref}: {len(checklist.criteria)} criteria, "
            f"{cases} golden {'case' if cases == 1 else 'cases'}, no mistakes"
        )
    if problems:
        click.echo("\n".join(str(problem) for problem in problems), err=True)
        mistakes = f"{len(problems)} {'mistake' if len(problems) == 1 else 'mistakes'}"
        raise click.ClickException(f"{mistakes} to put right.")


@checklists.command()
def schema() -> None:
    """The format of checklist files as JSON Schema, for editors that complete and check while typing."""
    from auditapp.catalogue import schema_text

    click.echo(schema_text(), nl=False)


@checklists.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def release(paths: tuple[Path, ...]) -> None:
    """Release checklist files: from now on `check` notices any change to them.

    Writes their digests into released.txt beside the folders. A file with mistakes, or one that is a draft, is refused.
    """
    from auditapp.catalogue import ChecklistFileError, ReleaseRefused, check_checklist
    from auditapp.catalogue import release as list_as_released

    for path in paths:
        try:
            checklist = check_checklist(path)
        except ChecklistFileError as error:
            raise click.ClickException(str(error)) from None
        if checklist.status == "draft":
            raise click.ClickException(f"{checklist.ref} is a draft. Set its status to 'current' first.")
        try:
            click.echo(f"{list_as_released(path).digest}  {checklist.ref}")
        except ReleaseRefused as refused:
            raise click.ClickException(str(refused)) from None


@checklists.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("answers", metavar="ANSWERS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def impact(old: str, new: str, answers: tuple[Path, ...], as_json: bool) -> None:
    """Whose score and level a new version would change.

    OLD and NEW are checklists as ID@VERSION or files; ANSWERS are answers files for OLD. What can be carried counts as
    confirmed, and everything else as unanswered.
    """
    from auditapp.catalogue import read_answers, read_checklist
    from auditapp.domain.errors import AuditError
    from auditapp.domain.migration import impact as impact_of

    files = [Path(ref).absolute() for ref in (old, new) if ref.endswith(".yaml")]
    catalogue = installed_catalogue(*(path.parent.parent for path in files))
    try:
        before, after = (
            read_checklist(Path(ref)) if ref.endswith(".yaml") else catalogue.get(ref) for ref in (old, new)
        )
        steps = catalogue.steps(before, after) or ((before, after),)
        found = []
        for path in answers:
            audit = read_answers(path, catalogue)
            if audit.checklist != before.ref:
                raise click.ClickException(f"{path} answers {audit.checklist}, not {before.ref}.")
            found.append((path.as_posix(), impact_of(steps, audit.facts, audit.answers)))
    except AuditError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        rows = [{"file": path, **one.model_dump(mode="json"), "changes": one.changes} for path, one in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    from auditapp.rendering.terminal import impact_text

    click.echo(impact_text(before, after, found), nl=False)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """The files named, and for a folder every YAML file below it."""
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        within = sorted(found for ending in ("yaml", "yml") for found in path.rglob(f"*.{ending}"))
        if not within:
            raise click.ClickException(f"{path} holds no checklist files (<id>/<version>.yaml).")
        files.extend(within)
    return files
