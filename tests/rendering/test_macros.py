"""The macros that page and PDF share, in an environment that knows no web framework."""

import re
from fractions import Fraction
from types import SimpleNamespace

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from auditapp.domain.audit import Answer
from auditapp.domain.measures import MeasureUse, figure_of
from auditapp.domain.measures.figure import CountedShare, Curve, CurvePoint, Picture, Queue, Queues, Shares
from auditapp.domain.measuring import settled
from auditapp.rendering import charts, words
from auditapp.rendering.figures import figure_view
from auditapp.resources import resource_dir
from tests.builders import a_checklist, a_criterion, a_figure, a_prize_list, prizes

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def environment():
    environment = Environment(
        loader=FileSystemLoader(resource_dir("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(words.filters())
    return environment


def drawn(environment, call, **values):
    name = re.split(r"\W", call, maxsplit=1)[0]
    for file in ("bib", "glyphs", "charts", "tables", "figures"):
        template = environment.get_template(f"macros/{file}.html")
        if hasattr(template.module, name):
            source = f'{{% from "macros/{file}.html" import {name} %}}{{{{ {call} }}}}'
            return environment.from_string(source).render(**values)
    raise AssertionError(f"no macro file offers {name}")


def text_of(markup):
    return " ".join("".join(html5lib.parse(markup).itertext()).split())


BAR = charts.bar(27, 42, 19, Fraction(1, 2))
LEVELS: list[tuple[str, Fraction, charts.Reach]] = [("Established", Fraction(3, 4), "next")]
STATES = [("today", Fraction(7, 10)), ("A7", Fraction(3, 4))]
SECTION = SimpleNamespace(
    title="Entry", href="/x", bar=BAR, bar_title="64%", points="27 of 42", percent="64%"
)
STEP = SimpleNamespace(
    code="A7",
    change="Publish it",
    essential=True,
    gain=1,
    cost="nothing",
    time="1 day",
    then="72%",
    href=None,
)
STRIP = [SimpleNamespace(code="A1", title="Photos", worth=Fraction(1, 2), href="#a1")]

CRITERION = a_prize_list("prize-money", "D1", weight=2)
CHECKLIST = a_checklist(criteria=[CRITERION])
ANSWER = settled(CRITERION, Answer(numbers=prizes((300, 300), (200, 200), (120, 150))))
FIGURE = figure_view(CHECKLIST, CRITERION, ANSWER, figure_of("prize-parity", ANSWER.numbers or prizes()))

SHARE = CountedShare(id="women-near", label="Women", count=178, of=262)
PICTURES: dict[str, Picture] = {
    "shares": Shares(title="Shares", shares=("women-near",), lines=(Fraction(60),), line="60%"),
    "queues": Queues(title="Queues", rows=(Queue(label="Women", people=Fraction(9), units=Fraction(2)),)),
    "curve": Curve(
        title="Finish times",
        limit=Fraction(7200),
        points=tuple(
            CurvePoint(time=Fraction(time), women=time // 100, men=time // 90) for time in (5400, 7200)
        ),
        of_women=80,
        of_men=90,
        women_median=Fraction(6000),
        men_median=Fraction(5800),
    ),
}
INFORMING = a_criterion("drop-out", "E1", measure=MeasureUse(name="unheard-of"))
DRAWN = {
    name: figure_view(
        a_checklist(criteria=[INFORMING]),
        INFORMING,
        None,
        a_figure("unheard-of", shares=(SHARE,), others=SHARE, picture=picture, notes=("A note.",)),
    )
    for name, picture in PICTURES.items()
}

EVERY_MACRO: dict[str, dict[str, object]] = {
    "bib('Ridgeline', 70, '109 of 154 points', 'Foundation')": {},
    "bib('Ridgeline', none, '0 of 0 points')": {},
    "small_bib(70, 'Foundation')": {},
    "reference('B16')": {},
    "headline_figures([('70', '%', 'points'), ('19', 'of 20', 'essentials')])": {},
    "score_panel(41, '64 of 154 points', [('Answered', '12 of 15')])": {},
    "key()": {},
    "strip(entries, 'Before the race')": {"entries": STRIP},
    "evidence('declared')": {},
    "essential()": {},
    "state_tag('Done', 'done')": {},
    "saved('Saved 14:36')": {},
    "error_mark()": {},
    "section_bar(bar, 'Entry: 64%')": {"bar": BAR},
    "mini_section_bars(bars, 'A 64%', bars)": {"bars": charts.mini_bars([("A", 27, 42, 19)])},
    "level_bar(chart, '70%', chart)": {"chart": charts.level_bar(7, 10, 5, LEVELS)},
    "dot_plot(chart, 'Sections')": {"chart": charts.dot_plot([("Entry", [1, 20, 40, 60, 80, 99])])},
    "plan_chart(chart, 'Plan')": {"chart": charts.plan_chart(STATES, Fraction(3, 4), "Established")},
    "event_mark(3)": {},
    "bar_key('floor for Established, 50%')": {},
    "section_table([row], 'Sections', 'floor')": {"row": SECTION},
    "plan_rows([step], 'Plan')": {"step": STEP},
    "pairs([('Checklist', 'Running events')], 'About')": {},
    "pagination('Page 1 of 2', none, '/2')": {},
    "back_link('/', 'Reports')": {},
    "worked_figure(view)": {"view": FIGURE},
    "worked_figure(view, level=5, open=true)": {"view": FIGURE},
    "worked_figure(view, level=4)": {"view": DRAWN["shares"]},
    "worked_figure(view, level=4, open=true)": {"view": DRAWN["curve"]},
    "worked_figure(view, open=true)": {"view": DRAWN["queues"]},
}


@pytest.mark.parametrize("call", EVERY_MACRO)
def test_every_drawing_has_a_title_and_no_style_of_its_own(environment, call):
    markup = drawn(environment, call, **EVERY_MACRO[call])
    for svg in html5lib.parse(markup).iter(f"{SVG}svg"):
        title = svg.find(f"{SVG}title")
        assert title is not None
        assert (title.text or "").strip()
        assert svg.get("role") == "img" or svg.get("aria-hidden") == "true"
    assert "style=" not in markup
    assert "<script" not in markup


@pytest.mark.parametrize("call", EVERY_MACRO)
def test_every_column_and_row_head_has_its_scope(environment, call):
    for head in html5lib.parse(drawn(environment, call, **EVERY_MACRO[call])).iter(
        "{http://www.w3.org/1999/xhtml}th"
    ):
        assert head.get("scope") in {"col", "row", "rowgroup"}


def test_what_strangers_typed_stays_text(environment):
    markup = drawn(environment, "bib(name, 70, 'points', name)", name='<img src=x onerror="alert(1)">')
    assert "<img" not in markup
    plot = charts.dot_plot([("</title><script>", [40])])
    assert "<script" not in drawn(environment, "dot_plot(plot, name)", plot=plot, name="</title><script>")


@pytest.mark.parametrize(
    ("worth", "word"),
    [
        (1, "Fully"),
        (Fraction(1, 3), "Partly"),
        (0, "Not met"),
        ("not_applicable", "Not applicable"),
        ("unanswered", "Unanswered"),
    ],
)
def test_every_grade_says_its_word(environment, worth, word):
    assert text_of(drawn(environment, "grade(worth)", worth=worth)) == f"Answer {word}"


def test_grades_differ_by_shape(environment):
    worths = [1, Fraction(3, 4), Fraction(1, 2), Fraction(1, 4), 0, "not_applicable", "unanswered"]
    shapes = {
        re.sub("#[0-9a-f]{6}", "", drawn(environment, "grade_mark(worth)", worth=worth)) for worth in worths
    }
    assert len(shapes) == len(worths)


def test_a_strip_links_every_criterion_by_name(environment):
    markup = drawn(environment, "strip(entries, 'Before the race')", entries=STRIP)
    assert '<a href="#a1">' in markup
    assert "<title>A1, Photos: Partly</title>" in markup


def test_without_a_level_the_bib_says_so(environment):
    assert text_of(drawn(environment, "bib('Ridgeline', 44, '68 of 154 points')")).endswith("No level")
    assert text_of(drawn(environment, "small_bib(44)")) == "44% No level"


def test_the_three_figures_keep_a_space_before_words_only(environment):
    call = "headline_figures([('70', '%', '109 of 154 points'), ('19', 'of 20', 'essentials met')])"
    assert text_of(drawn(environment, call)) == "70% 109 of 154 points 19 of 20 essentials met"


def test_a_worked_figure_says_grade_points_and_working(environment):
    markup = drawn(environment, "worked_figure(view)", view=FIGURE)
    text = text_of(markup.replace("</td>", " </td>").replace("</th>", " </th>"))
    assert "The worked figure Answer Partly 1 of 2 points from the numbers" in text
    assert "Lowest ratio at any place 120 ÷ 150 = 0.80" in text
    assert "lowest ratio at any place at least 1 0.80, not reached" in text
    assert "women’s total ÷ men’s total at least 0.95 0.953, reached" in text
    assert "Not met anything else" in text
    assert "Place Women Men 1st 300 300 2nd 200 200 3rd 120 150" in text


def test_what_a_page_adds_stands_at_the_end_of_the_working(environment):
    source = (
        '{% from "macros/figures.html" import worked_figure %}'
        "{% call worked_figure(view) %}<p>Paying the third woman £150 would add 1 point.</p>{% endcall %}"
    )
    markup = environment.from_string(source).render(view=FIGURE)
    assert markup.index("Paying the third woman") < markup.index("How this is worked out")


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_drawn_for_a_wide_and_for_a_narrow_page(environment, name):
    markup = drawn(environment, "worked_figure(view)", view=DRAWN[name])
    assert markup.count(f'<svg class="chart {name}"') == 2
    assert "wide-only" in markup
    assert "narrow-only" in markup


def test_women_and_men_differ_by_shape_and_stroke(environment):
    markup = drawn(environment, "worked_figure(view)", view=DRAWN["curve"])
    women, men = (
        re.search(f'<path d="M[^"]*" fill="none" stroke="{ink}"[^>]*>', markup)
        for ink in ("#0b5b4c", "#566273")
    )
    assert women
    assert men
    assert "dasharray" not in women[0]
    assert "dasharray" in men[0]
    assert "<circle r=" in markup
    assert "<rect x=" in markup
