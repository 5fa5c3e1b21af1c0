"""A strict reader of pages: whatever a test fetches has to meet the accessibility floor, or the test fails.

Forms are read and sent as a browser without scripts would: with every field that stands in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from auditapp.storage.database import db

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNLABELLED = ("hidden", "submit", "button")


class Page:
    """An HTML answer, parsed."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.text
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(self.html)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of this name with these attributes."""
        return [
            element
            for element in self.root.iter(tag)
            if all(element.get(name.rstrip("_")) == value for name, value in attributes.items())
        ]

    def by_id(self, name: str) -> Element | None:
        """The element of this id."""
        return next((element for element in self.root.iter() if element.get("id") == name), None)

    @property
    def text(self) -> str:
        """Everything a reader can read, in one line."""
        main = self.by_id("main")
        return words(main if main is not None else self.root)

    @property
    def heading(self) -> str:
        """The h1."""
        return words(self.all("h1")[0])

    def fields(self, action: str | None = None) -> dict[str, str]:
        """What the form holds as it stands: the one that is sent to `action`, else the only one to this address."""
        return dict(_filled(self._form(action)))

    def _form(self, action: str | None) -> Element:
        forms = [form for form in self.all("form", method="post") if form.get("action") == action]
        assert len(forms) == 1, f"{len(forms)} forms are sent to {action or 'this address'}"
        return forms[0]


def words(element: Element) -> str:
    """The text of an element with single spaces."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _filled(form: Element) -> Iterator[tuple[str, str]]:
    for element in form.iter():
        name = element.get("name")
        if name is None:
            continue
        if element.tag == "textarea":
            yield name, "".join(element.itertext()).removeprefix("\n")
        elif element.tag == "select":
            options = list(element.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            yield name, (chosen[0].get("value") or "") if chosen else ""
        elif element.tag == "input" and (
            element.get("type") not in ("radio", "checkbox") or element.get("checked") is not None
        ):
            yield name, element.get("value") or ""


class Browser(FlaskClient):
    """A browser without scripts that refuses a page below the floor."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch, and look at what came back."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 308):
            check(Page(response))
        return response

    def page(self, address: str, status: int = 200) -> Page:
        """The page at an address; it has to answer with `status`."""
        response = self.get(address, follow_redirects=True)
        assert response.status_code == status, f"{address}: {response.status}"
        return Page(response)

    def submit(
        self,
        page: Page,
        changes: Mapping[str, str | None] | None = None,
        action: str | None = None,
        **more: str,
    ) -> TestResponse:
        """Send a form of the page as it stands with these changes; None takes a field out."""
        fields = page.fields(action) | dict(changes or {}) | more
        sent = {name: value for name, value in fields.items() if value is not None}
        return self.post(action or page.response.request.path, data=sent)

    def follow(self, response: TestResponse) -> Page:
        """The page a redirect after a form leads to."""
        assert response.status_code == 303, f"{response.status}: {response.text[:2000]}"
        return self.page(response.location)


def check(page: Page) -> None:
    """Fail unless the page meets the floor."""
    html = page.root
    assert html.get("lang"), "the page does not say its language"
    assert len(page.all("h1")) == 1, "a page has one h1"
    title = words(page.all("title")[0])
    assert title.startswith(page.heading), f"the title {title!r} does not begin with {page.heading!r}"
    levels = [int(element.tag[1]) for element in html.iter() if element.tag in HEADINGS]
    for before, after in pairwise(levels):
        assert after <= before + 1, f"h{before} is followed by h{after}"
    ids = [element.get("id") for element in html.iter() if element.get("id")]
    twice = {name for name in ids if ids.count(name) > 1}
    assert not twice, f"ids used twice: {twice}"
    labelled = {label.get("for") for label in page.all("label")}
    for control in html.iter():
        if control.tag in ("input", "select", "textarea") and control.get("type") not in UNLABELLED:
            named = (
                control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby")
            )
            assert named, f"no label for {control.get('name')}"
        for reference in ("aria-describedby", "aria-labelledby"):
            for target in (control.get(reference) or "").split():
                assert target in ids, f"{reference} leads to {target!r}, which does not exist"
        if control.tag in ("a", "button"):
            assert words(control) or control.get("aria-label"), f"a {control.tag} without words"
        if control.tag == "a" and (control.get("href") or "").startswith("#"):
            assert (control.get("href") or "")[1:] in ids, f"{control.get('href')} leads nowhere"
        assert control.get("style") is None, "styles stand in the style sheet"
        assert not any(name.startswith("on") for name in control.attrib), "scripts stand in their files"
    for cell in page.all("th"):
        assert cell.get("scope"), f"no scope on {words(cell)!r}"
    for script in page.all("script"):
        if script.get("type") == "application/ld+json":  # data, which no browser runs
            assert json.loads("".join(script.itertext()))["@context"]
        else:
            assert script.get("src"), "a script in the page"


def strict(app: Flask) -> Flask:
    """Make `app` hand out strict browsers, and fail where a request leaves the database session unclean."""

    def session_is_clean(response: Any) -> Any:
        session = db.session
        assert not session.new, "something was added and never saved"
        assert not session.dirty, "something was changed and never saved"
        assert not session.in_transaction(), "a transaction was left open"
        return response

    app.after_request(session_is_clean)
    app.test_client_class = Browser
    return app
