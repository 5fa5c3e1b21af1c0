"""People with a browser each: nothing of one is known to another."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

from tests.browser.looking import DESK, PHONE

PATIENCE = 30_000
"""Milliseconds to wait for what must come; a busy machine is slow. Nothing waits longer than it has to."""


class Visitors:
    """Opens browsers and watches them: what a script does wrong, and what the security policy stops, is a mistake.

    The mistakes are looked at when the last browser is closed; `forgive` takes those back that a test provokes.
    """

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser = browser
        self.base_url = base_url
        self.contexts: list[BrowserContext] = []
        self.mistakes: list[str] = []

    def __enter__(self) -> Visitors:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for context in self.contexts:
            context.close()
        if kind is None and self.mistakes:
            raise AssertionError("\n".join(self.mistakes))

    def phone(self) -> Page:
        """Somebody with a telephone 360 pixels wide."""
        return self.come(viewport=PHONE, has_touch=True, is_mobile=True)

    def desk(self) -> Page:
        """Somebody with a window 1280 pixels wide."""
        return self.come(viewport=DESK)

    def plain(self) -> Page:
        """Somebody whose browser runs no scripts."""
        return self.come(viewport=DESK, java_script_enabled=False)

    def come(self, **options: Any) -> Page:
        """Somebody with a browser of these options."""
        context = self.browser.new_context(base_url=self.base_url, **options)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        context.on("page", self._watch)
        return context.new_page()

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.mistakes.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._listen(page.url, message.text))
        page.on("response", self._look)

    def _listen(self, url: str, text: str) -> None:
        if "Content Security Policy" in text:
            self.mistakes.append(f"{url}: {text}")

    def _look(self, response: Response) -> None:
        request: Request = response.request
        if response.status >= 500:
            self.mistakes.append(f"{response.status} for {request.method} {response.url}")
        if response.status == 404 and request.resource_type in ("stylesheet", "script", "font", "image"):
            self.mistakes.append(f"missing: {response.url}")

    def forgive(self) -> list[str]:
        """Take back what went wrong so far, because the test provoked it; what it was."""
        provoked, self.mistakes = self.mistakes, []
        return provoked
