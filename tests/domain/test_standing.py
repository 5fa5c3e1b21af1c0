import datetime as dt

import pytest

from auditapp.domain.report import Publication, PublicationState
from auditapp.domain.standing import ReportState, standing_of

EXPIRES_ON = dt.date(2028, 2, 16)
THE_DAY_BEFORE = dt.date(2028, 2, 15)


def a_publication(state: PublicationState = PublicationState.LIVE, **parts):
    return Publication(
        slug="ridgeline-half-marathon-2027", state=state, published_on=dt.date(2027, 2, 16), **parts
    )


def test_a_report_stands_until_the_day_before_it_runs_out():
    before = standing_of(a_publication(), EXPIRES_ON, THE_DAY_BEFORE)
    assert (before.state, before.expired, before.is_live) == (ReportState.LIVE, False, True)
    on_the_day = standing_of(a_publication(), EXPIRES_ON, EXPIRES_ON)
    assert (on_the_day.state, on_the_day.expired, on_the_day.is_live) == (ReportState.EXPIRED, True, False)


@pytest.mark.parametrize("state", [PublicationState.SUPERSEDED, PublicationState.WITHDRAWN])
@pytest.mark.parametrize(("today", "expired"), [(THE_DAY_BEFORE, False), (EXPIRES_ON, True)])
def test_what_was_replaced_or_withdrawn_stays_so_and_still_runs_out(state, today, expired):
    standing = standing_of(a_publication(state, superseded_by="later"), EXPIRES_ON, today)
    assert (standing.state.value, standing.expired) == (state.value, expired)
    assert standing.superseded_by == "later"
    assert standing.is_withdrawn is (state is PublicationState.WITHDRAWN)


def test_a_withdrawal_keeps_its_day_and_its_reason():
    withdrawn = a_publication(
        PublicationState.WITHDRAWN, withdrawn_on=dt.date(2027, 3, 3), reason="The shirt order changed."
    )
    standing = standing_of(withdrawn, EXPIRES_ON, THE_DAY_BEFORE)
    assert (standing.withdrawn_on, standing.reason) == (dt.date(2027, 3, 3), "The shirt order changed.")


def test_every_state_of_a_publication_is_a_state_of_its_report():
    assert {state.value for state in PublicationState} < {state.value for state in ReportState}
