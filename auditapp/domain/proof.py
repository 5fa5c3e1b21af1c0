"""What a published report says about itself, so that anybody can check it: who published it, and its signature."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import StringConstraints

from auditapp.domain.checklist import EvidenceKind
from auditapp.domain.values import Address, Id, ShortText, Value

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest as 64 hexadecimal digits."""
Encoded = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,200}$")]
"""Bytes in the base64 alphabet of addresses, without padding (RFC 4648, section 5)."""


class ListedEvidence(Value):
    """A piece of evidence, with the digest of what was declared about it.

    The digest is the SHA-256 of the canonical JSON of the evidence as it stands in the answer; for figures, of the answer's
    numbers. It fixes what was declared, not what the address shows today.
    """

    criterion: Id
    kind: EvidenceKind
    title: ShortText = ""
    url: Address | None = None
    date: dt.date | None = None
    digest: Digest


class Published(Value):
    """Where and when a report was made public, by whom, and what that proves.

    `by` is the organiser as it names itself. `seal` is the SHA-256 of the certificate that seals the PDF, so that whoever
    trusts the document knows which seal to expect; None where no PDF is sealed.
    """

    slug: str
    address: str
    on: dt.date
    by: ShortText = ""
    proves: str
    seal: Digest | None = None


class Proof(Value):
    """The digest of the document without this part, in canonical form (RFC 8785), and its Ed25519 signature (RFC 8032).

    `key` is the thumbprint of the public key (RFC 7638); the signature is over the canonical bytes themselves.
    """

    algorithm: Literal["Ed25519"] = "Ed25519"
    canonical_form: Literal["RFC 8785"] = "RFC 8785"
    digest: Digest
    key: Encoded
    signature: Encoded


PROVES = (
    "Whoever held the private link of this audit published it under the organiser’s name. "
    "Nobody has checked that they speak for the event, and nobody independent has checked the answers."
)
"""What publication proves of a self-declared report, and what it does not."""
