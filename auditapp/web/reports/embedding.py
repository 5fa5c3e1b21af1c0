"""A comparison as a frame for other people's pages: static, without scripts, cookies or anything loaded from anywhere."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from auditapp.domain.comparison import FEWEST
from auditapp.domain.errors import NotComparable
from auditapp.rendering import compared, matrix
from auditapp.services.comparing import compare_reports
from auditapp.web.access import rooms
from auditapp.web.frames import frame_style, framed_anywhere
from auditapp.web.presentation import plural_form, translated
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.comparing import address, chosen_here, reports_of, standings
from auditapp.web.revalidation import known_by_index, revalidated


@bp.get("/compare/embed")
@framed_anywhere
@known_by_index
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
        style=frame_style(),
    )
    lost = not chosen.reports and not chosen.withdrawn
    return revalidated(page if not lost else (page, 404))
