from auditapp.catalogue import read_answers
from tests.reading import read

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


def test_the_answers_file_of_a_checklist_is_valid_as_it_stands(site):
    response = site.client.get(f"{CHECKLIST}.yaml")
    assert response.status_code == 200
    assert (
        response.headers["Content-Disposition"] == 'attachment; filename="answers-endurance-event-1.0.yaml"'
    )
    catalogue = site.app.extensions["auditapp"].catalogue
    assert read_answers(response.text, catalogue).checklist == "endurance-event@1.0"


def test_unknown_checklists_have_a_page_that_says_so(site):
    for address in (
        "/checklists/nothing/1.0",
        "/checklists/endurance-event/9.9",
        "/checklists/nothing/1.0.yaml",
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
