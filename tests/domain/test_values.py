import unicodedata
from fractions import Fraction

import pytest
from pydantic import ValidationError

from auditapp.domain.values import (
    Share,
    Value,
    exact,
    forbidden_characters,
    visible,
    whole_percent,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (1, Fraction(1)),
        (Fraction(2, 3), Fraction(2, 3)),
        (0.1, Fraction(1, 10)),
        ("1/2", Fraction(1, 2)),
        ("0.25", Fraction(1, 4)),
        ("67/2", Fraction(67, 2)),
    ],
)
def test_a_number_means_what_is_written(written, meant):
    assert exact(written) == meant


@pytest.mark.parametrize("written", ["half", "1/0", "", "1e999999999", "1" * 500, True])
def test_what_is_not_a_number_is_refused(written):
    with pytest.raises(ValueError, match="must be a number"):
        exact(written)


def test_percent_is_rounded_down_so_that_100_means_everything():
    assert whole_percent(Fraction(996, 1000)) == 99
    assert whole_percent(Fraction(1)) == 100
    assert whole_percent(Fraction(0)) == 0


@pytest.mark.parametrize("text", ["Łódź Półmaraton", "ماراثون دبي", "मुंबई", "two\nlines\tand a tab", "👟 run"])
def test_the_languages_of_the_world_are_kept(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("bell\x07", ["U+0007"]),
        ("re\u202eversed", ["U+202E"]),
        ("private \ue000 \ue001 \ue000", ["U+E000", "U+E001"]),
        ("mark\ufeff", ["U+FEFF"]),
        ("lone \ud800", ["U+D800"]),
    ],
)
def test_characters_no_report_can_carry_are_named(text, named):
    assert forbidden_characters(text) == named
    with pytest.raises(ValueError, match="cannot be shown"):
        visible(text)


def test_no_control_surrogate_or_private_character_of_unicode_is_missed():
    """Whatever the version of Unicode: these categories take in no more characters, and lose none."""
    everything = map(chr, range(0x110000))
    hidden = {c for c in everything if unicodedata.category(c) in ("Cc", "Cs", "Co")} - {"\n", "\t"}
    others = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb\ufffc")
    found = forbidden_characters("".join(map(chr, range(0x110000))))
    assert found == [f"U+{ord(c):04X}" for c in sorted(hidden | others)]


class Weighed(Value):
    """A value with one share."""

    share: Share


def test_a_share_lies_between_nothing_and_everything():
    assert Weighed.model_validate({"share": Fraction(1, 3)}) == Weighed.model_validate({"share": "1/3"})
    assert Weighed.model_validate({"share": "1/3"}).model_dump(mode="json") == {"share": "1/3"}
    for written in ("4/3", -1, None):
        with pytest.raises(ValidationError):
            Weighed.model_validate({"share": written})
