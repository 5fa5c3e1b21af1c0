"""Steps through the form that several tests take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.pages import Browser, Page

CHECKLIST = "endurance-event@1.0"


def started(client: Browser, name: str = "Ridgeline Half Marathon", **more: str) -> str:
    """Start an audit; the address of its task list."""
    page = client.page("/audits/new")
    response = client.submit(page, {"name": name, **more})
    assert response.status_code == 303, response.text
    return response.location


def with_facts(client: Browser, audit: str, facts: Mapping[str, str]) -> Page:
    """Save facts; the page that follows."""
    page = client.page(f"{audit}/details")
    return client.follow(client.submit(page, {f"fact-{name}": value for name, value in facts.items()}))


def answered(client: Browser, audit: str, section: str, answers: Mapping[str, str]) -> Page:
    """Answer criteria of a section by its button; the page that follows."""
    page = client.page(f"{audit}/{section}")
    changes = {f"{criterion}.choice": grade for criterion, grade in answers.items()}
    return client.follow(client.submit(page, changes, do="continue"))


def autosave(
    client: Browser, audit: str, page: Page, criterion: str, changes: Mapping[str, str], **more: str
) -> tuple[int, Any]:
    """Save one answer as the script does: the fields of its criterion alone. Status and what came back."""
    fields = page.fields()
    own = {name: value for name, value in fields.items() if name.startswith(f"{criterion}.")}
    own["checklist"] = fields["checklist"]
    sent = own | {f"{criterion}.{part}": value for part, value in changes.items()} | more
    response = client.post(
        f"{audit}/answers/{criterion}", data=sent, headers={"X-CSRFToken": fields["csrf_token"]}
    )
    return response.status_code, response.get_json(silent=True)


def private_link(client: Browser, audit: str) -> str:
    """The private link of an audit, as its task list shows it."""
    field = client.page(audit).by_id("private-link")
    assert field is not None
    return (field.get("value") or "").removeprefix("http://127.0.0.1:8000")


def completed(client: Browser, audit: str) -> Page:
    """Complete the audit; the page that follows."""
    page = client.page(f"{audit}/check")
    return client.follow(client.submit(page, action=f"{audit}/complete"))
