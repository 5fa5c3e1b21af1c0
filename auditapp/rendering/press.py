"""The press: turns HTML into a PDF. Runs in a process of its own, which `auditapp.rendering.pdf` starts and may kill.

WeasyPrint is imported by `open_press`, never at the top of a module: it takes most of a second, and where the system
libraries are missing the rest of the product has to go on.
"""

from __future__ import annotations

import contextlib
import gc
import io
import logging
import mimetypes
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditapp.domain.errors import RenderingFailed, RenderingUnavailable
from auditapp.rendering import claims, conformance, writing
from auditapp.rendering.claims import Attachment as Attachment
from auditapp.rendering.drawings import taken_out
from auditapp.rendering.markup import tree_of
from auditapp.rendering.this_file import with_words
from auditapp.rendering.writing import fitted
from auditapp.rendering.written import write_each_once

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcherResponse

STATIC = Path(__file__).resolve().parent.parent / "static"
# A host that can never exist (RFC 2606): no address of a document reaches further than the files read at the start.
BASE = "https://assets.invalid/"
ASSETS = ("styles/report.css", "fonts/*.ttf")
SCRIPTS = "fonts/scripts/"
VARIANT = "pdf/a-3a"
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MISSING_LIBRARIES = (
    "PDFs need a few libraries of the system that are not installed. On Debian or Ubuntu, type: "
    f"apt-get install --no-install-recommends {LIBRARIES}"
)


@dataclass(frozen=True)
class Printed:
    """A PDF, whether it is PDF/A-3a and PDF/UA-1 and says so, and what kept it from that."""

    pdf: bytes
    conforms: bool
    problems: tuple[str, ...]


class Boxes(logging.Handler):
    """The characters WeasyPrint drew as boxes because no font has them, of which it tells its log alone."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._drawn: set[int] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Note the character of one message."""
        if record.msg.startswith(".notdef") and isinstance(record.args, tuple):
            self._drawn.add(int(str(record.args[1])))

    def said(self) -> tuple[str, ...]:
        """Which characters that were since the last time, as problems."""
        found, self._drawn = sorted(self._drawn), set()
        return tuple(f"a box stands for U+{number:04X}" for number in found)


