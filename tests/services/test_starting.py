"""Audits begun: from a checklist, from the edition before, or to correct what is published."""

import pytest

from auditapp.domain.audit import Answer, Standing
from auditapp.domain.errors import (
    AuditClosed,
    ChecklistNotFound,
)
from auditapp.domain.facts import Fact
from auditapp.domain.scoring import score
from auditapp.services import auditing, links, starting
from tests.builders import a_checklist, an_event, evidence
from tests.services import LATER, NOW
from tests.services.trial import Trial, write_checklist

FULL = Answer(grade="full", note="On every page", evidence=(evidence(),))


def test_an_audit_needs_a_checklist_that_is_known(session, catalogue):
    with pytest.raises(ChecklistNotFound):
        starting.start_audit(session, catalogue, checklist="moat", event=an_event(), now=NOW)


def test_the_next_edition_starts_from_answers_that_wait_for_their_confirmation(trial: Trial):
    auditing.save_details(*trial.reach, event=an_event(), facts={"garment": True}, version=0, now=NOW)
    auditing.answer_criterion(*trial.reach, "ramp", FULL, version=0, now=NOW)
    started = starting.start_next_edition(*trial.reach, now=LATER)
    reach = (trial.session, trial.catalogue, started.key, started.token)
    audit = auditing.load_audit(*reach)
    assert audit.answer("ramp") == FULL.model_copy(update={"standing": Standing.CARRIED})
    assert audit.facts == {"garment": True}
    assert (audit.event.name, audit.event.edition, audit.facts_saved) == (
        "Ridgeline Half Marathon",
        "",
        False,
    )
    assert score(audit.checklist, audit.answers, audit.facts).total.points == 0
    confirmed = auditing.answer_criterion(*reach, "ramp", audit.answers["ramp"], version=1, now=LATER)
    assert confirmed.answer("ramp") == FULL
    assert trial.audit().answer("ramp") == FULL


def test_answers_to_criteria_the_newest_version_dropped_stay_behind(trial: Trial, checklists):
    write_checklist(checklists, a_checklist({"map": 1}, version="2.0"))
    auditing.answer_section(*trial.reach, "start", {"ramp": FULL, "map": FULL}, {}, now=NOW)
    started = starting.start_next_edition(*trial.reach, now=LATER)
    audit = auditing.load_audit(trial.session, trial.catalogue, started.key, started.token)
    assert (audit.checklist.ref, list(audit.answers)) == ("access@2.0", ["map"])


def test_facts_the_newest_version_words_otherwise_stay_behind(trial: Trial, checklists):
    auditing.save_details(*trial.reach, event=an_event(), facts={"garment": True}, version=0, now=NOW)
    garments = Fact(id="garment", question="How many garments are given?", type="number", unit="shirts")
    write_checklist(checklists, a_checklist(version="2.0", facts=[garments]))
    started = starting.start_next_edition(*trial.reach, now=LATER)
    assert auditing.load_audit(trial.session, trial.catalogue, started.key, started.token).facts == {}


def test_only_what_is_published_is_corrected(trial: Trial):
    with pytest.raises(AuditClosed):
        starting.start_correction(*trial.reach, now=LATER)


def test_a_form_sent_twice_starts_one_audit(trial):
    once = links.new_token()
    first, again, other = (
        starting.start_audit(
            trial.session, trial.catalogue, checklist="access", event=an_event(), now=NOW, once=word
        )
        for word in (once, once, links.new_token())
    )
    assert again == first != other
    assert once != first.token
    assert links.open_by_token(trial.session, first.token) == first.key


@pytest.mark.parametrize("once", ["", "short", "é" * 43, "a" * 44])
def test_a_word_anybody_could_guess_opens_nothing(trial, once):
    started = [
        starting.start_audit(
            trial.session, trial.catalogue, checklist="access", event=an_event(), now=NOW, once=once
        )
        for _ in range(2)
    ]
    assert started[0].key != started[1].key
