"""Text meant to harm, in every field a report prints: it comes out as text, asks for nothing and ends nothing."""

from __future__ import annotations

import io
import socket
from typing import Any, Never

import pikepdf
import psutil
import pytest
from pydantic import ValidationError

from auditapp.domain.audit import Answer, Evidence
from auditapp.domain.errors import RenderingFailed
from auditapp.rendering.addresses import safe_link
from auditapp.rendering.conformance import problems
from auditapp.rendering.html import report_html
from auditapp.rendering.pdf import PdfPool
from auditapp.rendering.press import Press
from tests.builders import a_report, an_event
from tests.rendering.test_pdf import NAME, workers_of

HARM = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "fetching": '<img src="http://127.0.0.1:9/x"><link rel=attachment href="file:///etc/passwd">',
    "styles": '</style><style>@import "http://127.0.0.1:9/x";*{background:url(file:///etc/passwd)}',
    "attributes": '" style="background:url(data:image/png;base64,AAAA)" data-footer="x" onload="',
    "drawing": '<svg><title>x</title><image href="http://127.0.0.1:9/x"/></svg>',
    "entities": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b; &lt;img&gt; ]]> <!-- about this file -->",
    "template": "{{ config }}{% raw %}{# gone",
    "nested": "<div>" * 39,
    "one word": "w" * 199,
}


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


@pytest.fixture
def unconnected(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection can be made without the test failing."""

    def connect(_self: socket.socket, address: Any) -> Never:
        raise AssertionError(f"connected to {address}")

    monkeypatch.setattr(socket.socket, "connect", connect)


def everywhere(text: str) -> str:
    """A report that carries a text in every field anybody types."""
    event = an_event(name=text, edition=text[:40], organiser=text, place=text, country=text[:60])
    links = (
        Evidence(kind="page", url="https://a.example/" + "".join(text.split()), title=text),
        Evidence(kind="page", url="http://127.0.0.1:9/x", title="Loopback"),
    )
    answer = Answer(grade="full", note=(text * 20)[:4000], evidence=links)
    return report_html(
        a_report({"ramp": answer}, event=event), **NAME, address=f"https://a.example/{text}", state="draft"
    )


@pytest.mark.parametrize("kind", HARM)
@pytest.mark.usefixtures("unconnected")
def test_harmful_text_is_printed_as_text_and_asks_for_nothing(kind, press):
    printed = press.print(everywhere(HARM[kind]))
    assert (printed.conforms, problems(printed.pdf)) == (True, ())
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        assert str(pdf.docinfo["/Author"]) == HARM[kind].strip()
        assert not pdf.attachments
        assert {str(note.Subtype) for page in pdf.pages for note in page.get("/Annots", ())} == {"/Link"}


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\u202e", "\u2066", "\ufeff", "\ue000", "\ud800"])
def test_what_no_report_can_carry_is_refused_where_it_is_entered(letter):
    with pytest.raises(ValidationError):
        Answer(grade="full", note=f"a{letter}b")
    with pytest.raises(ValidationError):
        an_event(name=f"a{letter}b")


@pytest.mark.parametrize(
    "parts",
    [
        {"note": "w" * 100_000},
        {"evidence": tuple({"kind": "page", "url": f"https://a.example/{n}"} for n in range(26))},
        {"evidence": ({"kind": "page", "url": "file:///etc/passwd"},)},
        {"evidence": ({"kind": "page", "url": "data:text/html,x"},)},
        {"evidence": ({"kind": "page", "url": "javascript:alert(1)"},)},
        {"evidence": ({"kind": "page", "url": f"https://a.example/{'x' * 2000}"},)},
        {"evidence": ({"kind": "page", "url": "https://a.example/", "title": "t" * 201},)},
    ],
    ids=["word", "links", "file", "data", "script", "address", "title"],
)
def test_an_answer_has_limits_that_forms_files_and_documents_share(parts):
    with pytest.raises(ValidationError):
        Answer.model_validate({"grade": "full", **parts})


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "//a.example/"]
)
def test_only_the_web_and_mail_become_links(address):
    assert safe_link(address) is None


def test_a_word_without_end_is_laid_out_or_refused_in_time(press):
    html = everywhere("a").replace("There is a ramp", "w" * 5_000)
    assert press.print(html).pdf.startswith(b"%PDF")


def test_the_time_limit_leaves_no_process_behind():
    before = set(workers_of(psutil.Process()))
    with PdfPool(workers=1, seconds=0.02) as pool:
        for _ in range(2):
            with pytest.raises(RenderingFailed):
                pool.render(a_report(), **NAME)
    assert not set(workers_of(psutil.Process())) - before
