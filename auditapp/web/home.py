"""The start page: what this is, what it takes, and what comes out."""

from __future__ import annotations

from fractions import Fraction

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from auditapp.domain.quick import has_quick_audit, quick_minutes
from auditapp.services import publishing
from auditapp.storage.database import db
from auditapp.web.access import rooms

bp = Blueprint("home", __name__)


@bp.get("/")
def start() -> ResponseReturnValue:
    """The start page, with the newest published report as an example where there is one."""
    checklists = rooms().catalogue.current()
    main = checklists[0] if checklists else None
    return render_template(
        "home/start.html",
        checklists=checklists,
        main=main,
        quick_minutes=quick_minutes(main) if main and has_quick_audit(main) else None,
        example=publishing.newest_report(db.session),
        fraction=Fraction,
    )
