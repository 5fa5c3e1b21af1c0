"""What a validation found, as sentences for the author of the file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from auditapp.catalogue.shape import Path, field_at, keys_at
from auditapp.catalogue.yaml_text import Node

_EXPECTED = {
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "keys and values",
    "dict_type": "keys and values",
    "date_type": "a date written as YYYY-MM-DD",
    "is_instance_of": "a number such as 1, 0.5 or 1/2",
}
_WRONG_KIND = {*_EXPECTED, "literal_error", "none_required"}

_PATTERNS = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "small letters, digits and single hyphens, such as quiet-room",
    r"^\d+\.\d+$": 'two numbers with a dot between, such as "1.0"',
    r"^[A-Z]{1,3}[0-9]{1,3}$": "capital letters and digits, such as B16",
    r"^[A-Z]{1,3}$": "one to three capital letters, such as B",
    r"^[A-Z0-9][A-Z0-9-]*$": "capital letters, digits and hyphens, such as S12",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language code such as en or de-AT",
    r"^https?://[^\s/]+\S*$": "an address that begins with http:// or https://",
}


class Mistake(NamedTuple):
    """Where in the document, in which line, what is wrong and what to do.

    `path` ends with the key that is missing, where one is.
    """

    path: Path
    line: int
    message: str
    remedy: str


class _Found(NamedTuple):
    """A validation error and the place in the document it belongs to."""

    error: ErrorDetails
    path: Path
    node: Node
    parent: Node
    union: Path | None


def mistakes(errors: Iterable[ErrorDetails], root: Node, model: type[BaseModel]) -> Iterator[Mistake]:
    """Each error in plain words, in the order found; what only follows from another mistake is left out."""
    found = [one for one in _placed(errors, root) if not _is_alias(one.node)]
    meant = set(_meant(found, model))
    for group in _by_union(found):
        one = group[0]
        if _full_path(one) not in meant or one.error["type"] != "missing":
            message, remedy = _sentence(group, root, model)
            yield Mistake(_full_path(one), one.node.line, message, remedy)


def places(errors: Iterable[ErrorDetails], root: Node, model: type[BaseModel]) -> set[Path]:
    """Every place in the document that has an error, and those an unknown key was meant for."""
    found = _placed(errors, root)
    return {_full_path(one) for one in found} | set(_meant(found, model))


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A remedy naming the known word that looks most like `word`, or all of them."""
    if near := difflib.get_close_matches(word, known, 1):
        return f"did you mean '{near[0]}'?"
    return f"choose one of {', '.join(known)}" if known else "take it out"


def shown(node: Node) -> str:
    """The value as it is written, short enough for a sentence."""
    if isinstance(node.content, dict):
        return "keys and values"
    if isinstance(node.content, list):
        return "a list"
    if node.content is None and not node.written:
        return "empty"
    written = node.written if len(node.written) <= 40 else f"{node.written[:39]}…"
    return f"'{written}'" if isinstance(node.content, str) else written


def place_words(path: Path, root: Node) -> str:
    """The place in words: "grades, entry 2 ('full'): says". The criterion itself is named elsewhere."""
    words, separator, node = "", "", root
    for depth, step in enumerate(path):
        if isinstance(step, int):
            node = node.items[step]
            named = node.entries.get("id") or node.entries.get("title")
            name = f" ({shown(named)})" if named is not None and isinstance(named.content, str) else ""
            words, separator = f"{words}, entry {step + 1}{name}", ": "
            if path[:1] == ("criteria",) and depth == 1 and name:
                words, separator = "", ""
        else:
            node = node.entries.get(step, node)
            words, separator = f"{words}{separator}{step}", "."
    return words


def _placed(errors: Iterable[ErrorDetails], root: Node) -> list[_Found]:
    """Each error with its place. A list that is only too short without its broken entries is not one."""
    found = [_place(error, root) for error in errors]
    return [one for one in found if one.error["type"] != "too_short" or not one.node.items]


def _meant(found: Iterable[_Found], model: type[BaseModel]) -> Iterator[Path]:
    for one in found:
        if one.error["type"] == "extra_forbidden" and (near := _near(one, model)):
            yield (*one.path[:-1], near)


def _place(error: ErrorDetails, root: Node) -> _Found:
    """Follow the error's location through the document; names of union branches are no part of it."""
    path: list[str | int] = []
    node, parent, union = root, root, None
    for step in error["loc"]:
        if isinstance(step, str) and step in node.entries:
            parent, node = node, node.entries[step]
        elif isinstance(step, int) and step < len(node.items):
            parent, node = node, node.items[step]
        else:
            if (
                union is None
                and step != "[key]"
                and not (error["type"] == "missing" and step == error["loc"][-1])
            ):
                union = tuple(path)
            continue
        path.append(step)
    return _Found(error, tuple(path), node, parent, union)


def _full_path(one: _Found) -> Path:
    return (*one.path, one.error["loc"][-1]) if one.error["type"] == "missing" else one.path


def _is_alias(node: Node) -> bool:
    """Whether the value was refused when the text was read."""
    return node.content is None and node.written.startswith("*")


