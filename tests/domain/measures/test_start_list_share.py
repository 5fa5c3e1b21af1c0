from fractions import Fraction
from itertools import product

import pytest

from auditapp.domain.measures import (
    MEASURES,
    Numbers,
    NumbersRejected,
    Row,
    figure_of,
    public_figure,
    public_numbers,
)
from auditapp.domain.measures.benchmarks import BENCHMARKS
from auditapp.domain.measures.start_list_share import fill
from tests.builders import some_numbers
from tests.domain.measures.files_read import TINY, finishing, some_results
from tests.domain.measures.worlds import given_away, published

SHARE = MEASURES["start-list-share"]


def starting(*editions: tuple[int, ...], field: str | None = None):
    rows = [
        {"label": str(2027 - place), **dict(zip(("women", "men", "other"), counts, strict=False))}
        for place, counts in enumerate(editions)
    ]
    numbers = some_numbers(*rows)
    return numbers if field is None else numbers.model_copy(update={"choices": {"field": field}})


def shares(*editions: tuple[int, ...], field: str | None = None):
    return figure_of("start-list-share", starting(*editions, field=field))


def values(figure):
    return {quantity.id: quantity.value for quantity in figure.quantities}


@pytest.mark.parametrize(
    ("all_of_them", "women", "percent"),
    [(370, 23, 6.2), (726, 79, 10.9), (1442, 288, 20.0), (1030, 375, 36.4)],
)
def test_the_finishers_of_a_weekend_in_alsace(all_of_them, women, percent):
    figure = shares((women, all_of_them - women))
    assert round(float(values(figure)["women-share"]), 1) == percent


def test_a_tiny_real_event_is_shown_with_its_interval_and_gets_no_verdict():
    figure = figure_of("start-list-share", fill(TINY, Numbers()))
    share = figure.share("women-1")
    assert (share.count, share.of, share.percent) == (8, 25, 32)
    assert [round(float(100 * end)) for end in share.interval] == [17, 52]
    assert figure.small
    assert share.label == "Women, Latest edition"


def test_the_base_is_everybody_who_started():
    figure = shares((240, 350, 10))
    assert values(figure) == {"women-share": 40, "gain": None, "trend": None}
    assert (figure.others.count, figure.others.of) == (10, 600)
    assert figure.says == "40% of the 600 starters are women."
    assert figure.notes == ()


@pytest.mark.parametrize(
    ("women", "sentence"),
    [
        (240, "40% of the 600 starters are women, 10 points above the benchmark of 30%."),
        (180, "30% of the 600 starters are women, the same as the benchmark of 30%."),
        (174, "29% of the 600 starters are women, 1 point below the benchmark of 30%."),
    ],
)
def test_a_benchmark_stands_beside_it(women, sentence):
    figure = shares((women, 600 - women), field="uk-ultra")
    assert figure.says == sentence
    assert values(figure)["gain"] == Fraction(women, 6) - 30
    assert figure.picture.lines == (30,)
    assert figure.notes == (
        "The benchmark is another field’s: Runner’s World UK, on the Threshold Ultra 50:50 campaign (2023).",
    )


def test_the_trend_runs_from_the_oldest_edition():
    figure = shares((240, 360), (220, 380), (200, 400))
    assert values(figure)["trend"] == 40 - Fraction(100, 3)
    assert [step.text for step in figure.steps] == [
        "240 ÷ 600 = 40%", "220 ÷ 600 = 36.6%", "200 ÷ 600 = 33.3%", "240 ÷ 600 − 200 ÷ 600 = 6.6 points",
    ]  # fmt: skip
    assert not figure.quantity("trend").small
    assert shares((240, 360), (9, 20)).quantity("trend").small


@pytest.mark.parametrize(("starters", "small"), [(30, False), (29, True)])
def test_under_thirty_starters_there_is_no_verdict(starters, small):
    assert shares((10, starters - 10)).small is small


def test_an_edition_without_starters_is_refused():
    with pytest.raises(NumbersRejected) as rejected:
        shares((10, 20), (0, 0, 0))
    assert rejected.value.problems == {"row-2.women": "count at least one starter"}


def test_a_file_fills_the_first_edition_without_counts():
    results = some_results(
        women=finishing(unknown=40),
        men=finishing(unknown=59),
        nonbinary=finishing(unknown=1),
        undisclosed=finishing(unknown=2),
    )
    counts = {"women": 40, "men": 59, "other": 3}
    assert [(row.label, dict(row.cells)) for row in fill(results, Numbers()).rows] == [
        ("Latest edition", counts)
    ]
    entered = starting((10, 20), (30, 40))
    open_one = entered.model_copy(update={"rows": (entered.rows[0], Row(label="2026"))})
    assert [dict(row.cells) for row in fill(results, open_one).rows] == [
        {"women": 10, "men": 20},
        counts,
    ]
    again = fill(results, entered)
    assert [(row.label, int(row.cells["women"])) for row in again.rows] == [("2027", 40), ("2026", 30)]
    assert again.source == "results.csv"


def test_few_others_hide_the_men_and_not_the_share_of_women():
    numbers = starting((240, 357, 3))
    shown = public_numbers(SHARE, numbers)
    assert (shown.hidden, shown.withheld) == (("row-1.other",), ("row-1.men",))
    figure = public_figure(figure_of("start-list-share", numbers))
    assert values(figure)["women-share"] == 40
    assert (figure.others.count, figure.others.of) == (None, 600)


def test_every_benchmark_names_its_year_and_its_source():
    assert len({benchmark.id for benchmark in BENCHMARKS}) == len(BENCHMARKS) == 16
    assert all(0 < benchmark.share < 100 and benchmark.year and benchmark.source for benchmark in BENCHMARKS)
    found = {benchmark.id: benchmark for benchmark in BENCHMARKS}
    assert (found["boston-marathon"].share, found["boston-marathon"].year) == (Fraction(1142, 25), "2016")
    assert found["london-ballot"].label == "London Marathon, who applies: 49.55% (ballot for 2026)"
    assert found["uk-10k"].label == "UK, 10 km: 50% (published 2025)"
    assert found["utmb-100m"].label == "UTMB 100M: under 10%, under 8% in 2021 (2022)"


def test_nothing_published_gives_a_small_count_away():
    worlds = (
        (published(SHARE, starting(counts)), dict(zip(("women", "men", "other"), counts, strict=True)))
        for counts in product(range(17), repeat=3)
        if sum(counts)
    )
    assert given_away(worlds, within=lambda row: max(row.values()) < 12) == []
