"""A document read into a tree: fast where it is well-formed, as a browser would read it where it is not.

What the templates write is well-formed but for the elements that have no end, and XML is read twenty times as fast as
HTML. The tests read every kind of document both ways and expect the same tree.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

DOCTYPE = re.compile(r"\A\s*<!doctype html>", re.IGNORECASE)
ENDLESS = re.compile(r"<(?P<name>br|hr|img|link|meta|wbr)\b(?P<rest>[^>]*?)/?>")


def tree_of(html: str) -> Any:
    """The root element of a document. One that holds a drawing is read slowly: only HTML knows them without a namespace."""
    if "<svg" in html:
        return _as_a_browser_would(html)
    written = ENDLESS.sub(r"<\g<name>\g<rest>/>", DOCTYPE.sub("", html, count=1))
    try:
        return ElementTree.fromstring(written)  # noqa: S314 - no template writes a DTD, and typed text is escaped
    except ElementTree.ParseError:
        return _as_a_browser_would(html)


def _as_a_browser_would(html: str) -> Any:
    import tinyhtml5

    return tinyhtml5.parse(html, namespace_html_elements=False)
