"""Where a report can be checked: the code, the address and the QR code, module by module, as they come out on paper."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess

import pytest
import segno
from PIL import Image

from auditapp.domain.report import Publication, PublicationState
from auditapp.rendering.html import CheckAt, report_html
from auditapp.rendering.press import Press
from auditapp.rendering.qr import QUIET_ZONE, qr_code
from tests.builders import a_report, answered

CHECK_AT = CheckAt("7H3K-0QZ1-XW9M", "https://wholefield.example/verify/7H3K-0QZ1-XW9M")
PUBLISHED = Publication(slug="ridgeline-2027", state=PublicationState.LIVE, published_on=dt.date(2027, 2, 18))
MM_PER_INCH, DPI = 25.4, 300


def modules(address: str) -> list[list[bool]]:
    """The modules of the code without its quiet zone, by the library that lays codes out."""
    return [
        [bool(dark) for dark in row]
        for row in segno.make(address, error="M", boost_error=False, micro=False).matrix
    ]


def published(check_at: CheckAt | None = CHECK_AT) -> str:
    return report_html(
        a_report(answered({"ramp": "full"}, evidenced=True)),
        publication=PUBLISHED,
        product_name="Whole Field",
        address="https://wholefield.example/reports/ridgeline-2027",
        state="published",
        check_at=check_at,
    )


@pytest.mark.parametrize("address", [CHECK_AT.address, "HTTPS://W.EXAMPLE", "https://w.example/" + "a" * 300])
def test_the_path_draws_every_dark_module_and_no_other(address: str):
    code = qr_code(address)
    drawn = set()
    for x, y, length, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", code.path):
        assert length == back
        drawn |= {(int(x) + step, int(y)) for step in range(int(length))}
    expected = {
        (x + QUIET_ZONE, y + QUIET_ZONE)
        for y, row in enumerate(modules(address))
        for x, dark in enumerate(row)
        if dark
    }
    assert drawn == expected
    assert code.size == len(modules(address)) + 2 * QUIET_ZONE


def test_cover_and_imprint_say_code_address_and_how_to_check():
    html = published()
    assert html.count(CHECK_AT.code + "</span>") == 2
    assert html.count(f'<a href="{CHECK_AT.address}">wholefield.example/verify/{CHECK_AT.code}</a>') == 2
    assert html.count(f"<title>QR code that leads to {CHECK_AT.address}</title>") == 2
    assert "auditapp verify" in html


def test_a_report_that_nobody_can_look_up_says_nothing_of_it():
    html = published(None)
    assert "QR code" not in html
    assert "auditapp verify" not in html
    assert "can check this report" not in html


def test_the_code_on_the_cover_is_printed_module_by_module_and_large_enough():
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed")
    made = Press().print(published())
    assert made.conforms
    done = subprocess.run(
        ["pdftoppm", "-png", "-gray", "-r", str(DPI), "-l", "1", "-"],
        input=made.pdf,
        capture_output=True,
        check=True,
    )
    page = Image.open(io.BytesIO(done.stdout)).convert("L")
    # Left of the line, below the bib: nothing else stands there.
    corner = page.crop((0, round(page.height * 0.76), round(55 / MM_PER_INCH * DPI), page.height))
    ink = corner.point(lambda value: 255 if value < 128 else 0)
    box = ink.getbbox()
    assert box is not None
    left, top, right, bottom = box
    width = (right - left) / DPI * MM_PER_INCH
    assert 20 <= width <= 24
    assert abs((right - left) - (bottom - top)) <= 2
    expected = modules(CHECK_AT.address)
    step = (right - left) / len(expected)
    seen = [
        [
            ink.getpixel((int(left + (column + 0.5) * step), int(top + (row + 0.5) * step))) == 255
            for column in range(len(expected))
        ]
        for row in range(len(expected))
    ]
    assert seen == expected
