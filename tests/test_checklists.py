"""Every checklist in checklists/: it can be read, its golden cases hold, and its words keep the house rules."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import ClassVar, NamedTuple

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from auditapp.app import create_app
from auditapp.catalogue import ChecklistFileError, check_checklist, load_catalogue
from auditapp.catalogue.golden import mismatches
from auditapp.catalogue.released import is_changed, releases
from auditapp.domain.audit import Answer
from auditapp.domain.checklist import Checklist, Criterion, GoldenCase
from auditapp.domain.consistency import inconsistencies
from auditapp.domain.facts import Applies, Fact, FactValue
from auditapp.domain.quick import has_quick_audit, quick_minutes
from auditapp.domain.scoring import applicability, score
from auditapp.settings import Settings
from tests.pages import strict

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "checklists"
MANUAL = FOLDER / "README.md"
FONT = ROOT / "auditapp" / "static" / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf"

CHECKLISTS = load_catalogue([FOLDER]).checklists()
CRITERIA = [(checklist, criterion) for checklist in CHECKLISTS for criterion in checklist.criteria]
GOLDEN = [(checklist, case) for checklist in CHECKLISTS for case in checklist.golden]

every_checklist = pytest.mark.parametrize("checklist", CHECKLISTS, ids=lambda checklist: checklist.ref)
every_criterion = pytest.mark.parametrize(
    ("checklist", "criterion"), CRITERIA, ids=[f"{c.ref}-{x.code}" for c, x in CRITERIA]
)

# Sites that carry copies of somebody else’s article, report or abstract.
MIRRORS = (
    "234radio.com",
    "afnnews.qaasid.com",
    "docslib.org",
    "filterpressallwell.com",
    "healthcareskills.com",
    "helm.news",
    "inspiredtorun.co.uk",
    "juiceliverpool.co.uk",
    "marystantondesign.com",
    "mazzarellacafe.it",
    "medworm.com",
    "newssiiopper.co.uk",
    "robertmtownsend.net",
    "runnersworldblog.com",
    "urlfreeze.com",
    "vigourtimes.com",
)
AVOIDED = re.compile(
    r"congratulat|\boops\b|\bjourney|\bempower|\bcertifi|\bcomplian|\bfemale (?:runner|athlete)s?\b|!",
    re.IGNORECASE,
)
FIGURE = re.compile(r"\d+(?:\.\d+)?%")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
YEAR_NOT_GIVEN = "year not given"


class Words(NamedTuple):
    """A piece of text and where in the checklist it stands."""

    where: str
    text: str


def words_of(value: object, where: str = "") -> Iterator[Words]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield Words(where, value)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from words_of(part, f"{where}.{key}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from words_of(part, f"{where}[{index}]")


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_file_reads_without_a_mistake(path: Path) -> None:
    checklist = check_checklist(path)
    assert list(inconsistencies(checklist)) == []
    assert (checklist.id, checklist.version) == (path.parent.name, path.stem)


@every_checklist
def test_every_version_but_a_draft_is_released_and_unchanged(checklist: Checklist) -> None:
    path = FOLDER / checklist.id / f"{checklist.version}.yaml"
    assert (f"{checklist.id}/{checklist.version}.yaml" in releases(FOLDER)) == (checklist.status != "draft")
    assert not is_changed(path)


def test_there_is_a_checklist() -> None:
    assert "endurance-event@1.0" in [checklist.ref for checklist in CHECKLISTS]


@pytest.mark.parametrize(("checklist", "case"), GOLDEN, ids=[f"{c.ref}: {g.title}" for c, g in GOLDEN])
def test_golden_cases_come_out_as_written(checklist: Checklist, case: GoldenCase) -> None:
    assert list(mismatches(checklist, case)) == []


@every_checklist
def test_golden_cases_end_at_every_level_and_at_none(checklist: Checklist) -> None:
    ends = {case.expect.level for case in checklist.golden}
    assert ends == {"none", *(level.id for level in checklist.levels)}


@every_checklist
def test_the_quick_audit_is_shorter_and_takes_at_most_ten_minutes(checklist: Checklist) -> None:
    assert has_quick_audit(checklist)
    assert quick_minutes(checklist) <= 10


@every_checklist
def test_every_source_is_used(checklist: Checklist) -> None:
    used = {key for criterion in checklist.criteria for key in criterion.sources}
    assert {source.id for source in checklist.sources} == used


@every_checklist
def test_every_fact_decides_something_or_is_compared_by(checklist: Checklist) -> None:
    conditions = [checklist.condition(criterion) for criterion in checklist.criteria]
    deciding = {name for condition in conditions if condition is not None for name, _ in condition.facts()}
    assert {fact.id for fact in checklist.facts if not fact.compared} <= deciding


@every_checklist
def test_no_source_is_a_copy_on_another_site(checklist: Checklist) -> None:
    copies = [s.url for s in checklist.sources if s.url and any(mirror in s.url for mirror in MIRRORS)]
    assert copies == []


@every_checklist
def test_the_typeface_has_every_character(checklist: Checklist) -> None:
    drawn = TTFont(FONT).getBestCmap()
    missing = {
        (words.where, character)
        for words in words_of(checklist.model_dump(mode="json"))
        for character in words.text
        if character != "\n" and ord(character) not in drawn
    }
    assert missing == set()


@every_checklist
def test_apostrophes_and_quotation_marks_are_typographic(checklist: Checklist) -> None:
    straight = [
        words for words in words_of(checklist.model_dump(mode="json")) if {"'", '"'} & set(words.text)
    ]
    assert straight == []


@every_checklist
def test_avoided_words_are_absent(checklist: Checklist) -> None:
    found = [words for words in words_of(checklist.model_dump(mode="json")) if AVOIDED.search(words.text)]
    assert found == []


@every_criterion
def test_a_source_is_named_or_its_absence_said(checklist: Checklist, criterion: Criterion) -> None:
    assert checklist.sources_of(criterion) or "no published source" in criterion.why


@every_criterion
def test_every_share_stands_with_its_population_and_year(checklist: Checklist, criterion: Criterion) -> None:
    sentences = [
        sentence for sentence in re.split(r"(?<=[.])\s+(?=[A-Z])", criterion.why) if FIGURE.search(sentence)
    ]
    undated = [s for s in sentences if not YEAR.search(s) and YEAR_NOT_GIVEN not in s]
    assert undated == []
    assert not sentences or checklist.sources_of(criterion)


@every_criterion
def test_texts_are_short_enough_to_read_on_a_phone(checklist: Checklist, criterion: Criterion) -> None:
    assert len(criterion.title) <= 80
    assert len(criterion.question) <= 140
    assert len(criterion.why) <= 480
    assert max(len(grade.says) for grade in criterion.grades) <= 115
    assert max(len(line) for line in (*criterion.guidance.good, *criterion.guidance.not_enough)) <= 160
    assert len(criterion.improve.change) <= 130


@every_criterion
def test_titles_questions_and_grades_are_in_sentence_case(checklist: Checklist, criterion: Criterion) -> None:
    for text in (criterion.title, criterion.question, *(grade.says for grade in criterion.grades)):
        assert text[0].isupper() or not text[0].isalpha()
        capitals = re.findall(r"(?<![.?:] )\b[A-Z][a-z]+", text[1:])
        assert capitals == [], text
    assert not criterion.title.endswith(".")
    assert criterion.question.endswith("?")


@every_criterion
def test_guidance_says_what_counts_and_what_does_not(checklist: Checklist, criterion: Criterion) -> None:
    assert criterion.guidance.good
    assert criterion.guidance.not_enough
    assert criterion.evidence.hint


@every_criterion
def test_grades_differ(checklist: Checklist, criterion: Criterion) -> None:
    said = [grade.says for grade in criterion.grades]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("field", ["id", "code"])
@every_checklist
def test_criteria_of_a_section_stand_together(checklist: Checklist, field: str) -> None:
    in_sections = [getattr(c, field) for s in checklist.sections for c in checklist.criteria_in(s.id)]
    assert [getattr(c, field) for c in checklist.criteria] == in_sections


class TestEnduranceEvents:
    """What the checklist for endurance events promises."""

    CHECKLIST = load_catalogue([FOLDER]).get("endurance-event@1.0")
    ESSENTIALS = [
        "A1", "A4", "A5", "A7", "B1", "B2", "B14", "B16", "C1", "C2", "C5", "C9", "C13", "C15", "C17",
        "D1", "D2", "D4", "E1", "E9",
    ]  # fmt: skip
    DIGNITY = ["C5", "C9", "C21", "D1", "D2"]
    SUBJECTS = ("Shirts", "Period products", "Cut-offs", "Pregnancy deferral", "Prizes", "Pace")

    def codes(self, **having: object) -> list[str]:
        return [c.code for c in self.CHECKLIST.criteria if all(getattr(c, k) == v for k, v in having.items())]

    def test_it_is_the_one_to_start_with(self) -> None:
        assert load_catalogue([FOLDER]).get("endurance-event").ref == "endurance-event@1.0"
        assert load_catalogue([FOLDER]).get("endurance-event@0.1").status == "superseded"

    def test_it_has_exactly_the_twenty_essentials(self) -> None:
        assert self.codes(essential=True) == self.ESSENTIALS

    @pytest.mark.parametrize(
        ("section", "criteria"),
        [("A", 9), ("B", 21), ("C", 23), ("D", 10), ("E", 9), ("EL", 10), ("TR", 9), ("UL", 9)],
    )
    def test_its_sections_are_whole_and_numbered(self, section: str, criteria: int) -> None:
        (found,) = [one for one in self.CHECKLIST.sections if one.code == section]
        assert [c.code for c in self.CHECKLIST.criteria_in(found.id)] == [
            f"{section}{number}" for number in range(1, criteria + 1)
        ]

    @pytest.mark.parametrize(
        ("subject", "codes"),
        [
            ("Shirts", "B16 B21"),
            ("Period products", "C5"),
            ("Cut-offs", "C15 C22 C23 TR2 UL4"),
            ("Pregnancy deferral", "B1 B2 B3 B4 B5 B6 B7 B8 B9 B18 B19 B20 EL8 TR5"),
            ("Prizes", "D1 D2 D3 D4 D5 D6 D8 D9 D10 EL6"),
            ("Pace", "C14 C16 UL8"),
        ],
    )
    def test_it_asks_everything_about_each_subject(self, subject: str, codes: str) -> None:
        assert self.codes(subject=subject) == codes.split()

    @pytest.mark.parametrize("subject", SUBJECTS)
    def test_the_quick_audit_asks_about_each_subject(self, subject: str) -> None:
        assert [c.code for c in self.CHECKLIST.criteria if c.subject == subject and c.in_quick_audit]

    def test_the_quick_audit_is_the_essentials_and_little_more(self) -> None:
        asked = [c.code for c in self.CHECKLIST.criteria if c.in_quick_audit]
        assert sorted(set(asked) - set(self.ESSENTIALS)) == [
            "B18",
            "B20",
            "B21",
            "C14",
            "C16",
            "C22",
            "D3",
            "UL8",
        ]

    def test_essentials_weigh_four_and_the_rest_two(self) -> None:
        assert {c.weight for c in self.CHECKLIST.criteria if c.essential} == {4}
        assert {c.weight for c in self.CHECKLIST.criteria if not c.essential} == {2}

    def test_every_criterion_comes_with_something_to_paste(self) -> None:
        bare = [c.code for c in self.CHECKLIST.criteria if len(c.improve.wording or "") <= 80]
        assert bare == []

    @pytest.mark.parametrize("code", DIGNITY)
    def test_dignity_never_depends_on_the_size_of_the_field(self, code: str) -> None:
        condition = self.CHECKLIST.condition(self.CHECKLIST.criterion(code))
        asked = {name for name, _ in condition.facts()} if condition else set()
        assert not asked & {"starters", "toilets", "start", "distance", "kind", "one-person", "checkpoints"}

    @pytest.mark.parametrize("starters", [1, 28, 30, 200, 50_000])
    def test_dignity_is_asked_of_every_size(self, starters: int) -> None:
        applies = applicability(
            self.CHECKLIST, {"starters": starters, "prize-money": True, "awards": True, "women-only": False}
        )
        assert {code: applies[self.CHECKLIST.criterion(code).id] for code in self.DIGNITY} == dict.fromkeys(
            self.DIGNITY, Applies.YES
        )

    def test_the_pregnancy_clause_settles_every_pregnancy_criterion(self) -> None:
        clause = self.CHECKLIST.criterion("B1").improve.wording or ""
        promises = {
            "B1": "(version of [date])",
            "B2": "at no cost",
            "B3": "next [two] editions",
            "B4": "12 months",
            "B5": "[seven days before race day]",
            "B6": "again, you can move your place again",
            "B7": "surrogate",
            "B8": "Your word is enough",
            "B9": "you are welcome to",
            "B20": "you can choose",
        }
        read = " ".join(clause.split())
        assert [code for code, promise in promises.items() if promise not in read] == []

    @pytest.mark.parametrize("code", ["B1", "B3", "B19", "B20"])
    def test_a_right_to_buy_again_is_named_as_no_deferral(self, code: str) -> None:
        assert any("right to buy" in line for line in self.CHECKLIST.criterion(code).guidance.not_enough)

    def test_every_level_says_that_its_thresholds_are_proposals(self) -> None:
        assert [level.proposed for level in self.CHECKLIST.levels] == [True] * 4

    def test_grades_with_percentages_are_marked_as_proposals(self) -> None:
        unmarked = [
            c.code
            for c in self.CHECKLIST.criteria
            if not c.proposed and any(FIGURE.search(g.says) for g in c.grades)
        ]
        assert unmarked == []

    @pytest.mark.parametrize(
        "criterion",
        [c for c in CHECKLIST.criteria if c.measure and c.measure.grades],
        ids=lambda criterion: criterion.code,
    )
    def test_the_words_of_the_grades_say_what_the_measure_tests(self, criterion: Criterion) -> None:
        """Every number of a test stands in the words of a grade; yes and no need no number."""
        assert criterion.measure is not None
        said = " ".join(grade.says for grade in criterion.grades)
        words = {Fraction(number) for number in re.findall(r"\d+(?:\.\d+)?", said)}
        tested = {
            (test.figure, bound)
            for tests in criterion.measure.grades.values()
            for one in tests
            for test in (one.any or (one,))
            for bound in (test.at_least, test.at_most, test.over, test.under)
            if bound is not None
        }
        silent = {
            (figure, bound)
            for figure, bound in tested
            if abs(bound) not in words and (figure, bound) not in SAID_WITHOUT_A_NUMBER
        }
        assert silent == set()

    @pytest.mark.parametrize(("taker", "lender"), [("C2", "C1"), ("C23", "C22"), ("B21", "B16")])
    def test_whoever_takes_numbers_is_asked_only_where_they_are_entered(
        self, taker: str, lender: str
    ) -> None:
        """For every value of every fact that either of them asks about."""
        first, second = self.CHECKLIST.criterion(taker), self.CHECKLIST.criterion(lender)
        assert first.measure is not None
        assert first.measure.numbers_from == second.id
        names = {
            name
            for criterion in (first, second)
            if (condition := self.CHECKLIST.condition(criterion)) is not None
            for name, _ in condition.facts()
        }
        values = [[(name, value) for value in possible(self.CHECKLIST.fact(name))] for name in sorted(names)]
        for chosen in product(*values):
            applies = applicability(self.CHECKLIST, dict(chosen))
            if applies[first.id] is not Applies.NO:
                assert applies[second.id] is not Applies.NO, chosen


SAID_WITHOUT_A_NUMBER = {
    ("sizes-ratio", Fraction(1)),  # "in as many sizes as the other or more"
    ("chart", Fraction(1)),
    ("chosen-at-entry", Fraction(1)),
    ("no-garment", Fraction(1)),
    ("women-sizes", Fraction(1)),  # "a women’s cut"
    ("men-sizes", Fraction(0)),  # where there is no other cut, there are no men’s shirts to compare with
    ("women-units", Fraction(0)),  # "or no toilet"
    ("reach", Fraction(100)),  # "at every staffed point"
    ("both-kinds", Fraction(1)),
    ("without-asking", Fraction(1)),
    ("announced", Fraction(1)),
    ("points-with-products", Fraction(1)),
    ("women-in-first-row", Fraction(1)),  # "always a woman among the medics"
    ("lowest-ratio", Fraction(1)),  # "at least as much as men"
    ("depth", Fraction(1)),
    ("share-to-field", Fraction(1)),  # "no more than women’s share of your starters"
    ("cost", Fraction(0)),  # "nothing is lost"
    ("cost", Fraction(50)),  # "no more than half"
    ("total-ratio", Fraction(95, 100)),  # "at least 95% of the men’s"
    ("fairness", Fraction(1)),  # "100% of their share of applicants", "at least their share of finishers"
    ("fairness", Fraction(9, 10)),  # "90% of their share"
    ("women-share-of-places", Fraction(50)),  # "half of the places"
    ("removed-difference-low", Fraction(0)),  # "within chance"
}
"""Thresholds that are said in words or as a percentage."""


def possible(fact: Fact) -> list[FactValue]:
    """Values of a fact between which the conditions can tell."""
    if fact.type == "boolean":
        return [True, False]
    if fact.type == "choice":
        return [choice.id for choice in fact.choices]
    return [29, 30, 49, 50, 99, 100, 200]


class TestPregnancyDeals:
    """Five deals that all go by the name of deferral come out different."""

    CHECKLIST = TestEnduranceEvents.CHECKLIST
    BALLOT: ClassVar[dict[str, FactValue]] = {"places": "ballot", "paid-entry": True, "held-again": True}
    CODES = ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B18", "B19", "B20"]
    DEALS: ClassVar[dict[str, dict[str, str]]] = {
        # The right everybody has to buy a place again next year; pregnancy is not mentioned.
        "the right everybody has": dict.fromkeys(CODES, "none"),
        # A reserved place at one of the next two editions, named and public, for the full fee once more.
        "a right to buy again": {
            "B1": "full", "B2": "none", "B3": "full", "B4": "partly", "B5": "full", "B6": "partly",
            "B7": "none", "B8": "none", "B18": "full", "B19": "full", "B20": "none",
        },
        # A good policy that stands neither in the terms nor on the website.
        "a policy nobody can find": {
            "B1": "full", "B2": "full", "B3": "full", "B4": "full", "B5": "full", "B6": "partly",
            "B7": "none", "B8": "full", "B18": "none", "B19": "full", "B20": "partly",
        },
        # The whole fee back, and no place kept.
        "a refund": {
            "B1": "full", "B2": "full", "B3": "none", "B4": "full", "B5": "full", "B6": "none",
            "B7": "none", "B8": "full", "B18": "full", "B19": "full", "B20": "partly",
        },
        # The place moved at no cost to one of the next three editions.
        "a carried-over place": {
            "B1": "full", "B2": "full", "B3": "full", "B4": "full", "B5": "full", "B6": "partly",
            "B7": "none", "B8": "full", "B18": "full", "B19": "full", "B20": "partly",
        },
    }  # fmt: skip

    def points(self, deal: Mapping[str, str], facts: Mapping[str, FactValue]) -> Fraction:
        """What a deal earns, where only the criteria on pregnancy are answered."""
        answers = {self.CHECKLIST.criterion(code).id: Answer(grade=grade) for code, grade in deal.items()}
        return score(self.CHECKLIST, answers, facts).total.points

    def test_where_places_run_out_each_comes_out_different(self) -> None:
        # B1 and B2 weigh 4, the other nine 2, and partly is half: 26 points are possible.
        assert {name: self.points(deal, self.BALLOT) for name, deal in self.DEALS.items()} == {
            "the right everybody has": 0,
            "a right to buy again": 4 + 0 + 2 + 1 + 2 + 1 + 0 + 0 + 2 + 2 + 0,  # 14
            "a policy nobody can find": 4 + 4 + 2 + 2 + 2 + 1 + 0 + 2 + 0 + 2 + 1,  # 20
            "a refund": 4 + 4 + 0 + 2 + 2 + 0 + 0 + 2 + 2 + 2 + 1,  # 19
            "a carried-over place": 4 + 4 + 2 + 2 + 2 + 1 + 0 + 2 + 2 + 2 + 1,  # 22
        }

    def test_where_entry_is_open_a_refund_does_what_a_kept_place_does(self) -> None:
        # B6 is not asked, since there is no status to keep, and B3 counts the whole fee back: 21 points each.
        facts = self.BALLOT | {"places": "open"}
        refund, kept = self.DEALS["a refund"] | {"B3": "full"}, self.DEALS["a carried-over place"]
        assert self.points(refund, facts) == self.points(kept, facts) == 4 + 4 + 2 + 2 + 2 + 0 + 2 + 2 + 2 + 1
        assert self.points(refund | {"B20": "full"}, facts) == 22, "the choice between them is worth more"

    def test_only_the_choice_between_place_and_money_earns_everything(self) -> None:
        assert all(deal["B20"] != "full" for deal in self.DEALS.values())

    def test_finding_it_and_having_it_are_two_answers(self) -> None:
        hidden, public = self.DEALS["a policy nobody can find"], self.DEALS["a carried-over place"]
        assert {code for code in self.CODES if hidden[code] != public[code]} == {"B18"}


class TestManual:
    """The manual for authors stays true."""

    TEXT = MANUAL.read_text(encoding="utf-8")

    def small_checklist(self) -> str:
        blocks = re.findall(r"^```yaml\n(.*?)^```", self.TEXT, re.DOTALL | re.MULTILINE)
        whole = [block for block in blocks if block.startswith("id:")]
        assert len(whole) == 1
        return str(whole[0])

    def written(self, folder: Path, text: str) -> Path:
        path = folder / "checklists" / "quiet-day" / "0.1.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        return path

    def test_its_small_checklist_is_complete_and_right(self, tmp_path: Path) -> None:
        checklist = check_checklist(self.written(tmp_path, self.small_checklist()))
        assert checklist.ref == "quiet-day@0.1"
        assert len(checklist.golden) == 3

    def test_its_walk_leads_from_a_copy_to_a_working_page(self, tmp_path: Path) -> None:
        text = self.small_checklist()
        walk = self.TEXT.partition("## Your first checklist")[2].partition("## A complete small checklist")[0]
        for step in ("lists/sportive/0.1.yaml", "AUDITAPP_CHECKLISTS=lists make run", "/checklists/sportive"):
            assert step in walk
        path = tmp_path / "lists" / "sportive" / "0.1.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(
            text.replace("id: quiet-day", "id: sportive").replace("Quiet days", "Sportives"), "utf-8"
        )
        assert check_checklist(path).ref == "sportive@0.1"
        app = strict(create_app(Settings(data=tmp_path / "data", checklists=(path.parent.parent,))))
        page = app.test_client().get("/checklists/sportive", follow_redirects=True)
        assert page.status_code == 200
        assert "Sportives 0.1" in page.text
        assert "Is there an announced hour without music?" in page.text

    def test_the_mistakes_it_shows_are_the_ones_reported(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = self.small_checklist()
        for right, wrong in (
            ("weight: 4", "weight: high"),
            ("essential: true", "esential: true"),
            ('      - { id: partly, says: "There is one, but it is not announced" }\n', ""),
            ("fact: visitors", "fact: visitor"),
        ):
            assert right in text
            text = text.replace(right, wrong, 1)
        self.written(tmp_path, text)
        monkeypatch.chdir(tmp_path)
        with pytest.raises(ChecklistFileError) as mistakes:
            check_checklist(Path("checklists/quiet-day/0.1.yaml"))
        reported = "\n".join(str(problem) for problem in mistakes.value.problems)
        assert f"```\n{reported}\n```" in self.TEXT

    def test_it_explains_every_key(self) -> None:
        schema = Checklist.model_json_schema(by_alias=True)
        keys = set(schema["properties"])
        for model in (
            "Source",
            "Fact",
            "Section",
            "Criterion",
            "Grade",
            "Improvement",
            "Guidance",
            "Level",
            "GoldenCase",
            "Succession",
            "Migration",
            "MeasureUse",
            "Test",
        ):
            keys |= set(schema["$defs"][model]["properties"])
        keys |= set(schema["$defs"]["Expected"]["properties"])
        assert {key for key in keys if f"`{key}`" not in self.TEXT} == set()

    @pytest.mark.parametrize(
        "word",
        [
            "page",
            "policy",
            "photo",
            "number",
            "supplier",
            "witness",
            "nothing",
            "small",
            "medium",
            "large",
            "draft",
            "current",
            "superseded",
        ],
    )
    def test_it_explains_every_kind_band_and_status(self, word: str) -> None:
        assert f"`{word}`" in self.TEXT

    def test_its_links_within_the_page_lead_somewhere(self) -> None:
        headings = re.findall(r"^#+ (.+)$", self.TEXT, re.MULTILINE)
        anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert {link for link in re.findall(r"\]\(#([^)]+)\)", self.TEXT) if link not in anchors} == set()
