import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined

from auditapp.domain.report import Publication, PublicationState
from auditapp.domain.timeline import Edition
from auditapp.rendering import words

DAY = datetime.date(2027, 5, 16)
"""A Sunday."""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (2, "2"),
        (Fraction(67, 2), "33½"),
        (Fraction(1, 4), "¼"),
        (Fraction(7, 4), "1¾"),
        (Fraction(100, 3), "33\u00a01/3"),
        (Fraction(2, 3), "2/3"),
        (Fraction(-1, 2), "−½"),
        (-3, "−3"),
        (1900, "1,900"),
    ],
)
def test_numbers_stay_exact_as_mixed_numbers(value, written):
    assert words.number(value) == written
    assert words.points(value) == written


def test_numbers_follow_the_locale():
    assert words.number(1900, "de") == "1.900"
    assert words.date_words(datetime.date(2027, 2, 16), "de") == "16. Februar 2027"


@pytest.mark.parametrize(
    ("value", "written"), [(3, "+3"), (Fraction(1, 2), "+½"), (0, "0"), (Fraction(-3, 2), "−1½")]
)
def test_a_gain_carries_its_sign(value, written):
    assert words.gain(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0 points"),
        (Fraction(1, 2), "½ point"),
        (1, "1 point"),
        (Fraction(3, 2), "1½ points"),
        (2, "2 points"),
    ],
)
def test_points_agree_with_their_noun(value, written):
    assert words.point_count(value) == written


def test_a_gain_agrees_with_its_noun():
    assert [words.gain_words(value) for value in (0, 1, 3)] == ["0 points", "+1 point", "+3 points"]


@pytest.mark.parametrize(
    ("earned", "possible", "written"),
    [
        (34, 48, "34 of 48 points"),
        (Fraction(67, 2), 48, "33½ of 48 points"),
        (0, 1, "0 of 1 point"),
        (0, 0, "0 of 0 points"),
    ],
)
def test_points_are_told_with_what_was_possible(earned, possible, written):
    assert words.points_of(earned, possible) == written


def test_a_count_of_a_whole_needs_no_noun():
    assert words.count_of(27, 42) == "27 of 42"


def test_a_percentage_is_written_with_its_sign_or_as_no_score():
    assert [words.percent(70), words.percent(0), words.percent(None)] == ["70%", "0%", "no score"]


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [(109, 154, "70%"), (9999, 10000, "99%"), (5, 5, "100%"), (Fraction(1, 3), 1, "33%"), (0, 0, "no score")],
)
def test_a_share_is_rounded_down(part, whole, written):
    assert words.share(part, whole) == written


@given(st.fractions(min_value=0, max_value=1))
def test_a_share_says_100_only_for_all_of_it(part):
    assert (words.share(part, 1) == "100%") == (part == 1)


def test_an_edition_that_shares_its_name_is_called_by_its_day():
    spring = Edition(
        publication=Publication(slug="a", state=PublicationState.LIVE, published_on=DAY),
        title="Ridgeline Runners 2027",
        edition="2027",
        date=DAY,
        completed_on=DAY,
        expires_on=DAY,
        checklist="Run clubs 1.0",
    )
    assert words.edition_words(spring) == "2027"
    assert words.edition_words(spring.model_copy(update={"alone": False})) == "16 May 2027"
    named = spring.model_copy(update={"alone": False, "edition": "Spring"})
    assert words.edition_words(named) == "Spring, 16 May 2027"


def test_dates_and_times_are_written_out():
    day = DAY
    assert words.date_words(day) == "16 May 2027"
    assert words.weekday_date(day) == "Sunday 16 May 2027"
    assert words.month_words(day) == "May 2027"
    assert words.time_words(datetime.time(9, 5)) == "09:05"
    assert words.time_words(datetime.datetime(2027, 5, 16, 14, 36, 59, tzinfo=datetime.UTC)) == "14:36"


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (0, "at once"),
        (1, "1 day"),
        (7, "1 week"),
        (10, "10 days"),
        (14, "2 weeks"),
        (20, "3 weeks"),
        (30, "1 month"),
        (45, "7 weeks"),
        (60, "2 months"),
        (90, "3 months"),
        (100, "4 months"),
        (365, "1 year"),
        (730, "2 years"),
    ],
)
def test_lead_times_use_the_largest_fitting_unit(days, written):
    assert words.lead_time(days) == written


