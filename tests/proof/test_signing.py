"""A report as it is published: complete, canonical and signed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
import rfc8785

from auditapp.domain.audit import Answer, Event
from auditapp.domain.report import Report
from auditapp.proof.canonical import canonical
from auditapp.proof.signing import signed, unsigned
from tests.builders import a_report, evidence
from tests.figured import a_figured_report
from tests.sealed import PUBLISHED_ON, House


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "keys")


def test_a_published_document_says_who_published_it_and_what_that_proves(house):
    report = a_report(event=Event(name="Ridgeline", organiser="Ridgeline Runners"))
    told = json.loads(house.document(report).content)
    assert told["published"] | {"seal": None, "proves": None} == {
        "slug": "ridgeline-2027",
        "address": "https://fair.example/reports/ridgeline-2027",
        "on": "2027-02-18",
        "by": "Ridgeline Runners",
        "proves": None,
        "seal": None,
    }
    assert "Nobody has checked" in told["published"]["proves"]
    assert told["published"]["seal"] == house.seal.fingerprint(today=PUBLISHED_ON)


def test_anybody_can_check_it_with_two_libraries_and_the_public_key(house):
    document = house.document(a_figured_report())
    told = json.loads(document.content)
    proof = told.pop("proof")
    message = rfc8785.dumps(told)
    assert hashlib.sha256(message).hexdigest() == proof["digest"] == document.digest
    assert house.keys.public().key(proof["key"]).verifies(proof["signature"], message)
    assert rfc8785.dumps(json.loads(document.content)) == document.content


def test_the_same_report_gives_the_same_bytes(house):
    report = a_figured_report()
    assert house.document(report).content == house.document(report).content
    assert house.document(report).digest != house.document(report, slug="another").digest


def test_it_reads_back_as_the_report_it_was_made_of(house):
    report = a_figured_report()
    document = house.document(report)
    again = Report.model_validate_json(document.content)
    assert again == document.report
    assert again.model_copy(update={"evidence": (), "published": None, "proof": None}) == report


def test_evidence_is_listed_with_the_digest_of_what_was_declared(house):
    piece = evidence().model_copy(update={"date": dt.date(2027, 1, 2)})
    report = a_report({"ramp": Answer(grade="full", evidence=(piece,))})
    (listed,) = house.document(report).report.evidence
    assert (listed.criterion, listed.kind, listed.url, listed.date) == ("ramp", "page", piece.url, piece.date)
    assert listed.digest == hashlib.sha256(rfc8785.dumps(piece.model_dump(mode="json"))).hexdigest()


def test_numbers_that_settle_a_grade_are_evidence_too(house):
    report = a_figured_report()
    listed = house.document(report).report.evidence
    settled = [name for name, answer in report.answers.items() if answer.settled_by == "numbers"]
    assert {one.criterion for one in listed if one.kind == "number" and one.url is None} == set(settled)


def test_a_report_that_is_not_published_has_no_proof():
    document = unsigned(a_report())
    assert "proof" not in json.loads(document.content)
    assert document.content == canonical(json.loads(document.content))


def test_it_is_dated_by_the_day_it_is_given(house, tmp_path):
    report = a_report()
    told = signed(report, slug="a", address="https://a.example", on=dt.date(2030, 1, 1), keys=house.keys)
    assert told.report.published.on == dt.date(2030, 1, 1)
    assert told.report.published.seal is None
