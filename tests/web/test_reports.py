import datetime as dt
import re

import pytest
from werkzeug.test import Client

from auditapp.domain.audit import Answer, Event
from auditapp.domain.comparison import compare
from auditapp.rendering.words import number_word
from auditapp.services import publishing
from auditapp.storage.database import db
from tests.builders import an_event, evidence
from tests.public import PDF
from tests.reading import read

RIDGELINE = "ridgeline-half-marathon-2027"
THREE = [RIDGELINE, "marrowdale-half-2027", "port-ennis-half-marathon-2026"]

HOSTILE = [
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "مسابقة الجري للنساء",
    "W" * 200,
    "{{ 7 * 7 }} {% raw %} %s %(name)s {0}",
    "Ĝĩ ŵ ł ő ğ č 马拉松 🏃‍♀️",
    "compare",
]


def comparison(*slugs, **parts):
    return "/reports/compare", [("report", slug) for slug in slugs] + list(parts.items())


def get(site, address, query=()):
    return site.client.get(address, query_string=list(query))


# ---------------------------------------------------------------------------------------------- the list


def test_a_site_without_reports_says_how_to_begin(site):
    page = read(site.client.get("/reports/"))
    assert "No report has been published here yet." in page.text
    assert page.link("Start an audit") == "/audits/new"


def test_the_list_shows_each_report_with_points_and_evidence(examples):
    page = read(examples.client.get("/reports/"))
    assert page.heading == "Published reports"
    assert "5 reports" in page.text
    assert page.link("Ridgeline Half Marathon 2027") == f"/reports/{RIDGELINE}"
    assert (
        "21.1 km, 640 people. Marrowdale (invented), United Kingdom. Published 24 November 2026" in page.text
    )
    assert "116 of 182 points 46% with evidence" in page.text
    assert (
        "Share of points by section: A 57%, B 69%, C 65%, D 77%, E 45%, EL no score, TR no score, UL 50%"
        in page.text
    )


def test_facets_count_and_narrow_the_list_without_a_script(examples):
    page = read(examples.client.get("/reports/?level=foundation&year=2026"))
    assert page.titles == ["Port Ennis Half Marathon 2026"]
    assert page.checked("level") == ["foundation"]
    assert "Foundation 1 " in page.text
    assert page.link("Show all reports") == "/reports/"


def test_reports_without_a_level_can_be_found(examples):
    assert read(examples.client.get("/reports/?level=none")).titles == ["Ostley Fell Race 2026"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("quill", ["Quillhaven 10K 2026"]),
        ("IRELAND", ["Quillhaven 10K 2026"]),
        ("harriers", ["Marrowdale Half 2027"]),
        ("fell 2026", ["Ostley Fell Race 2026"]),
    ],
)
def test_a_search_looks_at_name_place_and_organiser(examples, words, found):
    assert read(get(examples, "/reports/", [("q", words)])).titles == found


def test_the_list_can_be_ordered_by_the_score_with_evidence(examples):
    page = read(examples.client.get("/reports/"))
    ordered = read(examples.client.get(page.link("Score with evidence")))
    assert ordered.titles[0] == "Quillhaven 10K 2026"
    assert ordered.titles[-1] == "Port Ennis Half Marathon 2026"
    assert ordered.link("Newest first") == "/reports/"


def test_nothing_found_says_what_to_do(examples):
    page = read(examples.client.get("/reports/?q=zebra&level=foundation"))
    assert "No published report fits." in page.text
    assert "Or untick some of the boxes." in page.text
    assert page.checked("level") == ["foundation"]


@pytest.mark.parametrize(
    "query",
    [
        "page=abc", "page=99999999999999999999", "page=-1", "page=0", "page=%C2%B2", "page=1.5", "level=xyz", "year=abc",
        "year=99999999999", "order=random", "checklist=%00", "q=%00%1b%E2%80%AE", "q=" + "x" * 5000, "report=%2e%2e%2f",
        "level=" + "x" * 5000, "&".join(f"year={year}" for year in range(1000, 1500)), "q=%25%5F%5C'%22;--", "level[]=a",
    ],
)  # fmt: skip
def test_odd_parameters_are_answered_politely(examples, query):
    page = read(examples.client.get(f"/reports/?{query}"))
    assert page.heading == "Published reports"


