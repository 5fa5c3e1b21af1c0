import re

import pytest

from auditapp.rendering.lettering import is_rtl, line, squeezed, width_of


def test_words_of_the_face_are_drawn_and_measured():
    drawn = line("Łódź 2027", 20, "Bold", most=200)
    assert drawn.text == "Łódź 2027"
    assert re.fullmatch(r"[mlqz0-9 -]+", drawn.path)
    assert drawn.width == pytest.approx(width_of("Łódź 2027", 20, "Bold"), abs=0.01)
    assert 0.4 * 20 * 9 < drawn.width < 0.7 * 20 * 9


def test_the_same_letter_is_the_same_text_wherever_it_stands():
    first, *rest = line("ooo", 20, "Regular", most=200).path.split("zm")
    letters = line("ooo", 20, "Regular", most=200).path.count("z") // 2
    assert letters == 3
    assert first
    assert len({steps.partition("q")[2] for steps in rest[1::2]}) == 1


def test_what_has_no_room_ends_in_three_dots():
    cut = line("Gedächtnismarathon", 20, "SemiBold", most=100)
    assert cut.text.endswith("…")
    assert cut.width <= 100
    assert line("Gedächtnismarathon", 20, "SemiBold", most=1).text == "…"
    assert line("  a \n b ", 20, "SemiBold", most=100).text == "a b"


@pytest.mark.parametrize("text", ["马拉松", "سباق", "🏃", "a\u0e01"])
def test_letters_the_face_lacks_are_left_to_a_font_of_the_reader(text):
    foreign = line(text, 20, "Bold", most=200)
    assert (foreign.text, foreign.path) == (text, "")
    assert foreign.width > 0


def test_a_cut_never_ends_in_a_joiner():
    for most in range(20, 200, 5):
        cut = line("🏃\u200d♀️🏃\u200d♀️🏃\u200d♀️", 20, "Bold", most=most)
        assert not cut.text.endswith("\u200d…")


def test_the_first_letter_with_a_direction_decides():
    assert is_rtl("2027 سباق run")
    assert is_rtl("מרוץ")
    assert not is_rtl("run سباق")
    assert not is_rtl("2027")


def test_numbers_are_set_smaller_and_never_cut():
    assert squeezed("63", 48, "ExtraBold", most=100).size == 48
    small = squeezed("123,456,789", 48, "ExtraBold", most=100)
    assert small.text == "123,456,789"
    assert small.size < 48
    assert small.width <= 101
    assert squeezed("", 48, "ExtraBold", most=100).width == 0
