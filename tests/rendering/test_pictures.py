"""The picture of a figure: what it shows, the key that explains it, and the table that says the same."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from auditapp.domain.measures import figure_of, public_figure
from auditapp.domain.measures.figure import (
    Bullet,
    Bullets,
    CountedShare,
    Curve,
    CurvePoint,
    Picture,
    Queue,
    Queues,
    Shares,
)
from auditapp.rendering import charts
from auditapp.rendering.figures import PictureView, picture_view
from auditapp.rendering.figures.pictures.parts import who_is
from tests.builders import a_figure, prizes


def picture(drawn: Picture, *shares: CountedShare, currency: str = "", **parts: Any) -> PictureView:
    view = picture_view(a_figure(picture=drawn, shares=shares, **parts), currency)
    assert view
    return view


def keys(view: PictureView) -> list[tuple[str, str]]:
    return [(mark.kind, mark.text) for mark in view.key]


def test_prizes_stand_place_by_place_with_their_gaps():
    view = picture_view(figure_of("prize-parity", prizes((300, 300), (120, 150))), "pounds")
    assert view
    (drawing,) = view.drawings
    assert isinstance(drawing.chart, charts.BulletChart)
    assert [[line.text for line in row.name] for row in drawing.chart.rows] == [["equal"], ["£30 short"]]
    assert keys(view) == [("bar", "women’s prize"), ("line", "men’s prize at the same place")]
    assert drawing.title.startswith("Prizes place by place. Women’s prizes come to £420")
    assert drawing.narrow
    assert (drawing.chart.width, drawing.narrow.width) == (592.0, 292.0)
    assert view.table
    assert view.table.rows == (("1st", "£300", "£300", "equal"), ("2nd", "£120", "£150", "£30 short"))


def test_on_paper_there_is_no_drawing_for_a_phone():
    view = picture_view(figure_of("prize-parity", prizes((300, 300))), "pounds", sheet="paper")
    assert view
    assert view.drawings[0].narrow is None


def test_a_long_currency_stands_in_the_key_and_not_in_every_bar():
    figure = figure_of("prize-parity", prizes((300, 300), unit="New Guinean kina"))
    view = picture_view(figure, "New Guinean kina")
    assert view
    (drawing,) = view.drawings
    assert isinstance(drawing.chart, charts.BulletChart)
    assert drawing.chart.rows[0].figure
    assert drawing.chart.rows[0].figure.text == "300"
    assert view.key[0].text == "women’s prize, in New Guinean kina"


def test_sixty_places_are_drawn_in_parts_that_fit_a_page_on_one_scale():
    view = picture_view(
        figure_of("prize-parity", prizes(*((600 - place, 600) for place in range(60)))), "euros"
    )
    assert view
    drawn = [drawing.chart for drawing in view.drawings]
    assert [len(chart.rows) for chart in drawn if isinstance(chart, charts.BulletChart)] == [15, 15, 15, 15]
    assert all(chart.height < 900 for chart in drawn)
    assert [drawing.title.split(".")[0] for drawing in view.drawings] == [
        "Prizes place by place, 1st to 15th",
        "Prizes place by place, 16th to 30th",
        "Prizes place by place, 31st to 45th",
        "Prizes place by place, 46th to 60th",
    ]


def test_bullets_without_a_line_have_no_line_in_their_key():
    rows = (Bullet(label="Medics", women=Fraction(40), line=None),)
    view = picture(Bullets(title="Staff", unit="percent", bar="women", line="asked for", rows=rows))
    assert keys(view) == [("bar", "women")]
    assert view.table
    assert view.table.rows == (("Medics", "40%", "", ""),)


@pytest.mark.parametrize(
    "empty",
    [
        None,
        Bullets(title="Staff", unit="percent", bar="women", line="asked for", rows=()),
        Shares(title="Shares", shares=("unheard-of",)),
        Queues(title="Queues", rows=()),
    ],
    ids=["none", "bullets", "shares", "queues"],
)
def test_nothing_to_draw_is_no_picture(empty):
    assert picture_view(a_figure(picture=empty)) is None


WOMEN = CountedShare(id="women-near", label="Women", count=178, of=262)
MEN = CountedShare(id="men-near", label="Men", count=3, of=378)
OTHERS = CountedShare(id="other-near", label="Non-binary runners", count=6, of=11)


def test_shares_carry_their_counts_and_the_lines_to_reach():
    drawn = Shares(
        title="Who has a pacer near",
        shares=("women-near", "men-near", "other-near"),
        lines=(Fraction(60), Fraction(90)),
        line="60% for a part, 90% for all",
    )
    view = picture(drawn, WOMEN, MEN, others=OTHERS)
    (drawing,) = view.drawings
    assert isinstance(drawing.chart, charts.ShareChart)
    assert [row.who for row in drawing.chart.rows] == ["women", "men", "other"]
    assert [line.label.text for line in drawing.chart.lines] == ["60%", "90%"]
    assert "Women: 178 of 262, 67.9%" in drawing.title
    assert [kind for kind, _ in keys(view)] == ["women", "men", "other", "line"]
    assert view.table is None


def test_a_hidden_share_and_a_share_of_nobody_have_no_mark():
    nobody = CountedShare(id="women-none", label="Nobody", count=0, of=0)
    drawn = Shares(title="Shares", shares=("men-near", "women-none"))
    figure = public_figure(a_figure(picture=drawn, shares=(MEN, nobody)))
    view = picture_view(figure)
    assert view
    (drawing,) = view.drawings
    assert isinstance(drawing.chart, charts.ShareChart)
    assert [row.x for row in drawing.chart.rows] == [None, None]
    assert drawing.title == "Shares. Men: not shown; Nobody: nobody"


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("women-near", "women"),
        ("Men", "men"),
        ("Men’s prize", "men"),
        ("other-starters", "other"),
        ("pictures", "women"),
    ],
)
def test_marks_are_chosen_by_name(name, who):
    assert who_is(name) == who


def a_curve(*counts: tuple[int, int, int], limit: int | None = 7200, **parts: Any) -> Curve:
    usual: dict[str, Any] = {
        "title": "Finish times",
        "limit": None if limit is None else Fraction(limit),
        "points": tuple(CurvePoint(time=Fraction(time), women=w, men=m) for time, w, m in counts),
        "of_women": 100,
        "of_men": 200,
        "women_median": Fraction(5400),
        "men_median": Fraction(4984),
    }
    return Curve(**usual | parts)


def said_beyond(curve: Curve) -> list[str]:
    (drawing,) = picture(curve).drawings
    assert isinstance(drawing.chart, charts.CurveChart)
    return [" ".join(label.text for label in line.beyond) for line in drawing.chart.lines]


@pytest.mark.parametrize(
    ("points", "women"),
    [
        ([(3600, 10, 20), (7200, 90, 195)], "10 of 100 women had not finished by then (10%)"),
        (
            [(3600, 10, 20), (7000, 90, 195), (7300, 90, 200)],
            "10 of 100 women had not finished by then (10%)",
        ),
        (
            [(3600, 10, 20), (7000, 90, 195), (7300, 95, 200)],
            "at most 10 of 100 women had not finished by then (10%)",
        ),
        ([(3600, 10, 20), (7200, 97, 195)], "under 5 of 100 women had not finished by then"),
        ([(3600, 10, 20), (7200, 100, 195)], "all 100 women had finished by then"),
        ([(9000, 10, 20)], ""),
        ([(6300, 60, 120)], ""),
    ],
    ids=["at the limit", "same before and after", "between", "few", "all", "later", "long before"],
)
def test_those_beyond_the_limit_are_counted_as_far_as_the_points_tell(points, women):
    assert said_beyond(a_curve(*points))[0] == women


def test_men_are_counted_apart():
    assert said_beyond(a_curve((7200, 90, 180)))[1] == "20 of 200 men had not finished by then (10%)"
    assert said_beyond(a_curve((7200, 90, 198)))[1] == "under 5 of 200 men had not finished by then"
    assert said_beyond(a_curve((7200, 90, 200)))[1] == "all 200 men had finished by then"
    assert said_beyond(a_curve((7000, 90, 180)))[1] == "at most 20 of 200 men had not finished by then (10%)"


def test_a_curve_names_its_medians_and_its_limit():
    view = picture(a_curve((3600, 10, 20), (7200, 90, 195)))
    assert keys(view) == [
        ("women-line", "women; half of those who finished had done so by 1:30"),
        ("men-line", "men; half of those who finished had done so by 1:23:04"),
        ("line", "limit 2:00"),
    ]
    unmarked = a_curve((3600, 10, 20), limit=None, women_median=None, men_median=None)
    assert keys(picture(unmarked)) == [("women-line", "women"), ("men-line", "men")]
    assert said_beyond(unmarked) == ["", ""]


def test_a_field_of_women_has_one_curve():
    view = picture(a_curve((3600, 10, 0), (7200, 90, 0), of_men=0, men_median=None))
    assert [kind for kind, _ in keys(view)] == ["women-line", "line"]
    assert view.table
    assert view.table.rows[0] == ("1:00:00", "10 (10.0%)", "–")
    men = picture(a_curve((3600, 0, 10), of_women=0, women_median=None))
    assert [kind for kind, _ in keys(men)] == ["men-line", "line"]


def test_a_curve_of_nobody_or_of_no_point_is_not_drawn():
    assert picture_view(a_figure(picture=a_curve())) is None
    assert picture_view(a_figure(picture=a_curve((3600, 0, 0), of_women=0, of_men=0))) is None


def test_three_hundred_points_are_drawn_and_a_few_of_them_tabled():
    view = picture(
        a_curve(*((3600 + 20 * place, place // 3, place // 2) for place in range(300)), limit=7205)
    )
    assert view.table
    assert view.table.left_out == 300 - len(view.table.rows)
    assert len(view.table.rows) == 16 + 1
    times = [row[0] for row in view.table.rows]
    assert (times[0], times[-1]) == ("1:00:00", "2:39:40")
    assert "2:00:00" in times


def test_limits_of_a_what_if_stand_in_the_table():
    view = picture(a_curve(*((3600 + 60 * place, place // 3, place // 2) for place in range(200))))
    assert view.table
    times = {row[0] for row in view.table.rows}
    assert {"1:45:00", "2:00:00", "2:15:00", "2:30:00", "3:00:00"} <= times


def test_queues_say_people_units_and_how_many_stand_before_each():
    rows = (
        Queue(label="Women", people=Fraction(994), units=Fraction(14)),
        Queue(label="Men", people=Fraction(1006), units=Fraction(25)),
        Queue(label="Anybody", people=Fraction(10), units=Fraction(0)),
    )
    view = picture(Queues(title="People for each unit", rows=rows))
    (drawing,) = view.drawings
    assert isinstance(drawing.chart, charts.QueueChart)
    assert [row.door for row in drawing.chart.rows] == [True, True, False]
    assert "Women: 994 people, 14 units, 71 for each" in drawing.title
    assert view.table
    assert view.table.rows == (
        ("Women", "994", "14", "71"),
        ("Men", "1,006", "25", "40.2"),
        ("Anybody", "10", "0", "no unit"),
    )