def test_what_makes_no_sense_is_said(examples):
    assert (
        "Left out, because it is not something to search by: abc."
        in read(examples.client.get("/reports/?year=abc")).text
    )
    assert (
        "Left out, because it is not something to search by: B2:best."
        in read(examples.client.get("/reports/?criterion=B2:best")).text
    )


def test_a_list_asks_for_an_answer_to_a_criterion(examples):
    client = examples.client
    response = client.get("/reports/?criterion=B2&answer=full&latest=yes")
    assert (response.status_code, response.location) == (302, "/reports/?criterion=B2:full&latest=yes")
    page = read(client.get(response.location))
    assert "Fully" in page.text
    assert (
        page.link("Take out B2 Using the pregnancy policy costs the entrant nothing: Fully")
        == "/reports/?latest=yes"
    )
    assert {*page.titles} < {*read(client.get("/reports/")).titles}


def test_pages_lead_to_one_another_and_keep_the_search(site):
    for number in range(21):
        site.publish(an_event(f"Race {number}", edition=""))
    first = read(site.client.get("/reports/?q=race"))
    assert len(first.titles) == 20
    second = read(site.client.get(first.link("Next page")))
    assert second.titles == ["Race 0"]
    assert second.link("Previous page") == "/reports/?q=race"


def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(site):
    counts = []
    for upto in (1, 12):
        for number in range(upto):
            site.publish(an_event(f"Race {upto} {number}", edition=""))
        with site.statements() as seen:
            site.client.get("/reports/")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 7


def test_ticked_reports_survive_a_search(examples):
    page = read(get(examples, "/reports/", [("q", "quill"), ("report", RIDGELINE)]))
    assert page.titles == ["Quillhaven 10K 2026"]
    assert page.checked("report") == [RIDGELINE]
    assert "Chosen to compare, not in this list" in page.text


# -------------------------------------------------------------------------------------------- one report


def test_a_report_says_what_it_proves_before_any_figure(examples):
    page = read(examples.client.get(f"/reports/{RIDGELINE}"))
    text = page.text[page.text.index("Inclusivity report, published 24 November 2026") :]
    proof = text.index(
        "Ridgeline Events (example) answered this checklist about its own event. 85 of the 116 points rest on evidence "
        "anyone can open. Nobody independent has checked the answers."
    )
    assert "Self-declared; publisher not verified; evidence given for 39 of 71 answers." in text
    assert proof < text.index("116 of 182 points")


def test_a_report_shows_every_finding_with_its_evidence(examples):
    page = read(examples.client.get(f"/reports/{RIDGELINE}"))
    assert len(page.all("li", class_="finding")) == 100
    assert "Two for women, nine for anyone." in page.text
    assert "The queue ratio is 0.8 to under 1.0 (our proposal)" in page.text
    assert "Does not apply: the facts of the event rule it out." in page.text
    links = [link for link in page.all("a") if "ridgelinehalf.example/prizes" in link.get("href", "")]
    assert {link.get("rel") for link in links} == {"nofollow noopener ugc"}
    assert "figures, ridgelinehalf.example/pictures-counted, seen 12 November 2026" in page.text


def test_a_report_names_the_way_to_the_next_level_and_its_rules(examples):
    text = read(examples.client.get(f"/reports/{RIDGELINE}")).text
    assert "What would reach Advanced" in text
    assert "not a promise by the organiser" in text
    assert "At least 60% of the essentials met in full 10 of 20, 2 short" in text
    assert "The levels are proposals too." in text
    assert "About how many people start? 640 people" in text


def test_the_top_level_needs_no_plan(examples):
    assert (
        "Every level of this checklist is reached."
        in read(examples.client.get("/reports/quillhaven-10k-2026")).text
    )


def test_an_unanswered_report_claims_nothing(site):
    published = site.publish(answers={"A1": Answer(note="We are still counting.")})
    text = read(site.client.get(f"/reports/{published.slug}")).text
    assert "0 of 100 criteria are answered." in text
    assert "Not answered. Asked: Of the people you can clearly make out" in text
    assert "We are still counting." in text
    assert "rest on evidence" not in text
    assert "No level" in text


