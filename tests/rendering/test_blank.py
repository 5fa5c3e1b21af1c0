"""The blank form: everything a checklist asks, boxes and lines for all of it, tagged like a report."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

import pikepdf
import pytest

from auditapp.catalogue import load_catalogue
from auditapp.domain.measures import MEASURES
from auditapp.rendering.blank import MOST_ROWS, BlankForm, BlankForms, blank_html
from auditapp.rendering.pdf import PdfPool
from auditapp.rendering.press import Press
from auditapp.resources import resource_dir
from tests.builders import a_checklist, a_criterion, a_prize_list

CATALOGUE = load_catalogue([resource_dir("checklists")])
CHECKLIST = CATALOGUE.get("run-club")


def a_form(**parts: Any) -> BlankForm:
    """The form of the run clubs' checklist, or of another one."""
    usual: dict[str, Any] = {
        "checklist": CHECKLIST,
        "digest": "ab" * 32,
        "released": True,
        "product_name": "Whole Field",
        "address": "https://wholefield.example/checklists/run-club/1.0",
    }
    return BlankForm(**usual | parts)


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    with PdfPool(workers=1, seconds=120) as running:
        yield running


@pytest.fixture(scope="module")
def pdf(pool: PdfPool) -> bytes:
    return pool.render_blank(a_form())


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Every element of the structure tree in reading order, as its type and itself."""

    def walk(node: Any) -> Iterator[tuple[str, Any]]:
        if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
            return
        yield str(node.S).lstrip("/"), node
        kids: Any = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from walk(kid)

    for kid in pdf.Root.StructTreeRoot.K:
        yield from walk(kid)


def text_of(pdf: bytes) -> str:
    """The words of all pages with single spaces, by poppler."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


def test_it_asks_everything_the_checklist_asks(pdf: bytes):
    text = text_of(pdf)
    for criterion in CHECKLIST.criteria:
        assert " ".join(criterion.question.split()) in text
        for grade in criterion.grades:
            assert " ".join(grade.says.split()) in text
    for fact in CHECKLIST.facts:
        assert " ".join(fact.question.split()) in text
    for level in CHECKLIST.levels:
        assert level.title in text


def test_it_says_which_text_it_is(pdf: bytes):
    text = text_of(pdf)
    assert "Released: its text never changes." in text
    assert "abab" in text
    assert "wholefield.example/checklists/run-club/1.0" in text
    assert f"{CHECKLIST.name}, blank form" in text
    draft = blank_html(a_form(released=False, checklist=a_checklist(status="draft")))
    assert "Released" not in draft
    assert "A draft: it may still change." in draft


def test_there_is_a_box_for_every_answer_and_room_to_write_for_every_criterion():
    html = blank_html(a_form())
    ticked = sum(len(one.grades) + len(one.not_applicable) for one in CHECKLIST.criteria)
    assert html.split('class="ticks"', 1)[1].count('<li><span class="box">') == ticked
    assert html.count('<div class="lines">') == len(CHECKLIST.criteria)


def test_numbers_are_asked_in_tables_once_and_thresholds_stand_beside_them():
    prizes = a_prize_list("prize-money", "D1")
    taker = a_criterion("goods", "D2", measure=prizes.measure.model_copy(update={"numbers_from": prizes.id}))
    html = blank_html(a_form(checklist=a_checklist(criteria=[prizes, taker])))
    assert html.count("<caption>Prizes</caption>") == 1
    assert html.count('<th scope="row" class="name">') == MOST_ROWS
    assert "Currency" in html
    assert "numbers entered at D1" in html
    assert html.count("lowest ratio at any place at least 1") == 2


@pytest.mark.parametrize("name", MEASURES)
def test_the_numbers_of_every_measure_can_be_written_in(name: str, press: Press):
    criterion = a_criterion("numbers", "A1", measure={"name": name})
    html = blank_html(a_form(checklist=a_checklist(criteria=[criterion])))
    for field in MEASURES[name].fields:
        assert field.label in html
    assert press.print(html).conforms


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def test_it_is_tagged_like_a_report(pdf: bytes):
    document = pikepdf.open(io.BytesIO(pdf))
    assert str(document.Root.Lang) == CHECKLIST.language
    assert str(document.docinfo["/Title"]) == f"{CHECKLIST.name}, blank form"
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    found = list(elements(document))
    levels = [int(kind[1]) for kind, _ in found if kind in ("H1", "H2", "H3")]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert levels.count(3) == len(CHECKLIST.criteria)
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(len(cell.A.Headers) >= 1 for kind, cell in found if kind == "TD")
    assert all(str(figure.Alt).strip() for kind, figure in found if kind == "Figure")
    captions = [kind for kind, _ in found if kind == "Caption"]
    assert len(captions) == blank_html(a_form()).count("<caption>") > 4


def test_bookmarks_lead_to_every_section(pdf: bytes):
    with pikepdf.open(io.BytesIO(pdf)).open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]
    assert [title for title in titles if title in {section.title for section in CHECKLIST.sections}] == [
        section.title for section in CHECKLIST.sections
    ]


def test_the_same_form_gives_the_same_bytes(pdf: bytes, press: Press):
    assert press.print(blank_html(a_form())).pdf == pdf


class CountingPool:
    """A pool that counts what it is asked to make."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def render_blank(self, form: BlankForm) -> bytes:
        """The digest of the form as its bytes."""
        self.made.append(form.digest)
        return form.digest.encode()


def test_each_text_is_made_once():
    pool = CountingPool()
    forms = BlankForms(cast(PdfPool, pool))
    assert forms.get(a_form(digest="1")) == forms.get(a_form(digest="1")) == b"1"
    assert forms.get(a_form(digest="2")) == b"2"
    assert pool.made == ["1", "2"]


def test_its_mark_changes_with_text_look_and_name():
    forms = BlankForms(cast(PdfPool, CountingPool()))
    marks = {
        forms.mark(a_form(**parts))
        for parts in (
            {},
            {"digest": "cd" * 32},
            {"released": False},
            {"product_name": "Other"},
            {"address": "x"},
        )
    }
    assert len(marks) == 5
