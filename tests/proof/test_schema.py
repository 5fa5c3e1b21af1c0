"""The format of report documents as it is published, and every version of it held against it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from auditapp.domain.report import SCHEMA_VERSION
from auditapp.proof.schema import report_schema_text
from tests.builders import a_report
from tests.sealed import House

DOCUMENTS = Path(__file__).parents[1] / "documents"


def valid(document: bytes) -> None:
    schema = json.loads(report_schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(document))


def shape(schema: Any) -> Any:
    """A schema without the words that explain it, which may become better at any time."""
    if isinstance(schema, dict):
        return {name: shape(part) for name, part in schema.items() if name != "description"}
    return [shape(part) for part in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_documents_of_every_version_fit_it(version):
    valid((DOCUMENTS / f"report-{version}.json").read_bytes())


def test_a_document_signed_today_fits_it(tmp_path):
    valid(House(tmp_path).document(a_report()).content)


def test_a_document_that_does_not_fit_is_noticed():
    told = json.loads((DOCUMENTS / "report-1.2.json").read_bytes())
    for changed in (told | {"extra": 1}, told | {"score": None}, {"schema_version": "1.2"}):
        with pytest.raises(jsonschema.ValidationError):
            valid(json.dumps(changed).encode())


def test_the_format_does_not_change_without_a_new_version():
    # When it has to change: raise SCHEMA_VERSION, keep a document of it here, and write this file anew beside the old.
    released = DOCUMENTS / f"report-{SCHEMA_VERSION}.schema.json"
    assert shape(json.loads(report_schema_text())) == shape(json.loads(released.read_bytes()))
