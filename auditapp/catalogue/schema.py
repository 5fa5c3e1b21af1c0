"""The format of checklist files as JSON Schema, for editors."""

from __future__ import annotations

import json

from auditapp.domain.checklist import Checklist


def schema_text() -> str:
    """The JSON Schema (draft 2020-12) of a checklist file, generated from the model that reads it."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Checklist",
        "description": "One version of a checklist. The manual beside the checklists explains every key.",
    } | Checklist.model_json_schema(by_alias=True, mode="validation")
    schema["$defs"]["Source"]["properties"]["year"] = {
        "type": ["string", "integer"]
    }  # read as text either way
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
