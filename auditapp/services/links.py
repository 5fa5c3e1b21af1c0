"""The private link of an audit: its key for addresses, and a token of which only a digest is stored."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue
from auditapp.domain.audit import AuditState
from auditapp.domain.errors import AuditClosed, AuditNotFound
from auditapp.storage import audits
from auditapp.storage.transactions import reading, writing

TOKEN_BYTES = 32
KEY_BYTES = 9
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
"""What a token looks like: 32 bytes in the alphabet of addresses."""


@dataclass(frozen=True)
class Started:
    """A new audit: its key for addresses, and the token of its private link, which is shown and never stored."""

    key: str
    token: str = field(repr=False)


def token_hash(token: str) -> str:
    """What is stored of a token: its SHA-256. A token has 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def new_token() -> str:
    """A token of 256 random bits, as text for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_from(once: str) -> str:
    """The token of the audit a form starts: as hard to guess as the form's own word, and not that word itself."""
    digest = hashlib.sha256(b"the private link of " + once.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def open_by_token(session: Session, token: str) -> str:
    """The key of the audit a private link leads to; raises AuditNotFound when it leads nowhere, or no longer."""
    with reading(session):
        key = audits.key_of(session, token_hash(token))
    if key is None:
        raise AuditNotFound("no audit has this link")
    return key


def replace_link(session: Session, key: str, token: str) -> str:
    """A new token for the audit; the old link and every browser that came by it are shut out.

    Raises AuditNotFound.
    """
    fresh = new_token()
    with writing(session):
        if not audits.replace_token(session, key, old=token_hash(token), new=token_hash(fresh)):
            raise AuditNotFound(key)
    return fresh


def stored_audit(
    session: Session, catalogue: Catalogue, key: str, token: str, *, for_update: bool = False
) -> audits.StoredAudit:
    """The audit a private link leads to, within the transaction of whoever asks; kept for its writing with `for_update`.

    Raises AuditNotFound when key and token do not belong together.
    """
    stored = audits.find(session, key, token_hash(token), catalogue.get, for_update=for_update)
    if stored is None:
        raise AuditNotFound(key)
    return stored


def open_audit(session: Session, catalogue: Catalogue, key: str, token: str) -> audits.StoredAudit:
    """The same for a change to its answers; raises AuditClosed, too, when it is completed."""
    stored = stored_audit(session, catalogue, key, token, for_update=True)
    if stored.audit.state is not AuditState.OPEN:
        raise AuditClosed("a completed audit is changed by reopening it first")
    return stored
