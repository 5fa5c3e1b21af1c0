"""A reader who has only the PDF of a real audit does every sum again: from the numbers printed, by the working printed,
against the thresholds printed, to the grade printed. Nothing here looks at the model behind it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from pathlib import Path

import pytest

from auditapp.catalogue import load_catalogue, read_answers
from auditapp.domain.report import report_on
from auditapp.rendering.pdf import render_report_pdf
from tests.domain.measures.by_hand import worked
from tests.paper import PrintedTable, printed, tables

HERE = Path(__file__).resolve().parent
AMOUNT = r"[\d,]+(?:\.\d+)?"


@dataclass(frozen=True)
class Paper:
    """The tables of a printed report, and what a reader finds in them."""

    tables: list[PrintedTable]
    text: str

    def table(self, caption: str) -> PrintedTable:
        """The one table whose caption begins like this."""
        (found,) = (table for table in self.tables if table.caption.startswith(caption))
        return found

    def finding(self, code: str) -> tuple[str, str, str]:
        """What was found for a criterion: its words, its answer, its points."""
        (row,) = (
            row
            for table in self.tables
            if table.rows[0] == ("No.", "Criterion and what was found", "Answer", "Points")
            for row in table.body
            if re.match(rf"{code}\b", row[0])
        )
        _, words, answer, points = row
        return words, answer, points

    def working(self, code: str) -> dict[str, str]:
        """The lines of the working by what they work out."""
        return {row[0]: row[1] for row in self.table(f"The working of {code}").body}

    def thresholds(self, code: str) -> list[tuple[str, str, str]]:
        """Grade, what it asks for, and where the figure stands, best grade first."""
        return [
            (grade, asks, here)
            for grade, asks, here in self.table(f"What each grade of {code} asks for").body
        ]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Paper]:
    """Prints the report on an event and reads it back; each event once."""
    catalogue = load_catalogue([HERE.parent / "checklists"])
    read: dict[str, Paper] = {}

    def paper_of(name: str) -> Paper:
        if name not in read:
            file = read_answers(HERE / "events" / f"{name}.yaml", catalogue)
            report = report_on(
                catalogue.get(file.checklist),
                file.event,
                file.facts,
                file.answers,
                completed_on=dt.date(2026, 11, 25),
            )
            path = tmp_path_factory.mktemp("printed") / f"{name}.pdf"
            path.write_bytes(render_report_pdf(report, None, product_name="Whole Field", state="completed"))
            document = printed(path)
            read[name] = Paper(tables(document), document.text)
        return read[name]

    return paper_of


def parts(pattern: str, text: str) -> tuple[str, ...]:
    """What a printed line holds, by its groups; fails where the line reads otherwise."""
    found = re.fullmatch(pattern, text)
    assert found is not None, f"{text!r} does not read as {pattern!r}"
    return found.groups()


def number(text: str) -> Fraction:
    """A printed number: "55,000", "0.95", "19.9%"; a cell that is empty or says "not given" is nothing."""
    found = re.fullmatch(rf"[−-]?({AMOUNT})(?:%| points?)?", text)
    if found is None:
        assert text in ("", "not given"), f"{text!r} is no number"
        return Fraction(0)
    value = Fraction(found[1].replace(",", ""))
    return -value if text.startswith(("−", "-")) else value


def agrees(exact: Fraction, shown: str) -> bool:
    """Whether a printed number is the exact one, cut off where it ends."""
    value, places = number(shown), len(shown.partition(".")[2].rstrip("% points"))
    step = Fraction(1, 10**places)
    return value <= exact < value + step if exact >= 0 else value - step < exact <= value


def grade_by_hand(thresholds: list[tuple[str, str, str]], figures: dict[str, Fraction]) -> str:
    """The best grade all of whose printed tests hold for the figures worked out again.

    Checks on the way that the figure printed beside a test is the one worked out, and that "reached" is true.
    """
    held: dict[str, bool] = {}
    for grade, asks, here in thresholds:
        if asks == "anything else":
            held[grade] = True
            continue
        name, relation, limit = parts(r"(.+) at (least|most) (\S+)", asks)
        exact = figures[name]
        holds = exact >= number(limit) if relation == "least" else exact <= number(limit)
        shown, _, reached = here.partition(", ")
        assert agrees(exact, shown), f"{name} is {float(exact)}, not {shown}"
        assert reached == ("reached" if holds else "not reached")
        held[grade] = held.get(grade, True) and holds
    return next(grade for grade, holds in held.items() if holds)


def ordinal(place: int) -> str:
    ending = "th" if 10 < place % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


@pytest.mark.parametrize(
    ("name", "places", "grade", "points"),
    [("london-marathon", 12, "Fully", "4 of 4"), ("killington-fell-race", 1, "Not met", "0 of 4")],
)
def test_prizes_are_worked_out_again_from_the_paper(
    paper: Callable[[str], Paper], name: str, places: int, grade: str, points: str
):
    page = paper(name)
    entered = page.table("The numbers entered for D1: Prizes")
    assert entered.rows[0] == ("Place", "Women", "Men")
    assert [row[0] for row in entered.body] == [ordinal(place) for place in range(1, places + 1)]
    rows = [(number(women), number(men)) for _, women, men in entered.body]
    paid = [(women, men) for women, men in rows if women or men]
    women, men = sum((w for w, _ in paid), Fraction(0)), sum((m for _, m in paid), Fraction(0))
    lowest = min(w / m if m else Fraction(1) for w, m in paid)
    depth = Fraction(sum(1 for w, _ in paid if w), sum(1 for _, m in paid if m))

    working = page.working("D1")
    first, second = parts(rf"({AMOUNT}) ÷ ({AMOUNT}) = .+", working["Lowest ratio at any place"])
    assert (number(first), number(second)) in paid
    assert number(first) / number(second) == lowest
    assert working["Totals"].startswith(f"{int(women):,} ÷ {int(men):,} = ")
    assert working["Places paid, women and men"] == f"{places} and {places}"

    figures = {
        "lowest ratio at any place": lowest,
        "places paid to women ÷ places paid to men": depth,
        "women’s total ÷ men’s total": women / men,
    }
    assert grade_by_hand(page.thresholds("D1"), figures) == grade
    _, answer, scored = page.finding("D1")
    assert answer.startswith(grade)
    assert answer.endswith("from the numbers")
    assert scored == points


def test_what_a_deferral_costs_is_worked_out_again_from_the_paper(paper: Callable[[str], Paper]):
    page = paper("new-york-city-marathon")
    entered = page.table("The numbers entered for B2").body
    fee, lost, again = (number(value) for label, value in entered if label != "Currency")
    cost = 100 * (lost + again) / fee
    (name,) = {
        re.sub(r" at (least|most) \S+$", "", asks)
        for _, asks, _ in page.thresholds("B2")
        if asks != "anything else"
    }
    assert cost == 200
    assert grade_by_hand(page.thresholds("B2"), {name: cost}) == "Not met"
    assert page.finding("B2")[1].startswith("Not met")


@pytest.mark.parametrize(
    ("name", "code", "benchmark", "small"),
    [
        ("trail-alsace-grand-est", "A7", None, False),
        ("trail-alsace-grand-est", "UL9", Fraction(23), False),
        ("millstone-100-2021", "A7", None, True),
        ("millstone-100-2021", "UL9", Fraction(18), True),
    ],
)
def test_shares_of_women_are_worked_out_again_from_the_paper(
    paper: Callable[[str], Paper], name: str, code: str, benchmark: Fraction | None, small: bool
):
    page = paper(name)
    ((edition, women, men, others),) = page.table(f"The numbers entered for {code}: Starters").body
    count, everyone = number(women), number(women) + number(men) + number(others)
    share = 100 * count / everyone

    working = page.working(code)
    above, below, shown = parts(r"([\d,]+) ÷ ([\d,]+) = (\S+)", working[f"Women, {edition}"])
    assert (number(above), number(below)) == (count, everyone)
    assert agrees(share, shown)

    ((_, counted, interval),) = page.table(f"Counts and shares of {code}").body
    assert counted == f"{int(count):,} of {int(everyone):,}"
    printed_share, low, high = parts(r"(\S+) \((\S+) to (\S+)\)", interval)
    assert agrees(share, printed_share)
    for end, exact in zip((low, high), wilson(int(count), int(everyone)), strict=True):
        assert abs(float(number(end)) - exact) <= 0.1

    if benchmark is not None:
        (chosen,) = (value for label, value in page.table(f"The numbers entered for {code} (").body)
        assert f": {benchmark}%" in chosen
        gain = working["Above the benchmark"]
        assert agrees(share - benchmark, gain.rpartition(" = ")[2])
    assert ("Small numbers: shown, not judged." in page.text) == small
    assert page.finding(code)[1] == "Unanswered"


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share in percent, by the formula the report names (Wilson)."""
    z, share = 1.959964, count / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return 100 * (middle - half), 100 * (middle + half)


