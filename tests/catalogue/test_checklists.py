"""Checklist files: every mistake is named with its line, its criterion and what to do about it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from auditapp.catalogue import (
    ChecklistFileError,
    Problem,
    ReleaseRefused,
    check_checklist,
    load_catalogue,
    read_checklist,
    release,
    releases,
    schema_text,
)
from auditapp.domain.errors import ChecklistNotFound

from .conftest import SMALL_LIST, Write

ProblemsOf = Callable[[Path], tuple[Problem, ...]]


def line_of(text: str) -> int:
    """The line of the small list that holds `text`, which stands in it once."""
    lines = [number for number, line in enumerate(SMALL_LIST.splitlines(), 1) if text in line]
    assert len(lines) == 1, f"{text!r} stands in lines {lines}"
    return lines[0]


def test_a_sound_file_is_read(write: Write):
    checklist = check_checklist(write())
    assert checklist.ref == "small-list@1.0"
    assert [criterion.code for criterion in checklist.criteria] == ["A1", "A2", "B1"]


def test_a_mistake_reads_as_the_manual_says(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    path = write(("weight: 1", "weight: high"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ChecklistFileError) as caught:
        read_checklist(path)
    assert str(caught.value) == (
        f"checklists/small-list/1.0.yaml:{line_of('weight: 1')}: "
        "criterion 'quiet-room': weight must be a whole number from 1 to 5, not 'high'"
    )


@pytest.mark.parametrize(
    ("old", "new", "criterion", "says", "remedy"),
    [
        ('version: "1.0"', "version: 1.0", None, "version must be text", 'put it in quotes: version: "1.0"'),
        ("weight: 1", "wieght: 1", "quiet-room", "unknown key 'wieght'", "did you mean 'weight'?"),
        ("essential: true", "zzz: 1", "ramp", "unknown key 'zzz'", "take it out; known here: id, code,"),
        ("weight: 1", "weight: 9", "quiet-room", "from 1 to 5, not 9", ""),
        ("weight: 1", 'weight: "1"', "quiet-room", "not '1'", "take the quotes away"),
        ("type: boolean", "type: bool", None, "('garment'): type must be 'boolean', 'number'", "'boolean'?"),
        ("cost: small, days: 14", "cost: free, days: 14", "ramp", "improve.cost must be 'nothing', ", ""),
        ("days: 14", "days: two weeks", "ramp", "whole number from 0 to 1000, not 'two weeks'", ""),
        ("dated: 2026-11-01", "dated: last week", None, "a date written as YYYY-MM-DD, not 'last week'", ""),
        ("dated: 2026-11-01", "dated: 2026-02-30", None, "a date written as YYYY-MM-DD", ""),
        ("points: 0.5", "points: half", None, "a number such as 1, 0.5 or 1/2, not 'half'", ""),
        ("points: 0.5", "points: 1.5", None, "must lie between 0 and 1", ""),
        ("points: 0.5", "points: 1e9999999", None, "a number such as 1, 0.5 or 1/2", ""),
        ("points: 0.5", f"points: 0.{'1' * 400}", None, "at most 15 digits", "round it"),
        ("essential: true", "essential: yes", "ramp", "true or false, not 'yes'", "without quotes"),
        ("kinds: [photo, page]", "kinds: photo", "ramp", "kinds must be a list, not 'photo'", "[one, two]"),
        ("kinds: [photo, page]", "kinds: [foto]", "ramp", "entry 1 must be 'page'", "did you mean 'photo'?"),
        ("kinds: [photo, page]", "kinds: []", "ramp", "evidence.kinds needs at least 1 entry", "add one"),
        ("id: quiet-room", "id: Quiet Room", "Quiet Room", "must be small letters, digits and single", ""),
        ("id: quiet-room", "id: ramp", "ramp", "the id 'ramp' is used twice", "its own id"),
        ("code: A2", "code: A1", "quiet-room", "the code A1 is used twice", "its own code"),
        ("code: A2", "code: a2", "quiet-room", "code must be capital letters and digits", ""),
        ("title: A ramp", "title:", "ramp", "title is empty", "fill it in"),
        ("title: A ramp", 'title: ""', "ramp", "title is empty", "write something"),
        ("title: A ramp", "title: 5", "ramp", "title must be text", 'put it in quotes: title: "5"'),
        ("title: A ramp", "title: [A ramp]", "ramp", "title must be text, not a list", ""),
        ("title: A ramp", f"title: {'x' * 301}", "ramp", "has 301 characters; at most 300 fit", "1 or more"),
        ("title: A ramp", 'title: "A \\u202e ramp"', "ramp", "characters that cannot be shown: U+202E", ""),
        ("url: \"https://example.org/survey\"", "url: example.org", None, "begins with http:// or", ""),
        ("sources: [S1]", "sources: [S2]", "ramp", "there is no source 'S2'", "add it to 'sources'"),
        ("{fact: distance, at_", "{fact: distnce, at_", "quiet-room", "no fact 'distnce'", "one of distance"),
        ("at_least: 10", "atleast: 10", "quiet-room", "unknown key 'atleast'", "did you mean 'at_least'?"),
        ("at_least: 10", "is: [10]", "quiet-room", "must be true or false, a number or text, not a list", ""),
        ("garment, is: true", "garment, is: yes", "women-fit", "can never be 'yes'", "true or false"),
        ("evidenced: all", "evidenced: some", None, "must be 'all' or 'none' or a list, not 'some'", ""),
        ("answers: {A1: partly}", "answers: {Z9: full}", None, "there is no criterion 'Z9'", "the code"),
        ("answers: {A1: partly}", "answers: {A1: most}", None, "A1 has no grade 'most'", "none, partly"),
        ("answers: {A1: partly}", "answers: {A1: 5}", None, "must be text or keys and values, not 5", ""),
        ("answers: {A1: partly}", "answers: {A1: {grad: full}}", None, "unknown key 'grad'", "'grade'?"),
        ("score: 70", "score: 170", None, "a whole percent from 0 to 100, not 170", ""),
        ("score: 70", "score: 10", None, "asks for less than 'starting' below it", "lowest level first"),
        ("id: small-list", "id: other-list", None, "the folder is called 'small-list'", "the same name"),
        ('version: "1.0"', 'version: "1.1"', None, "the file is called '1.0'", "the same name"),
        ("percent: 50", "percent: 51", None, "percent should be 51, but it comes to 50", "correct the case"),
        ("level: solid}", "level: none}", None, "level should be none, but it comes to solid", ""),
        ("points: 6,", 'points: "13/2",', None, "points should be 13/2, but it comes to 6", ""),
    ],
)  # fmt: skip
def test_each_kind_of_mistake(
    write: Write,
    problems_of: ProblemsOf,
    old: str,
    new: str,
    criterion: str | None,
    says: str,
    remedy: str,
):
    (problem,) = problems_of(write((old, new)))
    assert says in problem.message
    assert remedy in problem.remedy
    assert (problem.line, problem.criterion) == (line_of(old), criterion)


def test_a_missing_key_is_reported_where_its_criterion_begins(write: Write, problems_of: ProblemsOf):
    (problem,) = problems_of(write(("    weight: 1\n", "")))
    assert problem.line == line_of("id: quiet-room")
    assert problem.message == "'weight' is missing"
    assert problem.criterion == "quiet-room"


def test_a_scale_that_does_not_climb_is_reported_at_its_grades(write: Write, problems_of: ProblemsOf):
    (problem,) = problems_of(write(("points: 0.5", "points: 0")))
    assert "do not climb from 0 to 1" in problem.message
    assert problem.line == line_of("{id: none, label: No, points: 0}") - 1


def test_ten_different_mistakes_are_reported_together(write: Write, problems_of: ProblemsOf):
    changes = [
        ('version: "1.0"', "version: 1.0", "version must be text"),
        ("minutes: 5", "minuts: 5", "unknown key 'minuts'"),
        ("unit: kilometres", "unit: kilometres\n    unit: miles", "already given"),
        ("type: boolean", "type: bool", "type must be"),
        ("points: 0.5", "points: half", "must be a number"),
        ("section: access\n    title: A ramp", "section: acces\n    title: A ramp", "no section 'acces'"),
        ("essential: true", "essential: yes", "must be true or false"),
        ("code: A2", "code: A1", "the code A1 is used twice"),
        ("{fact: distance, at_", "{fact: distnce, at_", "there is no fact 'distnce'"),
        ("score: 70", "score: 10", "asks for less"),
        ("answers: {A1: partly}", "answers: {A9: full}", "there is no criterion 'A9'"),
    ]
    problems = problems_of(write(*((old, new) for old, new, _ in changes)))
    assert [
        problem.message for problem in problems if not any(says in problem.message for *_, says in changes)
    ] == []
    assert len(problems) == len(changes)
    added = line_of("unit: kilometres")  # every line below it moves down by the repeated key
    for old, _, says in changes:
        (problem,) = [problem for problem in problems if says in problem.message]
        line = line_of(old.splitlines()[-1]) - old.count("\n")
        assert problem.line == line + (line >= added)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: distance", "id: Distance"),
        ("type: number", "type: numbr"),
        ("    unit: kilometres\n", ""),
        ("id: graded", "id: Graded"),
        ("{id: partly, label: Partly, points: 0.5}", "{id: partly, label: Partly}"),
        ("id: access, code: A", "id: Access, code: A"),
        ("summary: What people are given to wear.", "sumary: What people are given to wear."),
        ("id: S1", "id: s1"),
        ("id: ramp", "id: Ramp"),
        ("code: A1", "code: a1"),
        ("- {id: partly, says: There is a ramp at one of the entrances.}", "- partly"),
        ("section: clothing", "section: Clothing"),
        ("section: clothing", "sektion: clothing"),
        ("id: solid", "id: Solid"),
        ("levels:", "levelz:"),
        ("facts:\n  - id", "fact:\n  - id"),
    ],
)
def test_what_follows_from_a_mistake_is_not_reported(
    write: Write, problems_of: ProblemsOf, old: str, new: str
):
    assert len(problems_of(write((old, new)))) == 1


def test_a_list_in_the_wrong_shape_hides_no_mistake_elsewhere(write: Write, problems_of: ProblemsOf):
    problems = problems_of(write(("sections:\n", "sections: x\nparts:\n"), ("at_least: 10", "is: true")))
    assert [problem.message.split(" ")[0] for problem in problems] == ["sections", "unknown", "the"]
    assert len(problems_of(write(("criteria:\n", "criteria: x\nmore:\n")))) == 2


def test_too_many_criteria_are_refused(write: Write, problems_of: ProblemsOf):
    start, end = SMALL_LIST.index("  - id: ramp"), SMALL_LIST.index("  - id: quiet-room")
    one = SMALL_LIST[start:end]
    many = "".join(one.replace("id: ramp", f"id: ramp-{n}").replace("A1", f"X{n}") for n in range(300))
    (problem,) = problems_of(write((SMALL_LIST[start:end], one + many)))
    assert problem.message == "there are 303 criteria; a checklist has at most 300"


def test_a_year_may_go_without_quotes(write: Write):
    assert check_checklist(write()).sources[0].year == "2024"


def test_the_file_name_ends_in_yaml(write: Write, problems_of: ProblemsOf):
    (problem,) = problems_of(write(name="small-list/1.0.yml"))
    assert "'.yml'" in problem.message


def version(number: str, status: str = "current") -> tuple[tuple[str, str], ...]:
    return ('version: "1.0"', f'version: "{number}"'), ("status: current", f"status: {status}")


def test_versions_are_numbers_not_text(write: Write, tmp_path: Path):
    for number in ("1.0", "1.9", "1.10"):
        write(*version(number), name=f"small-list/{number}.yaml")
    catalogue = load_catalogue([tmp_path / "checklists"])
    assert [entry.version for entry in catalogue.entries()] == ["1.10", "1.9", "1.0"]
    assert [checklist.version for checklist in catalogue.checklists()] == ["1.10", "1.9", "1.0"]
    assert catalogue.get("small-list").version == "1.10"


def test_a_new_audit_starts_with_the_newest_current_version_else_the_newest_draft(
    write: Write, tmp_path: Path
):
    catalogue = load_catalogue([tmp_path / "checklists"])
    for number, status, chosen in (
        ("0.1", "draft", "0.1"),
        ("0.2", "draft", "0.2"),
        ("1.0", "superseded", "0.2"),
        ("1.1", "current", "1.1"),
        ("1.2", "draft", "1.1"),
    ):
        write(*version(number, status), name=f"small-list/{number}.yaml")
        assert catalogue.get("small-list").version == chosen
        assert [checklist.version for checklist in catalogue.current()] == [chosen]
    assert catalogue.get("small-list@1.0").status == "superseded"


@pytest.mark.parametrize(
    "ref",
    [
        "",
        "@",
        "small-list@",
        "small-list@2.0",
        "other",
        "../small-list@1.0",
        "small-list@../1.0",
        "a@b@c",
        "\0",
    ],
)
def test_an_unknown_checklist_is_not_found(write: Write, tmp_path: Path, ref: str):
    write()
    with pytest.raises(ChecklistNotFound) as caught:
        load_catalogue([tmp_path / "checklists"]).get(ref)
    assert caught.value.known == ("small-list@1.0",)


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(write: Write, tmp_path: Path):
    catalogue = load_catalogue([tmp_path / "checklists"])
    path = write()
    first = catalogue.get("small-list@1.0")
    assert catalogue.get("small-list@1.0") is first
    write(("A small list", "A changed list"))
    assert catalogue.get("small-list@1.0").title == "A changed list"
    path.unlink()
    with pytest.raises(ChecklistNotFound):
        catalogue.get("small-list@1.0")


def test_a_broken_file_is_left_out_of_the_list_and_named_when_asked_for(write: Write, tmp_path: Path):
    catalogue = load_catalogue([tmp_path / "checklists"])
    write()
    write(*version("1.1"), ("weight: 1", "weight: high"), name="small-list/1.1.yaml")
    assert [checklist.version for checklist in catalogue.checklists()] == ["1.0"]
    assert catalogue.get("small-list").version == "1.0"
    assert [problem.criterion for problem in catalogue.problems()] == ["quiet-room"]
    for _ in range(2):
        with pytest.raises(ChecklistFileError):
            catalogue.get("small-list@1.1")
    (tmp_path / "checklists/small-list/1.0.yaml").unlink()
    with pytest.raises(ChecklistFileError):
        catalogue.get("small-list")


def test_listing_reads_no_file(write: Write, tmp_path: Path):
    write(text=b"\xff").chmod(0)
    write(name="small-list/draft.yaml")
    write(name="Small List/1.0.yaml")
    entries = load_catalogue([tmp_path / "checklists", tmp_path / "nowhere"]).entries()
    assert [entry.ref for entry in entries] == ["small-list@1.0"]


def test_the_first_folder_counts(write: Write, tmp_path: Path):
    write()
    write(("A small list", "An impostor"), folder="own")
    write(*version("1.1"), name="small-list/1.1.yaml", folder="own")
    catalogue = load_catalogue([tmp_path / "checklists", tmp_path / "own"])
    assert catalogue.get("small-list@1.0").title == "A small list"
    assert catalogue.get("small-list").version == "1.1"


NEXT_VERSION = (
    ('version: "1.0"', 'version: "2.0"'),
    ("criteria:", """migrate:
  from: "1.0"
  criteria:
    - { was: ramp, change: same, becomes: [ramp] }
    - { was: quiet-room, change: same, becomes: [quiet-room] }
    - { was: women-fit, change: same, becomes: [women-fit] }

