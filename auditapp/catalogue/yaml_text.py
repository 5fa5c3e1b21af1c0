"""YAML text in, a tree that knows its lines out.

The core of YAML 1.2 and no more: mappings, lists, text, numbers, true and false. What makes a file mean
something else than it shows (anchors, tags, merge keys, repeated keys) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from auditapp.catalogue.problems import ProblemList
from auditapp.catalogue.syntax import in_plain_words

SIZE_LIMIT = 1024 * 1024
DEPTH_LIMIT = 30
DIGITS_LIMIT = 15
"""Every decimal of up to 15 digits survives the way through a binary float and back."""

FOREIGN_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

Plain = str | int | float | bool | list[Any] | dict[str, Any] | None


class Unreadable(Exception):
    """The file cannot be read any further; the problem list says why."""


class Node:
    """One value of the file. `line` is where its key or its dash stands; `written` is a scalar as typed."""

    __slots__ = ("content", "line", "quoted", "written")

    def __init__(
        self,
        line: int,
        content: str | int | float | bool | list[Node] | dict[str, Node] | None,
        written: str = "",
        quoted: bool = False,
    ) -> None:
        self.line = line
        self.content = content
        self.written = written
        self.quoted = quoted

    @property
    def entries(self) -> dict[str, Node]:
        """The values of a mapping by key; empty for anything else."""
        return self.content if isinstance(self.content, dict) else {}

    @property
    def items(self) -> list[Node]:
        """The values of a list; empty for anything else."""
        return self.content if isinstance(self.content, list) else []

    def plain(self) -> Plain:
        """The value as dicts, lists and scalars."""
        if isinstance(self.content, dict):
            return {key: node.plain() for key, node in self.content.items()}
        if isinstance(self.content, list):
            return [node.plain() for node in self.content]
        return self.content


def read_bytes(path: Path, problems: ProblemList, limit: int = SIZE_LIMIT) -> bytes:
    """The bytes of a file of at most `limit` bytes; raises Unreadable, with the reason in `problems`."""
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except FileNotFoundError:
        _stop(problems, None, "there is no such file", "check the path")
    except IsADirectoryError:
        _stop(problems, None, "this is a folder", "name a file in it")
    except PermissionError:
        _stop(problems, None, "this file may not be read", "ask whoever owns it for permission to read it")
    except OSError as error:
        _stop(problems, None, f"this file cannot be read ({error.strerror or error})", "check the path")
    except ValueError:
        _stop(problems, None, "this is not the name of a file", "check the path")
    if len(content) > limit:
        _stop(
            problems,
            None,
            f"the file is larger than {limit // 2**20} MiB",
            "take out what does not belong in it",
        )
    return content


def decoded(content: bytes, problems: ProblemList) -> str:
    """The text of a file in UTF-8; raises Unreadable, with the reason in `problems`."""
    save_again = "save the file again as UTF-8 text"
    if content.startswith(FOREIGN_ENCODINGS):
        _stop(problems, 1, "the file is not UTF-8 but UTF-16 or UTF-32", save_again)
    if b"\x00" in content:
        _stop(
            problems,
            1 + content[: content.index(b"\x00")].count(b"\n"),
            "this is not a text file",
            save_again,
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + content[: error.start].count(b"\n")
        _stop(problems, line, f"the byte {content[error.start]:#04x} is not UTF-8", save_again)


def read_yaml(text: str, problems: ProblemList) -> Node:
    """The one mapping a file holds.

    What is refused but does not stop the reading is noted in `problems`; raises Unreadable, with the
    reason in `problems`, when nothing can be made of the text.
    """
    if len(text.encode("utf-8", "surrogatepass")) > SIZE_LIMIT:
        _stop(problems, None, "the text is larger than 1 MiB", "take out what does not belong in it")
    tree = _Tree(text, problems)
    try:
        root = tree.root()
    except ReaderError as error:
        line = 1 + text[: error.position].count("\n")
        _stop(
            problems, line, "there is a character here that text cannot have", "delete it and type it again"
        )
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = tree.line if mark is None else mark.line + 1
        message, remedy, at_start = in_plain_words(error, text, line)
        if at_start and error.context_mark is not None:
            line = error.context_mark.line + 1
        if "quotation mark" in message and tree.line < line:
            line, message, remedy = (
                tree.line,
                "a quotation mark opens here and closes further down",
                "close it",
            )
        _stop(problems, line, message, remedy)
    except Unreadable:
        raise
    except Exception as error:  # the parser fails in many other ways on text such as "\UFFFFFFFF"
        _stop(problems, tree.line, f"this is not YAML ({error})", "put the text in quotes")
    if not isinstance(root.content, dict):
        _stop(
            problems,
            root.line,
            "the file must hold keys and values",
            "begin with a line such as 'id: my-list'",
        )
    return root


class _Tree:
    """Builds nodes from the parser's events, one document at most."""

    def __init__(self, text: str, problems: ProblemList) -> None:
        self.problems = problems
        self.line = 1
        self._events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)

    def root(self) -> Node:
        found: Node | None = None
        for event in self._events:
            self.line = _line(event)
            if isinstance(event, DocumentStartEvent):
                if event.version or event.tags:
                    self.problems.add(self.line, "directives such as %YAML are not read", "take the line out")
                if found is not None:
                    remedy = "take the line '---' out, or split the file"
                    _stop(self.problems, self.line, "a second document begins here", remedy)
            elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                found = self._node(event, 0)
        if found is None or (found.content is None and not found.written):
            _stop(self.problems, 1, "the file is empty", "write the file, or name another")
        return found

    def _next(self) -> Event:
        event = next(self._events)
        self.line = _line(event)
        return event

    def _node(self, event: Event, depth: int) -> Node:
        line = _line(event)
        if depth > DEPTH_LIMIT:
            _stop(self.problems, line, f"there are more than {DEPTH_LIMIT} levels here", "nest less deeply")
        if isinstance(event, AliasEvent):
            remedy = "write the value out, or put it in quotes"
            self.problems.add(line, f"'*{event.anchor}' refers to another place in the file", remedy)
            return Node(line, None, f"*{event.anchor}")
        if isinstance(event, ScalarEvent | CollectionStartEvent):
            remedy = "take it out, or put the text in quotes"
            if event.anchor is not None:
                self.problems.add(line, f"'&{event.anchor}' names a place in the file", remedy)
            if event.tag is not None:
                self.problems.add(line, f"the tag '{event.tag}' is not read", remedy)
        if isinstance(event, ScalarEvent):
            if any("\ud800" <= character <= "\udfff" for character in event.value):
                self.problems.add(line, "half a character stands here", "type the text again by hand")
                return Node(line, "", "", True)
            quoted = event.style is not None
            return Node(line, event.value if quoted else self._scalar(event.value, line), event.value, quoted)
        if isinstance(event, SequenceStartEvent):
            return Node(line, list(self._until(SequenceEndEvent, lambda item: self._node(item, depth + 1))))
        return Node(line, self._mapping(depth))

    def _until(self, end: type[Event], build: Callable[[Event], Node]) -> Iterator[Node]:
        while not isinstance(event := self._next(), end):
            yield build(event)

    def _mapping(self, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            value.line = key.line
            if isinstance(key.content, list | dict):
                self.problems.add(
                    key.line, "a key must be text, not a list or a mapping", "write a plain key"
                )
            elif key.written == "<<" and not key.quoted:
                self.problems.add(key.line, "merge keys ('<<') are not read", "write the keys out")
            elif key.written in entries:
                first = entries[key.written].line
                self.problems.add(
                    key.line,
                    f"the key '{key.written}' is already given in line {first}",
                    "take one of them out",
                )
            else:
                entries[key.written] = value
        return entries

    def _scalar(self, written: str, line: int) -> str | int | float | bool | None:
        if written in ("", "~", "null", "Null", "NULL"):
            return None
        if written in ("true", "True", "TRUE"):
            return True
        if written in ("false", "False", "FALSE"):
            return False
        if not re.fullmatch(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", written, re.ASCII):
            return written
        if sum(character.isdigit() for character in written) > DIGITS_LIMIT:
            self.problems.add(
                line,
                f"a number has at most {DIGITS_LIMIT} digits",
                "round it, or put it in quotes if it is text",
            )
            written = written[:DIGITS_LIMIT]
        return float(written) if "." in written else int(written)


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _stop(problems: ProblemList, line: int | None, message: str, remedy: str) -> NoReturn:
    problems.add(line, message, remedy)
    raise Unreadable
