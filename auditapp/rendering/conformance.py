"""Whether a PDF keeps what PDF/A-3a and PDF/UA-1 ask of the files this product makes.

Not a validator: it looks at whatever has gone wrong before or would go wrong unseen, in milliseconds, so that it can
run on every file. Claims are read from the metadata; both are expected.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pikepdf

SCHEMES = frozenset({"https", "http", "mailto"})
FORBIDDEN_ACTIONS = frozenset(
    [
        "/JavaScript",
        "/Launch",
        "/Sound",
        "/Movie",
        "/ResetForm",
        "/ImportData",
        "/Hide",
        "/Rendition",
        "/GoTo3DView",
    ]
)
PRINTED, HIDDEN, INVISIBLE, NO_VIEW = 4, 2, 1, 32
FONT_FILES = ("/FontFile2", "/FontFile3")
PAIRED = {
    "/Title": "dc:title",
    "/Author": "dc:creator",
    "/Subject": "dc:description",
    "/Creator": "xmp:CreatorTool",
}


def problems(pdf: bytes) -> tuple[str, ...]:
    """What keeps the file from being PDF/A-3a and PDF/UA-1 at once, each in a few words; empty where nothing does.

    A file that cannot be opened is a problem too; nothing is raised for any bytes.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            found = Counter(_found(opened))
    except pikepdf.PasswordError:
        return ("the file is encrypted",)
    except (pikepdf.PdfError, ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        return (f"the file cannot be read ({type(error).__name__})",)
    return tuple(what if times == 1 else f"{what} ({times} times)" for what, times in found.items())


def _found(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from _of_the_document(pdf)
    yield from _of_the_metadata(pdf)
    yield from _of_attachments(pdf)
    for page in pdf.pages:
        yield from _of_annotations(page)
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary):
            yield from _of_an_object(one)
    yield from _of_headings(pdf)


def _of_the_document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    if pdf.is_encrypted:
        yield "the file is encrypted"
    if "/ID" not in pdf.trailer:
        yield "the file has no identifier"
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "the file is not marked as tagged"
    if "/StructTreeRoot" not in root:
        yield "the file has no tags"
    if not str(root.get("/Lang", "")):
        yield "no language is given"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "the title is not shown in the window"
    intents = root.get("/OutputIntents", ())
    if not any(one.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in one for one in intents):
        yield "there is no colour profile"
    if "/OpenAction" in root or "/JavaScript" in root.get("/Names", {}):
        yield "something would happen on opening the file"


def _of_the_metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in pdf.Root:
        yield "there are no metadata"
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        said = {key: metadata.get(key) for key in (*PAIRED.values(), "xmp:CreateDate", "xmp:ModifyDate")}
        identifiers = [metadata.get(key) for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
    if identifiers[:2] != ["3", "A"]:
        yield "the metadata do not name PDF/A-3a"
    if identifiers[2] != "1":
        yield "the metadata do not name PDF/UA-1"
    if not said["dc:title"]:
        yield "there is no title"
    for key, name in PAIRED.items():
        other = said[name]
        written = ", ".join(other) if isinstance(other, list) else other or ""
        if str(pdf.docinfo.get(key, "")) != written:
            yield f"{key[1:].lower()} and metadata differ"
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        if _digits(str(pdf.docinfo.get(key, ""))) != _digits(str(said[name] or "")):
            yield "dates and metadata differ"


def _of_attachments(pdf: pikepdf.Pdf) -> Iterator[str]:
    listed = {one.objgen for one in pdf.Root.get("/AF", ())}
    for name in pdf.attachments:
        spec: Any = pdf.attachments[name].obj
        if spec.objgen not in listed or "/AFRelationship" not in spec:
            yield "an attachment does not say how it relates to the document"
        if "/UF" not in spec or not str(spec.get("/Desc", "")):
            yield "an attachment has no name or description"
        file = spec.EF.F
        if "/Subtype" not in file or "/ModDate" not in file.get("/Params", {}):
            yield "an attachment has no type or date"


def _of_annotations(page: pikepdf.Page) -> Iterator[str]:
    notes = page.get("/Annots", ())
    if len(notes) and page.get("/Tabs") != "/S":
        yield "a page with links has no order for the keyboard"
    for note in notes:
        flags, kind = int(note.get("/F", 0)), note.get("/Subtype")
        if not flags & PRINTED or flags & (HIDDEN | INVISIBLE | NO_VIEW):
            yield "a link or note would not be printed"
        if kind == "/Widget" and _is_empty(note.get("/Rect", ())):
            continue
        if kind != "/Link":
            yield "a page holds a note that is not a link"
            continue
        if not str(note.get("/Contents", "")):
            yield "a link has no description"
        if "/StructParent" not in note:
            yield "a link has no tag"
        if "/A" in note and str(note.A.get("/S", "")) == "/URI" and _scheme(str(note.A.URI)) not in SCHEMES:
            yield "a link leads elsewhere than to the web or to mail"


def _of_an_object(one: Any) -> Iterator[str]:
    kind, tag = one.get("/Type"), one.get("/S")
    if kind == "/StructElem":
        if tag == "/Figure" and not str(one.get("/Alt", "")).strip():
            yield "a figure has no text alternative"
        elif tag == "/TD" and not len(one.get("/A", {}).get("/Headers", ())):
            yield "a cell of a table has no heading"
        elif tag == "/TH" and "/ID" not in one and "/Scope" not in one.get("/A", {}):
            yield "a heading of a table heads nothing"
        return
    if kind == "/Font":
        yield from _of_a_font(one)
    if tag in FORBIDDEN_ACTIONS or "/AA" in one or "/JS" in one:
        yield "the file holds an action that PDF/A forbids"


def _of_a_font(font: Any) -> Iterator[str]:
    kind = font.get("/Subtype")
    if kind in ("/CIDFontType0", "/CIDFontType2"):
        if not any(file in font.get("/FontDescriptor", {}) for file in FONT_FILES):
            yield "a font is not embedded"
        return
    if "/ToUnicode" not in font:
        yield "a font does not say which characters it shows"
    if kind not in ("/Type0", "/Type3") and not any(
        file in font.get("/FontDescriptor", {}) for file in ("/FontFile", *FONT_FILES)
    ):
        yield "a font is not embedded"


def _of_headings(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A level of headings left out, in reading order: files of ours write their tags in that order."""
    before = 0
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Dictionary):
            continue
        tag = str(one.get("/S", ""))
        if len(tag) == 3 and tag[1] == "H" and tag[2].isdigit():
            level = int(tag[2])
            if level > before + 1:
                yield "a level of headings is left out"
            before = level


def _digits(date: str) -> str:
    """The figures of a date without its marks; an offset of none is Z and has no figures."""
    return "".join(letter for letter in date if letter.isdigit())


def _is_empty(box: Any) -> bool:
    edges = [float(edge) for edge in box]
    return len(edges) == 4 and (edges[0] == edges[2] or edges[1] == edges[3])


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""
