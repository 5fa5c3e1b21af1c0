"""The page that checks a report: a file or a code in, what holds and what does not out."""

from __future__ import annotations

import io
import json

import pytest

from auditapp.proof.canonical import code_of
from auditapp.proof.keys import read_public_keys
from auditapp.web.large_files import AROUND_IT, LARGEST_REPORT
from tests.builders import an_event
from tests.public import TODAY
from tests.reading import read
from tests.sealed import a_pdf


@pytest.fixture
def published(site):
    return site.publish(an_event("Ridgeline Half <b>"))


def document_of(published) -> bytes:
    content: bytes = published.site.client.get(f"/reports/{published.slug}.json").data
    return content


def send(site, content, name="report.pdf"):
    return site.client.post("/verify", data={"file": (io.BytesIO(content), name)})


def test_a_genuine_document_is_said_to_be_so_and_to_stand(site, published):
    response = send(site, document_of(published), "report.json")
    page = read(response)
    assert page.heading == "Genuine and unaltered"
    assert "The document has the digest it was signed under." in page.text
    assert "The signature fits" in page.text
    assert "It still stands: not replaced, not withdrawn" in page.text
    assert f"/reports/{published.slug}" in response.text
    assert "Half &lt;b&gt;" in response.text
    assert "Set-Cookie" not in response.headers


def test_an_altered_document_is_told_what_does_not_match(site, published):
    told = json.loads(document_of(published))
    told["score"]["total"]["points"] = "999"
    page = read(send(site, json.dumps(told).encode()))
    assert page.heading == "Not what was published"
    assert "another digest than the one it states" in page.text
    assert "it states 999 of" in page.text
    assert "What is published at the address it names" in page.text


def test_pages_printed_anew_around_a_genuine_document_are_found(site, published):
    page = read(send(site, a_pdf(document_of(published))))
    assert page.heading == "Not what was published"
    assert "they were printed anew around the document" in page.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty"),
        (b"hello", "neither a PDF nor a report document"),
        (b"%PDF-1.7 cut off", "This PDF is damaged"),
        (a_pdf(), "carries no report document"),
    ],
)
def test_anything_else_gets_a_plain_answer_beside_the_form(site, content, said):
    response = send(site, content)
    assert response.status_code == 422
    assert said in read(response).text


def test_without_a_file_it_asks_for_one(site):
    response = site.client.post("/verify", data={})
    assert (response.status_code, "Choose a file" in read(response).text) == (422, True)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(site):
    response = site.client.post(
        "/verify",
        content_type="multipart/form-data",
        environ_overrides={"CONTENT_LENGTH": str(LARGEST_REPORT + AROUND_IT + 1)},
    )
    assert response.status_code == 413
    assert read(response).heading == "This file is too large to be a report"


def test_a_code_leads_to_the_report_and_its_state(site, published):
    digest = json.loads(document_of(published))["proof"]["digest"]
    code = code_of(digest)
    response = site.client.get("/verify", query_string={"code": f" {code.lower()} "}, follow_redirects=True)
    page = read(response)
    assert page.heading == "A report with this code is published"
    assert code in page.text
    published.withdraw("The shirts never came")
    page = read(site.client.get(f"/verify/{digest}"))
    assert "Withdrawn by the organiser" in page.text
    assert "The shirts never came" in page.text


@pytest.mark.parametrize("code", ["7H3K-0QZ1-XW9M", "<script>", "a" * 300, "%00"])
def test_an_unknown_code_stays_in_its_field(site, code):
    response = site.client.get("/verify", query_string={"code": code}, follow_redirects=True)
    assert response.status_code == 404
    assert "No published report has this code" in read(response).text


def test_the_public_keys_are_there_for_everybody(site, published):
    response = site.client.get("/.well-known/report-keys.json")
    keys = read_public_keys(response.data)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert (keys.keys[0].since, keys.keys[0].until) == (TODAY, None)
    assert json.loads(document_of(published))["proof"]["key"] == keys.keys[0].id
    assert [seal.sha256 for seal in keys.seals] == [json.loads(document_of(published))["published"]["seal"]]