def test_the_files_of_a_report_are_what_was_stored(examples):
    pdf = examples.client.get(f"/reports/{RIDGELINE}.pdf")
    assert (pdf.status_code, pdf.mimetype, pdf.data) == (200, "application/pdf", PDF)
    assert pdf.headers["Content-Disposition"] == f'inline; filename="{RIDGELINE}.pdf"'
    assert pdf.last_modified == dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    document = examples.client.get(f"/reports/{RIDGELINE}.json")
    with examples.app.app_context():
        assert document.text == publishing.report_document(db.session, RIDGELINE)[1]


@pytest.mark.parametrize("ending", ["", ".pdf", ".json"])
def test_published_pages_and_files_carry_a_validator(examples, ending):
    first = examples.client.get(f"/reports/{RIDGELINE}{ending}")
    assert first.cache_control.no_cache
    assert first.cache_control.must_revalidate
    again = examples.client.get(
        f"/reports/{RIDGELINE}{ending}", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("ending", ["", ".pdf", ".json"])
def test_a_withdrawn_report_leaves_a_stone_without_figures(site, ending):
    published = site.publish(
        answers={"A4": Answer(grade="full", note="Seven of eight.", evidence=(evidence(),))}
    )
    address = f"/reports/{published.slug}{ending}"
    known = site.client.get(address).headers["ETag"]
    published.withdraw("The shirt order changed.", dt.date(2027, 3, 3))
    response = site.client.get(address, headers={"If-None-Match": known})
    assert response.status_code == 410
    assert response.cache_control.no_cache
    page = read(response)
    assert page.heading == "Ridgeline Half Marathon 2027"
    assert (
        "Withdrawn by the organiser on 3 March 2027. The reason given: “The shirt order changed.”"
        in page.text
    )
    assert "Seven of eight" not in page.text
    assert "%" not in page.text
    assert read(site.client.get("/reports/")).titles == []


def test_a_replaced_report_stays_and_leads_to_the_later_one(site):
    first = site.publish(answers={"A4": Answer(grade="partly"), "B3": Answer(grade="none")})
    later = site.correct(first, {"A4": Answer(grade="full")}, dt.date(2026, 12, 1))
    old, new = (read(site.client.get(f"/reports/{one.slug}")) for one in (first, later))
    assert "A later report has replaced this one." in old.text
    assert old.link("Read the later report") == f"/reports/{later.slug}"
    assert old.text.index("A later report has replaced this one.") < old.text.index("points"), (
        "before any figure"
    )
    assert "What changed" in new.text
    assert "Four to six of the eight Seven or all eight" in new.text
    assert new.link("earlier report, 0%") == f"/reports/{first.slug}"


def test_a_replaced_report_does_not_promise_a_later_one_that_was_withdrawn(site):
    first = site.publish(answers={"A4": Answer(grade="partly")})
    later = site.correct(first, {"A4": Answer(grade="full")}, dt.date(2026, 12, 1))
    later.withdraw("The shirt order changed.")
    old = read(site.client.get(f"/reports/{first.slug}"))
    assert "A later report replaced this one, and has been withdrawn since." in old.text
    assert old.link("Read why the later report was withdrawn") == f"/reports/{later.slug}"


def test_a_chain_of_corrections_can_be_walked_page_by_page(site):
    first = site.publish(answers={"A4": Answer(grade="partly"), "B3": Answer(grade="none")})
    second = site.correct(first, {"A4": Answer(grade="full")}, dt.date(2026, 12, 1))
    third = site.correct(second, {"B3": Answer(grade="full")}, dt.date(2026, 12, 2))
    oldest, middle, newest = (read(site.client.get(f"/reports/{one.slug}")) for one in (first, second, third))
    assert oldest.link("Read the later report") == f"/reports/{second.slug}"
    assert oldest.link("Read the latest report") == f"/reports/{third.slug}"
    assert (
        "What the later report changed One criterion differs. “Before” is what this report says."
        in oldest.text
    )
    assert "Four to six of the eight Seven or all eight" in oldest.text
    labels = [region.get("aria-label") for region in oldest.all("div", role="region")]
    assert "Changes, criterion by criterion" in labels, "the section has a name of its own"
    assert "What the later report changed" not in labels
    assert middle.link("Read the later report") == f"/reports/{third.slug}"
    assert "Read the latest report" not in middle.text
    assert middle.link("earlier report, 0%") == f"/reports/{first.slug}"
    assert "replaced" not in newest.text
    assert newest.link("earlier report, 1%") == f"/reports/{second.slug}"
    assert read(site.client.get("/reports/")).titles == ["Ridgeline Half Marathon 2027"]


def test_nothing_of_a_withdrawn_correction_shows_on_the_page_it_replaced(site):
    first = site.publish(answers={"A4": Answer(grade="partly")})
    site.correct(first, {"A4": Answer(grade="full")}, dt.date(2026, 12, 1)).withdraw("Not so.")
    text = read(site.client.get(f"/reports/{first.slug}")).text
    assert "What the later report changed" not in text
    assert "Seven or all eight" not in text


def test_the_stone_of_a_withdrawn_report_leads_to_its_correction(site):
    first = site.publish(answers={"A4": Answer(grade="partly")})
    first.withdraw("Not so.")
    later = site.correct(first, {"A4": Answer(grade="full")}, dt.date(2026, 12, 1))
    stone = read(site.client.get(f"/reports/{first.slug}"))
    assert stone.status == 410
    assert stone.link("Read the later report") == f"/reports/{later.slug}"
    later.withdraw("Nor so.")
    stone = read(site.client.get(f"/reports/{first.slug}"))
    assert stone.link("Read why the later report was withdrawn") == f"/reports/{later.slug}"


def test_a_report_replaced_without_a_difference_says_so(site):
    first = site.publish(answers={"A4": Answer(grade="partly")})
    site.correct(first, {}, dt.date(2026, 12, 1))
    text = read(site.client.get(f"/reports/{first.slug}")).text
    assert "What the later report changed No answer differs between the two." in text


def test_what_a_quick_audit_did_not_ask_is_named_and_leads_nowhere(site):
    first = site.publish(answers=QUICK)
    site.correct(first, {"B3": Answer(grade="full")}, dt.date(2026, 12, 1))
    page = read(site.client.get(f"/reports/{first.slug}"))
    assert re.search(r"What the later report changed One criterion differs.* Now B3 ", page.text)


def test_lists_and_comparisons_mark_what_ran_out(site):
    old = site.publish(
        an_event("Old"), {"A4": Answer(grade="full"), "B3": Answer(grade="none")}, today=dt.date(2020, 2, 29)
    )
    new = site.publish(an_event("New"), {"A4": Answer(grade="full"), "B3": Answer(grade="none")})
    listed = read(site.client.get("/reports/")).text
    assert listed.count("Ran out on") == 1
    assert "Published 29 February 2020. Ran out on 28 February 2021" in listed
    compared = read(get(site, *comparison(old.slug, new.slug))).text
    assert "Answers from 29 February 2020, ran out on 28 February 2021" in compared
    assert compared.count("ran out") == 1


def test_the_plan_counts_changes_apart_from_bare_answers(site):
    published = site.publish(answers={"A4": Answer(grade="full"), "B4": Answer(grade="none")})
    text = read(site.client.get(f"/reports/{published.slug}")).text
    kinds = [step["kind"] for step in get(site, f"/reports/{published.slug}.json").json["plan"]["steps"]]
    answers = kinds.count("answer")
    assert f"{number_word(len(kinds) - answers, capital=True)} changes, 92 points" in text
    assert f"{number_word(answers, capital=True)} more criteria only need an answer." in text
    assert f"Answer {answers} more criteria, whatever the answer is: A8" in text


def test_a_report_past_its_day_says_so(site):
    published = site.publish(today=dt.date(2020, 2, 29))
    text = read(site.client.get(f"/reports/{published.slug}")).text
    assert "This report ran out on 28 February 2021." in text
    assert "It says how things stood on 29 February 2020" in text


QUICK = {"A4": Answer(grade="full"), "B16": Answer(grade="partly"), "C5": Answer(grade="none")}


def test_a_report_on_the_quick_audit_counts_essentials_in_place_of_a_level(site):
    published = site.publish(answers=QUICK)
    page = read(site.client.get(f"/reports/{published.slug}"))
    assert "2 of 20 essentials met at least partly Essentials only" in page.text
    assert "1 of 20 essentials met in full" in page.text
    assert "The 72 further criteria that apply were not asked, so there is no score of the whole" in page.text
    assert "Subject by subject Pictures A1" in page.text
    assert "What would cost least to improve" in page.text
    for absent in ("No level", "% ", "Points by section", "B3 ", "What would reach"):
        assert absent not in page.text
    listed = read(site.client.get("/reports/")).text
    assert "2 of 20 Essentials only" in listed
    assert "0 of 3 answers with evidence" in listed
    assert "Share of points" not in listed


def test_reports_on_the_quick_audit_are_found_apart_from_those_without_a_level(site):
    site.publish(an_event("Quick"), QUICK)
    site.publish(an_event("Whole"), QUICK | {"B3": Answer(grade="none")})
    page = read(site.client.get("/reports/"))
    assert "No level 1 Essentials only 1" in page.text
    assert read(site.client.get("/reports/?level=essentials-only")).titles == ["Quick 2027"]
    assert read(site.client.get("/reports/?level=none")).titles == ["Whole 2027"]
    assert len(read(site.client.get("/reports/?level=none&level=essentials-only")).titles) == 2
    assert read(site.client.get("/reports/?order=evidence")).titles == ["Whole 2027", "Quick 2027"]
    without = read(site.client.get("/reports/?level=essentials-only&year=1999"))
    assert without.checked("level") == ["essentials-only"]
    assert "Essentials only 0" in without.text


def test_beside_a_quick_report_only_what_both_were_asked_counts(site):
    one = site.publish(an_event("One"), QUICK)
    two = site.publish(an_event("Two"), QUICK | {"A4": Answer(grade="none"), "B3": Answer(grade="full")})
    page = read(get(site, *comparison(one.slug, two.slug)))
    assert "Counting only the 28 criteria that apply to both." in page.text
    assert "Of what was answered in a quick audit, only what that asks is counted." in page.text
    assert "Essentials only: 2 of 20" in page.text
    assert "Does not apply to all, or was not asked of all" in page.text
    assert "Not asked in the quick audit" in page.text


def test_a_report_that_replaces_a_quick_one_compares_no_scores(site):
    first = site.publish(answers=QUICK)
    later = site.correct(first, {"B3": Answer(grade="full")}, dt.date(2026, 12, 1))
    text = read(site.client.get(f"/reports/{later.slug}")).text
    assert "Replaces earlier report Download" in text
    assert "This report replaces “Ridgeline Half Marathon 2027”." in text


@pytest.mark.parametrize("name", HOSTILE)
def test_names_and_notes_by_strangers_stay_text(site, name):
    event = Event(name=name, place=name, organiser=name, country=name[:50], edition=name[:50])
    answer = Answer(
        grade="full", note=name * 3, evidence=(evidence(url="https://a.example/<b>\"'onclick=x"),)
    )
    published = site.publish(event, {"A4": answer, "A5": answer})
    other = site.publish(an_event(), {"A4": answer})
    for address in (
        "/reports/", f"/reports/{published.slug}", f"/reports/compare?report={published.slug}&report={other.slug}",
        f"/reports/compare?report={published.slug}",
    ):  # fmt: skip
        page = read(site.client.get(address))
        # Data about the report is no script.
        scripts = [one for one in page.all("script") if one.get("type") != "application/ld+json"]
        assert all((one.get("src") or "").startswith("/static/") for one in scripts)
        assert not page.all("img")
        assert name.split()[0][:20] in page.text
    published.withdraw(name)
    assert not read(site.client.get(f"/reports/{published.slug}")).all("script")


@pytest.mark.parametrize("slug", ["nothing", "NOTHING", "a%00b", "..", "a" * 300, "<b>", "%F0%9F%8F%83"])
@pytest.mark.parametrize("ending", ["", ".pdf", ".json"])
def test_unknown_addresses_have_a_page_that_says_so(examples, slug, ending):
    response = examples.client.get(f"/reports/{slug}{ending}")
    assert response.status_code == 404
    read(response)


# ------------------------------------------------------------------------------------------ side by side


def test_a_comparison_counts_what_the_domain_counts(examples):
    page = read(get(examples, *comparison(*THREE)))
    with examples.app.app_context():
        expected = compare([publishing.find_report(db.session, slug)[1] for slug in THREE])
    assert page.heading == "Three events, side by side"
    assert (
        f"Counting only the {expected.shared} criteria that apply to all three. All used Endurance events 1.0."
        in page.text
    )
    for column in expected.columns:
        assert (
            f"{column.shared.percent}% {column.shared.points} of {column.shared.possible} points, "
            f"{column.shared.evidenced_percent}% with evidence" in page.text
        )
    for section in expected.sections:
        shown = " ".join(
            f"{part.percent}% {part.points} of {part.possible}" if part.possible else "does not apply to all"
            for part in section.sums
        )
        assert f"{section.title} {shown}" in page.text
    assert f"{len(expected.differing)} criteria have different answers." in page.text


def test_differences_come_first_and_the_same_answers_are_folded(examples):
    page = read(get(examples, *comparison(*THREE)))
    bands = [
        "Far apart: one fully, one not at all",
        "One step apart",
        "Answered by only some",
        "Does not apply to all",
    ]
    places = [page.text.index(band) for band in bands]
    assert places == sorted(places)
    with examples.app.app_context():
        expected = compare([publishing.find_report(db.session, slug)[1] for slug in THREE])
    assert all(row.title in page.text for row in expected.differing)
    assert re.search(r"Show the \d+ criteria with the same answer", page.text)
    assert page.all("details")
    by_checklist = read(examples.client.get(page.link("Order by checklist instead")))
    section = next(one for one in by_checklist.all("section") if one.get("aria-labelledby") == "differences")
    codes = [one.text for one in section.iter("span") if "reference" in one.get("class", "").split()]
    with examples.app.app_context():
        report = publishing.find_report(db.session, RIDGELINE)[1]
    assert codes == [criterion.code for criterion in report.checklist.criteria]


def test_a_comparison_is_a_table_with_heads_for_every_row_and_column(examples):
    page = read(get(examples, *comparison(*THREE)))
    region = page.all("div", role="region")[-1]
    assert region.get("tabindex") == "0"
    assert region.get("aria-label")
    assert {head.get("scope") for head in page.all("th")} <= {"col", "row", "rowgroup"}


def test_the_same_comparison_as_csv(examples):
    response = get(examples, "/reports/compare.csv", [("report", slug) for slug in THREE])
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    lines = response.text.splitlines()
    assert lines[0].startswith(
        "code,criterion,title,section,essential,difference,1. Ridgeline Half Marathon 2027: answer"
    )
    assert len(lines) == 1 + 2 + 100


def test_a_comparison_of_one_gives_no_csv(examples):
    response = get(examples, "/reports/compare.csv", [("report", RIDGELINE)])
    assert response.status_code == 422
    assert "a comparison takes 2 to 6 reports, not 1" in read(response).text


def test_reports_named_twice_and_stray_parameters_are_taken_out(examples):
    response = get(
        examples,
        "/reports/compare",
        [("q", ""), ("report", THREE[0]), ("report", THREE[1]), ("report", THREE[0])],
    )
    assert response.status_code == 302
    assert response.location == f"/reports/compare?report={THREE[0]}&report={THREE[1]}"


def test_fewer_than_two_lead_to_the_page_to_choose_on(examples):
    page = read(get(examples, *comparison(RIDGELINE)))
    assert page.heading == "Compare reports"
    assert page.checked("report") == [RIDGELINE]
    assert "Marrowdale Half 2027" in page.titles
    assert "Ridgeline Half Marathon 2027" not in page.titles
    assert read(examples.client.get("/reports/compare")).checked("report") == []


def test_choosing_keeps_what_is_ticked_through_a_search(examples):
    page = read(get(examples, "/reports/compare", [("report", RIDGELINE), ("q", "quill"), ("find", "1")]))
    assert page.titles == ["Quillhaven 10K 2026"]
    assert page.checked("report") == [RIDGELINE]


def test_unknown_reports_are_named_and_the_rest_is_compared(examples):
    page = read(get(examples, *comparison(THREE[0], "no-such-race", THREE[1])))
    assert page.heading == "Two events, side by side"
    assert "There is no report with this address: “no-such-race”." in page.text
    lost = get(examples, *comparison("no-such-race", "nor-this"))
    assert lost.status_code == 404
    assert "There are no reports with these addresses: “no-such-race”, “nor-this”." in read(lost).text


def test_withdrawn_reports_are_left_out_by_name(site):
    kept = [site.publish(an_event(name), {"A4": Answer(grade="full")}) for name in ("One", "Two", "Three")]
    kept[2].withdraw("Wrong file.")
    page = read(get(site, *comparison(*(one.slug for one in kept))))
    assert page.heading == "Two events, side by side"
    assert "“Three 2027” was withdrawn by its organiser and is left out." in page.text
    assert page.link("When and why") == f"/reports/{kept[2].slug}"


def test_more_than_six_are_cut_and_said(site):
    slugs = [
        site.publish(an_event(f"Race {number}"), {"A4": Answer(grade="full")}).slug for number in range(8)
    ]
    page = read(get(site, *comparison(*slugs)))
    assert page.heading == "Six events, side by side"
    assert "Six reports fit side by side; the last 2 you chose are left out." in page.text
    with site.statements() as six:
        get(site, *comparison(*slugs[:6]))
    with site.statements() as two:
        get(site, *comparison(*slugs[:2]))
    assert len(six) == len(two) <= 4


def test_what_does_not_apply_to_all_is_shown_and_not_counted(site):
    no_prizes = {
        "awards": False,
        "age-groups": False,
        "ceremony": False,
        "prize-money": False,
        "goods": False,
        "time-awards": False,
        "para-race": False,
    }
    none = Answer(grade="none")
    one = site.publish(an_event("One"), {"A4": Answer(grade="full"), "B3": none}, facts=no_prizes)
    two = site.publish(an_event("Two"), {"A4": none, "B3": none, "D1": Answer(grade="full")})
    page = read(get(site, *comparison(one.slug, two.slug)))
    assert "Counting only the 89 criteria that apply to both." in page.text
    assert "Prizes and recognition does not apply to all does not apply to all" in page.text
    assert "Far apart: one fully, one not at all" in page.text


def test_notes_are_shortened_to_their_first_words(site):
    long = (
        "Every cubicle is shared by everyone who runs, and there are urinals behind a screen. More follows."
    )
    one = site.publish(an_event("One"), {"C2": Answer(grade="full", note=long)})
    two = site.publish(an_event("Two"), {"C2": Answer(grade="none", note="Ratio 0.62. The rest.")})
    page = read(get(site, *comparison(one.slug, two.slug)))
    assert "Every cubicle is shared by everyone who runs…" in page.text
    assert "Ratio 0.62 " in page.text
    folded = [" ".join(" ".join(one.itertext()).split()) for one in page.all("details", class_="said")]
    assert any(long in text for text in folded)
    assert any("The rest." in text for text in folded)


@pytest.mark.parametrize(
    "address",
    [
        "/reports/",
        "/reports/?q=half",
        "/reports/statistics",
        "/reports/statistics.csv",
        "/reports/calendar",
        f"/reports/{RIDGELINE}",
        f"/reports/compare?report={THREE[0]}&report={THREE[1]}",
    ],
)
def test_a_second_visit_costs_a_look_at_the_count_of_changes(site, address):
    for name in ("Ridgeline Half Marathon", "Marrowdale Half"):
        site.publish(an_event(name))
    first = site.client.get(address)
    assert "Cookie" not in first.headers["Vary"]
    seen = {"If-None-Match": first.headers["ETag"]}
    assert site.client.get(address, headers=seen).status_code == 304
    plain = Client(site.app)
    compressed = plain.get(address, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    with site.statements() as asked:
        again = plain.get(address, headers={"If-None-Match": compressed, "Accept-Encoding": "gzip"})
    assert (again.status_code, again.headers["ETag"], len(asked)) == (304, compressed, 2)
    site.publish(an_event("Another"))
    assert site.client.get(address, headers=seen).status_code == 200
