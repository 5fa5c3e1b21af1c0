"""The description of version 1 (OpenAPI 3.1), made from the routes and from the models they read and give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from werkzeug.routing import Rule

from auditapp.api.asked import CHECKLIST_ID, SLUG, Asked, is_several
from auditapp.api.models import Gone, Problem, Shape, column_names
from auditapp.domain.report import Report

Json = dict[str, Any]
View = TypeVar("View", bound=Callable[..., Any])

VERSION = "1.0.0"
INTRODUCTION = """Published reports on how inclusive sporting events are, and the checklists behind them.

Reading needs no key and is open to pages of every origin. Addresses and fields of this version stay; fields and addresses
may be added, so pass over what you do not know. Every answer carries an ETag: send it back as `If-None-Match` and get 304 as
long as nothing changed. Errors are problem objects (RFC 9457). Exact points are whole numbers, or fractions as text: "67/2".
Data of reports is published under CC BY 4.0: name the installation and link to the report."""
LICENCE = {"name": "CC BY 4.0 (data)", "identifier": "CC-BY-4.0"}

PATH_PARAMETERS: dict[str, Json] = {
    "slug": {
        "description": "Its name in the address.",
        "schema": {"type": "string", "pattern": SLUG},
        "example": "ridgeline-half-marathon-2027",
    },
    "event": {
        "description": "The name of the event in its address.",
        "schema": {"type": "string", "pattern": SLUG},
        "example": "ridgeline-half-marathon",
    },
    "checklist_id": {
        "description": "The id of the checklist.",
        "schema": {"type": "string", "pattern": CHECKLIST_ID},
        "example": "endurance-event",
    },
    "version": {
        "description": "Its version.",
        "schema": {"type": "string", "pattern": r"^[0-9]{1,5}\.[0-9]{1,5}$"},
        "example": "1.0",
    },
}
HEADERS: dict[str, Json] = {
    "ETag": {
        "description": "Changes whenever the content does.",
        "required": True,
        "schema": {"type": "string", "examples": ['"5f0c2a"']},
    },
    "Cache-Control": {
        "description": "Caches may keep the answer and ask before they show it again: no withdrawn report stays live.",
        "required": True,
        "schema": {"type": "string", "examples": ["no-cache, must-revalidate, public"]},
    },
    "Access-Control-Allow-Origin": {
        "description": "Pages of every origin may read.",
        "required": True,
        "schema": {"const": "*"},
    },
    "Link": {
        "description": "The address of the next page, with rel=next (RFC 8288); not there on the last.",
        "schema": {"type": "string"},
    },
    "Allow": {"description": "What may be done here.", "required": True, "schema": {"type": "string"}},
}
IF_NONE_MATCH: Json = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of an earlier answer.",
    "schema": {"type": "string"},
}
WITH_EVERY_ANSWER = ("Cache-Control", "Access-Control-Allow-Origin")


@dataclass(frozen=True)
class Operation:
    """What an address gives: a model as JSON, or a table with a row for each shape, or JSON of no model."""

    model: type[BaseModel] | None
    rows: type[Shape] | None
    columns: str
    asks: type[Asked] | None
    finds: bool
    may_be_gone: bool
    may_not_fit: bool
    says: str


_OPERATIONS: dict[str, Operation] = {}


def gives(
    model: type[BaseModel] | None = None,
    *,
    rows: type[Shape] | None = None,
    columns: str = "",
    asks: type[Asked] | None = None,
    finds: bool = False,
    may_be_gone: bool = False,
    may_not_fit: bool = False,
) -> Callable[[View], View]:
    """Describe a view: the model it gives as JSON, or the shape of its `rows` or their `columns` in words; what it `asks`.

    One that `finds` something may not find it, a report `may_be_gone`, and what is asked for `may_not_fit` together. Its
    docstring says the rest.
    """

    def described(view: View) -> View:
        says = " ".join((view.__doc__ or "").split())
        _OPERATIONS[view.__name__] = Operation(
            model, rows, columns, asks, finds, may_be_gone, may_not_fit, says
        )
        return view

    return described


def description(rules: Iterator[Rule], *, title: str, public_url: str, patterns: Mapping[str, str]) -> Json:
    """The description of the addresses of the API; raises KeyError for one that no `gives` describes.

    `patterns` says of parameters by name what values they take in this installation.
    """
    paths: Json = {}
    for rule in sorted(rules, key=lambda rule: rule.rule):
        name = rule.endpoint.rpartition(".")[2]
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        paths[path] = {"get": _operation(name, _OPERATIONS[name], sorted(rule.arguments), patterns)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{title}: open data",
            "version": VERSION,
            "summary": "Published reports and checklists, to read.",
            "description": INTRODUCTION,
            "license": LICENCE,
        },
        "servers": [{"url": public_url}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "headers": HEADERS,
            "parameters": {"IfNoneMatch": IF_NONE_MATCH},
            "responses": dict(_shared_responses()),
        },
    }


def _operation(name: str, operation: Operation, arguments: list[str], patterns: Mapping[str, str]) -> Json:
    summary, _, more = operation.says.partition(". ")
    responses: Json = {
        "200": _found(operation),
        "304": _shared("NotModified"),
        "405": _shared("MethodNotAllowed"),
    }
    if operation.asks is not None:
        responses["400"] = _shared("BadRequest")
    if operation.finds:
        responses["404"] = _shared("NotFound")
    if operation.may_be_gone:
        responses["410"] = _shared("Gone")
    if operation.may_not_fit:
        responses["422"] = _shared("DoesNotFit")
    found: Json = {
        "operationId": name,
        "summary": summary.removesuffix("."),
        "parameters": [
            *(
                {"name": argument, "in": "path", "required": True} | PATH_PARAMETERS[argument]
                for argument in arguments
            ),
            *(_parameters(operation.asks, patterns) if operation.asks is not None else ()),
            {"$ref": "#/components/parameters/IfNoneMatch"},
        ],
        "responses": dict(sorted(responses.items())),
    }
    return found | ({"description": more} if more else {})


def _found(operation: Operation) -> Json:
    named = ["ETag", *WITH_EVERY_ANSWER]
    if operation.asks is not None and "per_page" in operation.asks.model_fields:
        named.append("Link")
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in named}
    if operation.rows is not None or operation.columns:
        columns = operation.columns or ", ".join(column_names(operation.rows or Shape))
        content: Json = {"text/csv": {"schema": {"type": "string", "description": f"Columns: {columns}."}}}
    else:
        schema: Json = {"type": "object"}
        if operation.model is not None:
            schema = {"$ref": _reference(operation.model.__name__)}
        content = {"application/json": {"schema": schema}}
    return {"description": operation.says, "headers": headers, "content": content}


def _parameters(asks: type[Asked], patterns: Mapping[str, str]) -> Iterator[Json]:
    """The parameters of an address; a default is shown only where it says something."""
    described = asks.model_json_schema(mode="validation")
    for name, told in described["properties"].items():
        schema = {
            part: value for part, value in told.items() if part not in ("title", "description", "examples")
        }
        if schema.get("default", "") in ("", [], None):
            schema.pop("default", None)
        if "anyOf" in schema:  # null stands for what was not asked for, which an address has no word for
            schema = schema["anyOf"][0]
        if name in patterns:
            schema["items"]["pattern"] = patterns[name]
        parameter: Json = {"name": name, "in": "query", "schema": schema}
        if is_several(asks, name):
            parameter |= {"style": "form", "explode": True}
        if name in described.get("required", ()):
            parameter["required"] = True
        if "description" in told:
            parameter["description"] = told["description"]
        if "examples" in told:
            parameter["example"] = told["examples"][0]
        yield parameter


def _shared_responses() -> Iterator[tuple[str, Json]]:
    yield (
        "NotModified",
        {
            "description": "What you have is still true.",
            "headers": {
                name: {"$ref": f"#/components/headers/{name}"} for name in ("ETag", *WITH_EVERY_ANSWER)
            },
        },
    )
    for name, status, says, model in (
        ("BadRequest", 400, "A parameter makes no sense; `detail` names it.", Problem),
        ("NotFound", 404, "There is no such thing.", Problem),
        ("MethodNotAllowed", 405, "The API only reads: any other method is refused.", Problem),
        ("Gone", 410, "The organiser has withdrawn the report: since when, and why.", Gone),
        ("DoesNotFit", 422, "These cannot be answered together; `detail` says why.", Problem),
    ):
        headers = (*WITH_EVERY_ANSWER, "Allow") if status == 405 else WITH_EVERY_ANSWER
        yield (
            name,
            {
                "description": says,
                "headers": {header: {"$ref": f"#/components/headers/{header}"} for header in headers},
                "content": {"application/problem+json": {"schema": {"$ref": _reference(model.__name__)}}},
            },
        )


@lru_cache(maxsize=1)
def _schemas() -> Json:
    """Every model there is, by its name."""
    listed: set[type[BaseModel]] = {Problem, Gone}
    listed |= {operation.model for operation in _OPERATIONS.values() if operation.model is not None}
    mode: JsonSchemaMode = "serialization"
    _, found = models_json_schema(
        [(model, mode) for model in sorted(listed, key=lambda model: model.__name__)],
        ref_template=_reference("{model}"),
    )
    schemas: Json = _open(found["$defs"])
    # What has a default is always written today, but older documents were written before it was there.
    document = schemas[Report.__name__]
    document["required"] = [name for name in document["required"] if Report.model_fields[name].is_required()]
    return schemas


def _open(schema: Any) -> Any:
    """The schema without the word that nothing may be added: fields may be."""
    if isinstance(schema, Mapping):
        return {
            name: _open(part)
            for name, part in schema.items()
            if not (name == "additionalProperties" and part is False)
        }
    return [_open(part) for part in schema] if isinstance(schema, list) else schema


def _shared(name: str) -> Json:
    return {"$ref": f"#/components/responses/{name}"}


def _reference(name: str) -> str:
    return f"#/components/schemas/{name}"
