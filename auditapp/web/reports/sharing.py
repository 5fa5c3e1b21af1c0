"""What the page of a report says of itself to other sites: linked data, and the words and the picture beside a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from auditapp.domain.report import Publication, Report
from auditapp.domain.standing import ReportStanding, ReportState
from auditapp.rendering import badge as badges
from auditapp.rendering import preview, words
from auditapp.rendering.linked import ReportAddresses, report_data
from auditapp.web.access import public_address, rooms
from auditapp.web.presentation import locale_name, plural_form, translated


@dataclass(frozen=True)
class Shared:
    """What stands in the head of a page for other sites; `picture` is None where there is nothing to show."""

    title: str
    description: str
    address: str
    picture: str | None
    alternative: str
    data: dict[str, Any]
    width: int = preview.WIDTH
    height: int = preview.HEIGHT


def shared(report: Report, publication: Publication, standing: ReportStanding) -> Shared:
    """What other sites are told of a report as it stands today."""
    home = rooms().settings.public_url
    slug, checklist = publication.slug, report.checklist
    addresses = ReportAddresses(
        page=public_address(slug),
        pdf=home + url_for("reports.pdf", slug=slug),
        document=home + url_for("reports.document", slug=slug),
        picture=home + url_for("reports.preview", slug=slug),
        checklist=home + url_for("checklists.show", checklist_id=checklist.id, version=checklist.version),
        home=home + url_for("home.start"),
    )
    described = description(report, publication, standing)
    return Shared(
        title=_("%(title)s: inclusivity report", title=report.title),
        description=described,
        address=addresses.page,
        picture=addresses.picture,
        alternative=described,
        data=report_data(
            report, publication, standing, addresses, product=rooms().settings.name, abstract=described
        ),
    )


def description(report: Report, publication: Publication, standing: ReportStanding) -> str:
    """The result in two or three short sentences; first of all, whether it still stands."""
    speech = badges.Speech(translated, plural_form, locale_name())
    total = report.score.total
    badge = badges.Badge(
        title=report.title,
        checklist=report.checklist.name,
        level=report.level.title if report.level else None,
        percent=total.percent,
        points=total.points,
        possible=total.possible,
        essentials=report.essentials_only,
        published_on=publication.published_on,
    )
    said = [badges.result(badge, speech)]
    if report.essentials_only is None and total.evidenced_percent is not None:
        share = words.percent(total.evidenced_percent, speech.locale, gettext=translated)
        said.append(_("%(percent)s counting only answers with evidence", percent=share))
    said.append(_("The organiser answered about its own event"))
    if standing.state is ReportState.SUPERSEDED:
        said.insert(0, _("A later report has replaced this one"))
    elif standing.expired:
        said.insert(0, _("This report has run out"))
    return ". ".join(said) + "."
