"""What the page of an event says of itself to other sites: linked data, and the words and the picture beside a link."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from auditapp.rendering.linked import series_data
from auditapp.services.histories import History
from auditapp.web.access import public_address, rooms
from auditapp.web.reports.sharing import Shared


def shared(history: History) -> Shared:
    """What other sites are told of an event. The picture is that of its newest report; none where no report stands."""
    home = rooms().settings.public_url
    event, columns = history.event, history.timeline.columns
    page = home + url_for("events.show", slug=event.slug)
    name = " ".join(event.name.split())
    described = ngettext(
        "How inclusive %(event)s is: %(num)s published report.",
        "How inclusive %(event)s is over its years: %(num)s published reports.",
        len(columns),
        event=name,
    )
    picture = home + url_for("reports.preview", slug=columns[-1].publication.slug) if columns else None
    return Shared(
        title=_("%(event)s over its years", event=name),
        description=described,
        address=page,
        picture=picture,
        alternative=_("The newest report: %(title)s", title=columns[-1].title) if columns else "",
        data=series_data(
            name,
            page=page,
            place=event.place,
            country=event.country,
            organiser=event.organiser.name if event.organiser else "",
            editions=[(one.title, one.date, public_address(one.publication.slug)) for one in columns],
        ),
    )
