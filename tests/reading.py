"""A page read for what it says and where it leads, once it has met the floor of `tests.pages`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from werkzeug.test import TestResponse

from tests.pages import Page

BLOCKS = frozenset(
    {"br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "li", "option", "p", "td", "th", "title", "tr"}
)


class ReadPage(Page):
    """An HTML answer with its links, its rows and its ticks."""

    @property
    def text(self) -> str:
        """What the main part says; what stands in a block of its own is a word of its own."""
        return said(self.all("main")[0])

    @property
    def titles(self) -> list[str]:
        """The titles of the rows of a list, in order."""
        return [said(title) for title in self.all("h3", class_="row-title")]

    @property
    def rows(self) -> list[str]:
        """What the rows of all tables say, in order, without their heads."""
        return [said(row) for body in self.all("tbody") for row in body.iter() if row.tag == "tr"]

    def row(self, begins: str) -> str:
        """What the row of a table says that begins with these words; raises AssertionError unless there is just one."""
        found = [row for row in self.rows if row.startswith(f"{begins} ")]
        assert len(found) == 1, f"{len(found)} rows begin with {begins!r}"
        return found[0]

    def link(self, words: str) -> str:
        """Where the link with these words leads; raises AssertionError when there is none or several differ."""
        found = {link.get("href", "") for link in self.all("a") if said(link) == words}
        assert len(found) == 1, f"{words!r} leads to {sorted(found)}"
        return found.pop()

    def checked(self, name: str) -> list[str]:
        """The values ticked under a name."""
        return [
            box.get("value", "") for box in self.all("input", name=name) if box.get("checked") is not None
        ]


def read(response: TestResponse) -> ReadPage:
    """The page of an answer."""
    assert response.mimetype == "text/html"
    return ReadPage(response)


def said(element: Element) -> str:
    """The text of an element as it is read, with single spaces."""
    return re.sub(r"\s+", " ", "".join(_parts(element)).replace("\u200b", "")).strip()


def _parts(element: Element) -> Iterator[str]:
    apart = " " if element.tag in BLOCKS else ""
    yield apart + (element.text or "")
    for child in element:
        yield from _parts(child)
        yield child.tail or ""
    yield apart
