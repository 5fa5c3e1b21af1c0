"""A report held against its own proof: is it genuine and unaltered, and does its score follow from its answers?"""

from __future__ import annotations

import hashlib

from auditapp.domain.verdict import Checked, Outcome, Point, Verdict, recomputed
from auditapp.proof.canonical import canonical, code_of, parsed
from auditapp.proof.keys import PublicKey, PublicKeys
from auditapp.proof.opening import Opened
from auditapp.proof.seal import FoundSeal, SealState


def check(opened: Opened, keys: PublicKeys, *, published_file: bool | None = None) -> Verdict:
    """What a file claims, point by point.

    `keys` are those one trusts. `published_file` tells, where it is known, whether the PDF is byte for byte the one that is
    published under its address. A document that was never published has nothing to hold it against but its score.
    """
    report, proof = opened.report, opened.report.proof
    checked: list[Checked] = []
    key: PublicKey | None = None
    if proof is not None:
        same = proof.digest == opened.digest
        checked.append(Checked(Point.DIGEST, Outcome.HOLDS if same else Outcome.FAILS))
        key = keys.key(proof.key)
        checked.append(_signature(opened, key))
    checked += recomputed(report)
    if opened.seal is not None and proof is not None:
        checked.append(_seal(opened.seal, report.published.seal if report.published else None))
    if opened.seal is not None and published_file is not None:
        checked.append(Checked(Point.FILE, Outcome.HOLDS if published_file else Outcome.FAILS))
    return Verdict(
        report=report,
        digest=opened.digest,
        code=code_of(opened.digest),
        is_pdf=opened.is_pdf,
        checked=tuple(checked),
        key=proof.key if proof else None,
        signed_since=key.since if key else None,
        sealed_by=opened.seal.name if opened.seal else "",
    )


def sha256(content: bytes) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _signature(opened: Opened, key: PublicKey | None) -> Checked:
    proof = opened.report.proof
    if proof is None or key is None:
        return Checked(Point.SIGNATURE, Outcome.UNKNOWN, "unknown-key")
    if not key.verifies(proof.signature, canonical(parsed(opened.content.decode("utf-8-sig")))):
        return Checked(Point.SIGNATURE, Outcome.FAILS)
    return Checked(Point.SIGNATURE, Outcome.HOLDS, "retired" if key.until else "")


def _seal(found: FoundSeal, expected: str | None) -> Checked:
    """Whether the pages are those that were sealed with the certificate the document names."""
    if expected is None:
        return Checked(Point.SEAL, Outcome.UNKNOWN, "never-sealed")
    if found.state is not SealState.WHOLE:
        return Checked(Point.SEAL, Outcome.FAILS, found.state.value)
    if found.certificate != expected:
        return Checked(Point.SEAL, Outcome.FAILS, "stranger")
    return Checked(Point.SEAL, Outcome.HOLDS)
