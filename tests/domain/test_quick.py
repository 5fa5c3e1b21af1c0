from auditapp.domain.audit import Answer, Standing
from auditapp.domain.checklist import Improvement
from auditapp.domain.facts import Choice, Condition, Fact
from auditapp.domain.quick import (
    Scope,
    has_quick_audit,
    quick_criteria,
    quick_facts,
    quick_minutes,
    quick_result,
    scope_of,
)
from auditapp.domain.report import Report
from auditapp.domain.scoring import score
from tests.builders import a_checklist, a_criterion, a_level, a_report, answered


def a_change(cost, days=0):
    return Improvement(change="Do it", cost=cost, days=days)


QUICK = a_checklist(
    criteria=[
        a_criterion("ramp", "A1", essential=True, subject="Ways in", improve=a_change("large", 60)),
        a_criterion("map", "A2"),
        a_criterion("loop", "A3", quick=True, subject="Ways in", improve=a_change("nothing")),
        a_criterion("toilet", "A4", essential=True, improve=a_change("small", 30)),
        a_criterion("menu", "A5", quick=True, subject="Food", weight=3, improve=a_change("small", 30)),
    ],
    levels=[a_level("fair", score=20)],
)


def names(parts):
    return [part.id for part in parts]


def test_the_quick_audit_asks_the_essentials_and_what_is_marked():
    assert names(quick_criteria(QUICK)) == ["ramp", "loop", "toilet", "menu"]
    assert has_quick_audit(QUICK)


def test_there_is_no_shorter_way_when_everything_or_nothing_is_in_it():
    assert not has_quick_audit(a_checklist({"ramp": 1}, essentials=["ramp"]))
    assert not has_quick_audit(a_checklist({"ramp": 1, "map": 1}))


def test_only_facts_that_decide_about_its_criteria_are_asked_first():
    checklist = a_checklist(
        criteria=[
            a_criterion("ramp", "A1", essential=True, applies_if=Condition(fact="stairs", is_=True)),
            a_criterion("map", "A2", applies_if=Condition(fact="indoors", is_=True)),
        ],
        facts=[
            Fact(id="indoors", question="Is it indoors?", type="boolean"),
            Fact(id="stairs", question="Are there stairs?", type="boolean"),
            Fact(id="seats", question="How many seats?", type="number", unit="seats"),
        ],
    )
    assert names(quick_facts(checklist)) == ["stairs"]


def test_its_minutes_are_reading_until_an_answer_fits_and_choosing():
    fifty = "word " * 49 + "end?"
    indoors = Fact(
        id="indoors",
        question="What is it?",
        help="word " * 100,
        type="choice",
        choices=(Choice(id="hall", label="Indoors"), Choice(id="field", label="Outdoors")),
    )

    def minutes(**parts):
        criteria = [
            a_criterion("ramp", "A1", essential=True, question=fifty, **parts),
            a_criterion("loop", "A2", quick=True, question=fifty),
            a_criterion("map", "A3", question=fifty),
        ]
        return quick_minutes(a_checklist(criteria=criteria, facts=[indoors]))

    # Twice 50 words and two thirds of 13 are read in 31 seconds, and two choices take 8.
    assert minutes() == 1
    # 103 words of the fact and three quarters of its two choices: 27 seconds more to read, and 4 to choose.
    assert minutes(applies_if=Condition(fact="indoors", is_="hall")) == 1
    indoors = indoors.model_copy(update={"help": "word " * 200})
    assert minutes(applies_if=Condition(fact="indoors", is_="hall")) == 2


def test_the_shortest_quick_audit_takes_a_minute():
    assert quick_minutes(a_checklist({"ramp": 1, "map": 1}, essentials=["ramp"])) == 1


