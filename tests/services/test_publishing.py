import pytest

from auditapp.domain.audit import Answer, AuditState
from auditapp.domain.errors import AnswerRejected, AuditClosed, AuditNotFound, RenderingFailed, ReportNotFound
from auditapp.domain.facts import Fact
from auditapp.domain.report import PublicationState, Report
from auditapp.services import auditing, completing, publishing, starting
from tests.builders import a_checklist, an_event
from tests.services import LATER, NOW, TODAY
from tests.services.trial import Trial, catalogue_of, issue, never, published, searched, slugs


def test_a_published_report_is_found_as_it_was_frozen(trial: Trial, files):
    auditing.answer_criterion(*trial.reach, "ramp", Answer(grade="full"), version=0, now=NOW)
    report = completing.complete_audit(*trial.reach, today=TODAY)
    assert publishing.completed_report(trial.session, trial.key, trial.token) == report
    publication = publishing.publish_report(
        trial.session, files, trial.key, trial.token, today=TODAY, issue=issue
    )
    assert publication.slug == "ridgeline-half-marathon-2027"
    assert publishing.find_report(trial.session, publication.slug) == (publication, report)
    _, document = publishing.report_document(trial.session, publication.slug)
    assert Report.model_validate_json(document) == report
    _, pdf = publishing.published_pdf(trial.session, files, publication.slug, make=never)
    assert pdf == b"%PDF Ridgeline Half Marathon 2027 at ridgeline-half-marathon-2027"
    assert trial.audit().state is AuditState.PUBLISHED
    assert trial.audit().published_as == publication.slug


def test_pressing_publish_twice_publishes_once(trial: Trial, files):
    started, first = published(trial, files)
    again = publishing.publish_report(
        trial.session, files, started.key, started.token, today=LATER.date(), issue=issue
    )
    assert again == first
    assert searched(trial.session).total == 1


def test_only_a_completed_audit_is_published(trial: Trial, files):
    with pytest.raises(AuditClosed):
        publishing.publish_report(trial.session, files, trial.key, trial.token, today=TODAY, issue=issue)
    with pytest.raises(AuditNotFound):
        publishing.completed_report(trial.session, trial.key, trial.token)
    completing.complete_audit(*trial.reach, today=TODAY)
    completing.reopen_audit(*trial.reach)
    with pytest.raises(AuditNotFound):
        publishing.completed_report(trial.session, trial.key, trial.token)


def test_a_pdf_that_cannot_be_made_leaves_the_audit_as_it_was(trial: Trial, files):
    def fails(report, publication):
        raise RenderingFailed("it took too long")

    completing.complete_audit(*trial.reach, today=TODAY)
    with pytest.raises(RenderingFailed):
        publishing.publish_report(trial.session, files, trial.key, trial.token, today=TODAY, issue=fails)
    assert trial.audit().state is AuditState.COMPLETED
    assert searched(trial.session).total == 0


def test_an_audit_reopened_while_its_pdf_is_made_is_not_published(trial: Trial, files):
    def reopens(report, publication):
        completing.reopen_audit(*trial.reach)
        return issue(report, publication)

    completing.complete_audit(*trial.reach, today=TODAY)
    with pytest.raises(AuditClosed, match="reopened meanwhile"):
        publishing.publish_report(trial.session, files, trial.key, trial.token, today=TODAY, issue=reopens)


def test_an_address_taken_while_the_pdf_is_made_is_not_given_twice(trial: Trial, files):
    asked = []

    def another_comes_first(report, publication):
        asked.append(publication.slug)
        if len(asked) == 1:
            published(trial, files)
        return issue(report, publication)

    completing.complete_audit(*trial.reach, today=TODAY)
    publication = publishing.publish_report(
        trial.session, files, trial.key, trial.token, today=TODAY, issue=another_comes_first
    )
    assert publication.slug == asked[-1] == "ridgeline-half-marathon-2027-2"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ridgeline Half", "ridgeline-half"),
        ("Łódź Półmaraton!", "lodz-polmaraton"),
        ("Tromsø Skyrace", "tromso-skyrace"),
        ("ماراثون دبي", "report-2027"),
        ("10 000", "report-2027"),
        ("compare", "compare-report"),
        ("x" * 200, "x" * 75),
    ],
)
def test_an_address_is_the_title_in_plain_letters(title, slug):
    assert publishing.address_of(an_event(title, edition=""), TODAY) == slug


def test_an_address_is_never_used_again_not_even_after_withdrawal(trial: Trial, files):
    started, first = published(trial, files)
    publishing.withdraw_report(
        trial.session, started.key, started.token, first.slug, reason="The order changed.", today=TODAY
    )
    _, second = published(trial, files)
    _, third = published(trial, files)
    assert [second.slug, third.slug] == [f"{first.slug}-2", f"{first.slug}-3"]


def test_a_long_address_has_room_for_its_number(trial: Trial, files):
    addresses = [published(trial, files, name="x" * 200)[1].slug for _ in range(2)]
    assert addresses == ["x" * 75, "x" * 75 + "-2"]


