"""The check of a finished PDF: nothing to say of a sound one, and each thing that can go wrong is named."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from auditapp.rendering.conformance import problems
from auditapp.rendering.press import Attachment, Press

PAGE = """<!doctype html><html lang="en-GB"><title>Sound</title><meta name="author" content="Ridgeline Events">
<meta name="dcterms.created" content="2027-02-18"><meta name="dcterms.modified" content="2027-02-18">
<h1>Sound</h1><h2>Below</h2><p><a href="https://a.example/">A page</a></p>
<svg width="9" height="9" viewBox="0 0 9 9"><title>A square</title><rect width="9" height="9"/></svg>
<table><caption>Two</caption><thead><tr><th scope="col">Name</th><th scope="col">Count</th></tr></thead>
<tbody><tr><th scope="row">One</th><td>1</td></tr></tbody></table>"""
DATA = Attachment("report.json", b'{"score": "67/2"}', "The report as data", dt.date(2027, 2, 18))


@pytest.fixture(scope="module")
def sound() -> bytes:
    return Press().print(PAGE, DATA).pdf


def changed(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """The same file with something changed in it."""
    opened = pikepdf.open(io.BytesIO(pdf))
    change(opened)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def tagged(pdf: pikepdf.Pdf, name: str) -> Any:
    """The first tag of a kind."""
    return next(
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem" and one.get("/S") == name
    )


def fonts(pdf: pikepdf.Pdf, kind: str) -> Any:
    """The first font of a kind."""
    return next(
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == kind
    )


def link(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].Annots[0]


def metadata(**values: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as written:
            for name, value in values.items():
                written[name.replace("_", ":")] = value

    return change


def without(*path: str) -> Callable[[pikepdf.Pdf], None]:
    """A change that takes out what stands at the end of a path from the root."""

    def change(pdf: pikepdf.Pdf) -> None:
        at: Any = pdf.Root
        for name in path[:-1]:
            at = at[name]
        del at[path[-1]]

    return change


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
    )


def leading_to(address: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        link(pdf).A.URI = pikepdf.String(address)

    return change


def test_a_sound_file_has_no_problems(sound):
    assert problems(sound) == ()


BROKEN: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "not marked": (without("/MarkInfo"), "the file is not marked as tagged"),
    "no tags": (without("/StructTreeRoot"), "the file has no tags"),
    "no language": (without("/Lang"), "no language is given"),
    "no title shown": (without("/ViewerPreferences"), "the title is not shown in the window"),
    "no profile": (without("/OutputIntents"), "there is no colour profile"),
    "no metadata": (without("/Metadata"), "there are no metadata"),
    "not PDF/A": (metadata(pdfaid_part="2"), "the metadata do not name PDF/A-3a"),
    "not PDF/UA": (metadata(pdfuaid_part="2"), "the metadata do not name PDF/UA-1"),
    "other title": (metadata(dc_title="Another"), "title and metadata differ"),
    "other date": (metadata(xmp_CreateDate="2027-02-19"), "dates and metadata differ"),
    "script": (with_script, "something would happen on opening the file"),
    "action": (with_script, "the file holds an action that PDF/A forbids"),
    "file link": (leading_to("file:///etc/passwd"), "a link leads elsewhere than to the web or to mail"),
    "script link": (leading_to("javascript:alert(1)"), "a link leads elsewhere than to the web or to mail"),
    "unread link": (lambda pdf: link(pdf).__delitem__("/Contents"), "a link has no description"),
    "loose link": (lambda pdf: link(pdf).__delitem__("/StructParent"), "a link has no tag"),
    "hidden link": (lambda pdf: link(pdf).__setitem__("/F", 2), "a link or note would not be printed"),
    "no alternative": (
        lambda pdf: tagged(pdf, "/Figure").__delitem__("/Alt"),
        "a figure has no text alternative",
    ),
    "no headers": (lambda pdf: tagged(pdf, "/TD").__delitem__("/A"), "a cell of a table has no heading"),
    "left out": (
        lambda pdf: tagged(pdf, "/H2").__setitem__("/S", pikepdf.Name.H3),
        "a level of headings is left out",
    ),
    "no letters": (
        lambda pdf: fonts(pdf, "/Type0").__delitem__("/ToUnicode"),
        "a font does not say which characters it shows",
    ),
    "no font": (
        lambda pdf: fonts(pdf, "/CIDFontType2").__delitem__("/FontDescriptor"),
        "a font is not embedded",
    ),
    "loose data": (without("/AF"), "an attachment does not say how it relates to the document"),
}


@pytest.mark.parametrize(("change", "problem"), BROKEN.values(), ids=BROKEN)
def test_each_thing_that_goes_wrong_is_named(change, problem, sound):
    found = problems(changed(sound, change))
    assert any(one.startswith(problem) for one in found), found


def test_what_is_wrong_in_many_places_is_said_once(sound):
    def unread(pdf: pikepdf.Pdf) -> None:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH":
                del one["/ID"]

    assert problems(changed(sound, unread)) == ("a heading of a table heads nothing (3 times)",)


@pytest.mark.parametrize("bytes_of", [b"", b"%PDF-1.7", b"\0" * 999, b"%PDF-1.7\ntrailer<</Root 1 0 R>>"])
def test_what_is_no_pdf_is_a_problem_too(bytes_of):
    assert problems(bytes_of)


def test_a_file_cut_off_or_encrypted_is_a_problem(sound):
    assert problems(sound[: len(sound) // 2])
    out = io.BytesIO()
    pikepdf.open(io.BytesIO(sound)).save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert problems(out.getvalue()) == ("the file is encrypted",)
