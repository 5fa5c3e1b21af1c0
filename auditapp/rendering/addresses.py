"""Addresses that strangers typed: which may become links, how they are written, and where long ones may break."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

LONGEST_WORD = 60
LINK_SCHEMES = frozenset({"http", "https", "mailto"})

ZERO_WIDTH_SPACE = "\u200b"
ELLIPSIS = "\u2026"
UNSAFE = re.compile(r"[\s\x00-\x1f]")
ADDRESSES_KEPT = 4096
"""Addresses of evidence stand on a report, in its comparisons and on the page of its event."""


def break_long_words(text: str, longest: int = LONGEST_WORD) -> str:
    """The same text with an invisible place to break in every word longer than ``longest``, so that no page widens.

    Line ends and spaces stay as they are. Addresses break after their punctuation, other words at every 30th character.
    """
    if len(text) <= longest or max(map(len, text.split()), default=0) <= longest:
        return text
    pieces: list[str] = []
    length = since_break = 0
    for position, character in enumerate(text):
        if character.isspace():
            length = since_break = 0
        elif not length:
            length = _word_length(text, position)
        pieces.append(character)
        if length > longest:
            since_break += 1
            if since_break >= 30 or (since_break >= 8 and character in "/-_.,;:?&=#+%"):
                pieces.append(ZERO_WIDTH_SPACE)
                since_break = 0
    return "".join(pieces)


@lru_cache(maxsize=ADDRESSES_KEPT)
def safe_link(url: str | None) -> str | None:
    """The address if it may become a link, which only http, https and mailto may; otherwise None: show it as text."""
    if not url:
        return None
    address = url.strip()
    parts = _split(address)
    if parts is None or parts.scheme not in LINK_SCHEMES or UNSAFE.search(address):
        return None
    has_target = "@" in parts.path if parts.scheme == "mailto" else bool(parts.hostname)
    return address if has_target else None


@lru_cache(maxsize=ADDRESSES_KEPT)
def display_address(url: str, longest: int = 48) -> str:
    """An address as people write it: host and path, without scheme, "www.", query and last slash, and shortened.

    What is not an address of the web or of e-mail comes back as it is, shortened.
    """
    shown = url.strip()
    parts = _split(shown)
    if parts is not None and parts.scheme in {"http", "https"} and parts.hostname:
        host = parts.hostname.removeprefix("www.")
        port = f":{parts.port}" if parts.port else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        shown = f"{host}{port}{parts.path.rstrip('/')}{fragment}"
    elif parts is not None and parts.scheme == "mailto":
        shown = parts.path
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}{ELLIPSIS}"


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # a port that is no number is only noticed when it is read
    except ValueError:
        return None
    return parts


def _word_length(text: str, start: int) -> int:
    end = start
    while end < len(text) and not text[end].isspace():
        end += 1
    return end - start
