"""Answers files: what they say, and what is wrong with them."""

import datetime as dt
from pathlib import Path

import pytest

from auditapp.catalogue import (
    AnswersFileError,
    Catalogue,
    Problem,
    load_catalogue,
    read_answers,
    template_text,
)
from auditapp.domain.audit import Answer, Evidence

from .conftest import Write

ANSWERS = """\
checklist: small-list@1.0
event:
  name: Ridgeline Half
  edition: 2027
  date: 2027-04-25
  place: Edale
  website: https://ridgeline.example
facts:
  distance: 21.1
  garment: true
  course: loop
  entries-open: 2026-11-24
answers:
  ramp: full
  A2:
    not_applicable: no-crowd
  B1:
    grade: partly
    note: On request, in the form.
    evidence:
      - {kind: page, url: "https://ridgeline.example/shirt", title: The shirt, date: 2026-10-01}
"""


@pytest.fixture
def catalogue(write: Write, tmp_path: Path) -> Catalogue:
    write()
    return load_catalogue([tmp_path / "checklists"])


def problems_in(text: str, catalogue: Catalogue) -> tuple[Problem, ...]:
    with pytest.raises(AnswersFileError) as caught:
        read_answers(text, catalogue)
    return caught.value.problems


def line_of(text: str) -> int:
    (line,) = [number for number, line in enumerate(ANSWERS.splitlines(), 1) if text in line]
    return line


def test_answers_are_keyed_by_criterion_id_whatever_they_are_written_under(catalogue: Catalogue):
    read = read_answers(ANSWERS, catalogue)
    assert read.checklist == "small-list@1.0"
    assert read.event.title == "Ridgeline Half 2027"
    assert read.event.date == dt.date(2027, 4, 25)
    assert read.facts == {
        "distance": 21.1,
        "garment": True,
        "course": "loop",
        "entries-open": "2026-11-24",
    }
    assert read.answers == {
        "ramp": Answer(grade="full"),
        "quiet-room": Answer(not_applicable="no-crowd"),
        "women-fit": Answer(
            grade="partly",
            note="On request, in the form.",
            evidence=(
                Evidence(
                    kind="page",
                    url="https://ridgeline.example/shirt",
                    title="The shirt",
                    date=dt.date(2026, 10, 1),
                ),
            ),
        ),
    }


def test_the_template_is_valid_as_it_stands_and_names_everything(catalogue: Catalogue):
    checklist = catalogue.get("small-list")
    template = template_text(checklist)
    read = read_answers(template, catalogue)
    assert (dict(read.facts), dict(read.answers)) == ({}, {})
    for criterion in checklist.criteria:
        assert f"\n  {criterion.code}:\n" in template
        words = " ".join(template.replace("#", " ").split())
        for says in (criterion.question, *(grade.says for grade in criterion.grades)):
            assert says in words
    assert "no-crowd: Fewer than fifty people" in template
    for fact in checklist.facts:
        assert f"\n  {fact.id}:\n" in template


def test_a_template_is_filled_in_by_writing_after_the_colons(catalogue: Catalogue):
    template = template_text(catalogue.get("small-list"))
    filled = template.replace("\n  A1:\n", "\n  A1: partly\n").replace(
        "\n  distance:\n", "\n  distance: 42\n"
    )
    read = read_answers(filled, catalogue)
    assert read.answers == {"ramp": Answer(grade="partly")}
    assert read.facts == {"distance": 42}


def test_what_is_left_empty_is_not_given(catalogue: Catalogue):
    text = (
        "checklist: small-list\nevent: {name: A, place: }\nfacts:\nanswers:\n  A1: {grade: , note: Later.}\n"
    )
    read = read_answers(text, catalogue)
    assert read.facts == {}
    assert read.answers == {"ramp": Answer(note="Later.")}
    assert read.checklist == "small-list@1.0"


