"""`auditapp checklists`: list, show and check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditapp.catalogue import Catalogue, Problem
    from auditapp.domain.checklist import Checklist


def installed_catalogue() -> Catalogue:
    """The checklists that come along, and those of the folders named in AUDITAPP_CHECKLISTS."""
    import os

    from auditapp.catalogue import load_catalogue
    from auditapp.resources import resource_dir
    from auditapp.settings import Settings

    own = Settings.from_environment(os.environ).checklists
    return load_catalogue((resource_dir("checklists"), *own))


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
