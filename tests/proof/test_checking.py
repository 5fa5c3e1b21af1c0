"""Genuine, altered, unsigned or a stranger's: what a check finds, point by point."""

from __future__ import annotations

import contextlib
import json

import pytest
import rfc8785

from auditapp.domain.errors import NotAReport
from auditapp.domain.verdict import Outcome, Point, Result
from auditapp.proof.canonical import digest_of
from auditapp.proof.checking import check
from auditapp.proof.keys import PublicKeys
from auditapp.proof.opening import open_file
from auditapp.proof.signing import unsigned
from tests.builders import a_report, answered
from tests.sealed import PUBLISHED_ON, House, a_pdf


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "keys")


@pytest.fixture
def document(house):
    return house.document(a_report(answered({"ramp": "full"})))


def verdict(house, content, **options):
    return check(open_file(content), house.keys.public(), **options)


def outcomes(found):
    return {one.point: (one.outcome, one.reason) for one in found.checked}


def test_a_published_pdf_is_genuine(house, document):
    found = verdict(house, house.sealed(a_pdf(document.content)), published_file=True)
    assert found.result is Result.GENUINE
    assert {one.outcome for one in found.checked} == {Outcome.HOLDS}
    assert [one.point for one in found.checked] == list(Point)
    assert (found.digest, found.sealed_by) == (document.digest, "Whole Field")
    assert found.signed_since == PUBLISHED_ON


def test_every_changed_byte_of_the_document_is_found(house, document):
    for place in range(0, len(document.content), 97):
        changed = bytearray(document.content)
        changed[place] = changed[place] ^ 1
        result = None
        with contextlib.suppress(NotAReport):  # what is no report any more is found as well
            result = verdict(house, bytes(changed)).result
        assert result is not Result.GENUINE


def test_a_better_answer_with_its_score_and_digest_worked_out_anew_is_found(house, document):
    told = json.loads(document.content)
    better = json.loads(unsigned(a_report(answered({"ramp": "full"}, evidenced=True))).content)
    forged = told | {name: better[name] for name in ("answers", "score", "plan")}
    forged["proof"] |= {"digest": digest_of(forged)}
    found = verdict(house, rfc8785.dumps(forged))
    assert outcomes(found) | {Point.SIGNATURE: None} == {
        Point.DIGEST: (Outcome.HOLDS, ""),
        Point.SIGNATURE: None,
        Point.SCORE: (Outcome.HOLDS, ""),
        Point.FIGURES: (Outcome.HOLDS, ""),
    }
    assert outcomes(found)[Point.SIGNATURE] == (Outcome.FAILS, "")
    assert found.result is Result.ALTERED


def test_pages_made_anew_around_a_genuine_document_are_found(house, document, tmp_path):
    stranger = House(tmp_path / "stranger")
    for pdf, reason in (
        (a_pdf(document.content, pages=2), "none"),
        (stranger.sealed(a_pdf(document.content, pages=2)), "stranger"),
        (house.sealed(a_pdf(document.content)) + b"%", "added-to"),
    ):
        found = verdict(house, pdf)
        assert found.result is Result.ALTERED
        assert outcomes(found)[Point.SEAL] == (Outcome.FAILS, reason)
        assert outcomes(found)[Point.SIGNATURE] == (Outcome.HOLDS, "")


def test_a_pdf_that_is_not_the_published_file_is_found(house, document):
    found = verdict(house, house.sealed(a_pdf(document.content)), published_file=False)
    assert found.result is Result.ALTERED


def test_a_key_that_was_retired_still_vouches(house, document):
    house.keys.rotate(today=PUBLISHED_ON)
    found = verdict(house, document.content)
    assert found.result is Result.GENUINE
    assert outcomes(found)[Point.SIGNATURE] == (Outcome.HOLDS, "retired")


def test_a_strangers_key_is_not_taken_for_ours(document):
    found = check(open_file(document.content), PublicKeys())
    assert found.result is Result.UNKNOWN_SIGNER
    assert found.outcome(Point.SIGNATURE).reason == "unknown-key"
    assert found.outcome(Point.SEAL) is None


def test_a_report_nobody_published_is_unsigned_and_still_scored(house):
    found = verdict(house, a_pdf(unsigned(a_report()).content))
    assert found.result is Result.UNSIGNED
    assert list(outcomes(found)) == [Point.SCORE, Point.FIGURES]


def test_a_document_signed_before_pdfs_were_sealed(house):
    from auditapp.proof.signing import signed

    told = signed(a_report(), slug="a", address="https://a.example", on=PUBLISHED_ON, keys=house.keys)
    found = verdict(house, a_pdf(told.content))
    assert outcomes(found)[Point.SEAL] == (Outcome.UNKNOWN, "never-sealed")
    assert found.result is Result.GENUINE
