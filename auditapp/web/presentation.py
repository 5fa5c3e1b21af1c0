"""What every page shares: its words and filters, its headers, and static files that may be kept for good."""

from __future__ import annotations

import datetime as dt
import hashlib
from contextvars import ContextVar
from gettext import NullTranslations
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, Response, request
from flask_babel import Babel, get_domain, get_locale, gettext
from flask_babel import gettext as _
from flask_compress import Compress
from jinja2 import StrictUndefined
from markupsafe import Markup

from auditapp.rendering import words
from auditapp.settings import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

COMPRESSED = [
    "text/html",
    "text/css",
    "text/csv",
    "text/javascript",
    "text/markdown",
    "application/json",
    "application/jsonl",
    "application/atom+xml",
    "application/xml",
    "image/svg+xml",
]

A_YEAR = 365 * 24 * 3600


def static_digest(folder: Path) -> str:
    """A word that changes whenever a file under `folder` does.

    It stands in the path, so that a style sheet finds its fonts beside itself and everything may be cached for good.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def init_app(app: Flask, settings: Settings) -> None:
    """Set up the templates and the headers of `app`."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(words.filters(locale_name, gettext, plural_form))
    app.jinja_env.filters["moment"] = moment
    app.jinja_env.globals["product_name"] = settings.name
    Babel(app, default_locale=words.LOCALE)
    app.jinja_env.install_gettext_callables(translated, plural_form, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"] = written
    app.config.setdefault("COMPRESS_ALGORITHM", ["zstd", "gzip"])
    # What is compressed already, such as type and PDF, is sent as it is.
    app.config.setdefault("COMPRESS_MIMETYPES", COMPRESSED)
    # A large file is compressed as it goes out, and its validator is looked at all the same.
    app.config.setdefault("COMPRESS_STREAMING_ENDPOINT_CONDITIONAL", ["static", "data.download"])
    Compress(app)
    app.teardown_request(forget_language)
    app.after_request(add_headers)


def moment(at: dt.datetime) -> Markup:
    """A moment in UTC for people: the time today, the day before that. The script turns it into their own time."""
    same_day = at.date() == dt.datetime.now(dt.UTC).date()
    text = _("%(time)s UTC", time=words.time_words(at)) if same_day else words.date_words(at.date())
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), text)


def locale_name() -> str:
    """The locale this request is answered in, such as "en_GB"."""
    return speech().name


class Speech(NamedTuple):
    """The language a request is answered in: its translations, and its name for numbers and dates."""

    translations: NullTranslations
    name: str


_speech: ContextVar[Speech | None] = ContextVar("speech", default=None)


def forget_language(_error: BaseException | None = None) -> None:
    """End a request's language. It is looked up once: a page says thousands of words in it."""
    _speech.set(None)


def speech() -> Speech:
    """The language this request is answered in."""
    found = _speech.get()
    if found is None:
        found = Speech(get_domain().get_translations(), str(get_locale() or words.LOCALE))
        _speech.set(found)
    return found


def translated(sentence: str) -> str:
    """The sentence in the language of this request, with its placeholders untouched."""
    return speech().translations.gettext(sentence)


def written(sentence: str, **parts: Any) -> Markup:
    """What a template says with `_()`: the sentence as markup, its parts escaped unless they are markup themselves.

    The same as Jinja's own, which takes three calls for each of the thousands of words of a page.
    """
    found = Markup(translated(sentence))  # noqa: S704 - a sentence of the product, not of a person
    return found % parts if "%" in found else found


def plural_form(singular: str, plural: str, count: int) -> str:
    """The words for `count` with their placeholders untouched: the filters fill them in themselves."""
    return speech().translations.ngettext(singular, plural, count)


def add_headers(response: Response) -> Response:
    """Headers every answer carries; those of an audit also forbid keeping and indexing it."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint == "static":
        response.cache_control.immutable = True
    elif request.blueprint == "audits":
        headers["Cache-Control"] = "no-store"
        headers["X-Robots-Tag"] = "noindex"
    return response