@pytest.mark.parametrize("name", ["london-marathon", "trail-alsace-grand-est"])
def test_every_line_of_the_working_is_true_and_every_figure_names_its_source(
    paper: Callable[[str], Paper], name: str
):
    page = paper(name)
    lines = [
        text for table in page.tables if table.caption.startswith("The working of ") for _, text in table.body
    ]
    sums = [sum_ for sum_ in map(worked, lines) if sum_ is not None]
    assert sums
    assert all(sum_.agrees for sum_ in sums)
    codes = {table.caption.split()[3] for table in page.tables if table.caption.startswith("The working of ")}
    for code in codes:
        (source,) = (
            table.caption
            for table in page.tables
            if table.caption.startswith(f"The numbers entered for {code} (")
        )
        assert re.search(r"\b20\d\d\b", source)
        words, _, _ = page.finding(code)
        assert "Source: " in words
        assert re.search(r"\b20\d\d\b|date not known", words.rpartition("Source: ")[2])


@pytest.mark.parametrize("name", ["london-marathon", "millstone-100-2021"])
def test_the_score_is_added_up_again_from_the_paper(paper, name):
    """As “How this report was made” says: the points of all findings, of those possible; what does not apply leaves both."""
    findings = [
        row
        for table in paper(name).tables
        if table.rows[0] == ("No.", "Criterion and what was found", "Answer", "Points")
        for row in table.body
    ]
    assert len(findings) > 50
    sums = [re.fullmatch(rf"({AMOUNT}) of ({AMOUNT})", row[-1]) for row in findings]
    earned = sum((number(one[1]) for one in sums if one), Fraction(0))
    possible = sum((number(one[2]) for one in sums if one), Fraction(0))
    total = re.search(rf"Here that is ({AMOUNT}) of ({AMOUNT}) points, which is (\d+)%", paper(name).text)
    assert total is not None
    assert (earned, possible) == (number(total[1]), number(total[2]))
    assert earned * 100 // possible == int(total[3])
