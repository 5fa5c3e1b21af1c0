"""The PDF beside what others would use in its place, all from the same report in one run, warm in turns."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import repeat
from time import perf_counter

import pikepdf
import psutil
import pytest

from auditapp.proof.signing import unsigned
from auditapp.rendering.pdf import PdfPool
from tests.benchmarks.figures import Figure, print_table
from tests.benchmarks.peers import REPORTS, Made, Maker, full_report, printed

pytestmark = pytest.mark.benchmark

ROUNDS = 5
AT_ONCE = 8
MANY = 500
TITLES = {
    "ours": "ours, PDF/UA-1 and PDF/A-3a, looked through",
    "naive": "WeasyPrint as a newcomer would, PDF/UA-1",
    "chromium": "Chromium started for each",
    "typst": "typst, texts and tables alone, PDF/UA-1",
    "reportlab": "reportlab, texts and tables alone, no tags",
}
THREADED = "WeasyPrint as a newcomer would, in threads"
RATIOS = (("naive", "at most 0.6"), ("chromium", "at most 0.7"))


@contextmanager
def makers(name: str, report: str, count: int = 1) -> Iterator[list[Maker]]:
    """So many processes of one maker."""
    with ExitStack() as stack:
        started = []
        for _ in range(count):
            maker = Maker(name, report)
            stack.callback(maker.close)
            started.append(maker)
        yield started


def a_second(name: str, report: str) -> float:
    """PDFs a second, with two made at any time: the product's by one pool of two workers."""
    if name == "ours":
        told = full_report(report)
        with PdfPool(workers=2) as pool, ThreadPoolExecutor(2) as threads:
            return _rate(threads, lambda _: printed(pool, told))
    if name == "threaded":
        with makers(name, report) as (one,), ThreadPoolExecutor(1) as thread:
            return 2 * _rate(thread, lambda _: one.make())
    with makers(name, report, 2) as two, ThreadPoolExecutor(2) as threads:
        return _rate(threads, lambda number: two[number].make())


def _rate(threads: ThreadPoolExecutor, make) -> float:
    def some(number: int) -> None:
        for _ in range(AT_ONCE // 2):
            make(number)

    list(threads.map(make, range(2)))  # the first ones are not counted
    start = perf_counter()
    list(threads.map(some, range(2)))
    return AT_ONCE / (perf_counter() - start)


@pytest.mark.parametrize("report", REPORTS)
def test_pdfs_side_by_side(capsys, report):
    made: dict[str, list[Made]] = {name: [] for name in TITLES}
    cold: dict[str, list[float]] = {name: [] for name in TITLES}
    with ExitStack() as stack:
        running = {}
        for name in TITLES:
            for _ in range(2):
                with makers(name, report) as (one,):
                    cold[name].append(one.cold)
            (running[name],) = stack.enter_context(makers(name, report))
        for maker in running.values():
            maker.make()
        for _ in range(ROUNDS):
            for name, maker in running.items():
                made[name].append(maker.make())
    rate = {name: a_second(name, report) for name in (*TITLES, "threaded")}
    pages = made["ours"][0].pages
    tables = [
        ("warm", [Figure(TITLES[name], tuple(one.milliseconds for one in made[name])) for name in TITLES]),
        (
            "warm, time of processors",
            [Figure(TITLES[name], tuple(one.processor for one in made[name])) for name in TITLES],
        ),
        ("cold, with the start of the process", [Figure(TITLES[name], tuple(cold[name])) for name in TITLES]),
        (
            "PDFs a second, two at a time",
            [Figure(TITLES.get(name, THREADED), (value,), "1/s") for name, value in rate.items()],
        ),
        ("size", [Figure(TITLES[name], (made[name][0].bytes / 1024,), "KiB") for name in TITLES]),
        ("ours beside the aims", list(beside_the_aims(made, rate))),
    ]
    ref, criteria = REPORTS[report]
    sheets = ", ".join(f"{name} {made[name][0].pages}" for name in TITLES)
    with capsys.disabled():
        print(f"\n{criteria} criteria of {ref}; pages: {sheets}")
        for title, figures in tables:
            print_table(f"{pages} pages, {title}", figures)


def beside_the_aims(made: dict[str, list[Made]], rate: dict[str, float]) -> Iterator[Figure]:
    """Ratios of medians, on the clock and of processor time, and what a page takes."""
    clock = {
        name: Figure(name, tuple(one.milliseconds for one in some)).median for name, some in made.items()
    }
    worked = {name: Figure(name, tuple(one.processor for one in some)).median for name, some in made.items()}
    for other, aim in RATIOS:
        yield Figure(f"ours / {other}, warm", (clock["ours"] / clock[other],), "x", aim)
        yield Figure(f"ours / {other}, processors", (worked["ours"] / worked[other],), "x", aim)
    for other in ("threaded", "naive"):
        yield Figure(f"PDFs a second, ours / {other}", (rate["ours"] / rate[other],), "x", "at least 2")
    first = made["ours"][0]
    yield Figure("a page, warm", (clock["ours"] / first.pages,), aim="at most 70")
    yield Figure("a page, processors", (worked["ours"] / first.pages,), aim="at most 70")


def test_what_fills_a_pdf(capsys):
    report = full_report("club")
    with PdfPool(workers=1) as pool:
        whole = printed(pool, report)
        without = pool.render(report, product_name="Whole Field", state="completed")
    with pikepdf.open(io.BytesIO(without)) as pdf:
        profile = len(pdf.Root.OutputIntents[0].DestOutputProfile.read_raw_bytes())
        fonts = sum(
            len(one.read_raw_bytes())
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and ("/Length1" in one or one.get("/Subtype") == "/OpenType")
        )
        pages = len(pdf.pages)
    with capsys.disabled():
        print_table(
            f"What fills a PDF of {pages} pages",
            [
                Figure("the whole file", (len(whole) / 1024,), "KiB", "at most 100"),
                Figure("without its document", (len(without) / 1024,), "KiB"),
                Figure("of which fonts", (fonts / 1024,), "KiB"),
                Figure("of which the profile of its colours", (profile / 1024,), "KiB"),
                Figure("its document, as it is downloaded", (len(unsigned(report).content) / 1024,), "KiB"),
            ],
        )


def test_memory_of_a_worker_over_many_prints(capsys):
    report = full_report("club")
    with PdfPool(workers=1) as pool:
        before = set(workers())
        printed(pool, report)
        (worker,) = set(workers()) - before
        rows = [memory(worker, 1)]
        for part in range(5):
            for _ in repeat(None, MANY // 5 - (part == 0)):
                printed(pool, report)
            rows.append(memory(worker, MANY // 5 * (part + 1)))
        assert worker.is_running()
    with capsys.disabled():
        print_table("Memory of a worker", [figure for pair in rows for figure in pair])


def workers() -> list[psutil.Process]:
    """The processes that make PDFs: those the fork server has started."""
    return [one for child in psutil.Process().children() for one in child.children()]


def memory(worker: psutil.Process, prints: int) -> tuple[Figure, Figure]:
    """What a worker holds: its share of what is shared, and what is its own."""
    held = worker.memory_full_info()
    return (
        Figure(f"after {prints} prints, with its share (PSS)", (held.pss / 2**20,), "MiB", "at most 100"),
        Figure(f"after {prints} prints, its own (USS)", (held.uss / 2**20,), "MiB"),
    )
