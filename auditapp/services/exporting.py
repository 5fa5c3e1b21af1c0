"""All published reports as files: written a few reports at a time, and there together or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy.orm import Session

from auditapp.domain.errors import AuditError
from auditapp.domain.report import PublicationState
from auditapp.domain.standing import standing_of
from auditapp.rendering.dump import dictionary, writers
from auditapp.rendering.dump.columns import Entry
from auditapp.rendering.dump.dictionary import FileOfDump, Manifest
from auditapp.services import publishing
from auditapp.storage import exports
from auditapp.storage.exports import Numbered, TakenBack
from auditapp.storage.folders import FolderBusy, replacing
from auditapp.storage.transactions import reading

FOLDER = "export"
"""Within the data folder, where the pages look for the last export."""
AT_ONCE = 50
"""Documents read together."""
ATTEMPTS = 5
MOST_TAKEN_BACK = 100

SAYS = {
    writers.REPORTS_CSV: "One row for each report, for a spreadsheet.",
    writers.FINDINGS_CSV: "One row for each criterion of each report.",
    writers.REPORTS_PARQUET: "Reports for DuckDB, pandas, R and the like.",
    writers.FINDINGS_PARQUET: "Findings for DuckDB, pandas, R and the like.",
    writers.REPORTS_JSONL: "One report a line, with its findings, as JSON.",
    dictionary.DICTIONARY_MD: "What every column means, to read.",
    dictionary.DICTIONARY_JSON: "What every column means, for programs.",
    dictionary.LICENCE_TXT: "How the data may be used: CC BY 4.0.",
}
"""The files of an export beside its manifest."""


class ExportRunning(AuditError):
    """Another export writes into the same folder."""


class ReportsWithdrawn(AuditError):
    """Reports were withdrawn again and again while they were being written."""


@dataclass(frozen=True)
class Export:
    """The last export of an installation, and what was withdrawn since, of which the latest are named."""

    manifest: Manifest
    withdrawn_since: int
    taken_back: tuple[TakenBack, ...]


def reports_to_export(session: Session) -> int:
    """How many reports an export would hold now."""
    with reading(session):
        return exports.standing(session)


def export_reports(
    session: Session,
    folder: Path,
    *,
    product: str,
    public_url: str,
    now: dt.datetime,
    today: dt.date,
    progress: Callable[[int], None] = lambda _reports: None,
) -> Manifest:
    """Write every report that is not withdrawn into `folder`, in all formats, and say what is there.

    Nothing in `folder` changes before everything is written. `progress` is told of each few reports. A report that is
    withdrawn meanwhile does not stay in the files: they are made anew. Raises ExportRunning, and ReportsWithdrawn when
    that happens again and again.
    """
    try:
        with replacing(folder, last=dictionary.MANIFEST_JSON) as draft:
            dump, upto = _written(session, draft, public_url, today, progress)
            texts = {
                dictionary.DICTIONARY_MD: dictionary.dictionary_md(),
                dictionary.DICTIONARY_JSON: dictionary.dictionary_json(),
                dictionary.LICENCE_TXT: dictionary.licence_text(product, public_url, today),
            }
            for name, text in texts.items():
                (draft / name).write_text(text, "utf-8")
            manifest = Manifest(
                product=product,
                url=public_url,
                made_at=now,
                reports=dump.reports,
                findings=dump.findings,
                checklists=dict(sorted(dump.checklists.items())),
                upto=upto,
                files=tuple(_file(draft, name, dump) for name in SAYS),
            )
            (draft / dictionary.MANIFEST_JSON).write_text(manifest.model_dump_json(indent=2) + "\n", "utf-8")
    except FolderBusy:
        raise ExportRunning(f"{folder}: another export is writing into this folder") from None
    return manifest


def last_export(session: Session, folder: Path) -> Export | None:
    """What the last export into `folder` holds, and what was withdrawn since; None when there is none to be read."""
    try:
        manifest = Manifest.model_validate_json((folder / dictionary.MANIFEST_JSON).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    with reading(session):
        left = exports.standing(session, manifest.upto)
        since = manifest.reports - left
        taken_back = (
            exports.taken_back(session, manifest.upto, manifest.made_at.date(), min(since, MOST_TAKEN_BACK))
            if since > 0
            else ()
        )
    return Export(manifest, max(since, 0), taken_back)


def _written(
    session: Session, draft: Path, public_url: str, today: dt.date, progress: Callable[[int], None]
) -> tuple[writers.Dump, int]:
    """Everything written, and the number of the last publication that was looked at."""
    for _ in range(ATTEMPTS):
        last = 0
        with writers.Dump(draft) as dump:
            while numbered := _some(session, last):
                last = numbered[-1].number
                for entry in _entries(session, numbered, public_url, today):
                    dump.add(entry)
                progress(len(numbered))
        with reading(session):
            if exports.standing(session, last) == dump.reports:
                return dump, last
        progress(-dump.reports)
    raise ReportsWithdrawn("reports were withdrawn again and again meanwhile; try again later")


def _some(session: Session, last: int) -> tuple[Numbered, ...]:
    with reading(session):
        return exports.following(session, last, AT_ONCE)


def _entries(
    session: Session, numbered: Sequence[Numbered], public_url: str, today: dt.date
) -> Iterator[Entry]:
    found = publishing.find_reports(session, [one.slug for one in numbered])
    for one in numbered:
        publication, report = found[one.slug]
        if publication.state is not PublicationState.WITHDRAWN:
            yield Entry(
                report,
                publication,
                standing_of(publication, report.expires_on, today),
                f"{public_url}/reports/{one.slug}",
                event_slug=one.event,
                country=one.country,
            )


def _file(folder: Path, name: str, dump: writers.Dump) -> FileOfDump:
    path = folder / name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    rows = dump.rows_in(name) if name in writers.TABLES else None
    return FileOfDump(name=name, says=SAYS[name], bytes=path.stat().st_size, sha256=digest, rows=rows)
