"""How a published report stands on a day: whether what it says may still be said of the event."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from auditapp.domain.report import Publication, PublicationState
from auditapp.domain.values import Value


class ReportState(StrEnum):
    """What a reader must know of a report before anything else; of several that hold, the last of these."""

    LIVE = "live"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class ReportStanding(Value):
    """The state of a published report on one day, and what belongs to it.

    `expired` tells the date apart from the state: a report that was replaced runs out as well. `superseded_by` stays
    with a report that was withdrawn. `withdrawn_on` and `reason` belong to a withdrawn report alone.
    """

    state: ReportState
    expired: bool
    expires_on: dt.date
    superseded_by: str | None
    withdrawn_on: dt.date | None
    reason: str

    @property
    def is_live(self) -> bool:
        """Whether the report still stands for the event."""
        return self.state is ReportState.LIVE

    @property
    def is_withdrawn(self) -> bool:
        """Whether the organiser took the report back, so that none of its figures may be shown."""
        return self.state is ReportState.WITHDRAWN


def standing_of(publication: Publication, expires_on: dt.date, today: dt.date) -> ReportStanding:
    """How a publication stands on `today`; its report stops standing for the event on `expires_on` itself."""
    expired = expires_on <= today
    return ReportStanding(
        state=state_of(publication.state, expires_on, today),
        expired=expired,
        expires_on=expires_on,
        superseded_by=publication.superseded_by,
        withdrawn_on=publication.withdrawn_on,
        reason=publication.reason,
    )


def state_of(published: PublicationState, expires_on: dt.date, today: dt.date) -> ReportState:
    """The state alone, for lists: expiry shows only where nothing weightier happened to the report."""
    if published is PublicationState.LIVE and expires_on <= today:
        return ReportState.EXPIRED
    return ReportState(published.value)
