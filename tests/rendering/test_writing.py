"""Text of the whole world on paper: letters in fonts of our own, names for what none of them has, never a box."""

from __future__ import annotations

import io
import unicodedata

import pikepdf
import pytest

from auditapp.domain.audit import Answer
from auditapp.rendering.html import report_html
from auditapp.rendering.press import Press
from auditapp.rendering.writing import SCRIPTS, TYPEFACE_FILE, characters, fitted, printed_length
from tests.builders import a_report, an_event
from tests.rendering.test_pdf import NAME, texts

WORLD = {
    "arabic": ("نصف ماراثون الرياض", "NotoSansArabic"),
    "hebrew": ("חצי מרתון תל אביב", "NotoSansHebrew"),
    "hindi": ("मुंबई हाफ मैराथन", "NotoSansDevanagari"),
    "thai": ("ฮาล์ฟมาราธอนกรุงเทพ", "NotoSansThai"),
    "chinese": ("北京马拉松", "DroidSansFallback"),
    "japanese": ("東京マラソン", "DroidSansFallback"),
    "korean": ("서울 하프 마라톤", "Hangul"),
    "greek": ("Μαραθώνιος Αθηνών", "NotoSans"),
    "cyrillic": ("Московский полумарафон", "NotoSans"),
    "vietnamese": ("Giải chạy Đà Nẵng", "NotoSans"),
    "signs": ("Over → there ✓", "NotoSansMath"),
}
UNPRINTABLE = {
    "picture": ("Half 🏃🏽‍♀️ Marathon", "Half [runner] Marathon"),
    "flag": ("Run 🇬🇧🇨🇭", "Run [flag GB, flag CH]"),
    "star": ("⭐⭐ and 1️⃣", "[white medium star, white medium star] and 1"),
    "tamil": ("சென்", "[U+0B9A U+0BC6 U+0BA9 U+0BCD]"),
    "rare": ("龘 club", "[U+9F98] club"),
}


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def a_document(name: str) -> str:
    event = an_event(name=name, edition="", organiser=name, place=name)
    return report_html(
        a_report({"ramp": Answer(grade="full", note=name)}, event=event), **NAME, state="completed"
    )


def fonts_in(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {
            str(one.BaseFont).partition("+")[2].split("-")[0]
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Type0"
        }


def said(pdf: bytes) -> str:
    return " ".join(" ".join(texts(pdf)).split())


@pytest.mark.parametrize("language", WORLD)
def test_a_name_in_any_of_these_languages_is_text_in_a_font_of_ours(language, press):
    name, font = WORLD[language]
    printed = press.print(a_document(name))
    assert printed.conforms, printed.problems
    assert fonts_in(printed.pdf) <= {"Atkinson", *SCRIPTS}
    assert font in fonts_in(printed.pdf)
    assert "stand in brackets" not in said(printed.pdf)
    with pikepdf.open(io.BytesIO(printed.pdf)) as opened:
        assert str(opened.docinfo["/Author"]) == name


@pytest.mark.parametrize(
    "language", ["hebrew", "chinese", "japanese", "korean", "greek", "cyrillic", "vietnamese"]
)
def test_the_name_can_be_read_back(language, press):
    name, _ = WORLD[language]
    letters = "".join(unicodedata.normalize("NFC", said(press.print(a_document(name)).pdf)).split())
    assert "".join(name.split()) in letters or "".join(reversed("".join(name.split()))) in letters


@pytest.mark.parametrize("kind", UNPRINTABLE)
def test_what_no_font_has_is_named_in_brackets_and_the_report_says_so(kind, press):
    name, named = UNPRINTABLE[kind]
    printed = press.print(a_document(name))
    assert printed.conforms, printed.problems
    assert fonts_in(printed.pdf) == {"Atkinson"} or kind in ("rare", "star")
    assert named in said(printed.pdf)
    assert "Their names stand in brackets instead" in said(printed.pdf)
    with pikepdf.open(io.BytesIO(printed.pdf)) as opened:
        assert str(opened.docinfo["/Author"]) == name
    assert printed_length(name) == len(named)


def test_what_has_no_place_on_paper_is_left_out(press):
    html = a_document("a").replace("There is a ramp", "There\x01 is \ufeffa \u202eramp\u202c\u0085")
    printed = press.print(html)
    assert printed.conforms, printed.problems
    assert "There is a ramp" in said(printed.pdf)


def test_latin_text_asks_for_no_other_font():
    html = a_document("Łódź, Kraków, Šiauliai, Győr, Ísafjörður: 5 × 10 km – “½”")
    assert fitted(html).fonts == ()
    assert fitted(html).html == html


def test_addresses_and_titles_stay_as_they_are():
    html = '<title>⭐</title><p><a href="https://a.example/⭐">⭐</a></p><div data-footer="⭐"></div>'
    assert fitted(html).html == html.replace(">⭐</a", ">[white medium star]</a").replace(
        'footer="⭐"', 'footer="[white medium star]"'
    )


def test_words_in_drawings_are_set_in_the_same_fonts():
    html = '<svg><text font-family="Atkinson Hyperlegible Next">北京</text></svg>'
    assert 'font-family="Atkinson Hyperlegible Next, DroidSansFallback"' in fitted(html).html


def test_every_font_has_the_space_between_its_words():
    assert all(" " in characters(f"scripts/{font}.ttf") for font in SCRIPTS)


def test_what_was_printed_before_changes_no_byte(press):
    html = a_document(WORLD["arabic"][0])
    assert press.print(html) == Press().print(html)
    latin = a_document("Ridgeline")
    assert press.print(latin) == Press().print(latin)


def test_a_box_that_is_drawn_all_the_same_is_a_problem(press):
    letter = "\U000f0000"
    assert letter not in characters(TYPEFACE_FILE)
    press.print("<title>t</title>")
    press._made(
        f'<html lang="en"><title>t</title><p>{letter}</p></html>', press._styles_for(()), None, lambda _: None
    )
    assert press._boxes.said() == ("a box stands for U+F0000",)
    assert press._boxes.said() == ()