def _by_union(found: Sequence[_Found]) -> Iterator[list[_Found]]:
    """Errors one by one, those of a union's branches together unless one says more than "wrong kind"."""
    unions: dict[Path, list[_Found]] = {}
    for one in found:
        if one.union is not None:
            unions.setdefault(one.union, []).append(one)
    for one in found:
        if one.union is None:
            yield [one]
        elif group := unions.pop(one.union, None):
            telling = [
                each for each in group if each.error["type"] not in _WRONG_KIND or each.path != one.union
            ]
            if telling:
                yield from ([each] for each in telling)
            else:
                yield group


def _sentence(group: list[_Found], root: Node, model: type[BaseModel]) -> tuple[str, str]:
    one = group[0]
    error, node = one.error, one.node
    kind, context = error["type"], error.get("ctx", {})
    place = place_words(one.path, root) or "the file"
    match kind:
        case "missing":
            within = place_words(one.path, root)
            key = error["loc"][-1]
            return f"{within}{': ' if within else ''}'{key}' is missing", f"add a line '{key}: …'"
        case "extra_forbidden":
            within = place_words(one.path[:-1], root)
            near = _near(one, model)
            known = ", ".join(keys_at(model, one.path[:-1]))
            remedy = f"did you mean '{near}'?" if near else f"take it out; known here: {known}"
            return f"{within}{': ' if within else ''}unknown key '{one.path[-1]}'", remedy
        case "value_error":
            said = str(context["error"])
            return f"{place} {said}" if said.startswith(("must", "has")) else f"{place}: {said}", ""
        case "string_pattern_mismatch":
            expected = _PATTERNS.get(context["pattern"], f"like {context['pattern']}")
            subject = f"the key '{one.path[-1]}'" if error["loc"][-1] == "[key]" and one.path else place
            return f"{subject} must be {expected}{'' if subject != place else f', not {shown(node)}'}", ""
        case "string_too_long":
            length, most = len(node.written.strip()), context["max_length"]
            return f"{place} has {length} characters; at most {most} fit", f"take out {length - most} or more"
        case "string_too_short":
            return f"{place} is empty", "write something, or take the line out if it is not needed"
        case "too_short":
            return f"{place} needs at least {context['min_length']} entry", "add one"
        case "too_long":
            return f"{place} has more than {context['max_length']} entries", "take some out"
        case "date_parsing" | "date_from_datetime_parsing" | "date_from_datetime_inexact":
            return f"{place} must be a date written as YYYY-MM-DD, not {shown(node)}", ""
        case "literal_error" if len(group) == 1:
            known_words = re.findall(r"'([^']*)'", context["expected"])
            remedy = (
                did_you_mean(str(node.content), known_words)
                if difflib.get_close_matches(str(node.content), known_words, 1)
                else ""
            )
            return f"{place} must be {context['expected']}, not {shown(node)}", remedy
    if kind not in _WRONG_KIND and kind not in ("greater_than_equal", "less_than_equal"):
        return f"{place}: {error['msg']}", "compare it with checklists/README.md"
    return _wrong_kind(group, place, node, model)


def _wrong_kind(group: list[_Found], place: str, node: Node, model: type[BaseModel]) -> tuple[str, str]:
    types = [str(each.error["type"]) for each in group]
    if "literal_error" in types:
        expected = [str(each.error.get("ctx", {}).get("expected", "")) for each in group] + ["a list"]
        wanted = " or ".join(words for words in dict.fromkeys(expected) if words)
    elif (
        types[0] in ("int_type", "int_from_float", "greater_than_equal", "less_than_equal")
        and len(types) == 1
    ):
        wanted = f"a whole number{_range(model, group[0].path)}"
    else:
        wanted = " or ".join(dict.fromkeys(_EXPECTED[name] for name in types if name in _EXPECTED))
        wanted = wanted.replace(
            "true or false or a whole number or a number or", "true or false, a number or"
        )
    key = group[0].path[-1] if group[0].path else ""
    remedy = ""
    if node.content is None and not node.written:
        return (
            f"{place} is empty; it must be {wanted}",
            "fill it in, or take the line out if it is not needed",
        )
    if types == ["string_type"] and isinstance(node.content, bool | int | float):
        kind = "true or false" if isinstance(node.content, bool) else "a number"
        where = f"{key}: " if isinstance(key, str) else ""
        return (
            f"{place} must be text, and without quotes {node.written} is read as {kind}",
            f'put it in quotes: {where}"{node.written}"',
        )
    if types == ["bool_type"]:
        remedy = "write true or false, without quotes"
    elif "a list" in wanted and not isinstance(node.content, dict):
        remedy = "write each entry on a line of its own after '- ', or all in one line: [one, two]"
    elif "number" in wanted and node.quoted and re.fullmatch(r"-?[0-9.]+", node.written):
        remedy = "take the quotes away"
    return f"{place} must be {wanted}, not {shown(node)}", remedy


def _range(model: type[BaseModel], path: Path) -> str:
    field = field_at(model, path)
    limits = field.metadata if field is not None else []
    least = next((limit.ge for limit in limits if isinstance(limit, Ge)), None)
    most = next((limit.le for limit in limits if isinstance(limit, Le)), None)
    return f" from {least} to {most}" if least is not None and most is not None else ""


def _near(one: _Found, model: type[BaseModel]) -> str | None:
    """The key that an unknown one was probably meant to be, among those its mapping does not have yet."""
    free = [key for key in keys_at(model, one.path[:-1]) if key not in one.parent.entries]
    near = difflib.get_close_matches(str(one.path[-1]), free, 1)
    return near[0] if near else None
