"""A report is never silently replaced: what came after each is known, page by page, and no address is used again."""

import pytest

from auditapp.domain.audit import Answer
from auditapp.domain.report import PublicationState, Report
from auditapp.proof.signing import unsigned
from auditapp.services import auditing, completing, publishing, starting
from auditapp.services.printing import Issued
from auditapp.storage.files import Files
from tests.services import LATER, NOW, TODAY
from tests.services.trial import Trial


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path / "files")


class Press:
    """Publishes an audit and its corrections, one after the other."""

    def __init__(self, trial: Trial, files: Files) -> None:
        self.trial = trial
        self.files = files

    def complete(self, started, grade) -> Report:
        """The report of an audit on this grade for the ramp."""
        reach = (self.trial.session, self.trial.catalogue, started.key, started.token)
        version = auditing.load_audit(*reach).version("ramp")
        auditing.answer_criterion(*reach, "ramp", Answer(grade=grade), version=version, now=NOW)
        return completing.complete_audit(*reach, today=TODAY)

    def publish(self, started) -> str:
        """Its address."""
        return publishing.publish_report(
            self.trial.session,
            self.files,
            started.key,
            started.token,
            today=TODAY,
            issue=lambda report, publication: Issued(unsigned(report), publication.slug.encode()),
        ).slug

    def first(self, grade="full"):
        """The audit of the trial, published."""
        self.complete(self.trial.started, grade)
        return self.trial.started, self.publish(self.trial.started)

    def correction(self, started):
        """A correction of a published audit, begun."""
        return starting.start_correction(
            self.trial.session, self.trial.catalogue, started.key, started.token, now=LATER
        )

    def corrected(self, started, grade):
        """A correction, published."""
        correction = self.correction(started)
        self.complete(correction, grade)
        return correction, self.publish(correction)

    def withdraw(self, started, slug) -> None:
        """Take a report back."""
        publishing.withdraw_report(
            self.trial.session, started.key, started.token, slug, reason="Not so.", today=TODAY
        )

    def replacement(self, slug):
        """What came after a report."""
        return publishing.replacement_of(
            self.trial.session, *publishing.find_report(self.trial.session, slug)
        )

    def state(self, slug) -> PublicationState:
        """The state of a report."""
        return publishing.find_publication(self.trial.session, slug).state


@pytest.fixture
def press(trial: Trial, files: Files) -> Press:
    return Press(trial, files)


def told(replacement):
    """Addresses of what came after, and what changed in the words of the grades."""
    further = replacement.further.slug if replacement.further else None
    changed = [(one.code, one.before, one.after) for one in replacement.changes]
    return replacement.by.slug, further, changed


EVERYWHERE, AT_THE_START, NONE = "There is one everywhere", "There is one at the start", "There is none"
FIRST = "ridgeline-half-marathon-2027"


def test_nothing_came_after_a_live_report(press: Press):
    _, slug = press.first()
    assert press.replacement(slug) is None


def test_a_chain_of_corrections_is_followed_one_by_one(press: Press):
    started, _ = press.first()
    second, _ = press.corrected(started, "partly")
    press.corrected(second, "none")
    assert told(press.replacement(FIRST)) == (
        f"{FIRST}-2",
        f"{FIRST}-3",
        [("A1", EVERYWHERE, AT_THE_START)],
    )
    assert told(press.replacement(f"{FIRST}-2")) == (f"{FIRST}-3", None, [("A1", AT_THE_START, NONE)])
    assert press.replacement(f"{FIRST}-3") is None


def test_two_corrections_made_side_by_side_follow_one_another(press: Press):
    started, _ = press.first()
    one, two = press.correction(started), press.correction(started)
    press.complete(one, "partly")
    later = press.complete(two, "none")
    assert later.supersedes.slug == FIRST, "the other one was not public when it was made"
    press.publish(one)
    press.publish(two)
    assert [press.state(slug).value for slug in (FIRST, f"{FIRST}-2", f"{FIRST}-3")] == [
        "superseded",
        "superseded",
        "live",
    ]
    assert told(press.replacement(FIRST)) == (
        f"{FIRST}-2",
        f"{FIRST}-3",
        [("A1", EVERYWHERE, AT_THE_START)],
    )
    assert told(press.replacement(f"{FIRST}-2")) == (f"{FIRST}-3", None, [("A1", AT_THE_START, NONE)]), (
        "compared with what it really replaced, not with what it was made to correct"
    )


def test_of_a_correction_that_was_withdrawn_nothing_is_told(press: Press):
    started, _ = press.first()
    second, slug = press.corrected(started, "partly")
    press.withdraw(second, slug)
    replacement = press.replacement(FIRST)
    assert replacement.is_withdrawn
    assert told(replacement) == (slug, None, [])
    assert press.state(FIRST) is PublicationState.SUPERSEDED, "a report does not come back to life"


def test_a_withdrawn_report_is_corrected_and_stays_withdrawn(press: Press):
    started, _ = press.first()
    press.withdraw(started, FIRST)
    _, slug = press.corrected(started, "partly")
    assert press.state(FIRST) is PublicationState.WITHDRAWN
    replacement = press.replacement(FIRST)
    assert (replacement.by.slug, replacement.is_withdrawn) == (slug, False)
    assert slug == f"{FIRST}-2", "the address of the withdrawn one is not used again"


def test_a_withdrawn_correction_is_corrected_in_its_turn(press: Press):
    started, _ = press.first()
    second, slug = press.corrected(started, "partly")
    press.withdraw(second, slug)
    _, third = press.corrected(second, "none")
    assert press.state(slug) is PublicationState.WITHDRAWN
    replacement = press.replacement(FIRST)
    assert (replacement.by.slug, replacement.is_withdrawn, replacement.further.slug) == (slug, True, third)
    assert press.state(third) is PublicationState.LIVE


def test_a_way_that_ends_at_a_withdrawn_report_is_not_offered(press: Press):
    started, _ = press.first()
    second, _ = press.corrected(started, "partly")
    third, slug = press.corrected(second, "none")
    press.withdraw(third, slug)
    assert press.replacement(FIRST).further is None


def test_what_was_published_stays_to_the_letter(press: Press):
    started, _ = press.first()
    session = press.trial.session
    before = (
        publishing.report_document(session, FIRST)[1],
        press.files.get(publishing.pdf_name(FIRST)),
    )
    second, slug = press.corrected(started, "partly")
    press.withdraw(started, FIRST)
    press.withdraw(second, slug)
    after = (
        publishing.report_document(session, FIRST)[1],
        press.files.get(publishing.pdf_name(FIRST)),
    )
    assert after == before
