"""A results file fills in the numbers: chosen, matched, checked and used; what is kept of it, and what is refused."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from auditapp.app import create_app
from auditapp.settings import Settings
from auditapp.storage import database
from auditapp.web.large_files import AROUND_IT, LARGEST_FILE
from tests.measured import REF, checklist_folder
from tests.pages import Browser, Page, strict, words
from tests.web.walk import completed, started

SECTION = "measures"
RACE = """Bib,Name,Gender,Chip time,Status
1,Ann Lee,F,4:10:00,
2,Bo Ek,M,3:59:30,
3,Cy Ho,F,4:30:00,
4,Di Po,F,,OTL
5,Ed Yu,M,4:01:00,
6,Flo Secret,Secret,4:00:00,
7,Gil Secret,M,7:15 pm,
8,Hal Oak,M,,DNF
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with a checklist that has every measure."""
    folder = checklist_folder(tmp_path_factory.mktemp("checklists"))
    data = tmp_path_factory.mktemp("data")
    app = strict(
        create_app(Settings(data=data, checklists=(folder,), start_limit="10000 per hour", pdf_ahead="no"))
    )
    app.config["RATELIMIT_ENABLED"] = False
    with app.app_context():
        database.upgrade()
    yield app
    rooms = app.extensions["auditapp"]
    rooms.pdf.close()
    rooms.uploads.close()


@pytest.fixture
def uploads(app: Flask) -> Path:
    """The folder of what is kept for an hour, empty."""
    folder: Path = app.extensions["auditapp"].uploads.folder
    for path in folder.glob("*"):
        path.unlink()
    return folder


def begun(client: Browser, criterion: str = "cut-off") -> tuple[str, str]:
    """A new audit, and the address where a file is chosen for a criterion."""
    audit = started(client, checklist=REF)
    return audit, f"{audit}/numbers/{criterion}"


def send(client: Browser, address: str, content: str | bytes) -> TestResponse:
    """Choose a file and send it."""
    page = client.page(address)
    form = next(one for one in page.all("form") if one.get("enctype") == "multipart/form-data")
    assert form.get("method") == "post"
    part = b'--part\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    body = part % (b"csrf_token", b"", page.fields()["csrf_token"].encode())
    body += part % (
        b"file",
        b'; filename="results.csv"\r\nContent-Type: text/csv',
        content if isinstance(content, bytes) else content.encode(),
    )
    return client.post(
        address, data=body + b"--part--\r\n", content_type="multipart/form-data; boundary=part"
    )


def matched(client: Browser, address: str, content: str = RACE, **more: str) -> Page:
    """The page on which the columns of a file are matched, with these answers."""
    response = send(client, address, content)
    assert response.status_code == 303, response.text
    asked = "&".join(f"{name}={value}" for name, value in more.items())
    return client.page(response.location + (f"?{asked}" if asked else ""))


def limited(client: Browser, address: str, content: str = RACE) -> Page:
    """The same for a race with a time limit of five hours."""
    page = matched(client, address, content)
    return again(client, page, {"cut-off.n-limit": "5:00:00"})


def again(client: Browser, page: Page, changes: Mapping[str, str], status: int = 200) -> Page:
    """Read the file once more, with other answers."""
    path = page.response.request.path
    form = next(one for one in page.all("form") if one.get("method") == "get")
    chosen = {
        one.get("name") or "": next(
            (
                option.get("value") or ""
                for option in one.iter("option")
                if option.get("selected") is not None
            ),
            "",
        )
        for one in form.iter("select")
    }
    typed = {one.get("name") or "": one.get("value") or "" for one in form.iter("input")}
    response = client.get(path, query_string=chosen | typed | dict(changes))
    assert response.status_code == status, response.status
    return Page(response)


def used(client: Browser, page: Page) -> Page:
    """Use the numbers; the page that follows."""
    return client.follow(client.submit(page))


def kept(folder: Path) -> str:
    """Everything that lies in the folder."""
    return "".join(path.read_text() for path in folder.glob("*"))


def table(page: Page) -> list[str]:
    """The rows of the table with the people of the file."""
    found = next(one for one in page.all("table") if "people" in (one.get("class") or ""))
    return [" ".join(words(cell) for cell in row if words(cell)) for row in found.iter("tr")]


def test_the_way_leads_from_the_criterion_and_saves_what_was_typed(client: Browser):
    audit, address = begun(client)
    page = client.page(f"{audit}/{SECTION}")
    response = client.submit(page, {"cut-off.n-limit": "5:00:00"}, do="file:cut-off")
    assert response.location == address
    page = client.follow(response)
    assert page.heading == "Fill in from a file"
    assert client.page(f"{audit}/{SECTION}").fields()["cut-off.n-limit"] == "5:00:00"


def test_a_file_is_matched_checked_and_used(client: Browser, uploads: Path):
    _, address = begun(client)
    page = matched(client, address)
    assert page.heading == "Match the columns"
    assert "Needed before the file can fill in the numbers" in page.text
    assert "Use these numbers" not in page.text
    page = again(client, page, {"cut-off.n-limit": "5:00:00"})
    assert "6 lines read, 2 left out" in page.text
    assert table(page) == [
        "Women Men",
        "Started 3 3",
        "Finished 2 2",
        "Timed out 1 0",
        "Stopped 0 1",
        "Median time 4:20:00 4:00:15",
    ]
    assert "F was read as women and M was read as men" in page.text
    assert "Line 7 has a gender this reader does not know (it looks like “Aa”)" in page.text.replace(
        "“a”", "“Aa”"
    )
    assert "Line 8 has a time this reader does not know (it looks like “9:99 a”)" in page.text
    page = used(client, page)
    assert "6 lines were read. Check the numbers they filled in" in page.text
    fields = page.fields()
    assert fields["cut-off.n-limit"] == "5:00:00"
    assert fields["cut-off.n-women-starters"] == "3"
    assert fields["cut-off.n-women-timed-out"] == "1"
    assert fields["cut-off.n-men-median"] == "4:00:15"
    assert "Filled in from a file of 8 lines, read on" in page.text
    assert list(uploads.glob("*")) == []


def test_names_are_neither_kept_nor_shown(client: Browser, uploads: Path):
    _, address = begun(client)
    page = limited(client, address)
    for word in ("Ann", "Lee", "Secret", "Oak", "Name", "Bib"):
        assert word not in kept(uploads), word
        assert word not in page.text, word
    assert "4:10:00" in page.text


def test_numbers_that_were_filled_in_can_be_changed_and_then_are_the_organisers_own(client: Browser):
    audit, address = begun(client)
    page = used(client, limited(client, address))
    page = client.follow(client.submit(page, {"cut-off.note": "Counted twice"}, do="stay"))
    assert "Filled in from a file" in page.text
    page = client.follow(client.submit(page, {"cut-off.n-women-stopped": "0"}, do="stay"))
    assert "Filled in from a file" in page.text
    page = client.follow(client.submit(page, {"cut-off.n-women-median": "4:21:00"}, do="stay"))
    assert "Filled in from a file" not in page.text
    assert client.page(f"{audit}/{SECTION}").fields()["cut-off.n-women-median"] == "4:21:00"


def finishers(number: int) -> str:
    """A results file of so many women and men, a minute apart."""
    rows = (f"{gender},{2 + place // 60}:{place % 60:02}:00" for place in range(number) for gender in "FM")
    return "\n".join(("Gender,Time", *rows)) + "\n"


def test_a_long_table_from_a_file_goes_along_as_a_whole(client: Browser):
    _, address = begun(client)
    page = used(client, limited(client, address, finishers(180)))
    assert "Finished by then: " in page.text
    assert "Remove these rows" in page.text
    assert not [name for name in page.fields() if name.startswith("cut-off.row-")]
    page = client.follow(client.submit(page, {"cut-off.note": "As timed"}, do="stay"))
    assert "Finish times and the limit" in page.text, "the curve is still there"
    wrong = client.submit(
        page, {"cut-off.n-women-finishers": "20", "cut-off.n-women-starters": "20"}, do="stay"
    )
    assert wrong.status_code == 422
    assert "cannot be more than finished (20)" in Page(wrong).text
    page = client.follow(client.submit(page, do="unrow:cut-off:0"))
    assert "Remove these rows" not in page.text
    assert page.fields()["cut-off.n-women-finishers"] == "180"
    assert "Add a row to “Finished by then” (optional)" in page.text


def test_another_column_can_be_the_time(client: Browser):
    _, address = begun(client, "drop-out")
    text = "Sex;Brutto;Netto\nw;1:10:00;1:00:00\nm;1:20:00;\n"
    page = matched(client, address, text)
    assert table(page)[-1] == "Median time 1:00:00 1:20:00"
    page = again(client, page, {"column-1": "", "column-2": "time"})
    assert table(page)[-1] == "Median time 1:00:00 –"
    assert "No time and no status 0 1" in table(page)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"column-0": ""}, "Choose the column that tells women from men"),
        ({"column-0": "time"}, "Finish time: only one column can be it"),
        ({"column-0": "nonsense"}, "Choose the column that tells women from men"),
        ({"column-1": "", "column-2": ""}, "The file has no column with finish times"),
    ],
)
def test_a_match_that_cannot_be_is_told(client: Browser, changes: dict[str, str], problem: str):
    _, address = begun(client, "drop-out")
    page = again(client, matched(client, address), changes, status=422)
    assert problem in page.text
    assert "Nothing was changed" in page.text
    assert "Use these numbers" not in page.text


def test_what_is_needed_first_is_asked_on_the_page(client: Browser):
    _, address = begun(client)
    page = again(client, matched(client, address), {"cut-off.n-limit": "five"}, status=422)
    assert "Time limit: Write the time as hours, minutes and seconds" in page.text
    again(client, page, {"cut-off.n-limit": "5:00:00"})


def test_pacers_are_asked_for_their_times_first(client: Browser):
    audit, address = begun(client, "pacers")
    response = send(client, address, RACE)
    page = client.page(response.location, status=422)
    assert "Type the pacers’ times before a file is read" in page.text
    section = client.page(f"{audit}/{SECTION}")
    typed = {"pacers.row-1-time": "4:00:00", "pacers.row-2-time": "4:30:00"}
    client.follow(client.submit(section, typed, do="stay"))
    page = used(client, client.page(response.location))
    fields = page.fields()
    assert (fields["pacers.row-1-women-near"], fields["pacers.row-1-men-near"]) == ("1", "2")
    assert (fields["pacers.n-women"], fields["pacers.n-men"]) == ("2", "2")


def test_a_start_list_fills_in_an_edition(client: Browser):
    _, address = begun(client, "start-list-share")
    assert "A start list or a results file as CSV" in client.page(address).text
    page = used(client, matched(client, address, "Name,Gender\nAnn,F\nBo,M\nCy,M\n"))
    fields = page.fields()
    assert fields["start-list-share.row-1-label"] == "Latest edition"
    assert (fields["start-list-share.row-1-women"], fields["start-list-share.row-1-men"]) == ("1", "2")


def test_a_note_and_evidence_stay_beside_what_a_file_fills_in(client: Browser):
    audit, address = begun(client, "drop-out")
    page = client.page(f"{audit}/{SECTION}")
    client.submit(page, {"drop-out.note": "Of 2026", "drop-out.choice": "partly"}, do="stay")
    page = used(client, matched(client, address))
    assert page.fields()["drop-out.note"] == "Of 2026"
    assert page.fields()["drop-out.choice"] == "partly"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04" + bytes(range(256)) * 20, "The file is a workbook or a zip archive"),
        (b"%PDF-1.7", "The file is a PDF"),
        (b"<!doctype html><p>Results", "The file is a web page, not a table"),
        (bytes(range(256)) * 100, "The file is no text file"),
    ],
)
def test_what_is_no_table_is_told_kindly_and_leaves_nothing(
    client: Browser, uploads: Path, content: bytes, told: str
):
    _, address = begun(client)
    response = send(client, address, content)
    assert response.status_code == 422
    page = Page(response)
    assert told in page.text
    assert "The numbers you have entered are as they were" in page.text
    field = page.by_id("file")
    assert field is not None
    assert field.get("aria-invalid") == "true"
    assert list(uploads.glob("*")) == []


def test_no_file_is_told(client: Browser):
    _, address = begun(client)
    page = client.page(address)
    response = client.submit(page)
    assert response.status_code == 422
    assert "Choose a file" in Page(response).text


def test_a_file_may_be_larger_than_any_form_and_no_larger_than_it_says(client: Browser):
    _, address = begun(client, "drop-out")
    row = "F,4:10:00," + "x" * 1000 + "\n"
    assert send(client, address, "Gender,Time,Club\n" + row * 3000).status_code == 303
    page = client.page(address)
    response = client.post(
        address,
        data={"csrf_token": page.fields()["csrf_token"]},
        content_type="multipart/form-data",
        environ_overrides={"CONTENT_LENGTH": str(LARGEST_FILE + AROUND_IT + 1)},
    )
    assert response.status_code == 413
    page = Page(response)
    assert page.heading == "This file is too large"
    assert "100 MB" in page.text


def test_other_forms_keep_their_size(client: Browser):
    audit, _ = begun(client)
    page = client.page(f"{audit}/{SECTION}")
    assert client.submit(page, {"cut-off.note": "n" * 2_100_000}).status_code == 413


def test_without_the_mark_of_the_session_no_file_is_taken(client: Browser, uploads: Path):
    _, address = begun(client)
    sent = {"file": (io.BytesIO(RACE.encode()), "results.csv")}
    assert client.post(address, data=sent, content_type="multipart/form-data").status_code == 400
    assert list(uploads.glob("*")) == []


def test_a_file_is_found_only_by_the_audit_and_the_criterion_it_was_given_to(client: Browser):
    audit, address = begun(client)
    upload = send(client, address, RACE).location.rsplit("/", 1)[1]
    other, _ = begun(client)
    for elsewhere in (f"{other}/numbers/cut-off", f"{audit}/numbers/drop-out"):
        response = client.get(f"{elsewhere}/{upload}")
        assert response.location == elsewhere
    stranger = client.application.test_client()
    assert stranger.get(f"{address}/{upload}").status_code == 404


def test_a_file_that_is_gone_leads_back_to_where_one_is_chosen(client: Browser, uploads: Path):
    _, address = begun(client)
    page = limited(client, address)
    used(client, page)
    again = client.follow(client.submit(page))
    assert again.heading == "Fill in from a file"
    assert "it has been used, or an hour has passed" in again.text
    page = limited(client, address)
    for path in uploads.glob("*"):
        os.utime(path, (time.time() - 3700,) * 2)
    assert client.follow(client.get(page.response.request.path)).heading == "Fill in from a file"
    assert list(uploads.glob("*")) == []


@pytest.mark.parametrize("criterion", ["prize-parity", "no-such-criterion", "B1", "ramp"])
def test_only_measures_that_read_files_take_one(client: Browser, criterion: str):
    audit, _ = begun(client)
    client.page(f"{audit}/numbers/{criterion}", status=404)
    client.page(f"{audit}/numbers/{criterion}/something", status=404)


def test_a_completed_audit_takes_no_file(client: Browser):
    audit, address = begun(client)
    page = client.page(address)
    completed(client, audit)
    sent = {"csrf_token": page.fields()["csrf_token"], "file": (io.BytesIO(RACE.encode()), "results.csv")}
    assert client.post(address, data=sent, content_type="multipart/form-data").status_code == 409


def test_numbers_that_contradict_what_was_entered_are_told_and_not_saved(client: Browser):
    audit, address = begun(client)
    section = client.page(f"{audit}/{SECTION}")
    client.submit(section, {"cut-off.n-limit": "5:00:00", "cut-off.n-women-timed-out": "50"}, do="stay")
    response = send(client, address, RACE.replace("OTL", "DNF"))
    page = client.page(response.location, status=422)
    assert "Use these numbers" not in page.text
    assert "Women timed out: This cannot be more than" in page.text
    assert client.page(f"{audit}/{SECTION}").fields()["cut-off.n-women-timed-out"] == "50"


def test_from_the_quick_audit_a_file_leads_back_to_it(client: Browser):
    _, address = begun(client, "drop-out")
    page = matched(client, f"{address}?way=quick")
    assert [one.get("value") for one in page.all("input") if one.get("name") == "way"] == ["quick"]
    links = {link.get("href") for link in page.all("a")}
    assert f"{address}?way=quick" in links


def test_how_often_files_are_sent_is_limited(tmp_path: Path):
    folder = checklist_folder(tmp_path / "lists")
    app = strict(create_app(Settings(data=tmp_path / "data", checklists=(folder,))))
    with app.app_context():
        database.upgrade()
    client = app.test_client()
    assert isinstance(client, Browser)
    _, address = begun(client)
    sent = {"csrf_token": client.page(address).fields()["csrf_token"]}
    statuses = [client.post(address, data=sent).status_code for _ in range(61)]
    assert statuses == [422] * 60 + [429]
    app.extensions["auditapp"].pdf.close()
