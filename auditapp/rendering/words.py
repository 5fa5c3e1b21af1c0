"""How numbers, points, dates and addresses are put into words.

Every function is plain Python; `filters` offers them to a Jinja environment, so that a page and a PDF say the same thing
in the same way. Sentences with words in them take ``gettext`` and ``ngettext``; without these they are English.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any

from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from auditapp.rendering.addresses import break_long_words as break_long_words
from auditapp.rendering.addresses import display_address as display_address
from auditapp.rendering.addresses import safe_link as safe_link

if TYPE_CHECKING:
    from auditapp.domain.timeline import Edition

LOCALE = "en_GB"

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
KILO = 1_000

# The fractions the typeface has; every other one is written with a slash.
SINGLE_CHARACTER_FRACTIONS = {Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾"}

Gettext = Callable[[str], str]
Ngettext = Callable[[str, str, int], str]


def english(message: str) -> str:
    """The message itself: the translation used where no other is given."""
    return message


def english_plural(singular: str, plural: str, count: int) -> str:
    """Singular for exactly one, plural for everything else."""
    return singular if count == 1 else plural


@lru_cache(maxsize=2048)  # a page says the same few numbers over and over, and Babel takes its time
def number(value: int | Fraction, locale: str = LOCALE) -> str:
    """An exact number: a whole one with its thousands grouped, any other as a mixed number ("33½", "33 1/3")."""
    exact = Fraction(value)
    sign = MINUS if exact < 0 else ""
    whole, rest = divmod(abs(exact), 1)
    grouped = format_decimal(whole, locale=locale)
    if not rest:
        return f"{sign}{grouped}"
    written = SINGLE_CHARACTER_FRACTIONS.get(rest)
    if written:
        return f"{sign}{grouped}{written}" if whole else f"{sign}{written}"
    slashed = f"{rest.numerator}/{rest.denominator}"
    return f"{sign}{grouped}{NO_BREAK_SPACE}{slashed}" if whole else f"{sign}{slashed}"


def points(value: int | Fraction, locale: str = LOCALE) -> str:
    """Points as an exact mixed number, without the word: "2", "33½", "33 1/3"."""
    return number(value, locale)


def gain(value: int | Fraction, locale: str = LOCALE) -> str:
    """Points won or lost, always with a sign unless nothing changes: "+3", "−½", "0"."""
    return f"+{number(value, locale)}" if value > 0 else number(value, locale)


def gain_words(value: int | Fraction, locale: str = LOCALE, *, ngettext: Ngettext = english_plural) -> str:
    """Points won or lost with the word: "+3 points", "+1 point", "0 points"."""
    grammatical_number = 1 if 0 < abs(Fraction(value)) <= 1 else 2
    words = ngettext("%(points)s point", "%(points)s points", grammatical_number)
    return words % {"points": gain(value, locale)}


def point_count(value: int | Fraction, locale: str = LOCALE, *, ngettext: Ngettext = english_plural) -> str:
    """Points with the word: "0 points", "1 point", "½ point", "33½ points"."""
    exact = Fraction(value)
    grammatical_number = 1 if 0 < exact <= 1 else 2
    words = ngettext("%(points)s point", "%(points)s points", grammatical_number)
    return words % {"points": number(exact, locale)}


def points_of(
    earned: int | Fraction,
    possible: int | Fraction,
    locale: str = LOCALE,
    *,
    ngettext: Ngettext = english_plural,
) -> str:
    """Points earned out of points possible: "34 of 48 points"."""
    grammatical_number = 1 if 0 < Fraction(possible) <= 1 else 2
    words = ngettext(
        "%(earned)s of %(possible)s point", "%(earned)s of %(possible)s points", grammatical_number
    )
    return words % {"earned": number(earned, locale), "possible": number(possible, locale)}


def count_of(
    part: int | Fraction, whole: int | Fraction, locale: str = LOCALE, *, gettext: Gettext = english
) -> str:
    """A part of a whole without a noun, for columns: "27 of 42"."""
    words = gettext("%(part)s of %(whole)s")
    return words % {"part": number(part, locale), "whole": number(whole, locale)}


def percent(whole_percent: int | None, locale: str = LOCALE, *, gettext: Gettext = english) -> str:
    """A percentage that is already whole: "70%"; "no score" where nothing was there to score."""
    return gettext("no score") if whole_percent is None else _percent(whole_percent, locale)


@lru_cache(maxsize=512)
def _percent(whole_percent: int, locale: str) -> str:
    return format_percent(Decimal(whole_percent).scaleb(-2), locale=locale)


def essentials_only(met: int, applicable: int, locale: str = LOCALE, *, gettext: Gettext = english) -> str:
    """What stands in place of a level where nothing but the quick audit was answered: "Essentials only: 15 of 20"."""
    if not applicable:
        return gettext("Quick audit only")
    return gettext("Essentials only: %(count)s") % {
        "count": count_of(met, applicable, locale, gettext=gettext)
    }


def share(
    part: int | Fraction, whole: int | Fraction, locale: str = LOCALE, *, gettext: Gettext = english
) -> str:
    """The part as a whole percent of the whole, rounded down, so that "100%" always means all of it."""
    if not whole:
        return gettext("no score")
    return percent(int(Fraction(part) * 100 / Fraction(whole) // 1), locale)


def date_words(date: datetime.date, locale: str = LOCALE) -> str:
    """The day in full: "16 February 2027"."""
    return format_date(date, format="long", locale=locale)


def edition_words(edition: Edition, locale: str = LOCALE) -> str:
    """The name of an edition, and where another has the same, its day: "2027", "16 May 2027", "Spring, 16 May 2027"."""
    if edition.alone:
        return edition.edition
    day = date_words(edition.date, locale)
    return day if edition.edition == str(edition.date.year) else f"{edition.edition}, {day}"


def weekday_date(date: datetime.date, locale: str = LOCALE) -> str:
    """The day with its weekday: "Sunday 16 May 2027"."""
    return format_date(date, format="full", locale=locale).replace(",", "")


def month_words(date: datetime.date, locale: str = LOCALE) -> str:
    """The month alone: "February 2027"."""
    return format_skeleton("yMMMM", date, locale=locale)


def time_words(time: datetime.time | datetime.datetime, locale: str = LOCALE) -> str:
    """The time of day to the minute, as it stands in the value's own zone: "14:36"."""
    return format_time(time, format="HH:mm", locale=locale)


