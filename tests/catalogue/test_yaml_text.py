"""Reading YAML: what is understood, what is refused, and in which line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditapp.catalogue import ChecklistFileError, Problem, read_answers, read_checklist
from auditapp.catalogue.checklists import load_catalogue
from auditapp.catalogue.problems import AnswersFileError, ProblemList
from auditapp.catalogue.yaml_text import Unreadable, read_yaml

from .conftest import SMALL_LIST, Write

ProblemsOf = Callable[[Path], tuple[Problem, ...]]


def read(text: str) -> object:
    problems = ProblemList("file.yaml")
    plain = read_yaml(text, problems).plain()
    assert problems == []
    return plain


def problem_with(text: str) -> Problem:
    problems = ProblemList("file.yaml")
    try:
        read_yaml(text, problems)
    except Unreadable:
        assert problems
    (problem,) = problems
    return problem


def test_scalars_are_those_of_yaml_1_2():
    text = (
        "a: yes\nb: no\nc: on\nd: true\ne: null\nf: ~\ng:\nh: 12\ni: -0.50\nj: 1e5\nk: 0x1F\nl: 1_000\n"
        "m: 12:30\nn: 2026-11-24\no: '5'\np: .inf\nq: none\nr: 007\n"
    )
    assert read(text) == {
        "a": "yes", "b": "no", "c": "on", "d": True, "e": None, "f": None, "g": None, "h": 12, "i": -0.5,
        "j": "1e5", "k": "0x1F", "l": "1_000", "m": "12:30", "n": "2026-11-24", "o": "5", "p": ".inf",
        "q": "none", "r": 7,
    }  # fmt: skip


def test_keys_are_text_as_written():
    assert read("1.10: a\nno: b\n") == {"1.10": "a", "no": "b"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "the file is empty"),
        ("# only a comment\n", 1, "the file is empty"),
        ("---\n", 1, "the file is empty"),
        ("- a\n", 1, "must hold keys and values"),
        ("just text\n", 1, "must hold keys and values"),
        ("a: 1\n---\nb: 1\n", 2, "a second document begins here"),
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' is already given in line 1"),
        ("a: &x 1\n", 1, "'&x' names a place"),
        ("a: 1\nb: *x\n", 2, "'*x' refers to another place"),
        ("a: !!python/object:os.system x\n", 1, "the tag '"),
        ("a: {<<: 1}\n", 1, "merge keys"),
        ("? [a]\n: 1\n", 1, "a key must be text"),
        ("%YAML 1.1\n---\na: 1\n", 2, "directives"),
        ("a:\n\tb: 1\n", 2, "a tab stands where spaces belong"),
        ("a: b: c\n", 1, "a colon in the text reads as a key"),
        ("a: 1\n  b: 2\n", 2, "does not continue the line above"),
        ("a:\n    b: 1\n  c: 2\n", 3, "not indented like its neighbours"),
        ('a: 1\nb: "abc\nc: 1\n', 2, "a quotation mark opens here and never closes"),
        ('a: "b\nc: d"e\n', 1, "a quotation mark opens here and closes further down"),
        ("a: 'it's'\n", 1, "something follows a closing quotation mark"),
        ("a: 1\nb: [1, 2\nc: 3\n", 2, "a bracket opens here"),
        ("a: @x\n", 1, "text may not begin with '@'"),
        ('a: "\\q"\n', 1, "a backslash in double quotes"),
        ("a: 1\nb\nc: 1\n", 2, "a key without a colon"),
        ("a: 1\nb: \x07\n", 2, "a character here that text cannot have"),
        ('a: "\\ud800"\n', 1, "half a character"),
        ('a: "\\UFFFFFFFF"\n', 1, "this is not YAML"),
        ("a: " + "[" * 40, 1, "more than 30 levels"),
        ("a: 1234567890123456\n", 1, "at most 15 digits"),
        ("a: " + "x" * 1024 * 1024, None, "larger than 1 MiB"),
    ],
)
def test_what_is_refused(text: str, line: int | None, says: str):
    problem = problem_with(text)
    assert says in problem.message
    assert problem.remedy
    assert problem.line == line


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (SMALL_LIST.encode("utf-16"), 1, "not UTF-8 but UTF-16"),
        (
            SMALL_LIST.replace("A ramp", "Une rampe surélevée").encode("latin-1"),
            46,
            "the byte 0xe9 is not UTF-8",
        ),
        (b"id: a\nx: \x00", 2, "not a text file"),
        (b"x" * 1024 * 1024 + b"x", None, "larger than 1 MiB"),
    ],
)
def test_bytes_that_are_no_text(
    write: Write, problems_of: ProblemsOf, content: bytes, line: int | None, says: str
):
    (problem,) = problems_of(write(text=content))
    assert says in problem.message
    assert problem.line == line


def test_a_byte_order_mark_and_windows_lines_do_no_harm(write: Write, problems_of: ProblemsOf):
    assert problems_of(write(text=b"\xef\xbb\xbf" + SMALL_LIST.replace("\n", "\r\n").encode())) == ()


def test_files_that_cannot_be_opened(problems_of: ProblemsOf, tmp_path: Path):
    assert "there is no such file" in problems_of(tmp_path / "1.0.yaml")[0].message
    assert "this is a folder" in problems_of(tmp_path)[0].message
    assert "not the name of a file" in problems_of(Path("\0"))[0].message


pieces = st.sampled_from(
    ["\n", "  ", "- ", ": ", "a", "id", "criteria:\n", "facts:", "[", "]", "{", "}", ", ", "'", '"', "|", ">", "&a ",
     "*a", "!", "!!x ", "#", "%", "@", "\t", "0.5", "1e999999", "true", "~", "---\n", "...", "?", "<<: ", "\\", "\x00",
     "\ufeff", "\u2028", "é", "answers:\n", "event:\n", "  A1: ", "full", "checklist: small-list\n"]
)  # fmt: skip
yaml_ish = st.one_of(st.lists(pieces, max_size=40).map("".join), st.text())


def mistakes_in(read_it: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        read_it()
    except (ChecklistFileError, AnswersFileError) as error:
        return error.problems or (Problem("", None, None, ""),)
    return ()


@given(yaml_ish, st.integers(0, len(SMALL_LIST)))
@example("!!", 0)
@example("\\", SMALL_LIST.index("facts"))
def test_no_text_raises_anything_but_the_file_error(
    tmp_path_factory: pytest.TempPathFactory, text: str, place: int
):
    path = tmp_path_factory.getbasetemp() / "any" / "small-list" / "1.0.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    for content in (text, SMALL_LIST[:place] + text + SMALL_LIST[place:]):
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
        assert all(problem.message for problem in mistakes_in(lambda: read_checklist(path)))


@given(yaml_ish)
def test_no_text_makes_answers_raise_anything_but_the_file_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
):
    path = tmp_path_factory.getbasetemp() / "sound" / "small-list" / "1.0.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SMALL_LIST, encoding="utf-8")
    catalogue = load_catalogue([path.parent.parent])
    for content in (text, f"checklist: small-list\nevent: {{name: A}}\n{text}"):
        found = mistakes_in(lambda content=content: read_answers(content, catalogue))  # type: ignore[misc]
        assert all(problem.message for problem in found)
