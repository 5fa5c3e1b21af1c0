"""All published reports as files: the three formats say the same, and what the reports say."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from auditapp.domain.audit import Answer
from auditapp.rendering.dump.columns import FINDINGS, REPORTS
from auditapp.rendering.dump.dictionary import Manifest
from auditapp.services import exporting, publishing
from auditapp.storage.database import db
from auditapp.storage.folders import replacing
from tests.builders import an_event
from tests.public import NOW, TODAY, Site

URL = "https://field.example"
FINDINGS_IN_ALL = 100 + 2 * 28
"""Of the whole checklist, and of two reports on its quick audit."""
LIVE, REPLACED = "ridgeline-half-marathon-2027", "port-ennis-10k-2027"


def export(site: Site, folder: Path) -> Manifest:
    with site.app.app_context():
        return exporting.export_reports(
            db.session, folder, product="Whole Field", public_url=URL, now=NOW, today=TODAY
        )


@pytest.fixture(scope="module")
def exported(stocked: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Path]:
    folder = tmp_path_factory.mktemp("export")
    export(stocked, folder)
    return stocked, folder


def from_parquet(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return rows


def from_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def from_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def as_in_csv(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def as_in_json(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.parametrize("table", ["reports", "findings"])
def test_csv_says_what_parquet_says(exported, table):
    _, folder = exported
    rows = from_parquet(folder / f"{table}.parquet")
    told = [{name: as_in_csv(value) for name, value in row.items()} for row in rows]
    assert from_csv(folder / f"{table}.csv") == told
    assert len(told) == (3 if table == "reports" else FINDINGS_IN_ALL)


def test_json_lines_say_what_parquet_says(exported):
    _, folder = exported
    lines = from_jsonl(folder / "reports.jsonl")
    findings = [{"slug": line["slug"]} | finding for line in lines for finding in line.pop("findings")]
    reports = from_parquet(folder / "reports.parquet")
    assert lines == [{name: as_in_json(value) for name, value in row.items()} for row in reports]
    names = findings[0].keys()
    assert findings == [
        {name: row[name] for name in names} for row in from_parquet(folder / "findings.parquet")
    ]


def test_the_files_say_what_the_reports_say(exported):
    site, folder = exported
    rows = {row["slug"]: row for row in from_parquet(folder / "reports.parquet")}
    findings = from_parquet(folder / "findings.parquet")
    with site.app.app_context():
        found = publishing.find_reports(db.session, list(rows))
    for slug, (publication, report) in found.items():
        row = rows[slug]
        total = report.score.total
        assert (row["title"], row["organiser"]) == (report.title, report.event.organiser)
        assert Fraction(row["points"]) == total.points
        assert row["essentials_met"] == report.score.essentials.met
        assert row["published_on"] == publication.published_on
        assert row["url"] == f"{URL}/reports/{slug}"
        assert row["event_slug"] == slug.split("-2027")[0]
        told = [
            (one["criterion"], one["grade"], one["state"], one["points"], one["possible"])
            for one in findings
            if one["slug"] == slug
        ]
        assert told == [
            (one.id, one.grade, one.state.value, float(one.points), float(one.possible))
            for section in report.checklist.sections
            for one in report.findings_in(section.id)
        ]


def test_facts_by_which_events_are_grouped_stand_beside_them(exported):
    _, folder = exported
    row = next(row for row in from_parquet(folder / "reports.parquet") if row["slug"] == LIVE)
    assert (row["country"], row["distance"], row["participants"]) == ("GB", 21.1, 1900.0)


def test_withdrawn_reports_are_not_in_it_and_replaced_ones_say_so(exported):
    _, folder = exported
    states = {row["slug"]: (row["state"], row["superseded_by"]) for row in from_csv(folder / "reports.csv")}
    assert states == {
        LIVE: ("live", ""),
        REPLACED: ("superseded", f"{REPLACED}-2"),
        f"{REPLACED}-2": ("live", ""),
    }
    assert {row["report_state"] for row in from_csv(folder / "findings.csv") if row["slug"] == REPLACED} == {
        "superseded"
    }


def test_a_number_stands_beside_its_grade_with_its_unit(exported):
    _, folder = exported
    (row,) = (
        row
        for row in from_parquet(folder / "findings.parquet")
        if row["slug"] == LIVE and row["number"] is not None
    )
    assert (row["number"], row["number_label"], row["unit"]) == (0.75, "Lowest ratio at any place", "ratio")


def test_the_manifest_names_every_file_with_its_digest(exported):
    _, folder = exported
    manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
    assert (manifest.reports, manifest.findings, manifest.licence) == (3, FINDINGS_IN_ALL, "CC-BY-4.0")
    assert manifest.checklists == {"endurance-event@1.0": 3}
    assert {path.name for path in folder.iterdir()} == {
        "manifest.json",
        ".lock",
        *(file.name for file in manifest.files),
    }
    for file in manifest.files:
        content = (folder / file.name).read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_every_column_is_in_the_dictionary(exported):
    _, folder = exported
    told = json.loads((folder / "dictionary.json").read_text("utf-8"))["tables"]
    text = (folder / "dictionary.md").read_text("utf-8")
    for table, columns in (("reports", REPORTS), ("findings", FINDINGS)):
        names = parquet.read_schema(folder / f"{table}.parquet").names
        assert [column["name"] for column in told[table]] == names == [column.name for column in columns]
        assert all(f"| `{column.name}` | " in text and column.meaning in text for column in columns)
    assert "CC BY 4.0" in (folder / "LICENCE.txt").read_text("utf-8")


def test_text_that_a_spreadsheet_could_take_for_a_formula_is_escaped_in_csv_alone(site: Site, tmp_path: Path):
    site.publish(an_event("=cmd|'/c calc'!A1", organiser="@SUM(1)"), {"A4": Answer(grade="partly")})
    export(site, tmp_path)
    (row,) = from_csv(tmp_path / "reports.csv")
    assert (row["event"], row["organiser"]) == ("'=cmd|'/c calc'!A1", "'@SUM(1)")
    assert from_parquet(tmp_path / "reports.parquet")[0]["organiser"] == "@SUM(1)"


def test_a_new_export_takes_the_place_of_the_last(site: Site, tmp_path: Path):
    assert export(site, tmp_path).reports == 0
    published = site.publish(answers={"A4": Answer(grade="partly")})
    assert export(site, tmp_path).reports == 1
    published.withdraw("Not so.")
    assert export(site, tmp_path).reports == 0
    assert from_csv(tmp_path / "reports.csv") == from_jsonl(tmp_path / "reports.jsonl") == []


def test_two_exports_do_not_mix_their_files(site: Site, tmp_path: Path):
    before = export(site, tmp_path)
    with (
        replacing(tmp_path, last="list.json"),
        pytest.raises(exporting.ExportRunning, match="another export"),
    ):
        export(site, tmp_path)
    assert Manifest.model_validate_json((tmp_path / "manifest.json").read_bytes()) == before


def test_what_was_withdrawn_since_is_told(site: Site, tmp_path: Path):
    published = site.publish(answers={"A4": Answer(grade="partly")})
    site.publish(an_event("Port Ennis 10k"), {"A4": Answer(grade="partly")})
    export(site, tmp_path)
    site.publish(an_event("Quillhaven 10k"), {"A4": Answer(grade="partly")}).withdraw("Came later.")
    with site.app.app_context():
        assert exporting.last_export(db.session, tmp_path).withdrawn_since == 0
        published.withdraw("Not so.")
        last = exporting.last_export(db.session, tmp_path)
    assert (last.withdrawn_since, [one.slug for one in last.taken_back]) == (1, [published.slug])
