"""Private links: what opens an audit, and what does not."""

import hashlib

import pytest
from sqlalchemy import text

from auditapp.domain.errors import AuditNotFound
from auditapp.services import auditing, links, starting
from tests.builders import an_event
from tests.services import NOW
from tests.services.trial import Trial


def test_an_audit_is_opened_by_its_link_and_the_link_is_not_stored(trial: Trial):
    assert len(trial.token) >= 43
    assert links.open_by_token(trial.session, trial.token) == trial.key
    stored = trial.session.execute(text('SELECT token_hash, "key", event FROM audits')).one()
    trial.session.rollback()
    assert stored.token_hash == hashlib.sha256(trial.token.encode()).hexdigest()
    assert trial.token not in str(stored)


def test_a_started_audit_never_shows_its_token(session, catalogue):
    started = starting.start_audit(session, catalogue, checklist="access@1.0", event=an_event(), now=NOW)
    assert started.token not in repr(started)


@pytest.mark.parametrize("token", ["", "wrong", "é" * 40, "\ud800"])
def test_a_wrong_link_leads_nowhere(trial: Trial, token):
    with pytest.raises(AuditNotFound):
        links.open_by_token(trial.session, token)
    with pytest.raises(AuditNotFound):
        auditing.load_audit(trial.session, trial.catalogue, trial.key, token)


def test_a_link_opens_its_own_audit_only(trial: Trial):
    other = starting.start_audit(
        trial.session, trial.catalogue, checklist="access", event=an_event("Marrowdale Half"), now=NOW
    )
    with pytest.raises(AuditNotFound):
        auditing.load_audit(trial.session, trial.catalogue, other.key, trial.token)


def test_a_replaced_link_shuts_the_old_one_out(trial: Trial):
    fresh = links.replace_link(trial.session, trial.key, trial.token)
    assert links.open_by_token(trial.session, fresh) == trial.key
    with pytest.raises(AuditNotFound):
        links.open_by_token(trial.session, trial.token)
    with pytest.raises(AuditNotFound):
        links.replace_link(trial.session, trial.key, trial.token)
