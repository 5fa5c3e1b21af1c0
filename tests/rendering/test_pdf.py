"""The PDF read back: tags, titles, headings, tables, links and pages; and the processes that make it."""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import psutil
import pytest

from auditapp.catalogue import read_checklist
from auditapp.domain.audit import Answer, Evidence
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.errors import RenderingFailed
from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.rendering.html import report_html
from auditapp.rendering.pdf import PdfPool, render_report_pdf
from auditapp.rendering.press import LIBRARIES, Press
from auditapp.resources import resource_dir
from tests.builders import a_report, an_event, answered
from tests.figured import a_figured_report

NAME: dict[str, Any] = {"product_name": "Whole Field"}
PUBLISHED = Publication(
    slug="ridgeline-half-2027", state=PublicationState.LIVE, published_on=dt.date(2027, 2, 18)
)
ADDRESS = "https://wholefield.example/reports/ridgeline-half-2027"
NOTE = "Agreed with the landowner in November; the race director signs it each year before entries open."


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    with PdfPool(workers=1) as running:
        yield running


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return read_checklist(resource_dir("checklists") / "endurance-event" / "0.1.yaml")


@pytest.fixture(scope="module")
def full_report(checklist: Checklist) -> Report:
    """An audit of the first checklist as an organiser would leave it: mostly answered, half of it with evidence."""
    return a_report(
        {
            criterion.id: an_answer(criterion, number)
            for number, criterion in enumerate(checklist.criteria)
            if number % 9
        },
        checklist=checklist,
        facts={"distance": 21.1, "starters": 640, "women-only": False},
    )


@pytest.fixture(scope="module")
def full_pdf(full_report: Report, pool: PdfPool) -> bytes:
    return pool.render(full_report, PUBLISHED, **NAME, address=ADDRESS, state="published")


@pytest.fixture(scope="module")
def figured_pdf(pool: PdfPool) -> bytes:
    """A report with worked figures: prizes of sixty places, queues, shares, curves, hidden counts."""
    return pool.render(a_figured_report(), PUBLISHED, **NAME, address=ADDRESS, state="published")


@pytest.fixture(params=["full_pdf", "figured_pdf"], ids=["without figures", "with figures"])
def any_pdf(request: pytest.FixtureRequest) -> bytes:
    """Either of the two."""
    made: bytes = request.getfixturevalue(request.param)
    return made


def an_answer(criterion: Criterion, number: int) -> Answer:
    shown = Evidence(
        kind=criterion.evidence.kinds[0],
        url=f"https://ridgelinehalf.example/{criterion.id}/what-we-provide-for-everyone",
        title="What we provide" if number % 4 else "",
        date=dt.date(2027, 1, 9),
    )
    return Answer(
        grade=criterion.grades[(number * 7) % len(criterion.grades)].id,
        note=NOTE if number % 3 else "",
        evidence=(shown,) if number % 2 else (),
    )


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


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


