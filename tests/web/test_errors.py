"""What goes wrong, in words and with the right status; and what every answer carries."""

from __future__ import annotations

import pytest
from flask import Flask, abort

from auditapp.app import LONGEST_FORM, command_here, create_app, welcome
from auditapp.domain import errors
from auditapp.settings import Settings
from auditapp.web.error_pages import page_for
from tests.pages import Browser, Page, strict
from tests.web.walk import started

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def test_every_page_carries_the_headers_that_keep_it_safe(client: Browser):
    for address in ("/", "/audits/new", "/nowhere"):
        headers = client.get(address).headers
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_pages_of_an_audit_are_neither_kept_nor_found(client: Browser):
    audit = started(client)
    for address in (audit, f"{audit}/details", f"{audit}/check", "/audits/", "/audits/new"):
        response = client.get(address)
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in response.text


def test_static_files_are_kept_for_good_under_an_address_of_their_content(client: Browser):
    sheet = next(link.get("href") or "" for link in client.page("/").all("link", rel="stylesheet"))
    with client.get(sheet) as response:
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
        assert "max-age=31536000" in response.headers["Cache-Control"]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Browser):
    page = client.page("/audits/new")
    cookie = client.submit(page, name="A race").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie


def test_over_https_the_cookie_insists_on_it(settings: Settings):
    app = create_app(settings.model_copy(update={"public_url": "https://audits.example.org"}))
    assert app.config["SESSION_COOKIE_SECURE"]


def test_behind_a_proxy_its_word_counts(settings: Settings):
    app = create_app(settings.model_copy(update={"proxies": 1}))

    @app.get("/whoami")
    def whoami() -> str:
        from flask import request

        return f"{request.remote_addr} {request.scheme}"

    headers = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    assert app.test_client().get("/whoami", headers=headers).text == "192.0.2.7 https"


@pytest.mark.parametrize(("address", "heading"), [("/nowhere", "This page does not exist")])
def test_an_address_nobody_knows(client: Browser, address: str, heading: str):
    assert client.page(address, status=404).heading == heading


def test_an_address_that_only_takes_a_form(client: Browser):
    response = client.post("/audits/", data={"csrf_token": client.page("/audits/new").fields()["csrf_token"]})
    assert response.status_code == 405
    assert response.headers["Allow"]
    assert Page(response).heading == "This address only takes a form"


def test_a_form_without_its_mark_says_that_nothing_is_lost(client: Browser):
    audit = started(client)
    response = client.post(f"{audit}/before-the-race", data={"do": "continue"})
    assert response.status_code == 400
    assert Page(response).heading == "This page had gone stale"
    assert "nothing you typed is lost" in response.text


def test_what_was_typed_into_a_refused_form_is_shown(client: Browser):
    typed = {"quiet-room.note": "Worth\r\nkeeping.", "quiet-room.version": "3", "fact-distance": "42"}
    page = Page(client.post("/audits/new", data=typed, headers={"Origin": "http://localhost"}))
    assert [words.text for words in page.all("dt")] == ["quiet room, note", "distance"]
    assert [words.text for words in page.all("dd")] == ["Worth\nkeeping.", "42"]


def test_what_another_site_sends_is_not_shown(client: Browser):
    response = client.post("/audits/new", data={"name": "Call us"}, headers={"Origin": "https://example.org"})
    assert "Call us" not in response.text


def test_too_much_at_once_is_told_kindly(client: Browser):
    audit = started(client)
    page = client.page(f"{audit}/before-the-race")
    response = client.submit(page, {"image-share.note": "n" * (LONGEST_FORM + 1)})
    assert response.status_code == 413
    assert Page(response).heading == "That was too much at once"


def test_a_full_section_of_notes_fits_into_a_form(client: Browser):
    audit = started(client)
    page = client.page(f"{audit}/entry-and-policy")
    names = [name for name in page.fields() if name.endswith(".note")]
    response = client.submit(page, dict.fromkeys(names, "é" * 4000), do="continue")
    assert response.status_code == 303


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        (403, "You cannot open this page"),
        (410, "This is no longer here"),
        (418, "That did not work"),
        (500, "Something broke on our side"),
    ],
)
def test_other_errors_have_a_page(settings: Settings, code: int, heading: str):
    app = strict(create_app(settings))

    @app.get("/broken")
    def broken() -> str:
        abort(code)

    page = app.test_client().get("/broken")
    assert page.status_code == code
    assert Page(page).heading == heading


def test_a_mistake_of_ours_is_a_page_too(settings: Settings):
    app = strict(create_app(settings))

    @app.get("/broken")
    def broken() -> str:
        raise ZeroDivisionError

    response = app.test_client().get("/broken")
    assert response.status_code == 500
    assert "go back, it is still in the page" in response.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.AuditNotFound("x"), 404),
        (errors.ReportNotFound("x"), 404),
        (errors.ChecklistNotFound("x"), 404),
        (errors.ReportWithdrawn("x"), 410),
        (errors.AuditClosed("x"), 409),
        (errors.AnswerRejected({"ramp": "has no grade"}), 422),
        (errors.AnswerConflict("ramp", None, 2), 409),
        (errors.AnswerConflicts(()), 409),
        (errors.NotComparable("x"), 422),
        (errors.RenderingUnavailable("x"), 503),
        (errors.RenderingFailed("x"), 503),
        (errors.AuditError("x"), 400),
    ],
)
def test_every_fact_of_the_domain_has_a_status(app: Flask, error: errors.AuditError, status: int):
    with app.test_request_context():
        page = page_for(error)
    assert page.status == status
    assert page.says


@pytest.mark.parametrize("taken", ["check", "quick", "quick-facts"])
def test_a_section_cannot_take_the_address_of_a_page(settings: Settings, tmp_path, taken: str):
    from auditapp.resources import resource_dir

    source = resource_dir("checklists") / "endurance-event" / "0.1.yaml"
    folder = tmp_path / "own" / "shadow"
    folder.mkdir(parents=True)
    text = source.read_text().replace("id: endurance-event", "id: shadow").replace("race-day", taken)
    (folder / "0.1.yaml").write_text(text)
    with pytest.raises(ValueError, match=f"cannot be called '{taken}'"):
        create_app(settings.model_copy(update={"checklists": (tmp_path / "own",)}))


def test_the_terminal_says_where_to_go(settings: Settings):
    assert "Open http://127.0.0.1:8000" in welcome(settings, empty=False)
    assert "auditapp demo" in welcome(settings, empty=True)
    assert "auditapp demo" not in welcome(settings, empty=False)


def test_the_terminal_names_a_command_that_can_be_typed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / ".venv/bin/python"))
    assert command_here() == str(tmp_path / ".venv/bin/auditapp")
    monkeypatch.chdir(tmp_path)
    assert command_here() == ".venv/bin/auditapp"
    command = tmp_path / "auditapp"
    command.touch(0o755)
    assert command_here() == "auditapp"
