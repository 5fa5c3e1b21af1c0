"""`auditapp verify` and `auditapp keys`: whether a report is genuine, and the keys that make ours so."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditapp.domain.report import Report
    from auditapp.domain.verdict import Verdict
    from auditapp.proof.keys import KeyRing, PublicKeys
    from auditapp.proof.opening import Opened

SECONDS = 60
MEMORY = 1024 * 1024 * 1024


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--keys",
    "key_file",
    metavar="KEYS.json",
    type=click.Path(path_type=Path),
    help="Public keys of the installation that published it, saved from /.well-known/report-keys.json there; "
    "those of this one if not given.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="As JSON, with the digest and every point that was checked."
)
def verify(file: Path, key_file: Path | None, as_json: bool) -> None:
    """Check a report, as PDF or as document: is it genuine, unaltered, and does its score follow? Works offline.

    Exit status 0 says genuine, 1 anything else.
    """
    keys = _trusted(key_file)
    opened = open_bounded(file)
    from auditapp.domain.verdict import Result
    from auditapp.proof.checking import check

    verdict = check(opened, keys)
    click.echo(json.dumps(_data(verdict), indent=2, ensure_ascii=False) if as_json else _told(verdict))
    if verdict.result is not Result.GENUINE:
        raise click.exceptions.Exit(1)


@click.group("keys")
def key_commands() -> None:
    """Look after the keys that sign reports."""


@key_commands.command("list")
def list_keys() -> None:
    """Print every public key of this installation, as it publishes them."""
    from auditapp.proof.keys import published_keys

    click.echo(json.dumps(published_keys(_ring().public()), indent=2))


@key_commands.command()
def rotate() -> None:
    """Sign with a new key from now on. What was signed before stays valid; the old private key is destroyed."""
    key = _ring().rotate(today=_today())
    click.echo(f"Reports are signed with {key.id} from now on.")


def open_bounded(path: Path) -> Opened:
    """The report in a file, PDF or document. A file that asks for more time or memory than any report is put away."""
    from auditapp.domain.errors import NotAReport
    from auditapp.proof.opening import LARGEST_FILE, open_file

    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    try:
        with _limits():
            return open_file(content)
    except NotAReport as error:
        raise click.ClickException(f"{path}: {error}") from None
    except (TimeoutError, MemoryError, RecursionError):
        raise click.ClickException(
            f"{path}: This file asks for more time or memory than any report, so it was put away."
        ) from None


def carried_report(path: Path) -> Report:
    """The report that a PDF carries, once its digest and its score hold; whose it is, `auditapp verify` tells."""
    from auditapp.domain.verdict import Outcome
    from auditapp.proof.checking import check
    from auditapp.proof.keys import PublicKeys
    from auditapp.rendering.verdict import verdict_lines

    verdict = check(open_bounded(path), PublicKeys())
    wrong = [line.text for line in verdict_lines(verdict) if line.outcome is Outcome.FAILS]
    if wrong:
        raise click.ClickException(f"{path}: {wrong[0]}")
    return verdict.report


@contextmanager
def _limits() -> Iterator[None]:
    """So many seconds, and so much memory on top of what this process has, for what happens within."""
    import resource

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    statm = Path("/proc/self/statm")
    has = int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0
    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = has + MEMORY
    earlier = signal.signal(signal.SIGALRM, stop)
    resource.setrlimit(
        resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard)
    )
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, earlier)
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))


def _trusted(key_file: Path | None) -> PublicKeys:
    from auditapp.proof.keys import read_public_keys

    if key_file is None:
        return _ring().public()
    try:
        return read_public_keys(key_file.read_bytes())
    except ValueError as error:
        raise click.ClickException(f"{key_file}: {error}") from None


def _ring() -> KeyRing:
    from auditapp.proof.keys import KeyRing
    from auditapp.settings import Settings

    return KeyRing(Settings.from_environment(os.environ).data / "keys")


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _told(verdict: Verdict) -> str:
    from auditapp.rendering import verdict as words

    marks = {"holds": "ok ", "fails": "NO ", "unknown": "?  "}
    report = verdict.report
    standing = words.standing_line(None, report, _today())
    lines = [
        f"{words.headline(verdict)}: {report.title}",
        words.meaning(verdict),
        "",
        *(f"{marks[line.outcome]} {line.text}" for line in (*words.verdict_lines(verdict), standing)),
        "",
        f"Code    {verdict.code}",
        f"SHA-256 {verdict.digest}",
    ]
    if report.published is not None:
        lines += [f"Address {report.published.address}", "", report.published.proves]
    return "\n".join(lines)


def _data(verdict: Verdict) -> dict[str, object]:
    from auditapp.rendering import verdict as words

    report = verdict.report
    told = [
        {"point": one.point.value, "outcome": one.outcome.value, "reason": one.reason, "says": line.text}
        for one, line in zip(verdict.checked, words.verdict_lines(verdict), strict=True)
    ]
    return {
        "result": verdict.result.value,
        "says": words.headline(verdict),
        "title": report.title,
        "schema_version": report.schema_version,
        "digest": verdict.digest,
        "code": verdict.code,
        "key": verdict.key,
        "checked": told,
        "address": report.published.address if report.published else None,
        "expires_on": report.expires_on.isoformat(),
        "expired": report.expires_on <= _today(),
    }
