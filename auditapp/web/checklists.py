"""The checklists: what each asks, in full, on paper and for programs, before anybody starts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auditapp.catalogue import schema_text, template_text
from auditapp.domain.checklist import Checklist
from auditapp.domain.quick import has_quick_audit, quick_criteria, quick_minutes
from auditapp.rendering.blank import BlankForm
from auditapp.rendering.checklists import changes_since, condition_words, measured, offered
from auditapp.web.access import rooms
from auditapp.web.revalidation import revalidated, revalidated_by

bp = Blueprint("checklists", __name__, url_prefix="/checklists")


@dataclass(frozen=True)
class Shelf:
    """A checklist by its id: the version to start audits with, if one may be, and the others."""

    chosen: Checklist
    others: tuple[Checklist, ...]


@bp.get("/")
def index() -> ResponseReturnValue:
    """Every checklist of this installation."""
    return revalidated(render_template("checklists/index.html", shelves=tuple(shelves())))


@bp.get("/<checklist_id>")
def current(checklist_id: str) -> ResponseReturnValue:
    """The way to the version that audits are started with; raises ChecklistNotFound."""
    checklist = rooms().catalogue.get(checklist_id)
    return redirect(url_for("checklists.show", checklist_id=checklist.id, version=checklist.version), 302)


@bp.get("/schema.json")
def schema() -> ResponseReturnValue:
    """The format of checklist files, as JSON Schema."""
    return revalidated(Response(schema_text(), mimetype="application/schema+json"))


@bp.get("/<checklist_id>/<version>")
def show(checklist_id: str, version: str) -> ResponseReturnValue:
    """The whole of one checklist, to read or to print."""
    checklist = rooms().catalogue.get(f"{checklist_id}@{version}")
    before = rooms().catalogue.before(checklist)
    return revalidated(
        render_template(
            "checklists/show.html",
            checklist=checklist,
            filed=rooms().catalogue.filed(checklist.ref),
            versions=[one for one in rooms().catalogue.checklists() if one.id == checklist.id],
            startable=checklist in rooms().catalogue.current(),
            explained=request.args.get("why") == "open",
            changes=changes_since(before, checklist) if before else None,
            offered=offered,
            measured=partial(measured, gettext=_),
            condition_words=partial(condition_words, gettext=_),
            has_quick_audit=has_quick_audit,
            quick_criteria=quick_criteria,
            quick_minutes=quick_minutes,
        )
    )


@bp.get("/<checklist_id>/<version>.pdf")
def blank_form(checklist_id: str, version: str) -> ResponseReturnValue:
    """The checklist as a blank form to print and fill in by hand."""
    checklist = rooms().catalogue.get(f"{checklist_id}@{version}")
    here = url_for("checklists.show", checklist_id=checklist.id, version=checklist.version)
    form = BlankForm(
        checklist,
        *rooms().catalogue.filed(checklist.ref),
        product_name=rooms().settings.name,
        address=rooms().settings.public_url + here,
    )
    forms = rooms().blank_forms
    response = as_file(checklist, "pdf", Response(mimetype="application/pdf"))
    return revalidated_by(forms.mark(form), response, lambda: forms.get(form))


@bp.get("/<checklist_id>/<version>.json")
def document(checklist_id: str, version: str) -> ResponseReturnValue:
    """The checklist for programs: its document, the digest of its file, and whether it is released."""
    checklist = rooms().catalogue.get(f"{checklist_id}@{version}")
    filed = rooms().catalogue.filed(checklist.ref)
    head = json.dumps({"digest": f"sha256:{filed.digest}", "released": filed.released})
    body = f'{head[:-1]}, "checklist": {checklist.model_dump_json(indent=2)}}}\n'
    return revalidated(as_file(checklist, "json", Response(body, mimetype="application/json")))


@bp.get("/<checklist_id>/<version>.yaml")
def answers_file(checklist_id: str, version: str) -> ResponseReturnValue:
    """An answers file with every criterion, to fill in with a text editor."""
    checklist = rooms().catalogue.get(f"{checklist_id}@{version}")
    response = Response(template_text(checklist), mimetype="application/yaml")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="answers-{checklist.id}-{checklist.version}.yaml"'
    )
    return revalidated(response)


def as_file(checklist: Checklist, ending: str, response: Response) -> Response:
    """A file about a checklist, to open in the browser and to save under its own name."""
    response.headers["Content-Disposition"] = (
        f'inline; filename="{checklist.id}-{checklist.version}.{ending}"'
    )
    return response


def shelves() -> Iterator[Shelf]:
    """The checklists by id, each with the version to start with, or the newest where there is none."""
    catalogue = rooms().catalogue
    startable = {checklist.id: checklist for checklist in catalogue.current()}
    by_id: dict[str, list[Checklist]] = {}
    for checklist in catalogue.checklists():
        by_id.setdefault(checklist.id, []).append(checklist)
    for name, versions in by_id.items():
        chosen = startable.get(name, versions[0])
        yield Shelf(chosen, tuple(one for one in versions if one.version != chosen.version))
