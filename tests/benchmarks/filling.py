"""A visitor who fills in: starts audits and saves answers through the pages, as the script of the page does."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from auditapp.catalogue import load_catalogue
from auditapp.domain.checklist import Checklist
from auditapp.resources import resource_dir
from tests.benchmarks.clients import Client

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
CHECKLIST = "endurance-event@1.0"


def checklist(ref: str = CHECKLIST) -> Checklist:
    """A checklist; by itself the one everything is measured with."""
    return load_catalogue([resource_dir("checklists")]).get(ref)


@dataclass
class OpenAudit:
    """An audit started through the pages: its address, the token its forms carry, the cookies that open it."""

    path: str
    csrf: str
    cookies: dict[str, str]
    versions: dict[str, int] = field(default_factory=dict)

    def answer(self, client: Client, criterion: str, grade: str, note: str) -> int:
        """Save one answer; the status."""
        body = urlencode(
            {
                "checklist": CHECKLIST,
                f"{criterion}.version": self.versions.get(criterion, 0),
                f"{criterion}.was": "",
                f"{criterion}.choice": grade,
                f"{criterion}.note": note,
            }
        )
        status, _, content = client.request(
            "POST", f"{self.path}/answers/{criterion}", body.encode(), FORM | {"X-CSRFToken": self.csrf}
        )
        if status == 200:
            self.versions[criterion] = json.loads(content)["version"]
        return status

    def complete(self, client: Client, listed: Checklist) -> None:
        """Answer every criterion of the checklist in full, with a note."""
        for criterion in listed.criteria:
            status = self.answer(client, criterion.id, criterion.grades[-1].id, "Seen on the public page.")
            if status != 200:
                raise RuntimeError(f"saving {criterion.code} answered {status}")


def start_audit(port: int, name: str, checklist: str = CHECKLIST) -> OpenAudit:
    """Start an audit as a visitor does: open the form, send it."""
    with Client(port) as client:
        _, _, page = client.request("GET", "/audits/new")
        csrf = csrf_token(page)
        body = urlencode({"csrf_token": csrf, "checklist": checklist, "name": name})
        status, headers, _ = client.request("POST", "/audits/new", body.encode(), FORM)
        if status != 303:
            raise RuntimeError(f"starting an audit answered {status}")
        path = re.sub(r"/audits/([^/?]+).*", r"/audits/\1", headers["Location"])
        return OpenAudit(path, csrf, client.cookies)


def csrf_token(page: bytes) -> str:
    """The token in the form of a page."""
    found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the page has no form token")
    return found[1].decode()
