"""A completed report becomes the document that is published: with its evidence listed, its publication told, and signed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from auditapp.domain.checklist import Checklist
from auditapp.domain.proof import PROVES, ListedEvidence, Proof, Published
from auditapp.domain.report import SCHEMA_VERSION, Report
from auditapp.proof.canonical import PROOF, joined, members, written
from auditapp.proof.keys import KeyRing

CHECKLISTS_KEPT = 8
"""Checklists of which the canonical form is kept: a quarter of a megabyte each."""


class Document(NamedTuple):
    """A report document to the byte, the report it holds, and the digest it goes by."""

    content: bytes
    report: Report
    digest: str


def unsigned(report: Report) -> Document:
    """The document of a report that is not published: canonical, and without a proof."""
    told = joined(_parts(report))
    return Document(told, report, hashlib.sha256(told).hexdigest())


def signed(
    report: Report, *, slug: str, address: str, on: dt.date, keys: KeyRing, seal: str | None = None
) -> Document:
    """The document of a report as it is published at `address`. The same report and key give the same bytes.

    `seal` is the SHA-256 of the certificate its PDF is sealed with. Raises ValueError when the report has no canonical form.
    """
    published = Published(
        slug=slug, address=address, on=on, by=report.event.organiser, proves=PROVES, seal=seal
    )
    told = report.model_copy(
        update={
            "schema_version": SCHEMA_VERSION,
            "evidence": tuple(listed_evidence(report)),
            "published": published,
            "proof": None,
        }
    )
    parts = _parts(told)
    message = joined(parts)
    digest = hashlib.sha256(message).hexdigest()
    key, signature = keys.signature(message, today=on)
    proof = Proof(digest=digest, key=key, signature=signature)
    content = joined(parts | members({PROOF: proof.model_dump(mode="json")}))
    return Document(content, told.model_copy(update={"proof": proof}), digest)


def _parts(report: Report) -> dict[str, bytes]:
    """The canonical form of each part of a report without a proof. Its checklist, four fifths of it, is written once."""
    rest = report.model_dump(mode="json", exclude={"checklist", "proof"})
    return members(rest) | {"checklist": _checklist(report.checklist)}


@lru_cache(maxsize=CHECKLISTS_KEPT)
def _checklist(checklist: Checklist) -> bytes:
    return members({"checklist": checklist.model_dump(mode="json")})["checklist"]


def listed_evidence(report: Report) -> Iterator[ListedEvidence]:
    """The evidence of a report in the order of its checklist, each piece with its digest; figures last in each answer."""
    for criterion in report.checklist.criteria:
        answer = report.answers.get(criterion.id)
        if answer is None:
            continue
        for piece in answer.evidence:
            yield ListedEvidence(
                criterion=criterion.id,
                kind=piece.kind,
                title=piece.title,
                url=piece.url,
                date=piece.date,
                digest=_digest(piece.model_dump(mode="json")),
            )
        if answer.numbers and answer.settled_by == "numbers":
            yield ListedEvidence(
                criterion=criterion.id,
                kind="number",
                title=answer.numbers.source,
                digest=_digest(answer.numbers.model_dump(mode="json")),
            )


def _digest(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(written(dict(told))).hexdigest()
