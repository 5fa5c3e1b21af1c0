"""The page of open data, and the files of the last export."""

from __future__ import annotations

import hashlib
import json

import pytest

from auditapp.domain.audit import Answer
from auditapp.services import exporting
from auditapp.storage.database import db
from tests.builders import an_event
from tests.pages import Page
from tests.public import NOW, TODAY, Published, Site, a_site


def export(site: Site) -> None:
    settings = site.app.extensions["auditapp"].settings
    with site.app.app_context():
        exporting.export_reports(
            db.session,
            settings.data / exporting.FOLDER,
            product=settings.name,
            public_url=settings.public_url,
            now=NOW,
            today=TODAY,
        )


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = a_site(tmp_path_factory.mktemp("data"))
    site.publish(answers={"A4": Answer(grade="full")})
    export(site)
    return site


def test_without_an_export_the_page_says_how_to_make_one(site: Site):
    page = Page(site.client.get("/data/"))
    assert "auditapp export" in page.text
    assert "/api/v1/openapi.json" in page.text
    assert site.client.get("/data/reports.csv").status_code == 404


def test_the_page_names_every_file_with_size_digest_and_date(exported: Site):
    page = Page(exported.client.get("/data/"))
    manifest = json.loads(exported.client.get("/data/manifest.json").text)
    assert "1 report as it stood on 24 November 2026" in page.text
    for file in manifest["files"]:
        assert file["name"] in page.text
        assert file["sha256"] in page.text
    assert len(page.all("a", href="/data/findings.parquet")) == 1


def test_every_file_is_given_whole_with_its_digest_as_validator(exported: Site):
    for file in json.loads(exported.client.get("/data/manifest.json").text)["files"]:
        response = exported.client.get(f"/data/{file['name']}")
        assert hashlib.sha256(response.data).hexdigest() == file["sha256"]
        assert response.get_etag() == (file["sha256"], False)
        assert response.cache_control.no_cache
        again = exported.client.get(
            f"/data/{file['name']}", headers={"If-None-Match": response.headers["ETag"]}
        )
        assert again.status_code == 304
        for one in (response, again):
            one.close()


def test_text_is_compressed_on_its_way_and_still_has_a_validator(exported: Site):
    asks = {"Accept-Encoding": "zstd"}
    with exported.client.get("/data/findings.csv", headers=asks) as response:
        assert response.headers["Content-Encoding"] == "zstd"
        mark = {"If-None-Match": response.headers["ETag"]}
    with exported.client.get("/data/findings.csv", headers=asks | mark) as again:
        assert again.status_code == 304


def test_parquet_can_be_read_in_parts(exported: Site):
    asks = {"Range": "bytes=-8", "Accept-Encoding": "zstd"}
    with (
        exported.client.get("/data/reports.parquet") as whole,
        exported.client.get("/data/reports.parquet", headers=asks) as part,
    ):
        assert (part.status_code, part.data) == (206, whole.data[-8:])


@pytest.mark.parametrize("name", ["nothing.csv", ".lock", "..%2fauditapp.sqlite", "manifest.json%00"])
def test_nothing_else_is_given(exported: Site, name: str):
    assert exported.client.get(f"/data/{name}").status_code == 404


def test_what_was_withdrawn_since_stands_above_the_files(site: Site):
    published: Published = site.publish(an_event(), {"A4": Answer(grade="full")})
    export(site)
    published.withdraw("The shirt order changed.")
    page = Page(site.client.get("/data/"))
    assert "1 report in these files has been withdrawn since" in page.text
    assert page.all("a", href=f"/reports/{published.slug}")


def test_the_list_of_files_is_for_programs(exported: Site):
    manifest = json.loads(exported.client.get("/data/manifest.json").text)
    assert (manifest["format"], manifest["reports"], manifest["licence"]) == ("1.0", 1, "CC-BY-4.0")
