"""Answers files: the same job without a browser, for people with a text editor."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

from auditapp.catalogue.checklists import Catalogue
from auditapp.catalogue.documents import line_at, note_mistakes, validated
from auditapp.catalogue.problems import AnswersFileError, ChecklistFileError, ProblemList, shown_path
from auditapp.catalogue.sentences import did_you_mean, places, shown
from auditapp.catalogue.shape import Path as Place
from auditapp.catalogue.yaml_text import Node, Unreadable, decoded, read_bytes, read_yaml
from auditapp.domain.audit import Answer, AuditFile, Event, check_links
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.errors import ChecklistNotFound
from auditapp.domain.facts import Fact, FactValue
from auditapp.domain.measures import NumbersRejected
from auditapp.domain.measuring import with_grades_from_numbers
from auditapp.domain.values import Value

SHOWN_NAMES = 12


class WrittenAnswers(Value):
    """An answers file before its names are looked up; answers may still go by their criterion's code."""

    checklist: str
    event: Event
    facts: Mapping[str, FactValue] = {}
    answers: dict[str, Answer] = {}


def read_answers(source: Path | str, catalogue: Catalogue) -> AuditFile:
    """The answers in a file, or in a text, keyed by criterion id and with the full name of their checklist.

    What is left empty counts as not given. Raises AnswersFileError with every mistake the file has.
    """
    problems = ProblemList("answers" if isinstance(source, str) else shown_path(source))
    try:
        text = source if isinstance(source, str) else decoded(read_bytes(source, problems), problems)
        root = read_yaml(text, problems)
    except Unreadable:
        raise AnswersFileError(tuple(problems)) from None
    _leave_out_blanks(root)
    written, errors = validated(WrittenAnswers, root)
    mistaken = places(errors, root, WrittenAnswers)
    checklist = _checklist(root, catalogue, problems)
    names = _Names(root, checklist)
    note_mistakes(problems, errors, root, WrittenAnswers, names.criterion_at)
    if written is not None:
        _check_links(written, root, problems)
    if checklist is not None:
        _check_facts(checklist, root, mistaken, problems)
        _check_answers(checklist, names, root, mistaken, problems)
    if written is None or checklist is None or problems:
        raise AnswersFileError(tuple(problems))
    named = {checklist.criterion(name).id: (name, answer) for name, answer in written.answers.items()}
    answers = _with_grades_from_numbers(checklist, named, root, problems)
    if problems:
        raise AnswersFileError(tuple(problems))
    return AuditFile(checklist=checklist.ref, event=written.event, facts=dict(written.facts), answers=answers)


def _check_links(written: WrittenAnswers, root: Node, problems: ProblemList) -> None:
    try:
        check_links(written.answers)
    except ValueError as error:
        problems.add(line_at(root, ("answers",)), f"the file {error}", "leave the weaker ones out")


def _with_grades_from_numbers(
    checklist: Checklist, named: Mapping[str, tuple[str, Answer]], root: Node, problems: ProblemList
) -> dict[str, Answer]:
    """The answers with the grades their numbers lead to; a grade written beside numbers must be that one."""
    given = {criterion_id: answer for criterion_id, (_, answer) in named.items()}
    try:
        found = with_grades_from_numbers(checklist, {}, given)
    except NumbersRejected as rejected:
        for place, problem in rejected.problems.items():
            criterion_id, _, within = place.partition(".")
            line = line_at(root, ("answers", named[criterion_id][0], "numbers", *_place_in_numbers(within)))
            problems.add(line, f"numbers: {within or 'rows'}: {problem}", "", criterion_id)
        return given
    for criterion_id, answer in given.items():
        grade = found[criterion_id].grade
        if answer.grade is not None and grade != answer.grade:
            problems.add(
                line_at(root, ("answers", named[criterion_id][0], "grade")),
                f"the numbers lead to the grade '{grade}', not to '{answer.grade}'",
                "take 'grade' out, or correct the numbers",
                criterion_id,
            )
    return found


def _place_in_numbers(place: str) -> Place:
    """Where in the file a place of the numbers stands: "row-2.women" in the cell of the second row."""
    row, dot, column = place.partition(".")
    if row.startswith("row-") and dot and row[4:].isdecimal():
        return ("rows", int(row[4:]) - 1, column)
    return ("values", place)


class _Names:
    """Which criterion an entry of `answers` is about."""

    def __init__(self, root: Node, checklist: Checklist | None) -> None:
        self._known: dict[str, Criterion] = {}
        if checklist is None or "answers" not in root.entries:
            return
        for name in root.entries["answers"].entries:
            try:
                self._known[name] = checklist.criterion(name)
            except KeyError:
                continue

    def criterion_at(self, _root: Node, place: Place) -> str | None:
        if len(place) < 2 or place[0] != "answers":
            return None
        criterion = self.get(str(place[1]))
        return criterion.id if criterion else str(place[1])

    def get(self, name: str) -> Criterion | None:
        return self._known.get(name)


