"""Programs that make PDFs, each from the same report: the product, and what others would use in its place.

Run as a module with the name of a maker and of a report it makes one PDF for each line it reads, in a process of its own,
and answers each with its milliseconds, bytes and pages.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pikepdf
import psutil

from auditapp.domain.audit import Answer, Evidence
from auditapp.domain.report import Report, report_on
from auditapp.proof.signing import unsigned
from auditapp.rendering.html import report_html
from auditapp.rendering.pdf import PdfPool
from auditapp.rendering.press import STATIC
from auditapp.rendering.worker import NICENESS
from tests.benchmarks.filling import checklist
from tests.benchmarks.plainly import blocks_of, reportlab_pdf, typst_pdf
from tests.builders import an_event

REPORTS = {"club": ("run-club@1.0", 14), "race": ("endurance-event@1.0", 45)}
"""By name: a checklist, and how many of its criteria, from the first one, the report is about."""

NOTE = "Agreed with the landowner in November; the race director signs it each year before entries open."
CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
)  # fmt: skip

Make = Callable[[], bytes]


def full_report(name: str) -> Report:
    """A report as an organiser leaves it: mostly answered, half of it with a note, some answers with two links."""
    ref, most = REPORTS[name]
    whole = checklist(ref)
    asked = whole.criteria[:most]
    within = {criterion.section for criterion in asked}
    cut = whole.model_copy(
        update={
            "criteria": asked,
            "sections": tuple(section for section in whole.sections if section.id in within),
        }
    )
    answers = {
        criterion.id: Answer(
            grade=criterion.grades[-1 - number % len(criterion.grades)].id,
            note=NOTE if number % 2 else "",
            evidence=tuple(
                Evidence(
                    kind=criterion.evidence.kinds[0],
                    url=f"https://ridgelinehalf.example/everyone/{criterion.id}/{link}",
                    title="What we provide",
                    date=dt.date(2027, 1, 4),
                )
                for link in range((1, 2, 0, 2)[number % 4])
            ),
        )
        for number, criterion in enumerate(asked)
        if number % 9
    }
    return report_on(cut, an_event(), {}, answers, completed_on=dt.date(2027, 2, 16))


def html_of(report: Report) -> str:
    """The document as it is printed."""
    return report_html(report, product_name="Whole Field", state="completed")


def linked(html: str) -> str:
    """The document with its styles as a link, as a page has them."""
    style = f'<link rel="stylesheet" href="{(STATIC / "styles" / "report.css").as_uri()}">'
    return html.replace("</head>", f"{style}</head>", 1)


@contextmanager
def ours(report: Report) -> Iterator[Make]:
    """The product's pool with one worker: PDF/A-3a and PDF/UA-1, looked through, its document attached."""
    with PdfPool(workers=1) as pool:
        yield lambda: printed(pool, report)


def printed(pool: PdfPool, report: Report) -> bytes:
    """The report as the product makes it once it is completed."""
    document = unsigned(report).content
    return pool.render(report, product_name="Whole Field", state="completed", document=document)


@contextmanager
def naive(report: Report) -> Iterator[Make]:
    """WeasyPrint as its first page tells, with tags."""
    import weasyprint

    def make() -> bytes:
        pdf: bytes = weasyprint.HTML(string=linked(html_of(report)), base_url=str(STATIC)).write_pdf(
            pdf_variant="pdf/ua-1"
        )
        return pdf

    yield make


@contextmanager
def threaded(report: Report) -> Iterator[Make]:
    """The same in two threads of one process at a time, as in the server of a newcomer; the last one is given."""
    with naive(report) as make, ThreadPoolExecutor(2) as threads:
        yield lambda: [one.result() for one in [threads.submit(make) for _ in range(2)]][-1]


@contextmanager
def chromium(report: Report) -> Iterator[Make]:
    """A browser started for each document."""
    program = shutil.which("chromium") or "/usr/bin/chromium"

    def make() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            page, pdf = Path(folder, "report.html"), Path(folder, "report.pdf")
            page.write_text(linked(html_of(report)), "utf-8")
            subprocess.run(
                [program, *CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.as_uri()],
                check=True, capture_output=True, timeout=60,
            )  # fmt: skip
            return pdf.read_bytes()

    yield make


@contextmanager
def typst(report: Report) -> Iterator[Make]:
    """The same texts and tables, which are at hand already."""
    yield typst_pdf(blocks_of(html_of(report)))


@contextmanager
def reportlab(report: Report) -> Iterator[Make]:
    """The same texts and tables, which are at hand already."""
    yield reportlab_pdf(blocks_of(html_of(report)))


MAKERS = {maker.__name__: maker for maker in (ours, naive, chromium, typst, reportlab, threaded)}


class Made(NamedTuple):
    """A PDF that was made: how long that took, on the clock and of processors, and what it is."""

    milliseconds: float
    processor: float
    bytes: int
    pages: int


class Maker:
    """A maker in a process of its own. `cold` is its first PDF, from the start of that process."""

    def __init__(self, name: str, report: str) -> None:
        start = perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.peers", name, report],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.first = self.make()
        self.cold = (perf_counter() - start) * 1000

    def make(self) -> Made:
        """One PDF."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the process has no pipes")
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline().split()
        if len(said) != len(Made._fields):
            raise RuntimeError(f"the process ended with {self._process.wait(10)}")
        return Made(float(said[0]), float(said[1]), int(said[2]), int(said[3]))

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=30)


def main(name: str, report: str) -> None:
    """Make a PDF for each line read. Every maker gives way to others as the product's own workers do."""
    if name != "ours":
        os.nice(NICENESS)
    with MAKERS[name](full_report(report)) as make:
        for _ in sys.stdin:
            start, worked = perf_counter(), processor_seconds()
            pdf = make()
            took, work = perf_counter() - start, processor_seconds() - worked
            with pikepdf.open(io.BytesIO(pdf)) as opened:
                print(took * 1000, work * 1000, len(pdf), len(opened.pages), flush=True)


def processor_seconds() -> float:
    """What this process, those it started and those that have ended took of the processors."""
    ended = os.times()
    running = [one.cpu_times() for one in psutil.Process().children(recursive=True)]
    return sum(ended[:4]) + sum(one.user + one.system for one in running)


if __name__ == "__main__":
    main(*sys.argv[1:])
