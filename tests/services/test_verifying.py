"""What an installation says of a file somebody brings: genuine or not, and how the report stands."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import rfc8785

from auditapp.domain.errors import NotAReport, ReportNotFound
from auditapp.domain.report import PublicationState
from auditapp.domain.standing import ReportState
from auditapp.domain.verdict import Outcome, Point, Result
from auditapp.proof.canonical import code_of
from auditapp.proof.opening import open_file
from auditapp.services import auditing, completing, publishing, verifying
from auditapp.services.printing import Issued
from auditapp.storage.files import Files
from tests.builders import answered
from tests.sealed import House, a_pdf
from tests.services import LATER, NOW
from tests.services.trial import Trial

TODAY = NOW.date()


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "keys")


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path / "files")


@pytest.fixture
def issued(trial: Trial, house, files):
    """A published report: its publication, document and PDF."""
    made = []

    def issue(report, publication):
        document = house.document(report, publication.slug)
        made.append(Issued(document, house.sealed(a_pdf(document.content))))
        return made[-1]

    auditing.answer_all(*trial.reach, answered({"ramp": "full"}), now=NOW)
    completing.complete_audit(*trial.reach, today=TODAY)
    publication = publishing.publish_report(
        trial.session, files, trial.key, trial.token, today=TODAY, issue=issue
    )
    return publication, made[0]


def verified(trial, house, content, today=TODAY):
    return verifying.verify_file(
        trial.session, content, house.keys.public(), today=today, open_apart=open_file
    )


def test_the_published_pdf_and_its_document_are_genuine_and_known(trial, house, issued):
    publication, made = issued
    for content in (made.pdf, made.document.content):
        found = verified(trial, house, content)
        assert found.verdict.result is Result.GENUINE
        assert found.is_known
        assert found.known.publication == publication
        assert found.known.standing.state is ReportState.LIVE


def test_the_document_is_kept_as_it_was_signed(trial, issued):
    publication, made = issued
    assert publishing.report_document(trial.session, publication.slug)[1] == made.document.content.decode()


def test_another_pdf_around_the_genuine_document_is_found(trial, house, issued):
    resealed = house.sealed(a_pdf(issued[1].document.content, pages=3))
    found = verified(trial, house, resealed)
    assert found.verdict.result is Result.ALTERED
    assert found.verdict.outcome(Point.FILE).outcome is Outcome.FAILS
    assert found.verdict.outcome(Point.SEAL).outcome is Outcome.HOLDS


def test_an_altered_document_leads_to_the_one_it_pretends_to_be(trial, house, issued):
    publication, made = issued
    told = json.loads(made.document.content)
    told["event"]["name"] = "Another race"
    found = verified(trial, house, rfc8785.dumps(told))
    assert found.verdict.result is Result.ALTERED
    assert (found.is_known, found.known.publication.slug) == (False, publication.slug)


def test_a_strangers_report_is_not_known(trial, house, tmp_path, issued):
    stranger = House(tmp_path / "stranger").document(issued[1].document.report, "elsewhere")
    found = verified(trial, house, stranger.content)
    assert (found.verdict.result, found.known) == (Result.UNKNOWN_SIGNER, None)


def test_what_is_no_report_is_said_to_be_none(trial, house):
    with pytest.raises(NotAReport):
        verified(trial, house, b"hello")


def test_how_it_stands_is_told_with_it(trial, house, files, issued):
    publication, made = issued
    late = verified(trial, house, made.pdf, today=TODAY + dt.timedelta(days=800))
    assert (late.verdict.result, late.known.standing.state) == (Result.GENUINE, ReportState.EXPIRED)
    publishing.withdraw_report(
        trial.session,
        trial.key,
        trial.token,
        publication.slug,
        reason="The shirts never came",
        today=LATER.date(),
    )
    gone = verified(trial, house, made.pdf)
    assert gone.verdict.result is Result.GENUINE
    assert (gone.known.standing.state, gone.known.standing.reason) == (
        ReportState.WITHDRAWN,
        "The shirts never came",
    )


def test_a_report_is_found_by_its_code_and_by_its_digest(trial, issued):
    publication, made = issued
    digest = made.document.digest
    for text in (
        code_of(digest),
        code_of(digest).lower().replace("-", " "),
        digest,
        f"SHA256:{digest.upper()}",
    ):
        (found,) = verifying.find_by_code(trial.session, text, today=TODAY)
        assert (found.publication.slug, found.digest) == (publication.slug, digest)


@pytest.mark.parametrize("text", ["", "7H3K-0QZ1-XW9M", "0" * 64, "%", "x" * 100, "f" * 63])
def test_an_unknown_code_is_not_found(trial, issued, text):
    with pytest.raises(ReportNotFound):
        verifying.find_by_code(trial.session, text, today=TODAY)


def test_a_report_published_before_documents_were_signed_still_reads(trial, issued):
    from sqlalchemy import update

    from auditapp.storage.rows import PublicationRow, ReportRow

    publication, _ = issued
    trial.session.execute(update(PublicationRow).values(digest=None, pdf_digest=None))
    trial.session.execute(update(ReportRow).values(signed=None))
    trial.session.commit()
    found, report = publishing.find_report(trial.session, publication.slug)
    assert (found.state, report.proof) == (PublicationState.LIVE, None)
