import json
from pathlib import Path

import pytest

from auditapp.catalogue import read_answers
from auditapp.domain.checklist import Checklist, Migration, Succession
from auditapp.domain.errors import RenderingFailed
from auditapp.domain.facts import Condition, Fact
from auditapp.domain.measures import MEASURES
from auditapp.rendering.ahead import MadeOnce
from auditapp.rendering.blank import BlankForm
from tests.builders import a_checklist, a_criterion
from tests.public import Site, a_site
from tests.reading import read, said
from tests.services.trial import write_checklist

CHECKLIST = "/checklists/endurance-event/1.0"


def test_the_list_says_what_each_checklist_is(site):
    page = read(site.client.get("/checklists/"))
    assert page.heading == "Checklists"
    assert "Endurance events 1.0" in page.text
    assert "Superseded" in page.text
    assert "100 criteria in 8 sections, 20 of them essential." in page.text
    assert (
        page.link("Start an audit with Endurance events 1.0") == "/audits/new?checklist=endurance-event@1.0"
    )


def test_a_checklist_can_be_read_whole_before_anything_is_started(site):
    page = read(site.client.get(CHECKLIST))
    checklist = site.app.extensions["auditapp"].catalogue.get("endurance-event@1.0")
    for criterion in checklist.criteria:
        for words in (criterion.title, criterion.question, criterion.improve.change):
            assert " ".join(words.split()) in page.text
        for grade in criterion.grades:
            assert grade.says in page.text
    for fact in checklist.facts:
        assert fact.question in page.text
    for level in checklist.levels:
        assert level.says in page.text
    assert page.text.count("Our proposal") > 10
    assert page.link("Start an audit") == "/audits/new?checklist=endurance-event@1.0"


def test_conditions_are_put_into_words(site):
    text = read(site.client.get(CHECKLIST)).text
    assert (
        "Only asked when “Do people pay to enter?” is yes and “How do people get a place?” is not "
        "“There is no entry: people just turn up”." in text
    )
    assert "“About how many people start?” is at least 50 people" in text
    assert (
        "“Is a shirt or other garment part of the event?” is “Yes, it comes with the entry or for finishing” or “"
        in text
    )
    assert (
        "“About how many people start?” is not at most 29 people; or “What toilets are there at the start?” is not"
        in text
    )


def test_every_explanation_can_be_opened_at_once_so_that_it_is_printed(site):
    closed, opened = (read(site.client.get(f"{CHECKLIST}{query}")) for query in ("", "?why=open"))
    assert not closed.all("details", open="")
    assert len(opened.all("details", open="")) == 100
    assert closed.link("Open every explanation") == f"{CHECKLIST}?why=open"
    assert opened.link("Close every explanation") == CHECKLIST


def test_the_answers_file_of_a_checklist_is_valid_as_it_stands(site):
    response = site.client.get(f"{CHECKLIST}.yaml")
    assert response.status_code == 200
    assert (
        response.headers["Content-Disposition"] == 'attachment; filename="answers-endurance-event-1.0.yaml"'
    )
    catalogue = site.app.extensions["auditapp"].catalogue
    assert read_answers(response.text, catalogue).checklist == "endurance-event@1.0"


def test_criteria_say_whether_they_are_essential_quick_or_proposed(site):
    checklist = site.app.extensions["auditapp"].catalogue.get("run-club@1.0")
    page = read(site.client.get("/checklists/run-club/1.0"))
    for criterion in checklist.criteria:
        article = page.by_id(criterion.code)
        assert article is not None
        head = said(article[0])
        assert ("Essential" in head) == criterion.essential
        assert ("Quick audit" in head) == criterion.in_quick_audit
        assert ("Our proposal" in head) == criterion.proposed
    quick = sum(criterion.in_quick_audit for criterion in checklist.criteria)
    assert f"what the quick audit asks: {quick} criteria" in page.text
    assert "It never says that a grade here equals one of theirs." in page.text


def test_a_measure_stands_with_its_formula_its_thresholds_in_words_and_its_source(site):
    checklist = site.app.extensions["auditapp"].catalogue.get("run-club@1.0")
    text = read(site.client.get("/checklists/run-club/1.0")).text
    measured = [criterion for criterion in checklist.criteria if criterion.measure]
    assert measured
    for criterion in measured:
        measure = MEASURES[criterion.measure.name]
        assert measure.formula in text
        assert measure.sources[0][0] in text
    assert "slowest pace of a group that is led at least once a month at least 6:37 min/km" in text
    assert "anything else" in text


def test_the_contents_lead_to_every_section_and_criterion(site):
    page = read(site.client.get(CHECKLIST))
    checklist = site.app.extensions["auditapp"].catalogue.get("endurance-event@1.0")
    targets = {link.get("href") for link in page.all("a")}
    assert {f"#section-{section.code}" for section in checklist.sections} <= targets
    assert {f"#{criterion.code}" for criterion in checklist.criteria} <= targets
    assert "#contents" in targets


def test_an_id_alone_leads_to_the_version_audits_are_started_with(site):
    response = site.client.get("/checklists/run-club")
    assert (response.status_code, response.location) == (302, "/checklists/run-club/1.0")


