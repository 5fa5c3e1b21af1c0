import datetime as dt
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from auditapp.domain.report import Publication, PublicationState
from auditapp.domain.scoring import Count
from auditapp.domain.standing import standing_of
from auditapp.rendering.badge import HEIGHT, WIDTH, Badge, badge_svg, face

SVG = "{http://www.w3.org/2000/svg}"
PUBLISHED_ON = dt.date(2026, 11, 24)
EXPIRES_ON = dt.date(2027, 11, 24)
ISOLATES = {ord("\u2068"): None, ord("\u2069"): None}

RIDGELINE = Badge(
    title="Ridgeline Half Marathon 2027",
    checklist="Endurance events 1.0",
    level="Established",
    percent=63,
    points=Fraction(116),
    possible=Fraction(182),
    essentials=None,
    published_on=PUBLISHED_ON,
)


def standing(state="live", today=PUBLISHED_ON, **parts):
    publication = Publication(
        slug="ridgeline", state=PublicationState(state), published_on=PUBLISHED_ON, **parts
    )
    return standing_of(publication, EXPIRES_ON, today)


LIVE = standing()
EXPIRED = standing(today=EXPIRES_ON)
REPLACED = standing("superseded", superseded_by="ridgeline-2")
WITHDRAWN = standing("withdrawn", withdrawn_on=dt.date(2027, 3, 3), reason="The shirt order changed.")


def said(badge, stands):
    """Name and description, without the marks that keep directions apart."""
    shown = face(badge, stands)
    return shown.name.translate(ISOLATES), shown.description.translate(ISOLATES)


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def test_a_live_badge_says_result_checklist_and_dates():
    shown = face(RIDGELINE, LIVE)
    assert (shown.strip.text, shown.head.text) == ("Ridgeline Half Marathon 2027", "Established")
    assert [one.text for one in shown.lines] == [
        "Endurance events 1.0",
        "Self-declared 24 Nov 2026",
        "Valid until 24 Nov 2027",
    ]
    assert (shown.figure.number.text, shown.figure.unit.text) == ("63", "%")
    assert [one.text for one in shown.figure.below] == ["116 of 182 points"]


@pytest.mark.parametrize(
    ("stands", "name", "description"),
    [
        (
            LIVE,
            "63%, Established",
            "63%, Established. 116 of 182 points. Endurance events 1.0. Self-declared 24 Nov 2026. Valid until 24 Nov 2027.",
        ),
        (
            EXPIRED,
            "Expired",
            "63%, Established. 116 of 182 points. Endurance events 1.0. Self-declared 24 Nov 2026. Ran out on 24 Nov 2027.",
        ),
        (
            REPLACED,
            "Replaced",
            "Endurance events 1.0. Self-declared 24 Nov 2026. A later report has replaced this one.",
        ),
        (
            WITHDRAWN,
            "Withdrawn",
            "Endurance events 1.0. Taken back by the organiser on 3 Mar 2027. Its page says why.",
        ),
    ],
)
def test_who_cannot_see_it_is_told_the_same(stands, name, description):
    assert said(RIDGELINE, stands) == (
        f"Inclusivity report on Ridgeline Half Marathon 2027: {name}",
        description,
    )


@pytest.mark.parametrize("stands", [EXPIRED, REPLACED, WITHDRAWN])
def test_a_badge_that_no_longer_stands_is_grey_and_says_so(stands):
    pine = "#0b5b4c"
    assert pine in badge_svg(RIDGELINE, LIVE)
    assert pine not in badge_svg(RIDGELINE, stands)
    assert face(RIDGELINE, stands).head.text in ("Expired", "Replaced", "Withdrawn")


@pytest.mark.parametrize("stands", [REPLACED, WITHDRAWN])
def test_figures_that_were_taken_back_or_corrected_are_not_shown(stands):
    assert face(RIDGELINE, stands).figure is None
    assert "63" not in face(RIDGELINE, stands).description
    assert "The shirt order" not in badge_svg(RIDGELINE, stands)


def test_a_withdrawal_without_a_day_says_as_much_as_is_known():
    assert face(RIDGELINE, standing("withdrawn")).lines[1].text == "Taken back by the organiser"


def test_a_quick_audit_counts_essentials_in_place_of_a_score():
    quick = replace(RIDGELINE, essentials=Count(met=15, applicable=20), level=None, percent=None)
    shown = face(quick, LIVE)
    assert (shown.head.text, shown.figure.number.text, shown.figure.unit.text) == (
        "Essentials only",
        "15",
        "of 20",
    )
    assert [one.text for one in shown.figure.below] == ["essentials met", "at least partly"]
    name, description = said(quick, LIVE)
    assert name.endswith(": Essentials only: 15 of 20")
    assert description.startswith("Essentials only: 15 of 20. Endurance events 1.0.")
    assert "%" not in name + description


def test_no_level_and_no_score_have_words():
    shown = face(replace(RIDGELINE, level=None, percent=None, possible=Fraction(0), points=Fraction(0)), LIVE)
    assert (shown.head.text, shown.figure.number.text, shown.figure.unit.text) == ("No level", "–", "")
    assert "no score, No level" in shown.name


def test_it_is_a_picture_with_a_name_and_a_size():
    root = parsed(badge_svg(RIDGELINE, LIVE, name="one"))
    assert (root.get("role"), root.get("lang")) == ("img", "en-GB")
    assert (root.get("width"), root.get("height")) == (str(WIDTH), str(HEIGHT))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("aria-labelledby") == title.get("id") == "one-name"
    assert root.get("aria-describedby") == description.get("id") == "one-says"
    assert title.text.translate(ISOLATES).startswith("Inclusivity report on Ridgeline Half Marathon 2027")


def test_it_needs_no_font_no_style_sheet_and_nothing_from_elsewhere():
    svg = badge_svg(RIDGELINE, LIVE)
    root = parsed(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "path", "circle",
    }  # fmt: skip
    for absent in ("style", "href", "url(", "font", "data:"):
        assert absent not in svg


HOSTILE = [
    "<script>alert(1)</script>",
    "]]></title><svg onload=alert(1)>",
    '"\' onmouseover="alert(1)',
    "{{ 7 * 7 }} %(title)s %s",
    "مسابقة الجري للنساء 2027",
    "מרוץ <b>",
    "马拉松" * 60,
    "🏃\u200d♀️" * 60,
    "W" * 200,
    "i" * 200,
    "a\n\tb",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("stands", [LIVE, WITHDRAWN])
def test_words_by_strangers_stay_words_and_inside_the_frame(text, stands):
    badge = replace(RIDGELINE, title=text, checklist=text, level=text or None)
    root = parsed(badge_svg(badge, stands))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "path", "circle", "text",
    }  # fmt: skip
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    shown = face(badge, stands)
    assert shown.strip.width <= 282
    assert all(one.width <= 286 for one in (shown.head, *shown.lines))
    assert f"\u2068{text}\u2069" in shown.name


def test_words_from_right_to_left_end_inside_the_frame():
    root = parsed(badge_svg(replace(RIDGELINE, title="سباق", level="سباق"), LIVE))
    strip, head = root.iter(f"{SVG}text")
    assert (strip.get("direction"), strip.get("text-anchor")) == ("rtl", "middle")
    assert (head.get("direction"), head.get("text-anchor")) == ("rtl", "end"), "its end is at the left"
