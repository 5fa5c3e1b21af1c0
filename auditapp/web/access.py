"""The rooms behind the pages, and which audits this browser may open.

An audit is opened by a private link. Its token then lives in the signed session cookie, so that addresses stay
clean and can be shown, bookmarked and sent in a referrer without giving the audit away.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import abort, current_app, redirect, request, session, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from auditapp.catalogue import Catalogue
from auditapp.domain.audit import Audit, AuditState
from auditapp.domain.errors import AuditClosed, AuditNotFound
from auditapp.rendering.blank import BlankForms
from auditapp.rendering.pdf import PdfPool
from auditapp.rendering.sheets import Sheets
from auditapp.services import auditing
from auditapp.services.printing import PrintShop
from auditapp.settings import Settings
from auditapp.storage.database import db
from auditapp.storage.files import Files, ShortLived
from auditapp.storage.gazetteer import Gazetteer
from auditapp.storage.index import Index

AUDITS_KEPT = 20
"""How many audits one browser remembers; more would not fit into a cookie."""

OPEN_LIMIT = "60 per minute"
UPLOAD_LIMIT = "60 per hour"

limiter = Limiter(get_remote_address)


@dataclass(frozen=True)
class Rooms:
    """What the views need besides the request: kept in `app.extensions["auditapp"]`."""

    settings: Settings
    catalogue: Catalogue
    files: Files
    uploads: ShortLived
    pdf: PdfPool
    print_shop: PrintShop
    blank_forms: BlankForms
    sheets: Sheets
    index: Index
    gazetteer: Gazetteer


def rooms() -> Rooms:
    """The rooms of the application that answers this request."""
    found: Rooms = current_app.extensions["auditapp"]
    return found


def start_limit() -> str:
    """How many audits one address may start."""
    return rooms().settings.start_limit


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day it is where this installation runs."""
    return dt.date.today()  # noqa: DTZ011 - people expect the date on their own wall


def public_address(slug: str) -> str:
    """The permanent address of a report."""
    return rooms().settings.public_url + url_for("reports.show", slug=slug)


def held() -> dict[str, str]:
    """Key and token of every audit this browser may open, the latest last."""
    return dict(session.get("audits", []))


def hold(key: str, token: str) -> None:
    """Remember the audit in this browser; beyond `AUDITS_KEPT` the one opened longest ago is forgotten."""
    others = [(name, kept) for name, kept in held().items() if name != key]
    session["audits"] = [*others, (key, token)][-AUDITS_KEPT:]
    session.permanent = True


def release(key: str) -> None:
    """Forget the audit in this browser."""
    session["audits"] = [(name, kept) for name, kept in held().items() if name != key]


def token_for(key: str) -> str:
    """The token of an audit this browser holds; raises AuditNotFound otherwise."""
    try:
        return held()[key]
    except KeyError:
        raise AuditNotFound(key) from None


def audit_for(key: str) -> Audit:
    """The audit as it stands now; raises AuditNotFound unless this browser holds its current link."""
    return auditing.load_audit(db.session, rooms().catalogue, key, token_for(key))


def open_audit(key: str) -> Audit:
    """The audit, as long as it can be answered.

    Once it is completed, a page leads on to what there is then, and a form raises AuditClosed. Raises AuditNotFound
    as `audit_for` does.
    """
    audit = audit_for(key)
    if audit.state is not AuditState.OPEN:
        if request.method == "POST":
            raise AuditClosed(key)
        abort(redirect(url_for("audits.completed", key=key), 303))
    return audit
