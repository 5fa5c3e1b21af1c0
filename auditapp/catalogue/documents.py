"""A document held against its model: the value, or every mistake in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from auditapp.catalogue.problems import ProblemList
from auditapp.catalogue.sentences import mistakes
from auditapp.catalogue.shape import Path
from auditapp.catalogue.yaml_text import Node

Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], root: Node) -> tuple[Model | None, list[ErrorDetails]]:
    """The value the document stands for, or None and everything that is wrong with it."""
    try:
        return model.model_validate_json(json.dumps(root.plain())), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def note_mistakes(
    problems: ProblemList,
    errors: list[ErrorDetails],
    root: Node,
    model: type[BaseModel],
    criterion_at: Callable[[Node, Path], str | None],
) -> None:
    """Add each error to `problems`, in plain words and with the criterion it stands in."""
    for mistake in mistakes(errors, root, model):
        problems.add(mistake.line, mistake.message, mistake.remedy, criterion_at(root, mistake.path))


def line_at(root: Node, path: Path) -> int:
    """The line of a place, or of what encloses it where the place itself is not written."""
    node = root
    for step in path:
        if isinstance(step, str) and step in node.entries:
            node = node.entries[step]
        elif isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node.line
