"""One form of a document to the byte, its digest, and the short code people read out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import rfc8785

PROOF = "proof"
"""The part of a document that tells of all the rest, and so stands outside its own digest."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that could be taken for another letter or a digit."""
LARGEST = 2**53 - 1
"""A whole number up to here is the same in every program that reads JSON."""
CODE_LENGTH, CODE_GROUP, BITS = 12, 4, 5
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def canonical(document: Mapping[str, Any]) -> bytes:
    """The canonical JSON (RFC 8785) of a document, without its proof.

    Raises ValueError for what has no canonical form: a whole number beyond 2^53, a number that is none.
    """
    return joined(members({name: part for name, part in document.items() if name != PROOF}))


def members(document: Mapping[str, Any]) -> dict[str, bytes]:
    """The canonical form of each part of a document by its name, for `joined` to put together; raises as `canonical`."""
    try:
        return {name: written(part) for name, part in document.items()}
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise ValueError(f"this document has no canonical form: {error}") from None


def written(part: Any) -> bytes:
    """The canonical form of any value of JSON.

    Text, whole numbers and what is made of them look the same from the standard library, many times faster. Raises
    CanonicalizationError or UnicodeEncodeError for what has none; both are ValueErrors.
    """
    if not _is_simple(part):
        return rfc8785.dumps(part)
    return json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _is_simple(part: Any) -> bool:
    """Whether there is no number with a point in it, none too large, and no name whose place in the order is in doubt."""
    left = [part]
    while left:
        one = left.pop()
        kind = type(one)
        if kind is dict:
            if not all(map(str.isascii, one)):
                return False
            left.extend(one.values())
        elif kind is list:
            left.extend(one)
        elif kind is int:
            if abs(one) > LARGEST:
                return False
        elif kind is not str and kind is not bool and one is not None:
            return False
    return True


def joined(parts: Mapping[str, bytes]) -> bytes:
    """The canonical form of the document these parts make: in the order of their names as UTF-16 (RFC 8785, 3.2.3)."""
    names = sorted(parts, key=lambda name: name.encode("utf-16-be"))
    return b"{" + b",".join(rfc8785.dumps(name) + b":" + parts[name] for name in names) + b"}"


def digest_of(document: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical form without the proof, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def digest_of_text(document: str | bytes) -> str:
    """The digest of a document as text; raises ValueError when it is no JSON object."""
    return digest_of(parsed(document))


def parsed(document: str | bytes) -> dict[str, Any]:
    """A document as plain values. Raises ValueError when it is no JSON object, or names a part twice."""
    try:
        found = json.loads(document, object_pairs_hook=_each_once, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("this document is nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError("this is no JSON object")
    return found


def code_of(digest: str) -> str:
    """The short code of a digest, its first 60 bits: "7H3K-0QZ1-XW9M". Enough to find a report, not to prove one."""
    bits = int(digest[:15], 16)
    letters = [ALPHABET[bits >> BITS * place & 31] for place in reversed(range(CODE_LENGTH))]
    groups = ("".join(letters[start : start + CODE_GROUP]) for start in range(0, CODE_LENGTH, CODE_GROUP))
    return "-".join(groups)


def digest_start(code: str) -> str | None:
    """The first 15 hexadecimal digits of every digest with this code; None when it is no code.

    Small letters, spaces and letters that are easily misread are forgiven.
    """
    letters = code.upper().translate(MISREAD)
    if len(letters) != CODE_LENGTH or any(letter not in ALPHABET for letter in letters):
        return None
    bits = 0
    for letter in letters:
        bits = bits << BITS | ALPHABET.index(letter)
    return f"{bits:015x}"


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("this document names the same part twice")
    return found


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")
