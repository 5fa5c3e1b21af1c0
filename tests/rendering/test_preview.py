"""The picture beside a link: its size, its colours, and that it shows no figure that no longer counts."""

from __future__ import annotations

import datetime as dt
import io
from fractions import Fraction

import pytest
from PIL import Image

from auditapp.domain.scoring import Count
from auditapp.domain.standing import ReportStanding, ReportState
from auditapp.rendering.badge import Badge
from auditapp.rendering.preview import (
    HEIGHT,
    WIDTH,
    Preview,
    fitting,
    preview_of,
    preview_png,
    shortened,
    width_of,
    wrapped,
)

PINE, GREY, LINE = (11, 91, 76), (102, 114, 108), (219, 74, 11)


def preview(
    state: str = "live", *, title: str = "Ridgeline Half Marathon 2027", essentials: Count | None = None
) -> Preview:
    badge = Badge(
        title=title,
        checklist="Endurance event 1.0",
        level="Established",
        percent=63,
        points=Fraction(116),
        possible=Fraction(182),
        essentials=essentials,
        published_on=dt.date(2026, 11, 24),
    )
    standing = ReportStanding(
        state=ReportState(state),
        expired=state == "expired",
        expires_on=dt.date(2027, 11, 24),
        superseded_by=None,
        withdrawn_on=None,
        reason="",
    )
    return preview_of(badge, standing, product="Whole Field", place="Marrowdale", evidenced_percent=46)


def colours(picture: Preview) -> set[object]:
    image = Image.open(io.BytesIO(preview_png(picture)))
    assert (image.size, image.format, image.mode) == ((WIDTH, HEIGHT), "PNG", "RGB")
    return {colour for _, colour in image.getcolors(WIDTH * HEIGHT)}


def test_a_live_report_shows_its_score_on_a_pine_bib():
    shown = preview()
    assert (shown.figure, shown.unit, shown.below, shown.foot) == (
        "63",
        "%",
        "116 of 182 points",
        "Established",
    )
    assert shown.says == (
        "The organiser answered about its own event.",
        "46% counting only answers with evidence.",
        "Valid until 24 Nov 2027.",
    )
    assert {PINE, LINE} <= colours(shown)


@pytest.mark.parametrize("state", ["superseded", "withdrawn"])
def test_what_no_longer_counts_is_not_shown(state: str):
    shown = preview(state)
    assert (shown.figure, shown.foot) == (None, "")
    assert "63" not in " ".join((shown.below, *shown.says))
    found = colours(shown)
    assert PINE not in found
    assert GREY in found


def test_a_report_that_ran_out_says_so_and_is_grey():
    shown = preview("expired")
    assert shown.says[0] == "This report ran out on 24 Nov 2027."
    assert PINE not in colours(shown)


def test_a_report_on_the_quick_audit_has_its_count():
    shown = preview(essentials=Count(met=15, applicable=20))
    assert (shown.figure, shown.unit, shown.foot) == ("15", "of 20", "Essentials only")
    assert not any("%" in said for said in shown.says)


def test_long_titles_are_wrapped_and_cut():
    title = "The Very Long Name of a Wonderful Trail Running Festival through the Forests of Marrowdale and Beyond"
    lines = shortened(wrapped(title, 48, "ExtraBold", 610), 48, "ExtraBold", 610)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width_of(line, 48, "ExtraBold") <= 610 for line in lines)
    text, size = fitting("essentials met at least partly", 28, "Regular", 330, 20)
    assert text == "essentials met at least partly"
    assert 20 <= size < 28


@pytest.mark.parametrize(
    "title", ["東京マラソン", "ماراثون مراكش", "Łódź Δρόμος", "\U0001f3c3 10k", "", "x" * 300]
)
def test_any_title_can_be_drawn(title: str):
    assert colours(preview(title=title))


def test_letters_of_other_scripts_have_a_width():
    assert width_of("東京", 30, "Regular") > 50
    assert width_of("\U0001f3c3", 30, "Regular") == 0