def test_the_scope_is_quick_while_nothing_else_is_answered():
    def scope(answers):
        return scope_of(QUICK, score(QUICK, answers))

    assert scope({}) is Scope.WHOLE
    assert scope(answered({"ramp": "none"})) is Scope.QUICK
    assert scope(answered({"ramp": "none", "menu": "not-applicable"})) is Scope.QUICK
    assert scope(answered({"ramp": "none", "map": "none"})) is Scope.WHOLE
    assert scope(answered({"ramp": "none", "map": "not-applicable"})) is Scope.WHOLE
    carried = Answer(grade="full", standing=Standing.CARRIED)
    assert scope(answered({"ramp": "none"}) | {"map": carried}) is Scope.QUICK


def test_the_scope_is_whole_when_nothing_else_applies():
    checklist = a_checklist(
        criteria=[
            a_criterion("ramp", "A1", essential=True),
            a_criterion("map", "A2", applies_if=Condition(fact="indoors", is_=True)),
        ],
        facts=[Fact(id="indoors", question="Is it indoors?", type="boolean")],
    )
    outdoors = score(checklist, answered({"ramp": "full"}), {"indoors": False})
    assert scope_of(checklist, outdoors) is Scope.WHOLE


def test_its_result_counts_essentials_and_says_what_stands_open():
    answers = answered({"ramp": "none", "toilet": "partly", "loop": "full"})
    result = quick_result(QUICK, score(QUICK, answers))
    assert (result.essentials.met, result.essentials.applicable) == (1, 2)
    assert (result.in_full.met, result.in_full.applicable) == (0, 2)
    assert (result.asked.answered, result.asked.applicable) == (3, 4)
    assert [(one.title, names(one.findings)) for one in result.subjects] == [
        ("Ways in", ["ramp", "loop"]),
        ("Food", ["menu"]),
    ]
    assert names(result.unanswered) == ["menu"]
    assert names(result.unmet) == ["ramp"]


def test_what_does_not_apply_is_not_counted_and_still_shown_with_its_subject():
    answers = answered({"ramp": "not-applicable", "toilet": "full"})
    result = quick_result(QUICK, score(QUICK, answers))
    assert (result.essentials.met, result.essentials.applicable) == (1, 1)
    assert result.asked.applicable == 3
    assert names(result.subjects[0].findings) == ["ramp", "loop"]


def test_the_cheapest_changes_come_first_and_at_the_same_price_essentials_and_then_gains():
    answers = answered({"ramp": "none", "loop": "partly", "toilet": "none", "menu": "none", "map": "none"})
    result = quick_result(QUICK, score(QUICK, answers))
    assert names(result.cheapest) == ["loop", "toilet", "menu"]
    half = answered({"toilet": "partly", "menu": "none", "ramp": "full"})
    assert names(quick_result(QUICK, score(QUICK, half)).cheapest) == ["menu", "toilet"]


def test_a_report_on_the_quick_audit_has_a_count_in_place_of_level_and_plan():
    quick = a_report(answered({"ramp": "full", "toilet": "full"}), checklist=QUICK)
    assert quick.score.level == "fair"
    assert (quick.scope, quick.level, quick.plan) == (Scope.QUICK, None, None)
    assert (quick.essentials_only.met, quick.essentials_only.applicable) == (2, 2)
    assert Report.model_validate_json(quick.model_dump_json()) == quick
    whole = a_report(answered({"ramp": "full", "toilet": "full", "map": "full"}), checklist=QUICK)
    assert (whole.level.id, whole.essentials_only) == ("fair", None)


def test_a_report_on_the_quick_audit_shows_what_was_asked_and_what_has_a_note():
    answers = answered({"ramp": "full"})
    assert names(a_report(answers, checklist=QUICK).findings_in("start")) == [
        "ramp",
        "loop",
        "toilet",
        "menu",
    ]
    noted = a_report(answers | {"map": Answer(note="Being drawn")}, checklist=QUICK)
    assert len(noted.findings_in("start")) == 5
    whole = a_report(answered({"map": "none"}), checklist=QUICK)
    assert len(whole.findings_in("start")) == 5