criteria:"""),
)  # fmt: skip


def test_what_a_checklist_cannot_mean_is_a_mistake_of_its_check_only(write: Write, problems_of: ProblemsOf):
    path = write(("facts:", "facts:\n  - { id: moat, question: Is there a moat?, type: boolean }"))
    assert read_checklist(path).fact("moat").type == "boolean"
    (problem,) = problems_of(path)
    assert (problem.line, problem.message) == (13, "the fact 'moat' is asked and never used")


def test_a_version_says_what_became_of_the_one_before(write: Write, problems_of: ProblemsOf):
    write()
    path = write(*NEXT_VERSION, name="small-list/2.0.yaml")
    assert problems_of(path) == ()
    path = write(
        *NEXT_VERSION, ("was: ramp, change: same, becomes: [ramp]", "was: ramp, change: same, becomes: [slope]"),
        name="small-list/2.0.yaml",
    )  # fmt: skip
    assert [problem.message for problem in problems_of(path)] == [
        "there is no criterion 'slope' in this version"
    ]


def test_the_version_before_must_be_there_to_be_held_against(write: Write, problems_of: ProblemsOf):
    path = write(*NEXT_VERSION, name="small-list/2.0.yaml")
    (problem,) = problems_of(path)
    assert problem.message == "version 1.0 cannot be read"
    assert problem.remedy == "keep 1.0.yaml beside this file, without mistakes"


def test_the_way_between_versions_leads_through_their_maps(write: Write, tmp_path: Path):
    write()
    write(*NEXT_VERSION, name="small-list/2.0.yaml")
    write(('version: "1.0"', 'version: "0.9"'), name="small-list/0.9.yaml")
    third = ((NEXT_VERSION[0][0], 'version: "3.0"'), NEXT_VERSION[1], ('from: "1.0"', 'from: "2.0"'))
    write(*third, name="small-list/3.0.yaml")
    catalogue = load_catalogue([tmp_path / "checklists"])
    oldest, first, second, newest = (catalogue.get(f"small-list@{v}") for v in ("0.9", "1.0", "2.0", "3.0"))
    assert catalogue.steps(first, newest) == ((first, second), (second, newest))
    assert catalogue.steps(first, first) == ()
    assert catalogue.steps(oldest, newest) == ((oldest, newest),)
    assert catalogue.between([first, newest, first]) == (newest, second, first, oldest)
    assert catalogue.between([first, first]) == ()


def test_a_map_whose_version_before_is_missing_leads_nowhere(write: Write, tmp_path: Path):
    write(('version: "1.0"', 'version: "0.9"'), name="small-list/0.9.yaml")
    write(*NEXT_VERSION, name="small-list/2.0.yaml")
    catalogue = load_catalogue([tmp_path / "checklists"])
    old, new = catalogue.get("small-list@0.9"), catalogue.get("small-list@2.0")
    assert catalogue.steps(old, new) == ((old, new),)


def test_a_released_file_that_changes_is_noticed(write: Write, problems_of: ProblemsOf, tmp_path: Path):
    path = write()
    fresh = release(path)
    assert releases(tmp_path / "checklists") == {"small-list/1.0.yaml": fresh}
    assert release(path) == fresh
    assert problems_of(path) == ()
    write(("title: A ramp", "title: A gentle ramp"))
    assert "is released, and its file has been changed since" in problems_of(path)[0].message
    with pytest.raises(ReleaseRefused, match=r"small-list/1\.0\.yaml was released before"):
        release(path)


def test_a_file_says_its_digest_and_whether_it_is_released(write: Write, tmp_path: Path):
    path = write()
    catalogue = load_catalogue([tmp_path / "checklists"])
    assert catalogue.filed("small-list@1.0") == (hashlib.sha256(path.read_bytes()).hexdigest(), False)
    release(path)
    assert catalogue.filed("small-list@1.0").released
    write(("title: A ramp", "title: A gentle ramp"))
    assert not catalogue.filed("small-list@1.0").released
    with pytest.raises(ChecklistNotFound):
        catalogue.filed("small-list@9.9")


def test_the_version_before_is_the_one_its_map_names(write: Write, tmp_path: Path):
    first = write()
    write(*NEXT_VERSION, name="small-list/2.0.yaml")
    catalogue = load_catalogue([tmp_path / "checklists"])
    old, new = catalogue.get("small-list@1.0"), catalogue.get("small-list@2.0")
    assert catalogue.before(new) == old
    assert catalogue.before(old) is None
    first.unlink()
    assert catalogue.before(new) is None


def test_the_schema_beside_the_checklists_is_the_one_the_model_gives():
    shipped = Path(__file__).parents[2] / "checklists" / "schema.json"
    assert shipped.read_text("utf-8") == schema_text()
