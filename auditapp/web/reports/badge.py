"""The badge of a published report: the picture itself, and the page that shows it in every state and how to embed it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from auditapp.domain.standing import ReportStanding, ReportState, standing_of
from auditapp.rendering import badge as badges
from auditapp.rendering import html
from auditapp.services import publishing
from auditapp.storage.database import db
from auditapp.storage.reports import Listing
from auditapp.web.access import public_address, rooms, today
from auditapp.web.presentation import locale_name, plural_form, translated
from auditapp.web.reports.blueprint import bp
from auditapp.web.reports.reading import known, withdrawn
from auditapp.web.revalidation import kept_a_while, revalidated

MINUTES_KEPT = 5
"""How long a cache shows a badge before it asks whether the report still stands."""
ALLOWS_NOTHING = "; ".join(
    ("default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "sandbox")
)
MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]<>|~!&])")
LATER_STATES = (ReportState.EXPIRED, ReportState.SUPERSEDED, ReportState.WITHDRAWN)


@dataclass(frozen=True)
class LaterLook:
    """The badge as it would look in another state, and when it would."""

    svg: Markup
    when: str


@bp.get("/<slug>/badge.svg")
def badge_svg(slug: str) -> ResponseReturnValue:
    """The badge as the report stands today; also of a withdrawn one, because pages that embed it must say so."""
    publication, listing = publishing.find_listing(db.session, known(slug))
    standing = standing_of(publication, listing.expires_on, today())
    response = Response(drawn(badge_of(listing), standing), content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = ALLOWS_NOTHING
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return kept_a_while(response, MINUTES_KEPT * 60)


@bp.get("/<slug>/badge")
def badge(slug: str) -> ResponseReturnValue:
    """What the badge says today and will say later, with the words to embed it; 410 once the report is withdrawn."""
    publication, listing = publishing.find_listing(db.session, known(slug))
    standing = standing_of(publication, listing.expires_on, today())
    if standing.is_withdrawn:
        return withdrawn(*publishing.find_report(db.session, slug))
    address = public_address(slug)
    image = rooms().settings.public_url + url_for("reports.badge_svg", slug=slug)
    return revalidated(
        render_template(
            "reports/badge.html",
            listing=listing,
            standing=standing,
            face=badges.face(badge_of(listing), standing, speech()),
            width=badges.WIDTH,
            height=badges.HEIGHT,
            html_words=html_words(listing.title, address, image),
            markdown_words=markdown_words(listing.title, address, image),
            later=tuple(later_looks(listing, standing)),
            minutes=MINUTES_KEPT,
        )
    )


def badge_of(listing: Listing) -> badges.Badge:
    """What the badge says of a report."""
    return badges.Badge(
        title=listing.title,
        checklist=listing.checklist_name,
        level=listing.level_title,
        percent=listing.percent,
        points=Fraction(listing.points),
        possible=Fraction(listing.possible),
        essentials=listing.essentials_only,
        published_on=listing.published_on,
    )


def drawn(badge: badges.Badge, standing: ReportStanding, name: str = "badge") -> str:
    """The badge in the language of this request."""
    env = html.environment(translated, plural_form, locale_name)
    return badges.badge_svg(badge, standing, speech=speech(), name=name, env=env)


def speech() -> badges.Speech:
    """The language of this request."""
    return badges.Speech(translated, plural_form, locale_name())


def later_looks(listing: Listing, standing: ReportStanding) -> list[LaterLook]:
    """The badge in each state the report is not in and may come to."""
    whens = {
        ReportState.EXPIRED: _("Once the report has run out"),
        ReportState.SUPERSEDED: _("Once a correction has replaced it"),
        ReportState.WITHDRAWN: _("If the organiser takes it back"),
    }
    return [
        LaterLook(
            Markup(  # noqa: S704 - drawn by a template that escapes everything
                drawn(badge_of(listing), standing.model_copy(update={"state": state}), f"badge-{state}")
            ),
            whens[state],
        )
        for state in LATER_STATES
        if state is not standing.state and not (state is ReportState.EXPIRED and standing.expired)
    ]


def html_words(title: str, address: str, image: str) -> str:
    """What to put into a page of HTML."""
    words = Markup('<a href="{}"><img src="{}" alt="{}" width="{}" height="{}"></a>').format(
        address, image, alternative(title), badges.WIDTH, badges.HEIGHT
    )
    return str(words)  # plain text from here on: it is shown on a page, not part of it


def markdown_words(title: str, address: str, image: str) -> str:
    """What to put into a page of Markdown."""
    says = MARKDOWN_MARKS.sub(r"\\\1", alternative(title))
    return f"[![{says}]({image})]({address})"


def alternative(title: str) -> str:
    """The words in place of the picture. They name no result: copied into a page, they would not change with it."""
    return _("%(title)s: inclusivity report", title=" ".join(title.split()))
