"""A report as a PDF: through a pool of processes for the server, or at once for the command line.

A slow or hostile document may be stopped at any moment without harm to anything else, so the server never makes one itself.
The workers come from a fork server that has imported WeasyPrint and nothing has started threads in: forking the server
itself, which runs threads, could copy a lock that nobody would ever release. A worker that is killed is replaced
within milliseconds, where a fresh interpreter would need most of a second for its imports.

A report crosses to its worker as JSON and is laid out as HTML there: written in a millisecond or two, where the HTML would
take the server tens of milliseconds that its pages need.
"""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from auditapp.domain.errors import RenderingFailed
from auditapp.domain.report import Publication, Report
from auditapp.rendering import worker
from auditapp.rendering.blank import BlankForm
from auditapp.rendering.counts import CountSheet
from auditapp.rendering.html import CheckAt, State, report_html
from auditapp.rendering.listed import ListSheet
from auditapp.rendering.one_page import OnePage
from auditapp.rendering.over_years import NOTHING, OverYears
from auditapp.rendering.press import print_once
from auditapp.rendering.side_by_side import SideBySide

Answer = TypeVar("Answer")


def render_report_pdf(
    report: Report,
    publication: Publication | None = None,
    *,
    product_name: str,
    address: str | None = None,
    state: State = "completed",
    check_at: CheckAt | None = None,
) -> bytes:
    """The report as a PDF, made in this very process and without a time limit: for the command line.

    Raises RenderingUnavailable without the system libraries, RenderingFailed when the document cannot be made.
    """
    return print_once(
        report_html(
            report,
            publication=publication,
            product_name=product_name,
            address=address,
            state=state,
            check_at=check_at,
        )
    ).pdf


