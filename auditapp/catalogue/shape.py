"""What a model expects at a place in a document."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Path = tuple[str | int, ...]


def keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys a mapping at `path` can have, as they are written; empty where there is no such mapping."""
    return [name for part in _models(_type_at(model, path)) for name in map(str, _fields(part))]


def field_at(model: type[BaseModel], path: Path) -> FieldInfo | None:
    """The field at `path`; None for an entry of a list and for a place the model does not have."""
    return _field(_type_at(model, path[:-1]), path[-1]) if path else None


def _type_at(model: type[BaseModel], path: Path) -> Any:
    found: Any = model
    for step in path:
        found = _within(found, step)
    return found


def _within(annotation: Any, step: str | int) -> Any:
    if (field := _field(annotation, step)) is not None:
        return field.annotation
    for branch in _branches(annotation):
        if get_origin(branch) is tuple and isinstance(step, int):
            return get_args(branch)[0]
        if get_origin(branch) is dict and isinstance(step, str):
            return get_args(branch)[1]
    return None


def _field(annotation: Any, step: str | int) -> FieldInfo | None:
    return next((fields[step] for part in _models(annotation) if step in (fields := _fields(part))), None)


def _fields(model: type[BaseModel]) -> dict[str | int, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _models(annotation: Any) -> list[type[BaseModel]]:
    return [part for part in _branches(annotation) if isinstance(part, type) and issubclass(part, BaseModel)]


def _branches(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        return _branches(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [branch for part in get_args(annotation) for branch in _branches(part)]
    return [annotation]
