"""Real events as answers files: only what the public text supports, and never a deferral that is a purchase."""

from fractions import Fraction
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from auditapp.catalogue import load_catalogue, read_answers
from auditapp.domain.audit import AuditFile
from auditapp.domain.checklist import Checklist
from auditapp.domain.scoring import Score, State, score
from tests.test_checklists import MIRRORS

HERE = Path(__file__).resolve().parent
FILES = sorted((HERE / "events").glob("*.yaml"))
CATALOGUE = load_catalogue([HERE.parent / "checklists"])
EVENTS = {path.stem: read_answers(path, CATALOGUE) for path in FILES}

every_event = pytest.mark.parametrize("name", EVENTS)


def scored(name: str) -> tuple[AuditFile, Checklist, Score]:
    event = EVENTS[name]
    checklist = CATALOGUE.get(event.checklist)
    return event, checklist, score(checklist, event.answers, event.facts)


def grade(name: str, criterion: str) -> str | None:
    _, checklist, result = scored(name)
    return result.finding(checklist.criterion(criterion).id).grade


def state(name: str, criterion: str) -> State:
    _, checklist, result = scored(name)
    return result.finding(checklist.criterion(criterion).id).state


def test_the_best_known_events_are_here() -> None:
    assert {
        "london-marathon",
        "centurion-100-mile",
        "utmb-mont-blanc",
        "great-north-run",
        "new-york-city-marathon",
        "race-to-the-stones",
        "london-landmarks-half",
        "manchester-half",
    } <= set(EVENTS)


@every_event
def test_what_the_text_does_not_say_stays_unanswered(name: str) -> None:
    event, checklist, result = scored(name)
    answered = {finding.id for finding in result.findings if finding.grade is not None}
    assert answered == set(event.answers)
    ruled_out = result.counted(State.NOT_APPLICABLE)
    assert result.counted(State.UNANSWERED) == len(checklist.criteria) - ruled_out - len(answered)
    assert 0 < result.coverage.answered < result.coverage.applicable


@every_event
def test_every_answer_is_a_grade_with_a_note_that_says_where_it_comes_from(name: str) -> None:
    for answer in EVENTS[name].answers.values():
        assert answer.grade is not None
        assert len(answer.note) > 15
        assert answer.evidence or "reported" in answer.note


@every_event
def test_evidence_is_never_a_copy_on_another_site(name: str) -> None:
    hosts = [
        urlsplit(evidence.url).hostname or ""
        for answer in EVENTS[name].answers.values()
        for evidence in answer.evidence
    ]
    assert [host for host in hosts if any(mirror in host for mirror in MIRRORS)] == []


@every_event
def test_a_few_public_sentences_reach_no_level(name: str) -> None:
    _, _, result = scored(name)
    assert result.level is None
    assert result.total.evidenced <= result.total.points < result.total.possible


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_says_what_it_is(path: Path) -> None:
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    comment = " ".join(line.lstrip("# ") for line in rest if line.startswith("#"))
    assert first.endswith(": a sample from public text")
    assert "Check every answer against the live pages" in comment


@pytest.mark.parametrize("name", ["great-north-run", "manchester-half"])
def test_a_deferral_for_everyone_is_no_pregnancy_policy(name: str) -> None:
    assert grade(name, "pregnancy-policy") == "none"


def test_the_great_north_run_earns_nothing_for_a_right_to_buy_again() -> None:
    _, _, result = scored("great-north-run")
    assert grade("great-north-run", "pregnancy-deferral-cost") == "none"
    assert state("great-north-run", "pregnancy-policy") is State.EVIDENCED
    assert state("great-north-run", "pregnancy-deferral-editions") is State.UNANSWERED
    assert result.total.points == 0


@pytest.mark.parametrize("name", ["new-york-city-marathon", "boston-marathon"])
def test_a_written_policy_can_still_cost_the_whole_fee_again(name: str) -> None:
    assert grade(name, "pregnancy-policy") == "full"
    assert grade(name, "pregnancy-deferral-cost") == "none"


def test_the_same_word_hides_different_deals() -> None:
    pregnancy = {
        name: tuple(grade(name, code) for code in ("B1", "B2", "B3"))
        for name in (
            "london-marathon",
            "centurion-100-mile",
            "utmb-mont-blanc",
            "new-york-city-marathon",
            "great-north-run",
        )
    }
    assert pregnancy == {
        "london-marathon": ("full", "full", "full"),
        "centurion-100-mile": ("full", "full", None),
        "utmb-mont-blanc": ("full", "full", "full"),
        "new-york-city-marathon": ("full", "none", "full"),
        "great-north-run": ("none", "none", None),
    }


def test_products_that_have_to_be_asked_for_count_partly() -> None:
    assert grade("centurion-100-mile", "period-products") == "partly"


def test_a_press_report_is_no_policy_text() -> None:
    assert state("london-marathon", "pregnancy-policy") is State.EVIDENCED
    assert state("london-marathon", "pregnancy-deferral-editions") is State.DECLARED
    assert state("utmb-mont-blanc", "pregnancy-deferral-editions") is State.EVIDENCED


def test_london_comes_to_22_points_of_102() -> None:
    _, _, result = scored("london-marathon")
    assert (result.total.points, result.total.possible) == (Fraction(22), Fraction(102))
    assert result.total.evidenced == 14
    assert result.coverage.answered == 8