def test_a_withdrawn_report_leaves_the_day_and_the_reason(trial: Trial, files):
    started, publication = published(trial, files)
    withdrawn = publishing.withdraw_report(
        trial.session,
        started.key,
        started.token,
        publication.slug,
        reason=" The order changed. ",
        today=TODAY,
    )
    assert (withdrawn.state, withdrawn.reason, withdrawn.withdrawn_on) == (
        PublicationState.WITHDRAWN,
        "The order changed.",
        TODAY,
    )
    assert searched(trial.session).items == ()
    again = publishing.withdraw_report(
        trial.session, started.key, started.token, publication.slug, reason="Another", today=LATER.date()
    )
    assert again == withdrawn
    assert publishing.find_publication(trial.session, publication.slug) == withdrawn


def test_only_its_own_organiser_withdraws_a_report_and_never_without_a_reason(trial: Trial, files):
    started, publication = published(trial, files)
    with pytest.raises(AuditNotFound):
        publishing.withdraw_report(
            trial.session, trial.key, trial.token, publication.slug, reason="Mine now.", today=TODAY
        )
    for reason, problem in [
        ("  ", "needs a reason"),
        ("a\0b", "cannot be shown"),
        ("\ud800", "cannot be shown"),
    ]:
        with pytest.raises(ValueError, match=problem):
            publishing.withdraw_report(
                trial.session, started.key, started.token, publication.slug, reason=reason, today=TODAY
            )
    assert publishing.find_publication(trial.session, publication.slug).state is PublicationState.LIVE


def test_a_correction_supersedes_the_old_report_and_says_what_changed(trial: Trial, files):
    started, first = published(trial, files)
    correction = starting.start_correction(
        trial.session, trial.catalogue, started.key, started.token, now=LATER
    )
    reach = (trial.session, trial.catalogue, correction.key, correction.token)
    auditing.answer_criterion(*reach, "ramp", Answer(grade="partly"), version=1, now=LATER)
    report = completing.complete_audit(*reach, today=TODAY)
    assert report.supersedes is not None
    assert [(change.code, change.before, change.after) for change in report.supersedes.changes] == [
        ("A1", "There is one everywhere", "There is one at the start")
    ]
    second = publishing.publish_report(
        trial.session, files, correction.key, correction.token, today=TODAY, issue=issue
    )
    old = publishing.find_publication(trial.session, first.slug)
    assert (old.state, old.superseded_by) == (PublicationState.SUPERSEDED, second.slug)
    assert slugs(searched(trial.session)) == [second.slug]


def test_a_second_correction_supersedes_the_first(trial: Trial, files):
    started, first = published(trial, files)
    corrections = [
        starting.start_correction(trial.session, trial.catalogue, started.key, started.token, now=LATER)
        for _ in range(2)
    ]
    slugs_given = []
    for correction in corrections:
        reach = (trial.session, trial.catalogue, correction.key, correction.token)
        report = completing.complete_audit(*reach, today=TODAY)
        slugs_given.append(
            publishing.publish_report(
                trial.session, files, correction.key, correction.token, today=TODAY, issue=issue
            ).slug
        )
    assert report.supersedes is not None
    assert report.supersedes.slug == slugs_given[0]
    assert publishing.find_publication(trial.session, first.slug).superseded_by == slugs_given[0]
    assert publishing.find_publication(trial.session, slugs_given[0]).superseded_by == slugs_given[1]
    assert slugs(searched(trial.session)) == slugs_given[1:]


def test_a_withdrawn_report_stays_withdrawn_when_it_is_corrected(trial: Trial, files):
    started, first = published(trial, files)
    access = (started.key, started.token)
    publishing.withdraw_report(trial.session, *access, first.slug, reason="Not so.", today=TODAY)
    correction = starting.start_correction(trial.session, trial.catalogue, *access, now=LATER)
    completing.complete_audit(trial.session, trial.catalogue, correction.key, correction.token, today=TODAY)
    second = publishing.publish_report(
        trial.session, files, correction.key, correction.token, today=TODAY, issue=issue
    )
    old = publishing.find_publication(trial.session, first.slug)
    assert (old.state, old.reason, old.superseded_by) == (PublicationState.WITHDRAWN, "Not so.", second.slug)
    assert slugs(searched(trial.session)) == [second.slug]


@pytest.mark.parametrize("distance", [10**400, 10**15 + 1, -(10**16), 1e300])
def test_a_number_other_programs_would_read_differently_is_refused(session, tmp_path, distance):
    fact = Fact(id="distance", question="How long is the race?", type="number", unit="km")
    catalogue = catalogue_of(tmp_path / "checklists", a_checklist(facts=[fact]))
    started = starting.start_audit(session, catalogue, checklist="access", event=an_event(), now=NOW)
    reach = (session, catalogue, started.key, started.token)
    with pytest.raises(AnswerRejected, match="a number of km"):
        auditing.save_details(*reach, event=an_event(), facts={"distance": distance}, version=0, now=NOW)


@pytest.mark.parametrize("slug", ["nothing-here", "", "ridgeline%"])
def test_an_unknown_address_is_not_found(trial: Trial, files, slug):
    published(trial, files)
    for find in (publishing.find_report, publishing.find_publication, publishing.report_document):
        with pytest.raises(ReportNotFound):
            find(trial.session, slug)


def test_an_empty_installation_has_no_newest_report(session):
    assert publishing.newest_report(session) is None
