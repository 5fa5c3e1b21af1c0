"""What an installation prints: once for each document, signed and sealed when it is published, ready when it is wanted."""

from __future__ import annotations

import datetime as dt
import io
import time
from pathlib import Path

import pikepdf
import pytest

from auditapp.domain.audit import Audit
from auditapp.domain.report import Publication, PublicationState
from auditapp.domain.verdict import Outcome, Point, Result
from auditapp.proof.checking import check
from auditapp.proof.keys import KeyRing
from auditapp.proof.opening import open_file
from auditapp.proof.seal import Seal
from auditapp.rendering.conformance import problems
from auditapp.rendering.pdf import PdfPool
from auditapp.services.printing import PrintShop
from tests.builders import a_checklist, a_report, an_event, answered
from tests.figured import a_figured_report

ON = dt.date(2027, 2, 18)
PUBLICATION = Publication(slug="ridgeline", state=PublicationState.LIVE, published_on=ON)


@pytest.fixture(scope="module")
def pool():
    with PdfPool() as pool:
        yield pool


def a_shop(pool: PdfPool, folder: Path, *, ahead: bool = True) -> PrintShop:
    keys = KeyRing(folder / "keys")
    seal = Seal(keys, product_name="Whole Field")
    return PrintShop(
        pool, keys, seal, product_name="Whole Field", public_url="https://fair.example", ahead=ahead
    )


@pytest.fixture
def shop(pool, tmp_path):
    shop = a_shop(pool, tmp_path)
    yield shop
    shop.close()


def words(pdf: bytes) -> str:
    """What stands on its pages, roughly: enough to look for a code."""
    import subprocess

    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize(
    "report", [a_report(answered({"ramp": "full"})), a_figured_report()], ids=["plain", "figured"]
)
def test_what_is_published_conforms_is_sealed_and_carries_its_document(shop, report):
    issued = shop.issue(report, PUBLICATION)
    assert problems(issued.pdf) == ()
    opened = open_file(issued.pdf)
    assert opened.content == issued.document.content
    found = check(opened, shop.keys.public(), published_file=True)
    # The figured report has figures that no measure made, to be drawn.
    held = {one.point for one in found.checked if one.outcome is Outcome.HOLDS}
    assert held >= set(Point) - {Point.FIGURES}
    code, address = shop.check_at(issued.document.digest)
    assert address == f"https://fair.example/verify/{code}"
    assert code in words(issued.pdf)


def test_the_same_document_is_sealed_once(shop):
    report = a_report()
    assert shop.issue(report, PUBLICATION).pdf == shop.issue(report, PUBLICATION).pdf


def test_a_completed_report_carries_its_document_and_a_draft_does_not(shop):
    report = a_report()
    assert (
        check(open_file(shop.completed(report.model_dump_json())), shop.keys.public()).result
        is Result.UNSIGNED
    )
    with pikepdf.open(io.BytesIO(shop.draft(report))) as draft:
        assert list(draft.attachments) == []
    assert not shop.keys.path.exists()


def an_audit(**parts):
    checklist = a_checklist()
    return Audit(key="k", checklist=checklist, event=an_event(), **parts)


def until(condition) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.02)


def test_what_is_foreseen_is_ready_when_it_is_wanted(shop):
    from auditapp.domain.report import report_on

    audit = an_audit()
    shop.foresee_completion(audit, ON)
    report = report_on(audit.checklist, audit.event, audit.facts, audit.answers, completed_on=ON)
    marks = [shop._completed(report.model_dump_json())[0], shop._draft(report)[0]]
    until(lambda: all(shop.made.has(mark) for mark in marks))
    shop.foresee_publication("k", report, PUBLICATION)
    mark = shop._published(shop.document(report, PUBLICATION), PUBLICATION)[0]
    until(lambda: shop.made.has(mark))


def test_nothing_is_foreseen_where_that_is_switched_off(pool, tmp_path):
    shop = a_shop(pool, tmp_path, ahead=False)
    shop.foresee_completion(an_audit(), ON)
    shop.foresee_publication("k", a_report(), PUBLICATION)
    time.sleep(0.1)
    assert not shop.keys.path.exists()