@pytest.mark.parametrize(
    ("old", "new", "criterion", "says", "remedy"),
    [
        ("small-list@1.0", "small-list@2.0", None, "no checklist 'small-list@2.0'", "'small-list@1.0'?"),
        ("small-list@1.0", "zzz", None, "there is no checklist 'zzz'", "known: small-list@1.0"),
        ("small-list@1.0", "1.0", None, "checklist must be text", 'put it in quotes: checklist: "1.0"'),
        ("distance: 21.1", "distanse: 21.1", None, "there is no fact 'distanse'", "did you mean 'distance'?"),
        ("distance: 21.1", "distance: 21 km", None, "must be a number of kilometres, not '21 km'", "alone"),
        ("distance: 21.1", "distance: 5000", None, "must be at most 1000 kilometres, not 5000", ""),
        ("distance: 21.1", "distance: [21]", None, "must be true or false, a number or text, not a list", ""),
        ("garment: true", "garment: yes", None, "fact 'garment' must be true or false, not 'yes'", "write true"),
        ("garment: true", "garment: No", None, "must be true or false, not 'No'", "write false"),
        ("garment: true", "garment: maybe", None, "not 'maybe'", "write true or false"),
        ("course: loop", "course: lop", None, "must be one of loop, line, not 'lop'", "did you mean 'loop'?"),
        ("entries-open: 2026-11-24", "entries-open: soon", None, "a date written as YYYY-MM-DD", ""),
        ("  ramp: full", "  rampe: full", None, "no criterion 'rampe' in small-list@1.0", "mean 'ramp'?"),
        ("  B1:", "  b1:", None, "no criterion 'b1' in small-list@1.0", "did you mean 'B1'?"),
        ("  ramp: full", "  ramp: yes", "ramp", "A1 has no grade 'yes'", "choose one of none, partly, full"),
        ("  ramp: full", "  ramp: true", "ramp", "must be text, and without quotes true is", '"true"'),
        ("  ramp: full", "  ramp: [full]", "ramp", "ramp must be keys and values, not a list", ""),
        ("  ramp: full", "  ramp: {not_applicable: dry}", "ramp", "no reason 'dry'", "always applies"),
        ("no-crowd", "crowd", "quiet-room", "A2 has no reason 'crowd' not to apply", "one of no-crowd"),
        ("not_applicable: no", "not_aplicable: no", "quiet-room", "unknown key 'not_aplicable'", "'not_appl"),
        ("kind: page", "kind: blog", "women-fit", "kind must be 'page', 'policy'", ""),
        ("{kind: page, url", "{url", "women-fit", "'kind' is missing", "add a line 'kind: …'"),
        ("https://ridgeline.example/shirt", "the website", "women-fit", "begins with http:// or https://", ""),
        ("2026-10-01", "last autumn", "women-fit", "date must be a date written as YYYY-MM-DD", ""),
        ("date: 2027-04-25", "date: 25 April 2027", None, "event.date must be a date written as", ""),
        ("name: Ridgeline Half", "nme: Ridgeline Half", None, "unknown key 'nme'", "did you mean 'name'?"),
        ("website: https://ridgeline.example", "website: ridgeline.example", None, "event.website must be", ""),
    ],
)  # fmt: skip
def test_each_kind_of_mistake(
    catalogue: Catalogue, old: str, new: str, criterion: str | None, says: str, remedy: str
):
    (problem,) = problems_in(ANSWERS.replace(old, new), catalogue)
    assert says in problem.message
    assert remedy in problem.remedy
    assert (problem.line, problem.criterion) == (line_of(old), criterion)


def test_one_criterion_under_two_names_is_refused_with_both_lines(catalogue: Catalogue):
    (problem,) = problems_in(ANSWERS.replace("  A2:", "  A1: none\n  A2:"), catalogue)
    first = line_of("  ramp: full")
    assert problem.line == first + 1
    assert problem.criterion == "ramp"
    assert problem.message == f"A1 is the same criterion as the one answered in line {first}"
    assert problem.remedy == f"keep one of lines {first} and {first + 1}"


def test_a_grade_and_a_reason_exclude_one_another(catalogue: Catalogue):
    (problem,) = problems_in(ANSWERS.replace("no-crowd", "no-crowd\n    grade: full"), catalogue)
    assert "not both" in problem.message
    assert problem.criterion == "quiet-room"


def test_all_mistakes_are_reported_at_once(catalogue: Catalogue):
    changes = {
        "name: Ridgeline Half": "nam: Ridgeline Half",
        "distance: 21.1": "distance: far",
        "garment: true": "shirt: true",
        "  ramp: full": "  ramp: most",
        "no-crowd": "no",
        "kind: page": "kind: blog",
    }
    text = ANSWERS
    for old, new in changes.items():
        text = text.replace(old, new)
    assert [problem.line for problem in problems_in(text, catalogue)] == [line_of(old) for old in changes]


def test_without_its_checklist_the_rest_is_still_read(catalogue: Catalogue):
    text = ANSWERS.replace("small-list@1.0", "other").replace("kind: page", "kind: blog")
    assert [problem.line for problem in problems_in(text, catalogue)] == [1, line_of("kind: page")]
    assert len(problems_in("event: {name: A}\n", catalogue)) == 1


def test_a_checklist_with_mistakes_brings_them_along(catalogue: Catalogue, write: Write):
    write(("weight: 1", "weight: high"))
    problems = problems_in(ANSWERS, catalogue)
    assert "has mistakes itself" in problems[0].message
    assert problems[1].criterion == "quiet-room"


def test_a_file_is_named_in_its_problems(catalogue: Catalogue, tmp_path: Path):
    path = tmp_path / "ridgeline.yaml"
    with pytest.raises(AnswersFileError) as caught:
        read_answers(path, catalogue)
    assert str(caught.value) == f"{path}: there is no such file; check the path"
    path.write_text(ANSWERS, encoding="utf-8")
    assert read_answers(path, catalogue).event.name == "Ridgeline Half"


def test_more_evidence_than_a_report_holds_is_refused(catalogue: Catalogue):
    links = "".join(f"      - {{kind: page, url: 'https://a.example/{number}'}}\n" for number in range(25))
    answers = "".join(f"  one-{number}:\n    grade: full\n    evidence:\n{links}" for number in range(41))
    found = problems_in(ANSWERS.partition("answers:")[0] + f"answers:\n{answers}", catalogue)
    assert any("has 1,025 pieces of evidence; a report holds at most 1,000" in str(one) for one in found)