class Press:
    """WeasyPrint with fonts and styles read once, and a fetcher that knows nothing but those files and the drawings of the
    document.

    Making one raises RenderingUnavailable, naming the line to type, where the system libraries are missing.
    """

    def __init__(self) -> None:
        self._weasyprint = import_weasyprint()
        self._assets = {
            path.relative_to(STATIC).as_posix(): path.read_bytes()
            for pattern in ASSETS
            for path in sorted(STATIC.glob(pattern))
        }
        # A new configuration for every document would leak 0.26 MiB each time.
        self._fonts: FontConfiguration = self._font_configuration()
        self._styles = self._read_styles()
        self._colours = _colours()
        self._boxes = Boxes()
        logging.getLogger("weasyprint").addHandler(self._boxes)
        self._faces: list[CSS] = []
        self._drawings: dict[str, bytes] = {}

    def print(self, html: str, attachment: Attachment | None = None) -> Printed:
        """The document as a tagged file that is PDF/A-3a and PDF/UA-1; the same bytes for the same arguments.

        Where the file would not conform it is made all the same: it then claims neither, and says why in the place the
        document keeps for it. Raises RenderingFailed when the document asks for a file that is not the product's own, is
        nested too deeply, or needs more memory than it may have.
        """
        # The collector runs for a fifth of the time over boxes that are all still needed.
        gc.disable()
        try:
            text = fitted(html)
            styles = self._styles_for(text.fonts)
            html = with_words(text.html, names=text.named)
            pdf = self._made(html, styles, attachment, claims.claim_both)
            problems = (*self._boxes.said(), *conformance.problems(pdf))
            if problems:
                html = with_words(text.html, names=text.named, problems=problems)
                pdf = self._made(html, styles, attachment, claims.claim_nothing)
            return Printed(pdf, not problems, problems)
        finally:
            gc.enable()

    def _made(
        self, html: str, styles: list[CSS], attachment: Attachment | None, claim: Callable[[Any], None]
    ) -> bytes:
        from weasyprint.urls import FatalURLFetchingError

        html, self._drawings = taken_out(html)
        try:
            document = self._read(html).render(
                stylesheets=styles, font_config=self._fonts, pdf_variant=VARIANT
            )
            document.color_profiles = {"srgb": self._colours}
            claim(document.metadata)
            pdf: bytes = document.write_pdf(
                pdf_variant=VARIANT,
                # Any word but "srgb", by which WeasyPrint would open its profile once more and not close it.
                output_intent="the profile of the document",
                attachments=[claims.attached(attachment)] if attachment else None,
                finisher=lambda _, file: _finished(attachment, file),
            )
            return pdf
        except FatalURLFetchingError as error:
            raise RenderingFailed(f"The document asks for something it may not have: {error}") from None
        except RecursionError:
            raise RenderingFailed("The document is nested too deeply to be laid out.") from None
        except MemoryError:
            raise RenderingFailed("The document needs more memory than it may have.") from None
        except Exception as error:
            raise RenderingFailed(f"The document could not be laid out ({type(error).__name__}).") from error

    def _read(self, html: str) -> Any:
        """The document as WeasyPrint would have read it itself, in an eighth of the time."""
        from cssselect2.tree import ElementWrapper

        source = self._weasyprint.HTML.__new__(self._weasyprint.HTML)
        source.base_url, source.url_fetcher, source.media_type = BASE, self._fetcher, "print"
        # The product's own styles say what elements are.
        source._ua_stylesheets = lambda _forms: []
        source.wrapper_element = ElementWrapper.from_html_root(tree_of(html), content_language=None)
        source.etree_element = source.wrapper_element.etree_element
        return source

    def _font_configuration(self) -> FontConfiguration:
        from weasyprint.text.fonts import FontConfiguration

        return FontConfiguration()

    def _styles_for(self, fonts: tuple[str, ...]) -> list[CSS]:
        """The styles of a document that needs these fonts beside the typeface; each is read when it is first needed."""
        if not fonts:
            return [self._styles]
        for font in fonts:
            name = f"{SCRIPTS}{font}.ttf"
            if name not in self._assets:
                self._assets[name] = (STATIC / name).read_bytes()
                self._faces.append(self._css(writing.face(font)))
        return [self._styles, self._css(writing.styles(fonts))]

    def _css(self, rules: str) -> CSS:
        css: CSS = self._weasyprint.CSS(
            string=rules, base_url=f"{BASE}styles/", url_fetcher=self._fetcher, font_config=self._fonts
        )
        return css

    def _read_styles(self) -> CSS:
        styles: CSS = self._weasyprint.CSS(
            url=f"{BASE}styles/report.css", url_fetcher=self._fetcher, font_config=self._fonts
        )
        return styles

    @cached_property
    def _fetcher(self) -> Any:
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

        press = self

        class OwnFilesOnly(URLFetcher):
            """Answers from memory; anything else stops the document, since a plain error would only leave a hole."""

            _fail_on_errors = False

            def __init__(self) -> None:
                # Not the inherited one: it builds an SSL context, 34 ms, for connections that are never made.
                pass

            def fetch(self, url: str, _headers: dict[str, str] | None = None) -> URLFetcherResponse:
                name = url.removeprefix(BASE)
                found = press._assets.get(name) or press._drawings.get(name)
                if not url.startswith(BASE) or found is None:
                    raise FatalURLFetchingError(f"refused {url[:200]!r}")
                kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
                return URLFetcherResponse(url, found, {"Content-Type": kind})

            def __call__(self, url: str) -> URLFetcherResponse:
                return self.fetch(url)

        return OwnFilesOnly()


def _finished(attachment: Attachment | None, file: Any) -> None:
    """The last touch before a file is written."""
    claims.tidy(attachment, file)
    write_each_once(file)


def _colours() -> Any:
    """The profile of the colours on screens, read once; written as it is, since what WeasyPrint writes differs each time."""
    from weasyprint.css import ColorProfile

    profile = files("weasyprint.pdf") / "sRGB2014.icc"

    class Unchanged(ColorProfile):
        content = profile.read_bytes()

    intent, parts = "relative-colorimetric", (["r"], ["g"], ["b"])
    return Unchanged(io.BytesIO(Unchanged.content), profile.name, intent, parts)  # type: ignore[no-untyped-call]


def import_weasyprint() -> Any:
    """The package; its banner about missing libraries is swallowed, the remedy is one line of ours."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError as error:
        raise RenderingUnavailable(f"{MISSING_LIBRARIES} ({error})") from None
    return weasyprint


def print_once(html: str, attachment: Attachment | None = None) -> Printed:
    """The document as a PDF, made in this process: for the command line, which makes one and ends.

    Raises RenderingUnavailable without the system libraries and RenderingFailed as `Press.print` does.
    """
    before = tempfile.tempdir
    folder = tempfile.mkdtemp(prefix="auditapp-pdf-")
    tempfile.tempdir = folder
    try:
        return Press().print(html, attachment)
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
