"""Report documents read back: those of today, and those written before there were figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditapp.catalogue import ReportFileError, read_document
from auditapp.domain.comparison import compare
from auditapp.rendering.data import comparison_csv, report_json
from auditapp.rendering.html import report_html
from tests.builders import a_report, answered
from tests.figured import a_figured_report

OLD = Path(__file__).parents[1] / "documents" / "report-1.0.json"
"""A document as it was written before numbers and figures came into reports. It is never written anew."""


def test_a_document_of_1_0_still_opens():
    report = read_document(OLD)
    assert report.schema_version == "1.0"
    assert (report.score.total.percent, report.level.id if report.level else None) == (66, "first")
    assert report.figures == {}
    assert all(answer.numbers is None for answer in report.answers.values())


def test_a_document_of_1_0_keeps_its_version_and_its_words():
    report = read_document(OLD)
    written, before = json.loads(report_json(report)), json.loads(OLD.read_bytes())
    assert written["schema_version"] == "1.0"
    for name in before["answers"]:
        assert before["answers"][name].items() <= written["answers"][name].items()
    assert before["score"] == written["score"]


def test_a_document_of_1_0_can_be_printed_and_compared():
    report = read_document(OLD)
    html = report_html(report, product_name="Whole Field", state="completed")
    assert "There is a quiet-room" in html
    assert "worked out" not in html
    today = a_report(
        answered({"ramp": "none", "quiet-room": "full", "signs": "full"}), checklist=report.checklist
    )
    comparison = compare([report, today])
    assert comparison.shared == 3
    assert "There is a ramp" in comparison_csv(comparison)


def test_a_document_of_today_carries_its_figures(tmp_path):
    path = tmp_path / "report.json"
    report = a_figured_report()
    path.write_bytes(report_json(report))
    assert read_document(path) == report
    document = json.loads(path.read_bytes())
    assert document["schema_version"] == "1.2"
    assert document["figures"]["prize-money"]["quantities"][1]["value"] == "62/65"
    assert document["figures"]["small-field"]["shares"][0]["count"] is None
    assert "2 ÷ 28" not in path.read_text()


def test_a_document_whose_score_does_not_follow_is_refused(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(OLD.read_text().replace('"grade": "partly"', '"grade": "full"', 1))
    with pytest.raises(ReportFileError, match="does not follow from its answers"):
        read_document(path)


def test_more_evidence_than_a_report_holds_is_refused(tmp_path: Path):
    links = [{"kind": "page", "url": f"https://a.example/{number}"} for number in range(25)]
    document = json.loads(report_json(a_report(answered({"ramp": "full"}))))
    document["answers"] |= {
        f"one-{number}": document["answers"]["ramp"] | {"evidence": links} for number in range(41)
    }
    path = tmp_path / "report.json"
    path.write_text(json.dumps(document))
    with pytest.raises(ReportFileError, match="1,025 pieces of evidence; a report holds at most 1,000"):
        read_document(path)
