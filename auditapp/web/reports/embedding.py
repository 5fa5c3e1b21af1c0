"""A comparison as a frame for other people's pages: static, without scripts, cookies or anything loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from auditapp.domain.comparison import FEWEST
from auditapp.domain.errors import NotComparable
from auditapp.rendering import compared, matrix
from auditapp.resources import PACKAGE
from auditapp.services.comparing import compare_reports
from auditapp.web.access import rooms
from auditapp.web.presentation import plural_form, translated
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.comparing import address, chosen_here, reports_of, standings
from auditapp.web.revalidation import revalidated


@bp.get("/compare/embed")
def compare_embed() -> ResponseReturnValue:
    """The scores of the reports the address names, and how each of them stands; nothing of a withdrawn one but that.

    404 when all of them are unknown.
    """
    chosen = chosen_here()
    comparison = picture = None
    if len(chosen.reports) >= FEWEST:
        try:
            comparison = compare_reports(rooms().catalogue, reports_of(chosen))
        except NotComparable:
            comparison = None
    names = matrix.short_names([report.title for report in reports_of(chosen)])
    if comparison is not None and comparison.shared:
        say = compared.Wordings(translated, plural_form)
        picture = compared.heat_of(comparison, names, say=say)
    page = render_template(
        "reports/embed.html",
        comparison=comparison,
        chosen=chosen,
        standings=standings(chosen),
        picture=picture,
        base=rooms().settings.public_url,
        whole=rooms().settings.public_url + address(chosen.slugs, by_checklist=False)
        if comparison is not None
        else rooms().settings.public_url + url_for("reports.index"),
        style=Markup(frame_style()),  # noqa: S704 - a file of our own
    )
    lost = not chosen.reports and not chosen.withdrawn
    response = revalidated(page if not lost else (page, 404))
    response.headers["Content-Security-Policy"] = framed_anywhere(frame_style())
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@cache
def frame_style() -> str:
    """The look of a frame, which stands in its page so that nothing else has to be fetched."""
    return (PACKAGE / "static" / "styles" / "frame.css").read_text("utf-8")


@cache
def framed_anywhere(style: str) -> str:
    """A policy that allows this one style and nothing else, and that any page may show the frame."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{digest}'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors *",
        )
    )