def _leave_out_blanks(root: Node) -> None:
    """Take out keys without a value, write plain grades as mappings, and read an edition such as 2027 as text."""
    for key in ("event", "facts", "answers"):
        part = root.entries.get(key)
        if part is None:
            continue
        if part.content is None and not part.written and key != "event":
            del root.entries[key]
            continue
        for name in [name for name, node in part.entries.items() if _blank(node)]:
            del part.entries[name]
    for key, node in (root.entries["event"].entries if "event" in root.entries else {}).items():
        if key == "edition" and isinstance(node.content, int) and not isinstance(node.content, bool):
            node.content = node.written
    for node in (root.entries["answers"].entries if "answers" in root.entries else {}).values():
        if isinstance(node.content, dict):
            for name in [name for name, part in node.content.items() if _blank(part)]:
                del node.content[name]
        elif not isinstance(node.content, list):
            node.content = {"grade": Node(node.line, node.content, node.written, node.quoted)}


def _blank(node: Node) -> bool:
    return node.content is None and not node.written.startswith("*")


def _checklist(root: Node, catalogue: Catalogue, problems: ProblemList) -> Checklist | None:
    node = root.entries.get("checklist")
    if node is None or not isinstance(node.content, str):
        return None
    try:
        return catalogue.get(node.content)
    except ChecklistNotFound as error:
        near = difflib.get_close_matches(node.content, error.known, 1)
        known = ", ".join(error.known) or "none is installed"
        remedy = f"did you mean '{near[0]}'?" if near else f"known: {known}"
        problems.add(node.line, f"there is no checklist '{node.content}'", remedy)
    except ChecklistFileError as error:
        problems.add(
            node.line, f"the checklist '{node.content}' has mistakes itself", "correct its file first"
        )
        problems.extend(error.problems)
    return None


def _check_facts(checklist: Checklist, root: Node, mistaken: set[Place], problems: ProblemList) -> None:
    facts = {fact.id: fact for fact in checklist.facts}
    for name, node in (root.entries["facts"].entries if "facts" in root.entries else {}).items():
        if name not in facts:
            problems.add(node.line, f"there is no fact '{name}'", _one_of(name, list(facts)))
        elif ("facts", name) not in mistaken and not isinstance(node.content, dict | list | None):
            try:
                facts[name].check(node.content)
            except ValueError as error:
                remedy = _fact_remedy(facts[name], node)
                problems.add(node.line, f"fact '{name}' {error}, not {shown(node)}", remedy)


def _fact_remedy(fact: Fact, node: Node) -> str:
    if fact.type == "boolean":
        return (
            f"write {'false' if node.written.lower() in ('no', 'n', 'off', '0') else 'true'}"
            if (node.written.lower() in ("yes", "y", "on", "1", "no", "n", "off", "0", "true", "false"))
            else "write true or false"
        )
    if fact.type == "number" and isinstance(node.content, str):
        return "write the number alone, without quotes, unit or thousands separators"
    if fact.type == "choice":
        near = difflib.get_close_matches(node.written, [choice.id for choice in fact.choices], 1)
        return f"did you mean '{near[0]}'?" if near else ""
    return ""


def _check_answers(
    checklist: Checklist, names: _Names, root: Node, mistaken: set[Place], problems: ProblemList
) -> None:
    first: dict[str, Node] = {}
    for name, node in (root.entries["answers"].entries if "answers" in root.entries else {}).items():
        criterion = names.get(name)
        if criterion is None:
            known = [c.id for c in checklist.criteria] + [c.code for c in checklist.criteria]
            problems.add(
                node.line, f"there is no criterion '{name}' in {checklist.ref}", _one_of(name, known)
            )
            continue
        if criterion.id in first:
            before = first[criterion.id].line
            problems.add(
                node.line,
                f"{criterion.code} is the same criterion as the one answered in line {before}",
                f"keep one of lines {before} and {node.line}",
                criterion.id,
            )
        first.setdefault(criterion.id, node)
        for line, message, remedy in _choice_mistakes(criterion, name, node, mistaken):
            problems.add(line, message, remedy, criterion.id)


def _choice_mistakes(
    criterion: Criterion, name: str, node: Node, mistaken: set[Place]
) -> Iterator[tuple[int, str, str]]:
    grade, reason = node.entries.get("grade"), node.entries.get("not_applicable")
    if grade is not None and isinstance(grade.content, str):
        offered = [each.id for each in criterion.grades]
        if grade.content not in offered and ("answers", name, "grade") not in mistaken:
            remedy = f"choose one of {', '.join(offered)}"
            yield grade.line, f"{criterion.code} has no grade {shown(grade)}", remedy
    if reason is not None and isinstance(reason.content, str):
        listed = [each.id for each in criterion.not_applicable]
        if reason.content not in listed and ("answers", name, "not_applicable") not in mistaken:
            remedy = (
                f"choose one of {', '.join(listed)}" if listed else "choose a grade; this one always applies"
            )
            yield reason.line, f"{criterion.code} has no reason {shown(reason)} not to apply", remedy


def _one_of(name: str, known: list[str]) -> str:
    if alike := [one for one in known if one.casefold() == name.casefold()]:
        return f"did you mean '{alike[0]}'?"
    near = difflib.get_close_matches(name, known, 1)
    if near or len(known) <= SHOWN_NAMES:
        return did_you_mean(name, known)
    return "`auditapp template` writes a file with every name"
