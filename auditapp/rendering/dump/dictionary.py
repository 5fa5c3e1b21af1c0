"""What goes with the data: a dictionary of its columns, the licence, and a list of the files with their digests."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from auditapp.domain.values import Value
from auditapp.rendering.dump.columns import DECIMAL_PLACES, FINDINGS, OF_FINDING, REPORTS, Column

DICTIONARY_MD, DICTIONARY_JSON = "dictionary.md", "dictionary.json"
LICENCE_TXT, MANIFEST_JSON = "LICENCE.txt", "manifest.json"
LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

FORMAT = "1.0"
"""Of the dump: columns stay as long as the first number does; columns may be added at the end of a part."""

KINDS = {
    "text": "text",
    "whole": "whole number",
    "number": f"number with up to {DECIMAL_PLACES} decimals",
    "date": "date, YYYY-MM-DD",
    "yes-no": "yes or no; in Parquet and JSON true or false",
}


class FileOfDump(Value):
    """A file of the dump: its size in bytes, its digest, how many rows it has (None where it is no table)."""

    name: str
    says: str
    bytes: int
    sha256: str
    rows: int | None


class Manifest(Value):
    """What a dump holds and how it came about. `upto` is the number of the last publication that was looked at."""

    format: str = FORMAT
    product: str
    url: str
    made_at: dt.datetime
    licence: str = LICENCE
    reports: int
    findings: int
    checklists: dict[str, int]
    upto: int
    files: tuple[FileOfDump, ...]


def dictionary_json() -> str:
    """The columns of every table, for programs."""
    tables = {
        "reports": _told(REPORTS),
        "findings": _told(FINDINGS),
        "findings of a line of reports.jsonl": _told(OF_FINDING),
    }
    return json.dumps({"format": FORMAT, "tables": tables}, indent=2, ensure_ascii=False) + "\n"


def dictionary_md() -> str:
    """The same for people."""
    lines = [
        "# Data dictionary",
        "",
        "`reports.csv` and `reports.parquet` hold one row for each report, `findings.csv` and `findings.parquet` one row",
        "for each criterion of each report. `reports.jsonl` holds one report a line, with the columns of reports and a",
        "list `findings`, of which each has the columns from `criterion` on. Withdrawn reports are not in the files; of",
        "superseded ones, `state` says so. An empty cell says that there is no such value. In CSV, text that a",
        "spreadsheet could take for a formula begins with an apostrophe.",
        "",
        "Unanswered is never the same as the lowest grade, and not applicable leaves both sums. Organisers answer about",
        "their own events: `state` of a finding says how far an answer can be relied on.",
    ]
    for title, columns in (("reports", REPORTS), ("findings", FINDINGS)):
        lines += ["", f"## {title}", "", "| Column | Kind | Meaning |", "|---|---|---|"]
        lines += [f"| `{one.name}` | {KINDS[one.kind]} | {one.meaning} |" for one in columns]
    return "\n".join(lines) + "\n"


def licence_text(product: str, url: str, made_on: dt.date) -> str:
    """Under which terms the data may be used, and how to name it."""
    return f"""The reports published on {product}
{url}

The data in this folder is licensed under the Creative Commons Attribution 4.0 International licence
(SPDX: {LICENCE}).

  The licence in short:  {LICENCE_URL}
  The licence in full:   {LICENCE_URL}legalcode

You may copy, share and change it for any purpose, also a commercial one, as long as you name the source, link to the
licence and say what you changed. To name it:

  Reports published on {product}, {url}, as of {made_on.isoformat()}, CC BY 4.0

Organisers answered about their own events. The data shows what they declared and the evidence they gave; it is not a
certificate, and nobody endorses what you make of it. A report that is withdrawn later stays in this copy: leave it out
of what you publish. It comes without warranty of any kind.
"""


def _told(columns: tuple[Column[Any], ...]) -> list[dict[str, str]]:
    return [{"name": one.name, "kind": one.kind, "meaning": one.meaning} for one in columns]