def lead_time(
    days: int, locale: str = LOCALE, *, gettext: Gettext = english, ngettext: Ngettext = english_plural
) -> str:
    """How long a change takes, in the largest fitting unit and rounded up, so that nobody is promised too little time.

    Up to 13 days in days unless they make whole weeks, then weeks, from two months on months of 30 days, and whole years.

    Raises ValueError for a negative number of days.
    """
    if days < 0:
        raise ValueError(f"a lead time cannot be negative: {days} days")
    if days == 0:
        return gettext("at once")
    if days % 365 == 0:
        count, words = days // 365, ngettext("%(n)s year", "%(n)s years", days // 365)
    elif days < 14 and days != 7:
        count, words = days, ngettext("%(n)s day", "%(n)s days", days)
    elif days % 30 and days < 60:
        count = -(-days // 7)
        words = ngettext("%(n)s week", "%(n)s weeks", count)
    else:
        count = -(-days // 30)
        words = ngettext("%(n)s month", "%(n)s months", count)
    return words % {"n": number(count, locale)}


def number_word(
    count: int, locale: str = LOCALE, *, capital: bool = False, gettext: Gettext = english
) -> str:
    """A small count in letters, "two", and from thirteen on in figures; with ``capital`` it can open a sentence."""
    small = (
        gettext("none"),
        gettext("one"),
        gettext("two"),
        gettext("three"),
        gettext("four"),
        gettext("five"),
        gettext("six"),
        gettext("seven"),
        gettext("eight"),
        gettext("nine"),
        gettext("ten"),
        gettext("eleven"),
        gettext("twelve"),
    )
    if not 0 <= count < len(small):
        return number(count, locale)
    return small[count][:1].upper() + small[count][1:] if capital else small[count]


def listed(words: Iterable[object], locale: str = LOCALE) -> str:
    """Several things in one sentence: "A7, C5 and D1"."""
    return format_list([str(word) for word in words], style="standard", locale=locale)


@lru_cache(maxsize=256)  # a map of glyphs asks a thousand times for a handful of shares
def grade_kind(worth: Fraction | int | str) -> str:
    """Which of the seven glyphs stands for an answer.

    ``worth`` is the grade's share of its weight, 0 to 1, or the word "not_applicable" or "unanswered". Shares between
    are drawn as the nearest of a quarter, a half and three quarters, so that only a full grade ever looks full.

    Raises ValueError for anything else.
    """
    if isinstance(worth, str):
        if worth not in {"not_applicable", "unanswered"}:
            raise ValueError(f"no glyph for {worth!r}")
        return worth
    exact = Fraction(worth)
    if not 0 <= exact <= 1:
        raise ValueError(f"a grade is worth 0 to 1 of its weight, not {exact}")
    if exact in (0, 1):
        return "full" if exact else "empty"
    if exact < Fraction(3, 8):
        return "quarter"
    return "half" if exact < Fraction(5, 8) else "three_quarters"


def file_size(size: int, locale: str = LOCALE) -> str:
    """A number of bytes as people say it: "820 bytes", "1.3 MB", in thousands."""
    steps = ("kB", "MB", "GB", "TB")
    if size < KILO:
        return f"{number(size, locale)} bytes"
    power = min(int(math.log(size, KILO)), len(steps))
    return (
        f"{format_decimal(Decimal(size) / KILO**power, format='#,##0.#', locale=locale)} {steps[power - 1]}"
    )


def filters(
    locale: Callable[[], str] = lambda: LOCALE,
    gettext: Gettext = english,
    ngettext: Ngettext = english_plural,
) -> dict[str, Callable[..., Any]]:
    """The functions of this module, and those about addresses, as Jinja filters by their own names.

    ``locale`` is asked at every use, so that one environment can serve readers of several languages. The translators
    return the words with their placeholders still in them.
    """

    def speaking(function: Callable[..., Any], **translators: Any) -> Callable[..., Any]:
        @wraps(function)
        def filter_function(*values: Any, **options: Any) -> Any:
            return function(*values, locale=locale(), **translators, **options)

        return filter_function

    return {
        "number": speaking(number),
        "file_size": speaking(file_size),
        "points": speaking(points),
        "gain": speaking(gain),
        "gain_words": speaking(gain_words, ngettext=ngettext),
        "point_count": speaking(point_count, ngettext=ngettext),
        "points_of": speaking(points_of, ngettext=ngettext),
        "count_of": speaking(count_of, gettext=gettext),
        "percent": speaking(percent, gettext=gettext),
        "essentials_only": speaking(essentials_only, gettext=gettext),
        "share": speaking(share, gettext=gettext),
        "date_words": speaking(date_words),
        "edition_words": speaking(edition_words),
        "weekday_date": speaking(weekday_date),
        "month_words": speaking(month_words),
        "time_words": speaking(time_words),
        "lead_time": speaking(lead_time, gettext=gettext, ngettext=ngettext),
        "number_word": speaking(number_word, gettext=gettext),
        "listed": speaking(listed),
        "break_long_words": break_long_words,
        "safe_link": safe_link,
        "display_address": display_address,
        "grade_kind": grade_kind,
    }
