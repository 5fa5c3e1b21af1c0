import datetime as dt

import pytest
from pydantic import ValidationError

from auditapp.domain.audit import EVIDENCE_LIMIT, NOTE_LIMIT, Answer, Audit, Event, Evidence, Standing
from auditapp.domain.measures import Numbers
from tests.builders import a_checklist, an_event, prizes


def a_link(url="https://ridgelinehalf.example/terms"):
    return Evidence(kind="page", url=url, title="Terms", date=dt.date(2027, 1, 4))


@pytest.mark.parametrize(
    ("name", "edition", "title"),
    [
        ("Ridgeline Half Marathon", "2027", "Ridgeline Half Marathon 2027"),
        ("Ridgeline Half Marathon 2027", "2027", "Ridgeline Half Marathon 2027"),
        ("Ridgeline Half Marathon", "", "Ridgeline Half Marathon"),
    ],
)
def test_the_title_names_the_edition_once(name, edition, title):
    assert Event(name=name, edition=edition).title == title


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "bell\x07"])
def test_an_event_needs_a_name_people_can_read(name):
    with pytest.raises(ValidationError):
        Event(name=name)


def test_an_answer_is_a_grade_or_a_reason_not_both():
    with pytest.raises(ValidationError, match="not both"):
        Answer(grade="full", not_applicable="no-garment")


@pytest.mark.parametrize(
    "parts",
    [{"grade": "full"}, {"numbers": prizes((300, 300))}, {"grade": "full", "numbers": Numbers()}],
)
def test_only_numbers_settle_a_grade_by_numbers(parts):
    with pytest.raises(ValidationError, match="has both numbers and a grade"):
        Answer(settled_by="numbers", **parts)


def test_a_note_alone_leaves_the_criterion_unanswered():
    assert not Answer(note="Still asking the supplier").settles
    assert Answer(grade="none").settles
    assert Answer(not_applicable="no-garment").settles


def test_a_carried_answer_waits_for_its_confirmation():
    assert not Answer(grade="full", standing=Standing.CARRIED).settles


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "ridgeline.example", "https://", "ftp://a.example"]
)
def test_evidence_is_an_address_on_the_web(url):
    with pytest.raises(ValidationError):
        a_link(url)


def test_notes_and_evidence_have_a_limit():
    full = Answer(note="x" * NOTE_LIMIT, evidence=(a_link(),) * EVIDENCE_LIMIT)
    assert len(full.evidence) == EVIDENCE_LIMIT
    with pytest.raises(ValidationError):
        Answer(note="x" * (NOTE_LIMIT + 1))
    with pytest.raises(ValidationError):
        Answer(evidence=(a_link(),) * (EVIDENCE_LIMIT + 1))


def test_an_audit_knows_each_answer_and_how_often_it_was_saved():
    audit = Audit(
        key="k",
        checklist=a_checklist(),
        event=an_event(),
        answers={"ramp": Answer(grade="full")},
        versions={"ramp": 3},
    )
    assert (audit.answer("ramp"), audit.version("ramp")) == (Answer(grade="full"), 3)
    assert (audit.answer("map"), audit.version("map")) == (None, 0)


@pytest.mark.parametrize(
    ("name", "edition", "series"),
    [
        ("Ridgeline Half", "2027", "Ridgeline Half"),
        ("Ridgeline Half 2027", "2027", "Ridgeline Half"),
        ("Ridgeline Half, 2027", "", "Ridgeline Half"),
        ("Ridgeline Half – Spring", "Spring", "Ridgeline Half"),
        ("2027", "2027", "2027"),
        ("10K 1234", "", "10K 1234"),
    ],
)
def test_an_event_has_a_name_whatever_the_year(name, edition, series):
    assert an_event(name, edition=edition).series == series
