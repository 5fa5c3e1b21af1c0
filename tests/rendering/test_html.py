"""The report as HTML: what is said, and that nothing typed ever becomes markup, a style or a dangerous link."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import html5lib
import pytest

from auditapp.domain.audit import Answer, Evidence
from auditapp.domain.facts import Choice, Condition, Fact
from auditapp.domain.report import Change, Publication, PublicationState, Report, Superseded, report_on
from auditapp.rendering.html import first_wordings, report_html
from tests.builders import a_checklist, a_criterion, a_level, a_report, an_event, answered

XHTML = "{http://www.w3.org/1999/xhtml}"
PUBLISHED = Publication(
    slug="ridgeline-half-2027", state=PublicationState.LIVE, published_on=dt.date(2027, 2, 18)
)


def html_of(report: Report, **options: Any) -> str:
    return report_html(report, **{"product_name": "Whole Field", "state": "completed"} | options)


def words_of(report: Report, **options: Any) -> str:
    """The visible words of the document, drawings left out, with single spaces between them."""
    spaced = re.sub(
        r"</(td|th|p|h\d|li)>|<br>|<svg.*?</svg>", " ", html_of(report, **options), flags=re.DOTALL
    )
    body = html5lib.parse(spaced).find(f"{XHTML}body")
    assert body is not None
    return " ".join("".join(body.itertext()).replace("\u200b", "").split())


def test_the_cover_says_what_the_report_proves():
    report = a_report(
        answered({"ramp": "full", "lift": "full"}, evidenced=["ramp"]),
        checklist=a_checklist({"ramp": 1, "lift": 1}),
    )
    words = words_of(report)
    assert "Ridgeline Events answered this checklist about its own event." in words
    assert "1 of the 2 points rest on evidence anyone can open." in words
    assert "Self-declared; publisher not verified; evidence given for 1 of 2 answers." in words
    assert "Nobody independent has checked the answers." in words


def test_a_report_on_the_quick_audit_has_its_own_first_pages():
    checklist = a_checklist(
        criteria=[
            a_criterion("ramp", "A1", essential=True, subject="Ways in"),
            a_criterion("lift", "A2"),
            a_criterion("loop", "A3", quick=True, subject="Ways in"),
        ],
        levels=[a_level("fair", score=30)],
    )
    words = words_of(a_report(answered({"ramp": "partly"}), checklist=checklist))
    assert "1 of 1 essentials met at least partly Essentials only" in words
    assert "The result Essentials only: 1 of 1" in words
    assert "The one further criterion that applies was not asked" in words
    assert "Ways in A1 There is a ramp Partly A3 There is a loop Unanswered" in words
    assert "What would cost least to improve" in words
    assert "Provide a ramp" in words
    for absent in ("%", "A2 ", "Plan to", "What each level asks for", "No level"):
        assert absent not in words


def test_an_event_without_organiser_place_and_date_reads_well():
    report = a_report(event=an_event(edition="", date=None, place="", organiser=""))
    words = words_of(report)
    assert "The organiser answered this checklist about its own event." in words
    assert "Date not given" in words
    assert "Organised by" not in words


@pytest.mark.parametrize(
    ("state", "says"),
    [("draft", True), ("completed", False), ("published", False)],
)
def test_only_a_draft_says_so_in_the_text_title_and_margin(state, says):
    html = html_of(a_report(), state=state)
    assert ("This audit is not completed." in html) is says
    assert ('data-draft="Draft"' in html) is says
    assert ("draft of the inclusivity report</title>" in html) is says


def test_a_publication_gives_its_date_expiry_and_address():
    words = words_of(
        a_report(),
        publication=PUBLISHED,
        state="published",
        address="https://wholefield.example/reports/ridgeline-half-2027",
    )
    assert "Completed 16 February 2027, published 18 February 2027, valid until 16 February 2028." in words
    assert "wholefield.example/reports/ridgeline-half-2027" in words


def test_a_withdrawn_report_says_so_with_its_reason():
    withdrawn = PUBLISHED.model_copy(
        update={
            "state": PublicationState.WITHDRAWN,
            "withdrawn_on": dt.date(2027, 3, 3),
            "reason": "The shirt order changed.",
        }
    )
    assert "Withdrawn by the organiser on 3 March 2027: The shirt order changed." in words_of(
        a_report(), publication=withdrawn, state="published"
    )


def test_a_correction_lists_what_changed():
    report = report_on(
        a_checklist(),
        an_event(),
        {},
        answered({"ramp": "full"}),
        completed_on=dt.date(2027, 4, 1),
        supersedes=Superseded(
            slug="old",
            title="Ridgeline Half Marathon 2027",
            percent=50,
            changes=(
                Change(criterion="ramp", code="A1", title="There is a ramp", before="Partly", after="Fully"),
            ),
        ),
    )
    words = words_of(report)
    assert "It replaces an earlier report" in words
    assert "A1 There is a ramp Partly Fully" in words


def test_every_state_of_a_finding_is_shown_in_words():
    checklist = a_checklist(
        criteria=[
            a_criterion("ramp", "A1", proposed=True, essential=True),
            a_criterion("lift", "A2"),
            a_criterion("hoist", "A3"),
            a_criterion("boat", "A4", applies_if=Condition.model_validate({"fact": "lake", "is": True})),
        ],
        facts=[Fact(id="lake", question="Is there a lake?", type="boolean")],
    )
    answers = answered({"ramp": "partly", "lift": "not-applicable"}, evidenced=["ramp"])
    words = words_of(a_report(answers, checklist=checklist, facts={"lake": False}))
    assert (
        "A1 Essential There is a ramp There is one at the start Proposed What we provide, web page, "
        "ridgelinehalf.example/everyone Partly Evidenced ½ of 1" in words
    )
    assert "A2 There is a lift Does not apply: There is no venue Not applicable not counted".replace(
        " ", ""
    ) in words.replace(" ", "")
    assert "A3 There is a hoist Not answered. Asked: Is there a hoist? Unanswered 0 of 1" in words
    assert "Does not apply: the facts of the event rule it out." in words
    assert "Is there a lake? No" in words


def test_facts_are_worded_by_their_kind_and_the_missing_ones_named():
    checklist = a_checklist(
        facts=[
            Fact(id="distance", question="How far?", type="number", unit="km"),
            Fact(
                id="kind",
                question="What kind?",
                type="choice",
                choices=(Choice(id="road", label="Road"), Choice(id="trail", label="Trail")),
            ),
            Fact(id="opens", question="When do entries open?", type="date"),
            Fact(id="lake", question="Is there a lake?", type="boolean"),
        ]
    )
    words = words_of(
        a_report(checklist=checklist, facts={"distance": 42.195, "kind": "trail", "opens": "2027-01-09"})
    )
    assert "How far? 42.195 km" in words
    assert "What kind? Trail" in words
    assert "When do entries open? 9 January 2027" in words
    assert "Not given. Is there a lake?" in words


def test_the_plan_shows_what_the_level_asks_for_today_and_afterwards():
    checklist = a_checklist(
        {"ramp": 2, "lift": 2},
        essentials=["ramp"],
        levels=[a_level("established", score=75, section_floor=50, essentials=100, proposed=True)],
    )
    words = words_of(a_report(answered({"lift": "full"}), checklist=checklist))
    assert "Plan to Established" in words
    assert "Score of at least 75% 50%, 1 point short 75%, met" in words
    assert "Every section at least 50% lowest 50%, met" in words
    assert "Every essential met at least partly 0 of 1, 1 short 1 of 1, met" in words
    assert "What Established asks for Proposed thresholds" in words


@pytest.mark.parametrize(
    ("checklist", "answers", "facts", "says"),
    [
        (a_checklist(), {}, {}, "This checklist has no levels"),
        (
            a_checklist(levels=[a_level("established", score=75)]),
            answered({"ramp": "full"}),
            {},
            "Every level of this checklist is reached.",
        ),
        (
            a_checklist(levels=[a_level("established", score=75)]),
            answered({"ramp": "not-applicable"}),
            {},
            "nothing to score and nothing to plan",
        ),
    ],
    ids=["no levels", "all reached", "nothing applies"],
)
def test_without_a_plan_it_says_why(checklist, answers, facts, says):
    words = words_of(a_report(answers, checklist=checklist, facts=facts))
    assert says in words
    assert "Plan to" not in words


def test_the_first_ready_wordings_fill_half_a_page_and_at_least_one_stays():
    long, short = ("A1", "Ramp", "x" * 3000), ("A2", "Lift", "y" * 700)
    assert first_wordings((long, short)) == (long,)
    assert first_wordings((short, short, short)) == (short, short)
    assert first_wordings(()) == ()


def test_a_percent_sign_in_a_sentence_stays_one():
    assert "so that 100% always means all of it" in words_of(a_report())


MARKUP = '<script>alert(1)</script><img src=x onerror="y">{{ 7*7 }}'


def test_nothing_typed_becomes_markup():
    event = an_event(
        name=MARKUP,
        edition=MARKUP,
        place=MARKUP,
        country=MARKUP,
        organiser=MARKUP,
        website="https://a.example/",
    )
    note = Answer(
        grade="full", note=MARKUP, evidence=(Evidence(kind="page", url="https://a.example/", title=MARKUP),)
    )
    html = html_of(a_report({"ramp": note}, event=event), address="https://a.example/?<b>")
    tree = html5lib.parse(html)
    assert not list(tree.iter(f"{XHTML}script"))
    assert not list(tree.iter(f"{XHTML}img"))
    assert not list(tree.iter(f"{XHTML}style"))
    assert not [element for element in tree.iter() if "style" in element.attrib]
    assert html.count("<bdi>&lt;script&gt;") >= 4
    assert "49" not in html.replace("#", "")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//a.example"]
)
def test_only_addresses_of_the_web_and_of_mail_become_links(address):
    bad = Evidence.model_construct(kind="page", url=address, title="", date=None)
    answer = Answer.model_construct(
        grade="full", not_applicable=None, note="", evidence=(bad,), standing=Answer().standing
    )
    report = a_report({"ramp": Answer(grade="full")})
    report = report.model_copy(
        update={
            "answers": {"ramp": answer},
            "event": report.event.model_copy(update={"website": address}),
        }
    )
    html = html_of(report, address=address)
    links = [a.attrib["href"] for a in html5lib.parse(html).iter(f"{XHTML}a")]
    assert links == []
    assert html.count(address) >= 3


def test_long_words_get_places_to_break_and_text_keeps_to_its_own_direction():
    report = a_report({"ramp": Answer(grade="full", note="x" * 400)}, event=an_event(name="שלום"))
    html = html_of(report)
    assert "<bdi>שלום 2027</bdi>" in html
    assert "x" * 61 not in html


def test_a_translation_can_take_the_place_of_english():
    from auditapp.rendering.html import environment

    shouting = environment(str.upper, lambda one, many, count: (one if count == 1 else many).upper())
    # Placeholders are shouted too, so only sentences without any are looked at.
    assert shouting.from_string("{{ _('Inclusivity report') }}").render() == "INCLUSIVITY REPORT"
