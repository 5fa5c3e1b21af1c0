"""The format of report documents as JSON Schema, for programs that read them."""

from __future__ import annotations

import json

from auditapp.domain.report import SCHEMA_VERSION, Report


def report_schema_text() -> str:
    """The JSON Schema (draft 2020-12) of a report document of today, generated from the model that writes it.

    Documents of earlier versions lack what was added since, which the schema does not ask for.
    """
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report document",
        "description": f"Version {SCHEMA_VERSION}. A report, complete in itself. Exact numbers are text: 67/2. The digest "
        "in `proof` is the SHA-256 of the canonical form (RFC 8785) of everything but `proof`; the same bytes are signed.",
        "x-version": SCHEMA_VERSION,
    } | Report.model_json_schema(by_alias=True, mode="serialization")
    # What has a default is always written, but older documents were written before it was there.
    schema["required"] = [name for name in schema["required"] if Report.model_fields[name].is_required()]
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
