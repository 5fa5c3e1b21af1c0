"""The badge where people meet it: on somebody else's page, light or dark, and on the page that offers it."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

ADDRESS = "/reports/marrowdale-half-2027"
NAME = "Marrowdale Half 2027: inclusivity report"


class Elsewhere(ThreadingHTTPServer):
    """A site of somebody else that lets in only what says that any page may show it."""

    body = b""

    @property
    def address(self) -> str:
        """Where it is, which is another origin."""
        return f"http://127.0.0.1:{self.server_port}/"


class Answering(BaseHTTPRequestHandler):
    """Answers every request with the page of the site."""

    server: Elsewhere

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has above
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """The site, answering until the test ends."""
    with Elsewhere(("127.0.0.1", 0), Answering) as site:
        thread = Thread(target=site.serve_forever, daemon=True)
        thread.start()
        yield site
        site.shutdown()
        thread.join()


def test_another_page_shows_it_with_what_was_copied(desk: Page, base_url: str, elsewhere: Elsewhere):
    desk.goto(f"{ADDRESS}/badge")
    words = desk.get_by_label("For a web page (HTML)").input_value()
    elsewhere.body = f"<!doctype html><title>Races</title><body bgcolor='#0d1117'>{words}</body>".encode()
    desk.goto(elsewhere.address)
    picture = desk.get_by_role("img", name=NAME)
    expect(picture).to_be_visible()
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [340, 132]
    assert picture.evaluate("image => image.src") == f"{base_url}{ADDRESS}/badge.svg"
    assert desk.get_by_role("link").get_attribute("href") == f"{base_url}{ADDRESS}"


def test_opened_by_itself_it_needs_nothing_its_policy_forbids(desk: Page):
    response = desk.goto(f"{ADDRESS}/badge.svg")
    assert response is not None
    assert response.status == 200
    assert desk.locator("svg path").count() > 5
    assert desk.locator("svg text").count() == 0


def test_its_words_are_copied_by_a_button(desk: Page):
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(f"{ADDRESS}/badge")
    desk.get_by_role("button", name="Copy").last.click()
    expect(desk.get_by_role("button", name="Copied")).to_be_visible()
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied == desk.get_by_label("For a page in Markdown").input_value()
    assert copied.startswith(f"[![{NAME}](")


def test_without_scripts_its_words_can_be_selected(plain: Page):
    plain.goto(ADDRESS)
    plain.get_by_role("link", name="The badge").click()
    expect(plain.get_by_role("button", name="Copy")).to_have_count(0)
    words = plain.get_by_label("For a web page (HTML)")
    words.focus()
    expect(words).to_be_focused()
    expect(words).not_to_be_editable()
    assert NAME in words.input_value()


def test_a_phone_shows_badges_and_words_whole(phone: Page):
    phone.goto(f"{ADDRESS}/badge")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    for area in phone.locator("textarea").all():
        assert area.evaluate("field => field.scrollHeight - field.clientHeight") <= 1