@given(st.integers(min_value=1, max_value=2000))
def test_a_lead_time_never_promises_less_than_it_takes(days):
    count, unit = words.lead_time(days).split()
    length = {"day": 1, "week": 7, "month": 30, "year": 365}[unit.rstrip("s")]
    assert int(count) * length >= days


def test_a_negative_lead_time_is_refused():
    with pytest.raises(ValueError, match="negative: -1 days"):
        words.lead_time(-1)


def test_small_counts_are_words_and_large_ones_figures():
    assert [words.number_word(count) for count in (0, 2, 12, 13)] == ["none", "two", "twelve", "13"]
    assert words.number_word(2, capital=True) == "Two"


def test_lists_read_as_a_sentence():
    assert words.listed(["A7"]) == "A7"
    assert words.listed(["A7", "C5", "D1"]) == "A7, C5 and D1"


def test_long_words_get_places_to_break_and_keep_their_text():
    address = "https://example.org/" + "a" * 80
    broken = words.break_long_words(f"See {address} now\n")
    assert broken.replace("\u200b", "") == f"See {address} now\n"
    assert max(len(piece) for word in broken.split() for piece in word.split("\u200b")) <= 30


def test_addresses_break_after_their_punctuation():
    broken = words.break_long_words(
        "https://example.org/rules/pregnancy/deferral/2027/terms/and/conditions.html"
    )
    assert broken.split("\u200b")[0] == "https://"


def test_words_of_ordinary_length_are_left_alone():
    assert words.break_long_words("an ordinary sentence") == "an ordinary sentence"
    assert words.break_long_words("x" * 60) == "x" * 60


@given(st.text(alphabet=st.sampled_from("ab/ \n-"), max_size=200))
def test_breaking_words_only_ever_adds_invisible_breaks(text):
    assert words.break_long_words(text).replace("\u200b", "") == text


@pytest.mark.parametrize("url", ["https://a.example/b", "http://a.example", "mailto:sam@a.example"])
def test_links_of_the_web_and_of_mail_are_safe(url):
    assert words.safe_link(f" {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//a.example",
        "/etc/passwd",
        "a.example",
        "https://",
        "http://[broken",
        "https://a.example:port/",
        "https://a.example/a b",
        "mailto:nobody",
        "file:///etc/passwd",
    ],
)
def test_everything_else_does_not_become_a_link(url):
    assert words.safe_link(url) is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.ridgeline.example/terms/?utm=1#pregnancy", "ridgeline.example/terms#pregnancy"),
        ("http://a.example:8080/", "a.example:8080"),
        ("mailto:sam@a.example", "sam@a.example"),
        ("shirt-order-2027.pdf", "shirt-order-2027.pdf"),
        ("https://a.example/" + "b" * 60, "a.example/" + "b" * 37 + "…"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_addresses_are_shown_as_people_write_them(url, shown):
    assert words.display_address(url) == shown


@pytest.mark.parametrize(
    ("worth", "kind"),
    [
        (1, "full"),
        (0, "empty"),
        (Fraction(1, 2), "half"),
        (Fraction(1, 3), "quarter"),
        (Fraction(2, 3), "three_quarters"),
        (Fraction(1, 100), "quarter"),
        (Fraction(99, 100), "three_quarters"),
        ("not_applicable", "not_applicable"),
        ("unanswered", "unanswered"),
    ],
)
def test_only_a_full_grade_looks_full_and_only_none_looks_empty(worth, kind):
    assert words.grade_kind(worth) == kind


@pytest.mark.parametrize("worth", [Fraction(3, 2), -1, "partly"])
def test_what_is_no_worth_has_no_glyph(worth):
    with pytest.raises(ValueError, match=str(worth).replace("/", ".")):
        words.grade_kind(worth)


def test_the_filters_speak_the_language_they_are_given():
    translated = {"%(part)s of %(whole)s": "%(part)s von %(whole)s"}
    environment = Environment(undefined=StrictUndefined, autoescape=True)
    environment.filters.update(
        words.filters(
            locale=lambda: "de",
            gettext=lambda message: translated.get(message, message),
            ngettext=lambda _one, _many, count: "%(points)s Punkt" if count == 1 else "%(points)s Punkte",
        )
    )
    template = environment.from_string("{{ 1900|count_of(2000) }}, {{ 2|point_count }}, {{ half|number }}")
    assert template.render(half=Fraction(1, 2)) == "1.900 von 2.000, 2 Punkte, ½"
