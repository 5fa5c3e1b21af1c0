"""What runs in a process that makes PDFs: its limits, its own folder, its end with its parent, and one job at a time."""

from __future__ import annotations

import datetime as dt
import gc
import multiprocessing
import os
import resource
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import NamedTuple

from auditapp.domain.checklist import Checklist
from auditapp.domain.comparison import Comparison
from auditapp.domain.errors import RenderingUnavailable
from auditapp.domain.report import Publication, Report
from auditapp.domain.standing import ReportStanding
from auditapp.domain.timeline import Timeline
from auditapp.rendering.blank import BlankForm, blank_html
from auditapp.rendering.claims import Attachment, the_document
from auditapp.rendering.counts import CountSheet, counts_html
from auditapp.rendering.html import CheckAt, State, dated, environment, report_html
from auditapp.rendering.listed import ListSheet, list_html
from auditapp.rendering.matrix import LeftOut
from auditapp.rendering.one_page import OnePage, one_page_html
from auditapp.rendering.over_years import OverYears, over_years_html
from auditapp.rendering.press import Press
from auditapp.rendering.side_by_side import Place, SideBySide, side_by_side_html

PRELOAD = "auditapp.rendering.preload"
# The library that finds fonts starts a thread at the first word it is asked for.
WARM_UP = '<!doctype html><html lang="en"><title>Warm</title><p>Warm'
TEMPLATES = ("pdf/", "macros/")
COLLECT_AFTER_SECONDS = 0.2
LOOK_EVERY_SECONDS = 0.5
NICENESS = 5
"""Pages go before documents where both want the processor."""
MEGABYTE = 1024 * 1024

_press: Press | RenderingUnavailable | None = None
_remains = threading.Event()
"""Set while what the last document needed has not been collected yet."""


class Job(NamedTuple):
    """A document to make; report and publication are JSON. `document` is what the PDF carries as an attachment."""

    report: str
    publication: str | None
    product_name: str
    address: str | None
    state: State
    check_at: CheckAt | None
    document: bytes | None


def prepare(folder: str, memory_mb: int) -> None:
    """Make this process ready: a folder of its own, fonts and styles, then `memory_mb` on top for documents.

    Missing system libraries are kept for the first job to say: an initializer that fails is started again for ever.
    """
    global _press
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tempfile.tempdir = tempfile.mkdtemp(dir=folder)
    # Every thread is started now: one that begins without memory can leave whoever started it waiting for ever.
    # Not a daemon: this process has to outlive its pipes until its files are gone.
    threading.Thread(target=_end_with_parent, args=(folder,)).start()
    threading.Thread(target=_collect_remains, daemon=True).start()
    try:
        _press = Press()
        _press.print(WARM_UP)
    except RenderingUnavailable as error:
        _press = error
    limit = _address_space() + memory_mb * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    # What is there now stays: later collections need not look at it again.
    gc.collect()
    gc.freeze()


def read_templates() -> None:
    """Compile what documents are made of: once, in the process that all others are forked from."""
    env = environment()
    for name in env.list_templates(filter_func=lambda name: name.startswith(TEMPLATES)):
        env.get_template(name)


class BlankJob(NamedTuple):
    """A blank form to make; the checklist is JSON."""

    checklist: str
    digest: str
    released: bool
    product_name: str
    address: str


def make_pdf(job: Job) -> bytes:
    """The document of a job. Raises RenderingUnavailable and RenderingFailed as `Press.print` does."""
    report = Report.model_validate_json(job.report)
    publication = Publication.model_validate_json(job.publication) if job.publication else None
    return _printed(
        lambda: report_html(
            report,
            publication=publication,
            product_name=job.product_name,
            address=job.address,
            state=job.state,
            check_at=job.check_at,
        ),
        the_document(job.document, dated(report, publication)) if job.document else None,
    )


def make_blank(job: BlankJob) -> bytes:
    """The blank form of a job; raises as `make_pdf` does."""
    return _printed(
        lambda: blank_html(
            BlankForm(
                Checklist.model_validate_json(job.checklist),
                job.digest,
                job.released,
                job.product_name,
                job.address,
            )
        )
    )


class OnePageJob(NamedTuple):
    """A report on one page to make; report, publication and standing are JSON."""

    report: str
    publication: str | None
    product_name: str
    address: str | None
    check_at: CheckAt | None
    standing: str | None


def make_one_page(job: OnePageJob) -> bytes:
    """The page of a job; raises as `make_pdf` does."""
    return _printed(
        lambda: one_page_html(
            OnePage(
                Report.model_validate_json(job.report),
                Publication.model_validate_json(job.publication) if job.publication else None,
                job.product_name,
                job.address,
                job.check_at,
                ReportStanding.model_validate_json(job.standing) if job.standing else None,
            )
        )
    )


class SideBySideJob(NamedTuple):
    """Reports side by side to make; the comparison is JSON, and so is the standing beside each address."""

    comparison: str
    places: tuple[tuple[str, str] | None, ...]
    product_name: str
    on: dt.date
    address: str | None
    left_out: LeftOut


def make_side_by_side(job: SideBySideJob) -> bytes:
    """The sheet of a job; raises as `make_pdf` does."""
    places = (
        Place(one[0], ReportStanding.model_validate_json(one[1])) if one else None for one in job.places
    )
    return _printed(
        lambda: side_by_side_html(
            SideBySide(
                Comparison.model_validate_json(job.comparison),
                tuple(places),
                job.product_name,
                job.on,
                job.address,
                job.left_out,
            )
        )
    )


class OverYearsJob(NamedTuple):
    """An event over its years to make; its timeline is JSON, and the sheet comes without it."""

    timeline: str
    sheet: OverYears


def make_over_years(job: OverYearsJob) -> bytes:
    """The sheet of a job; raises as `make_pdf` does."""
    return _printed(
        lambda: over_years_html(replace(job.sheet, timeline=Timeline.model_validate_json(job.timeline)))
    )


def make_counts(job: CountSheet) -> bytes:
    """The sheet of counts; raises as `make_pdf` does."""
    return _printed(lambda: counts_html(job))


def make_list(job: ListSheet) -> bytes:
    """The list; raises as `make_pdf` does."""
    return _printed(lambda: list_html(job))


def _printed(write: Callable[[], str], attachment: Attachment | None = None) -> bytes:
    if not isinstance(_press, Press):
        raise _press or RenderingUnavailable("This process has not been prepared.")
    if _remains.is_set():
        _remains.clear()
        gc.collect()
    try:
        return _press.print(write(), attachment).pdf
    finally:
        _remains.set()


def _address_space() -> int:
    """Bytes of address space this process has taken; 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0


def _collect_remains() -> None:
    """Tidy up once an answer is out, so that nobody waits for it."""
    while _remains.wait():
        time.sleep(COLLECT_AFTER_SECONDS)
        if _remains.is_set():
            _remains.clear()
            gc.collect()


def _end_with_parent(folder: str) -> None:
    """End when the server ends, however it ends, or when this process has made its share; leave no file behind."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    while not wait([parent.sentinel], LOOK_EVERY_SECONDS):
        if not threading.main_thread().is_alive() and not wait([parent.sentinel], LOOK_EVERY_SECONDS):
            shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
            return
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)