def test_a_checklist_is_given_as_data_with_its_digest_and_whether_it_is_released(site):
    catalogue = site.app.extensions["auditapp"].catalogue
    response = site.client.get("/checklists/run-club/1.0.json")
    assert response.mimetype == "application/json"
    assert response.headers["Content-Disposition"] == 'inline; filename="run-club-1.0.json"'
    filed = catalogue.filed("run-club@1.0")
    assert (response.json["digest"], response.json["released"]) == (f"sha256:{filed.digest}", filed.released)
    document = json.dumps(response.json["checklist"])
    assert Checklist.model_validate_json(document) == catalogue.get("run-club@1.0")
    again = site.client.get(
        "/checklists/run-club/1.0.json", headers={"If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304


def test_the_format_of_checklists_is_public(site):
    response = site.client.get("/checklists/schema.json")
    assert response.mimetype == "application/schema+json"
    assert response.json["title"] == "Checklist"
    assert response.json["$schema"].startswith("https://json-schema.org/")


def test_the_blank_form_is_made_once_and_not_at_all_for_whoever_has_it(site):
    asked: list[BlankForm] = []

    def render_blank(form: BlankForm) -> bytes:
        asked.append(form)
        return b"%PDF of " + form.digest.encode()

    rooms = site.app.extensions["auditapp"]
    rooms.pdf.render_blank = render_blank
    filed = rooms.catalogue.filed("run-club@1.0")
    first = site.client.get("/checklists/run-club/1.0.pdf")
    assert (first.status_code, first.mimetype) == (200, "application/pdf")
    assert first.data == b"%PDF of " + filed.digest.encode()
    assert first.content_length == len(first.data)
    assert first.headers["Content-Disposition"] == 'inline; filename="run-club-1.0.pdf"'
    assert site.client.get("/checklists/run-club/1.0.pdf").data == first.data
    mark = {"If-None-Match": first.headers["ETag"]}
    rooms.blank_forms._made = MadeOnce()
    assert site.client.get("/checklists/run-club/1.0.pdf", headers=mark).status_code == 304
    assert len(asked) == 1
    assert asked[0].address == "http://127.0.0.1:8000/checklists/run-club/1.0"


def test_a_form_that_cannot_be_made_says_so(site):
    def render_blank(form: BlankForm) -> bytes:
        raise RenderingFailed("stopped")

    site.app.extensions["auditapp"].pdf.render_blank = render_blank
    response = site.client.get("/checklists/run-club/1.0.pdf")
    assert response.status_code == 503
    assert read(response).heading


@pytest.fixture
def followed(tmp_path: Path) -> Site:
    """A site with a checklist in two versions; the second says what became of the first, and switches a section on."""
    lists = tmp_path / "lists"
    old = a_checklist({"ramp": 2, "map": 2}, version="1.0", status="superseded")
    new = a_checklist(
        criteria=[
            a_criterion("ramp", "A1"),
            a_criterion("loop", "A2", section="hall"),
        ],
        sections=("start", "hall"),
        facts=[Fact(id="indoors", question="Is it indoors?", type="boolean")],
        version="2.0",
        migrate=Migration(
            from_="1.0",
            criteria=(
                Succession(was="ramp", change="narrower", becomes=("ramp",), says="At every door now."),
                Succession(was="map", change="gone", says="Everybody has one."),
            ),
        ),
    )
    hall = new.section("hall").model_copy(update={"applies_if": Condition(fact="indoors", is_=True)})
    new = new.model_copy(update={"sections": (new.sections[0], hall)})
    for one in (old, new):
        write_checklist(lists, one)
    return a_site(tmp_path / "data", checklists=(lists,))


def test_what_changed_since_the_version_before_stands_with_its_sentence(followed):
    page = read(followed.client.get("/checklists/access/2.0"))
    changed = page.text.partition("What changed since 1.0 Answers")[2].partition("Facts about")[0]
    assert "New (1)" in changed
    assert "Asks for more: an old answer may no longer hold (1) A1 There is a ramp became" in changed
    assert "At every door now." in changed
    assert "No longer asked (1) A2 There is a map" in changed
    assert "Everybody has one." in changed
    assert "Since version 1.0: asks for more. At every door now." in page.text
    assert "New since version 1.0." in page.text
    assert page.link("A2") == "/checklists/access/1.0#A2"
    assert page.link("1.0") == "/checklists/access/1.0"


def test_a_version_without_one_before_says_nothing_about_changes(followed):
    assert "What changed" not in read(followed.client.get("/checklists/access/1.0")).text


def test_a_section_says_when_it_is_asked(followed):
    text = read(followed.client.get("/checklists/access/2.0")).text
    assert "This section is only asked when “Is it indoors?” is yes." in text


def test_unknown_checklists_have_a_page_that_says_so(site):
    for address in (
        "/checklists/nothing/1.0",
        "/checklists/endurance-event/9.9",
        "/checklists/nothing/1.0.yaml",
        "/checklists/nothing/1.0.pdf",
        "/checklists/nothing/1.0.json",
        "/checklists/nothing",
    ):
        response = site.client.get(address)
        assert response.status_code == 404
        assert (
            "does not exist" in read(response).text or "no checklist at this address" in read(response).text
        )


def test_a_second_visit_costs_nothing_but_the_question(site):
    first = site.client.get(CHECKLIST)
    assert first.cache_control.no_cache
    again = site.client.get(CHECKLIST, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