def texts(pdf: bytes) -> list[str]:
    """The text of every page, by poppler."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]


def test_a_full_report_has_a_title_a_language_and_dates_of_its_own(full_pdf):
    pdf = opened(full_pdf)
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == "Ridgeline Half Marathon 2027: inclusivity report"
    assert str(pdf.docinfo["/Author"]) == "Ridgeline Events"
    assert str(pdf.docinfo["/CreationDate"]) == "D:20270218"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Ridgeline Half Marathon 2027: inclusivity report"


def test_a_full_report_has_six_to_twelve_pages(full_pdf):
    assert 6 <= len(opened(full_pdf).pages) <= 12


def test_headings_follow_one_another_without_a_gap(any_pdf):
    levels = [int(kind[1]) for kind, _ in elements(opened(any_pdf)) if kind in ("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_drawing_has_a_text_alternative_and_every_cell_its_headers(any_pdf):
    figures, cells, headers, tables = 0, 0, 0, 0
    for kind, element in elements(opened(any_pdf)):
        if kind == "Figure":
            figures += 1
            assert str(element.Alt).strip()
        elif kind == "TD":
            cells += 1
            assert len(element.A.Headers) >= 1
        elif kind == "TH":
            headers += 1
            assert str(element.ID)
        elif kind == "Table":
            tables += 1
    assert (figures > 50, cells > 90, headers > 60, tables > 8) == (True, True, True, True)


def test_every_table_has_a_caption_where_it_begins(full_pdf):
    captions = [kind for kind, _ in elements(opened(full_pdf)) if kind == "Caption"]
    assert len(captions) == 5 + 1 + 3 + 2 + 3


def test_the_tables_of_a_figure_have_captions_too(figured_pdf):
    kinds = [kind for kind, _ in elements(opened(figured_pdf))]
    html = report_html(a_figured_report(), publication=PUBLISHED, **NAME, address=ADDRESS, state="published")
    assert kinds.count("Caption") == html.count("<caption") == html.count("<table")


def test_bookmarks_lead_to_every_part(full_pdf, full_report):
    with opened(full_pdf).open_outline() as outline:
        (cover,) = outline.root
        parts = [item.title for item in cover.children]
    sections = [section.title for section in full_report.checklist.sections]
    assert cover.title == "Ridgeline Half Marathon 2027"
    assert parts == [
        "The result on one page",
        *sections,
        "Plan to Foundation",
        "Facts of the event",
        "How this report was made",
    ]


def test_a_report_on_the_quick_audit_is_tagged_like_any_other_and_shorter(checklist, full_pdf, pool):
    asked = [criterion for criterion in checklist.criteria if criterion.in_quick_audit]
    answers = {criterion.id: an_answer(criterion, number) for number, criterion in enumerate(asked) if number}
    pdf = pool.render(a_report(answers, checklist=checklist), **NAME)
    with opened(pdf) as document:
        assert 4 <= len(document.pages) < len(opened(full_pdf).pages)
        levels = [int(kind[1]) for kind, _ in elements(document) if kind in ("H1", "H2", "H3", "H4")]
        assert (levels[0], levels.count(1)) == (1, 1)
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert all(len(cell.A.Headers) >= 1 for kind, cell in elements(document) if kind == "TD")
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root[0].children]
    assert titles[0] == "The result"
    assert not [title for title in titles if title.startswith("Plan")]
    assert "of 20" in texts(pdf)[0]
    assert "Essentials only" in texts(pdf)[0]


def test_links_are_tagged_and_lead_to_the_web_only(any_pdf):
    pdf = opened(any_pdf)
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert len(links) >= 5
    for link in links:
        assert str(link.A.S) == "/URI"
        assert str(link.A.URI).startswith("https://")
        assert "/StructParent" in link
        assert str(link.Contents)
    assert "/OpenAction" not in pdf.Root
    assert "/AA" not in pdf.Root


def test_one_typeface_is_embedded(any_pdf):
    fonts = set()
    for page in opened(any_pdf).pages:
        for font in page.Resources.Font.values():
            descendant = font.DescendantFonts[0]
            fonts.add(str(descendant.BaseFont).split("+")[-1].split("-")[0])
            assert "/FontFile2" in descendant.FontDescriptor or "/FontFile3" in descendant.FontDescriptor
    assert fonts == {"Atkinson"}


def test_no_page_ends_with_a_heading_or_holds_little(any_pdf):
    pdf = opened(any_pdf)
    last: dict[int, str] = {}
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    for kind, element in elements(pdf):
        if kind in ("H2", "H3", "H4", "P", "TR", "LI", "BlockQuote", "Figure"):
            last[pages[element.Pg.objgen]] = kind
    assert sorted(last) == list(range(len(pdf.pages)))
    assert not {kind for kind in last.values() if kind.startswith("H")}
    assert all(len(text.split()) > 60 for text in texts(any_pdf))


def test_every_page_carries_its_number_and_the_report_it_belongs_to(full_pdf):
    pages = texts(full_pdf)
    for number, text in enumerate(pages[1:], start=2):
        assert f"{number} of {len(pages)}" in text
        assert "Ridgeline Half Marathon 2027, inclusivity report of 18 February 2027" in text


def test_a_draft_says_so_on_every_page_and_a_report_on_none(full_report, full_pdf, pool):
    draft = pool.render(full_report, **NAME, state="draft")
    assert all("Draft" in text for text in texts(draft))
    assert not any("Draft" in text for text in texts(full_pdf))
    with opened(draft) as pdf:
        assert "draft of the inclusivity report" in str(pdf.docinfo["/Title"])


@pytest.mark.parametrize("figured", [False, True], ids=["without figures", "with figures"])
def test_no_row_is_torn_in_two(figured, full_report, full_pdf, figured_pdf):
    report, made = (a_figured_report(), figured_pdf) if figured else (full_report, full_pdf)
    html = report_html(report, publication=PUBLISHED, **NAME, address=ADDRESS, state="published")
    written = sum("<td" in row for row in html.split("<tr>")[1:])
    printed = sum(
        any(str(cell.S) == "/TD" for cell in row.K) for kind, row in elements(opened(made)) if kind == "TR"
    )
    assert printed == written


def test_the_same_report_gives_the_same_bytes_in_another_process(full_report, full_pdf):
    assert render_report_pdf(full_report, PUBLISHED, **NAME, address=ADDRESS, state="published") == full_pdf


def page_with(pages: list[str], text: str) -> int:
    """The number of the page that holds a text."""
    (found,) = (number for number, page in enumerate(pages, start=1) if text in " ".join(page.split()))
    return found


def test_a_figure_stands_under_its_finding_with_everything_to_do_it_again(figured_pdf):
    text = " ".join(" ".join(texts(figured_pdf)).split())
    for said in (
        "A2 worked out: Prize parity",
        "the 3rd place pays women £30 less",
        "3rd 120 150",
        "Lowest ratio at any place 120 ÷ 150 = 0.80",
        "Fully lowest ratio at any place at least 1 0.80, not reached",
        "Partly women’s total ÷ men’s total at least 0.95 0.953, reached",
        "from the numbers",
        "60th 115 292",
        "Cubicles for anyone 10",
        "The numbers, the picture and the working stand at A5.",
        "Women in the pictures 13 of 30 43.3% (27.4% to 60.8%)",
        "178 of 262",
        "Women’s headroom, limit ÷ median 3:00:00 ÷ 2:18:00 = 1.304",
        "Women who started 262",
        "20 of 262 women had not finished by then (7.6%)",
        "2:45:00 220 (83.9%) 340 (89.9%)",
        "chosen by hand: declared",
    ):
        assert said in text, said


def test_what_is_hidden_says_so_and_why(figured_pdf):
    text = " ".join(" ".join(texts(figured_pdf)).split())
    assert "Women removed not shown, because it would give a count under 5 away" in text
    assert "under 5, or all but under 5, of 28 not shown" in text
    assert "A count of one to four people is never published" in text
    assert "2 ÷ 28" not in text
    assert "Small numbers: shown, not judged." in text


def test_a_finding_stays_with_the_head_of_its_figure(figured_pdf):
    pages = texts(figured_pdf)
    for code, title in (
        ("A2", "There is a prize-money"),
        ("A4", "There is a sixty-places"),
        ("A9", "There is a cut-off"),
    ):
        last = max(
            number
            for number, page in enumerate(pages, start=1)
            if title in page and f"{code} worked out" in page
        )
        assert last == page_with(pages, f"{code} worked out")


def test_every_drawing_of_a_figure_says_what_it_shows(figured_pdf):
    said = [str(element.Alt) for kind, element in elements(opened(figured_pdf)) if kind == "Figure"]
    assert any(alt.startswith("Prizes place by place. Women’s prizes come to £620") for alt in said)
    assert "Prizes place by place, 46th to 60th" in said
    assert any(
        "Women: 994 people, 11.9 units, 83 for each" in alt or "Women: 994 people" in alt for alt in said
    )
    assert any("26,200 women had not finished by then" in alt for alt in said)
    assert any("Women within 5% of a pacer: 178 of 262, 67.9%" in alt for alt in said)


def test_the_method_explains_measures_intervals_and_small_numbers(figured_pdf, full_pdf):
    text = " ".join(" ".join(texts(figured_pdf)).split())
    assert "(k + z²/2 − r) ÷ (n + z²)" in text
    assert "Under 30 people a figure is shown and not judged" in text
    assert "Prize parity At each place, the women’s prize divided by the men’s prize." in text
    assert "Source: Trail Sisters, Trail Sisters Approved." in text
    assert "n + z²" not in " ".join(texts(full_pdf))


HOSTILE = {
    "markup": '<img src="http://127.0.0.1:9/x"><style>*{display:none}</style><script>alert(1)</script>',
    "style": '"; } * { background: url(file:///etc/passwd) } .a { content: "',
    "template": "{{ config }}{% raw %}",
    "arabic": "نصف ماراثون",
    "hebrew": "חצי מרתון",
    "thai": "ฮาล์ฟมาราธอน",
    "emoji": "Half 🏃🏽‍♀️ Marathon",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_any_name_comes_out_as_text(name, pool):
    event = an_event(name=name, edition="", organiser=name, place=name)
    pdf = opened(pool.render(a_report({"ramp": Answer(grade="full", note=name)}, event=event), **NAME))
    assert str(pdf.docinfo["/Author"]) == name
    assert bool(pdf.Root.MarkInfo.Marked)


@pytest.mark.parametrize("kind", ["markup", "style", "template"])
def test_markup_can_be_read_in_the_text(kind, pool):
    pdf = pool.render(a_report({"ramp": Answer(grade="full", note=HOSTILE[kind])}), **NAME)
    together = "".join("".join(texts(pdf)).split())
    assert "".join(HOSTILE[kind].split()) in together


def test_the_longest_notes_words_and_lists_of_links_are_laid_out(pool):
    event = an_event(name="W" * 200, edition="M" * 200, organiser="O" * 200, place="P" * 200)
    links = tuple(
        Evidence(kind="page", url=f"https://a.example/{number}/{'z' * 1900}", title="t" * 200)
        for number in range(25)
    )
    answer = Answer(grade="full", note="n" * 4000, evidence=links)
    made = pool.render(a_report({"ramp": answer}, event=event), **NAME)
    pdf = opened(made)
    for page in pdf.pages:
        assert [float(edge) for edge in page.MediaBox[2:]] == pytest.approx([595.28, 841.89], abs=0.01)
    assert len(pdf.pages) >= 4
    assert all(len(text.split()) > 20 for text in texts(made))


@pytest.mark.parametrize(
    "asks_for",
    [
        "http://127.0.0.1:9/x.png",
        "https://a.example/x.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "secret.txt",
    ],
)
def test_the_fetcher_knows_the_products_own_files_only(asks_for, press):
    with pytest.raises(RenderingFailed, match="may not have"):
        press.print(f'<!doctype html><html lang="en"><title>t</title><img src="{asks_for}" alt="x">')


def test_a_document_nested_too_deeply_is_refused(press):
    with pytest.raises(RenderingFailed):
        press.print("<div>" * 3000)


def test_a_document_that_takes_too_long_is_stopped_and_the_pool_lives_on(full_report):
    with PdfPool(workers=1, seconds=0.05) as pool:
        with pytest.raises(RenderingFailed, match=r"longer than 0\.05 seconds"):
            pool.render(full_report, **NAME)
        pool.seconds = 20
        assert pool.render(a_report(answered({"ramp": "full"})), **NAME).startswith(b"%PDF")


def test_a_document_that_needs_too_much_memory_is_refused(full_report):
    with PdfPool(workers=1, memory_mb=1) as pool, pytest.raises(RenderingFailed):
        pool.render(full_report, **NAME)


def test_more_documents_than_may_wait_are_refused():
    with PdfPool(workers=0, waiting=0) as pool, pytest.raises(RenderingFailed, match="Try again"):
        pool.render(a_report(), **NAME)


def workers_of(process: psutil.Process) -> list[psutil.Process]:
    """The processes that make PDFs: grandchildren, by way of the fork server."""
    children = {child.pid for child in process.children()}
    return [child for child in process.children(recursive=True) if child.pid not in children]


def test_a_worker_killed_from_outside_is_replaced():
    with PdfPool(workers=1) as pool:
        before = set(workers_of(psutil.Process()))
        first = pool.render(a_report(), **NAME)
        (worker,) = set(workers_of(psutil.Process())) - before
        worker.send_signal(signal.SIGKILL)
        time.sleep(0.5)
        assert pool.render(a_report(), **NAME) == first


def test_a_worker_that_has_made_its_share_is_replaced_and_ends():
    with PdfPool(workers=1, share=2) as pool:
        before = set(workers_of(psutil.Process()))
        first = pool.render(a_report(), **NAME)
        (worker,) = set(workers_of(psutil.Process())) - before
        assert [pool.render(a_report(), **NAME) for _ in range(3)] == [first] * 3
        assert not worker.is_running()
        assert len(set(workers_of(psutil.Process())) - before) == 1


def test_workers_let_pages_go_first():
    with PdfPool(workers=1) as pool:
        before = set(workers_of(psutil.Process()))
        pool.render(a_report(), **NAME)
        (worker,) = set(workers_of(psutil.Process())) - before
        assert worker.nice() > psutil.Process().nice()


def test_memory_stays_flat_over_many_documents(full_report):
    with PdfPool(workers=1) as pool:
        before = set(workers_of(psutil.Process()))
        for _ in range(3):
            pool.render(full_report, **NAME)
        (worker,) = set(workers_of(psutil.Process())) - before
        settled = worker.memory_info().rss
        for _ in range(8):
            pool.render(full_report, **NAME)
        assert worker.memory_info().rss - settled < 8 * 1024 * 1024


def test_closing_leaves_no_process_and_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(workers_of(psutil.Process()))
    pool = PdfPool(workers=2)
    pool.render(a_report(), **NAME)
    assert list(tmp_path.iterdir())
    pool.close()
    assert not set(workers_of(psutil.Process())) - before
    assert not list(tmp_path.iterdir())
    with pytest.raises(RenderingFailed):
        pool.render(a_report(), **NAME)


def run_python(code: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])} | environment,
    )


def test_workers_end_when_their_server_is_killed(tmp_path):
    server = run_python(
        """
        import time
        from auditapp.rendering.pdf import PdfPool
        from tests.builders import a_report
        pool = PdfPool(workers=1)
        pool.render(a_report(), product_name="Whole Field")
        print("ready", flush=True)
        time.sleep(60)
        """,
        TMPDIR=str(tmp_path),
    )
    assert server.stdout
    assert server.stderr
    assert server.stdout.readline() == "ready\n"
    family = psutil.Process(server.pid).children(recursive=True)
    server.kill()
    server.wait()
    _, alive = psutil.wait_procs(family, timeout=10)
    server.stdout.close()
    server.stderr.close()
    assert [child for child in alive if child.status() != psutil.STATUS_ZOMBIE] == []
    assert not list(tmp_path.glob("auditapp-pdf-*"))


@pytest.mark.parametrize(
    "make",
    ["render_report_pdf(report, product_name='x')", "PdfPool().render(report, product_name='x')"],
    ids=["at once", "in the pool"],
)
def test_missing_system_libraries_are_named_with_the_line_to_type(make, tmp_path):
    stub = tmp_path / "weasyprint"
    stub.mkdir()
    (stub / "__init__.py").write_text(
        "print('-----\\nWeasyPrint could not import some external libraries.')\n"
        "raise OSError(\"cannot load library 'libpango-1.0-0'\")\n"
    )
    process = run_python(
        f"""
        from auditapp.domain.errors import RenderingUnavailable
        from auditapp.rendering.pdf import PdfPool, render_report_pdf
        from tests.builders import a_report
        report = a_report()
        try:
            {make}
        except RenderingUnavailable as error:
            print(error)
        """,
        PYTHONPATH=f"{tmp_path}{os.pathsep}{Path(__file__).parents[2]}",
        TMPDIR=str(tmp_path),
    )
    out, err = process.communicate(timeout=60)
    assert f"apt-get install --no-install-recommends {LIBRARIES}" in out
    assert "-----" not in out
    assert "Traceback" not in err
    assert not list(tmp_path.glob("auditapp-pdf-*"))
