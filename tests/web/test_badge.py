import datetime as dt
from html import unescape
from xml.etree import ElementTree

import pytest
import time_machine

from auditapp.domain.audit import Answer
from tests.builders import an_event
from tests.public import NOW
from tests.reading import read

RIDGELINE = "ridgeline-half-marathon-2027"
ISOLATES = {ord("\u2068"): None, ord("\u2069"): None}


@pytest.fixture(autouse=True)
def on_the_day_of_publication():
    with time_machine.travel(NOW, tick=False):
        yield


def name_of(response):
    assert response.mimetype == "image/svg+xml"
    title = ElementTree.fromstring(response.text)[0]  # noqa: S314 - our own drawing
    return title.text.translate(ISOLATES).partition(": ")[2]


def badge(site, published):
    response = site.client.get(f"/reports/{published.slug}/badge.svg")
    assert response.status_code == 200
    return name_of(response)


def test_the_badge_says_what_the_report_says(examples):
    response = examples.client.get(f"/reports/{RIDGELINE}/badge.svg")
    assert name_of(response) == "63%, Established"
    assert name_of(examples.client.get("/reports/ostley-fell-race-2026/badge.svg")).endswith("%, No level")


def test_any_page_may_show_it_for_five_minutes_and_nothing_in_it_may_act(examples):
    response = examples.client.get(f"/reports/{RIDGELINE}/badge.svg")
    assert response.content_type == "image/svg+xml; charset=utf-8"
    assert response.cache_control.public
    assert response.cache_control.max_age == 300
    assert response.cache_control.must_revalidate
    assert not response.cache_control.no_cache
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "'self'" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")
    again = examples.client.get(
        f"/reports/{RIDGELINE}/badge.svg", headers={"If-None-Match": response.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert again.cache_control.max_age == 300


def test_it_asks_the_database_once_and_opens_no_document(examples):
    with examples.statements() as seen:
        examples.client.get(f"/reports/{RIDGELINE}/badge.svg")
    asked = [statement for statement in seen if statement.startswith("SELECT")]
    assert len(asked) == 1
    assert "document" not in asked[0]


def test_it_changes_when_the_report_runs_out(site):
    published = site.publish(answers={"A4": Answer(grade="full")})
    address = f"/reports/{published.slug}/badge.svg"
    etag = site.client.get(address).headers["ETag"]
    with time_machine.travel(dt.datetime(2027, 11, 23, 12, tzinfo=dt.UTC)):
        assert site.client.get(address, headers={"If-None-Match": etag}).status_code == 304
    with time_machine.travel(dt.datetime(2027, 11, 24, 12, tzinfo=dt.UTC)):
        response = site.client.get(address, headers={"If-None-Match": etag})
        assert (response.status_code, name_of(response)) == (200, "Expired")


def test_it_changes_when_the_report_is_replaced_and_when_it_is_withdrawn(site):
    first = site.publish(answers={"A4": Answer(grade="partly"), "B3": Answer(grade="none")})
    later = site.correct(first, {"A4": Answer(grade="full")}, NOW.date())
    assert badge(site, first) == "Replaced"
    assert badge(site, later).endswith("No level")
    later.withdraw("The shirt order changed.")
    assert badge(site, later) == "Withdrawn"
    assert badge(site, first) == "Replaced"
    assert "The shirt order" not in site.client.get(f"/reports/{later.slug}/badge.svg").text


def test_a_quick_audit_has_a_badge_of_its_essentials(site):
    published = site.publish(answers={"A4": Answer(grade="full"), "C5": Answer(grade="none")})
    assert badge(site, published) == "Essentials only: 1 of 20"
    page = read(site.client.get(f"/reports/{published.slug}/badge"))
    assert "Only the quick audit was answered" in page.text


@pytest.mark.parametrize("slug", ["nothing", "NOTHING", "a%00b", "a" * 300, "%F0%9F%8F%83"])
@pytest.mark.parametrize("ending", ["badge", "badge.svg"])
def test_an_unknown_report_has_no_badge(examples, slug, ending):
    assert examples.client.get(f"/reports/{slug}/{ending}").status_code == 404


# ---------------------------------------------------------------------------------------------- its page


def test_the_page_shows_the_badge_now_and_later_with_words_to_embed_it(examples):
    report = read(examples.client.get(f"/reports/{RIDGELINE}"))
    page = read(examples.client.get(report.link("The badge")))
    assert page.heading == "The badge of this report"
    (now,) = page.all("img")
    assert now.get("src") == f"/reports/{RIDGELINE}/badge.svg"
    assert (now.get("width"), now.get("height")) == ("340", "132")
    assert now.get("alt").translate(ISOLATES).endswith("Ridgeline Half Marathon 2027: 63%, Established")
    heads = [
        title.text.translate(ISOLATES).rpartition(": ")[2]
        for title in page.all("{http://www.w3.org/2000/svg}title")
    ]
    assert heads == ["Expired", "Replaced", "Withdrawn"]
    assert "Nobody independent has checked the answers" in page.text
    snippets = {area.get("id"): area.text.strip() for area in page.all("textarea")}
    at = "http://127.0.0.1:8000/reports/ridgeline-half-marathon-2027"
    assert snippets == {
        "badge-html": f'<a href="{at}"><img src="{at}/badge.svg" '
        'alt="Ridgeline Half Marathon 2027: inclusivity report" width="340" height="132"></a>',
        "badge-markdown": f"[![Ridgeline Half Marathon 2027: inclusivity report]({at}/badge.svg)]({at})",
    }
    assert all(area.get("readonly") is not None for area in page.all("textarea"))


def test_a_report_that_ran_out_shows_only_what_may_still_happen(site):
    published = site.publish(today=dt.date(2020, 2, 29))
    page = read(site.client.get(f"/reports/{published.slug}/badge"))
    assert page.all("img")[0].get("alt").endswith(": \u2068Expired\u2069")
    assert len(page.all("figure")) == 2


def test_a_withdrawn_report_has_a_stone_in_place_of_the_page(site):
    published = site.publish()
    published.withdraw("The shirt order changed.")
    response = site.client.get(f"/reports/{published.slug}/badge")
    assert response.status_code == 410
    assert "The shirt order changed." in read(response).text


@pytest.mark.parametrize(
    "name", ["</textarea><script>alert(1)</script>", '"><img src=x>', "[a](b) `c` *d*_", "سباق", "&amp;"]
)
def test_names_by_strangers_break_out_of_no_snippet(site, name):
    published = site.publish(an_event(name, edition=""), {"A4": Answer(grade="full")})
    page = read(site.client.get(f"/reports/{published.slug}/badge"))
    assert all(script.get("src") for script in page.all("script"))
    assert len(page.all("img")) == 1
    html, markdown = (area.text.strip() for area in page.all("textarea"))
    assert html.count("<") == html.count(">") == 3
    assert f"{name}: inclusivity report" in unescape(html)
    assert markdown.count("![") == 1
    assert "<" not in markdown.replace("\\<", "")
    assert "](b)" not in markdown.replace("\\]", "")
