"""The API keeps to its own description: schemathesis tries it on both databases, and finds nothing."""

from __future__ import annotations

import json
from collections import Counter

import jsonschema
import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.public import Site

DESCRIPTION = "/api/v1/openapi.json"
# What is compressed on its way, the tester does not unpack.
PLAIN = {"Accept-Encoding": "identity"}
TRIES = {
    "seed": 20261126,
    "headers": PLAIN,
    "generation": {"max-examples": 8, "database": "none", "no-shrink": True},
    "phases": {"stateful": {"enabled": False}},
    # A table asks for the same as the JSON beside it.
    "operations": [{"include-path-regex": "csv$", "phases": {"fuzzing": {"enabled": False}}}],
}


@pytest.fixture(scope="module")
def schema(stocked: Site):
    return schemathesis.openapi.from_wsgi(
        DESCRIPTION, stocked.app, config=SchemathesisConfig.from_dict(TRIES)
    )


def test_every_address_does_what_its_description_says(schema):
    # Not by its plugin for pytest, which does not know pytest 9; the engine goes through more phases anyway.
    tried: Counter[str] = Counter()
    findings: list[str] = []
    for event in from_schema(schema).execute():
        if isinstance(event, events.FatalError | events.NonFatalError):
            findings.append(str(event))
        elif isinstance(event, events.ScenarioFinished):
            tried[event.phase.name] += len(event.recorder.cases)
            findings += [
                f"{check.name}: {check.failure_info.failure.message}\n{check.failure_info.code_sample}"
                for checks in event.recorder.checks.values()
                for check in checks
                if check.failure_info is not None
            ]
    assert findings == []
    assert tried["COVERAGE"] > 500
    assert tried["FUZZING"] >= 32


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("ridgeline-half-marathon-2027", 200),
        ("port-ennis-10k-2027", 200),
        ("port-ennis-10k-2027-2", 200),
        ("quillhaven-10k-2027", 410),
        ("nothing", 404),
    ],
)
def test_a_report_in_every_state_is_as_described(schema, slug, status):
    case = schema["/api/v1/reports/{slug}.json"]["GET"].Case(path_parameters={"slug": slug})
    assert case.call_and_validate(headers=PLAIN).status_code == status


def test_what_has_not_changed_is_as_described(schema):
    operation = schema["/api/v1/reports.csv"]["GET"]
    mark = operation.Case().call(headers=PLAIN).headers["etag"][0]
    again = operation.Case(headers={"If-None-Match": mark}).call_and_validate(headers=PLAIN)
    assert again.status_code == 304


def test_the_description_is_sound_and_complete(examples):
    told = json.loads(examples.client.get(DESCRIPTION).text)
    assert told["openapi"] == "3.1.0"
    for model in told["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(model)
    rules = {rule.rule for rule in examples.app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    assert {path.replace("{", "<").replace("}", ">") for path in told["paths"]} == rules
    for path in told["paths"].values():
        for parameter in path["get"]["parameters"]:
            assert "$ref" in parameter or {"in", "name", "schema"} <= set(parameter)
        assert {"200", "304", "405"} <= set(path["get"]["responses"])


def test_the_description_says_where_it_holds(examples):
    told = examples.client.get(DESCRIPTION).json
    assert told["servers"] == [{"url": "http://127.0.0.1:8000"}]
    assert told["info"]["title"] == "Whole Field: open data"
    years = next(
        one for one in told["paths"]["/api/v1/reports.json"]["get"]["parameters"] if one.get("name") == "year"
    )
    assert years["schema"]["items"] == {"maximum": 9999, "minimum": 1, "type": "integer"}
    assert (years["schema"]["maxItems"], years["explode"], years["example"]) == (20, True, [2027])


def test_columns_of_a_table_are_the_fields_of_its_model(examples):
    told = examples.client.get(DESCRIPTION).json["paths"]["/api/v1/reports.csv"]["get"]["responses"]["200"]
    names = (
        told["content"]["text/csv"]["schema"]["description"].removeprefix("Columns: ").rstrip(".").split(", ")
    )
    assert examples.client.get("/api/v1/reports.csv").text.splitlines()[0].split(",") == names
    assert {"slug", "essentials_met", "points", "answers_evidenced", "state"} <= set(names)