class PdfPool:
    """Processes that make PDFs, each document with a time limit and each process with a memory limit.

    Nothing is started before the first document or `start`. When more than `waiting` documents stand in line, the next
    one is refused rather than left to wait longer than anybody would. A process that has made its `share` is replaced by a
    fresh one, since it grows by some 40 KiB with each.
    """

    def __init__(
        self,
        workers: int = 1,
        seconds: float = 60,
        memory_mb: int = 1024,
        *,
        waiting: int = 20,
        share: int = 150,
    ) -> None:
        self.workers = workers
        self.seconds = seconds
        self.memory_mb = memory_mb
        self.waiting = waiting
        self.share = share
        self._pool: ProcessPool | None = None
        self._remove_files: weakref.finalize[[str, bool], PdfPool] | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(workers + waiting)

    def start(self) -> None:
        """Start the processes ahead of the first document, so that nobody waits for their imports."""
        self._running()

    def render(
        self,
        report: Report,
        publication: Publication | None = None,
        *,
        product_name: str,
        address: str | None = None,
        state: State = "completed",
        check_at: CheckAt | None = None,
        document: bytes | None = None,
    ) -> bytes:
        """The report as a PDF; byte for byte the same for the same arguments.

        `document` is the report to the byte as it is signed: the PDF carries it as an attachment.

        Raises RenderingUnavailable where the system libraries are missing, and RenderingFailed when the document takes
        longer than `seconds`, needs too much memory, asks for a file that is not ours, or too many are waiting.
        """
        job = worker.Job(
            report=report.model_dump_json() if document is None else document.decode(),
            publication=publication.model_dump_json() if publication else None,
            product_name=product_name,
            address=address,
            state=state,
            check_at=check_at,
            document=document,
        )
        return self._in_line(worker.make_pdf, job)

    def render_blank(self, form: BlankForm) -> bytes:
        """The blank form of a checklist as a PDF; byte for byte the same for the same form. Raises as `render` does."""
        job = worker.BlankJob(
            checklist=form.checklist.model_copy(update={"golden": ()}).model_dump_json(),
            digest=form.digest,
            released=form.released,
            product_name=form.product_name,
            address=form.address,
        )
        return self._in_line(worker.make_blank, job)

    def render_one_page(self, page: OnePage) -> bytes:
        """A report on one page as a PDF; byte for byte the same for the same page. Raises as `render` does."""
        job = worker.OnePageJob(
            report=page.report.model_dump_json(),
            publication=page.publication.model_dump_json() if page.publication else None,
            product_name=page.product_name,
            address=page.address,
            check_at=page.check_at,
            standing=page.standing.model_dump_json() if page.standing else None,
        )
        return self._in_line(worker.make_one_page, job)

    def run(
        self, function: Callable[[Any], Answer], argument: Any, *, seconds: float | None = None
    ) -> Answer:
        """What a function at the top of a module makes of `argument`, worked out in one of the processes.

        For files that strangers bring: whatever they do, they do it within the limits of a document, and in `seconds`.
        Raises what the function raises, and RenderingFailed beyond the limits.
        """
        return self._in_line(function, argument, seconds)

    def render_side_by_side(self, sheet: SideBySide) -> bytes:
        """Reports side by side as a PDF; byte for byte the same for the same sheet. Raises as `render` does."""
        job = worker.SideBySideJob(
            comparison=sheet.comparison.model_dump_json(),
            places=tuple(
                (place.address, place.standing.model_dump_json()) if place else None for place in sheet.places
            ),
            product_name=sheet.product_name,
            on=sheet.on,
            address=sheet.address,
            left_out=sheet.left_out,
        )
        return self._in_line(worker.make_side_by_side, job)

    def render_over_years(self, sheet: OverYears) -> bytes:
        """An event over its years as a PDF; byte for byte the same for the same sheet. Raises as `render` does."""
        job = worker.OverYearsJob(sheet.timeline.model_dump_json(), replace(sheet, timeline=NOTHING))
        return self._in_line(worker.make_over_years, job)

    def render_counts(self, sheet: CountSheet) -> bytes:
        """How many reports meet each criterion, as a PDF. Raises as `render` does."""
        return self._in_line(worker.make_counts, sheet)

    def render_list(self, sheet: ListSheet) -> bytes:
        """Reports or events in a list, as a PDF. Raises as `render` does."""
        return self._in_line(worker.make_list, sheet)

    def close(self) -> None:
        """Stop the processes and remove their files. A document that is being made fails."""
        with self._lock:
            self._closed = True
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _in_line(self, make: Callable[[Any], Answer], job: Any, seconds: float | None = None) -> Answer:
        if not self._places.acquire(blocking=False):
            raise RenderingFailed("Too many documents are being made at this moment. Try again in a minute.")
        try:
            return self._answer(make, job, seconds or self.seconds)
        finally:
            self._places.release()

    def _answer(self, make: Callable[[Any], Answer], job: Any, seconds: float) -> Answer:
        try:
            return self._schedule(make, job, seconds).result()
        except (TimeoutError, CancelledError):
            raise RenderingFailed(
                f"The document was stopped because it took longer than {seconds:g} seconds."
            ) from None
        except (ProcessExpired, MemoryError):
            raise RenderingFailed("The document was stopped because it needed too much memory.") from None
        except (BrokenProcessPool, EOFError, OSError) as error:
            raise RenderingFailed(f"The process that makes PDFs came to an end: {error}") from None

    def _schedule(self, make: Callable[[Any], Answer], job: Any, seconds: float) -> ProcessFuture[Answer]:
        pool = self._running()
        try:
            return pool.schedule(make, args=(job,), timeout=seconds)
        except (BrokenProcessPool, RuntimeError):
            # The pool gives up for good when an idle worker is killed from outside; a new one serves as well.
            return self._running(instead_of=pool).schedule(make, args=(job,), timeout=seconds)

    def _running(self, instead_of: ProcessPool | None = None) -> ProcessPool:
        with self._lock:
            if self._closed:
                raise RenderingFailed("No PDFs are made any more: the server is stopping.")
            if self._pool is not None and self._pool is instead_of:
                self._stop()
            if self._pool is None:
                folder = tempfile.mkdtemp(prefix="auditapp-pdf-")
                self._remove_files = weakref.finalize(self, shutil.rmtree, folder, True)
                self._pool = ProcessPool(
                    max_workers=self.workers,
                    max_tasks=self.share,
                    initializer=worker.prepare,
                    initargs=(folder, self.memory_mb),
                    context=_context(),
                )
                # Touching the pool starts it; scheduling would do, but not before there is a document.
                _ = self._pool.active
            return self._pool

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
        if self._remove_files is not None:
            self._remove_files()
        self._pool = self._remove_files = None


def _context() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([worker.PRELOAD])
    return context
