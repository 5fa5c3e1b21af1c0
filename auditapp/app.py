"""The composition root: the one place that knows every room and wires them together."""

from __future__ import annotations

import datetime as dt
import gc
import shutil
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from gunicorn.app.base import BaseApplication
from werkzeug.middleware.proxy_fix import ProxyFix

from auditapp.api import v1 as api
from auditapp.catalogue import Catalogue, load_catalogue
from auditapp.proof.keys import KeyRing
from auditapp.proof.seal import Seal
from auditapp.rendering.blank import BlankForms
from auditapp.rendering.pdf import PdfPool
from auditapp.rendering.sheets import Sheets
from auditapp.resources import PACKAGE, resource_dir
from auditapp.services import indexing, publishing
from auditapp.services.printing import PrintShop
from auditapp.settings import Settings, secret_key
from auditapp.storage import database
from auditapp.storage.database import db
from auditapp.storage.files import Files, ShortLived
from auditapp.storage.gazetteer import Gazetteer
from auditapp.storage.index import Index
from auditapp.web import (
    audits,
    checklists,
    crawling,
    data,
    errors,
    events,
    home,
    presentation,
    reports,
    verifying,
)
from auditapp.web.access import Rooms, limiter
from auditapp.web.large_files import allow_a_large_file

LONGEST_FORM = 2_000_000
"""Bytes of one form. A section of forty criteria with full notes and links stays well below."""
MOST_FIELDS = 5_000

COOKIE_LIFETIME = dt.timedelta(days=180)


def create_app(settings: Settings) -> Flask:
    """The web application for `settings`. The database is not touched before the first request."""
    static = PACKAGE / "static"
    app = Flask(
        "auditapp",
        static_folder=str(static),
        static_url_path=f"/static/{presentation.static_digest(static)}",
        template_folder=str(resource_dir("templates")),
        root_path=str(PACKAGE),
        instance_path=str(settings.data),
    )
    app.config.from_mapping(configuration(settings))
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops)  # type: ignore[method-assign]
    catalogue = load_catalogue((resource_dir("checklists"), *settings.checklists))
    pool = pdf_pool(settings)
    app.extensions["auditapp"] = Rooms(
        settings,
        catalogue,
        Files(settings.data / "files"),
        ShortLived(settings.data / "uploads"),
        pool,
        print_shop(settings, pool),
        BlankForms(pool),
        Sheets(pool),
        Index(),
        Gazetteer(settings.places),
    )
    database.init_app(app, settings)
    # Before the mark of the session is looked for, which reads the form.
    app.before_request(allow_a_large_file)
    # The API takes no cookie and changes nothing; what it refuses, it refuses as a problem object.
    csrf = CSRFProtect(app)
    csrf.exempt(api.bp)
    # Checking a file changes nothing and asks for no cookie.
    csrf.exempt(verifying.bp)
    limiter.init_app(app)
    presentation.init_app(app, settings)
    errors.init_app(app)
    app.register_blueprint(home.bp)
    app.register_blueprint(audits.bp)
    app.register_blueprint(checklists.bp)
    app.register_blueprint(reports.bp)
    app.register_blueprint(events.bp)
    app.register_blueprint(data.bp)
    app.register_blueprint(crawling.bp)
    app.register_blueprint(verifying.bp)
    app.register_blueprint(api.bp)
    refuse_hidden_sections(app, catalogue)
    return app


def configuration(settings: Settings) -> dict[str, Any]:
    """What Flask and its extensions are told."""
    return {
        "SECRET_KEY": secret_key(settings),
        "SESSION_COOKIE_NAME": "auditapp",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "PERMANENT_SESSION_LIFETIME": COOKIE_LIFETIME,
        # A cookie written with every save would cost a signature each and let two tabs overwrite one another.
        "SESSION_REFRESH_EACH_REQUEST": False,
        # A form may stand open for days; the token is bound to the session, which has a lifetime of its own.
        "WTF_CSRF_TIME_LIMIT": None,
        # Some browsers and proxies strip the referrer; the token and SameSite do the work.
        "WTF_CSRF_SSL_STRICT": False,
        "MAX_CONTENT_LENGTH": LONGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": LONGEST_FORM,
        "MAX_FORM_PARTS": MOST_FIELDS,
        "SEND_FILE_MAX_AGE_DEFAULT": presentation.A_YEAR,
        "RATELIMIT_STORAGE_URI": settings.limits_storage,
        "RATELIMIT_HEADERS_ENABLED": True,
    }


def pdf_pool(settings: Settings) -> PdfPool:
    """The processes that make PDFs. None is started before the first PDF is asked for."""
    return PdfPool(
        workers=settings.pdf_workers, seconds=settings.pdf_seconds, memory_mb=settings.pdf_memory_mb
    )


def print_shop(settings: Settings, pool: PdfPool) -> PrintShop:
    """What signs and seals reports and has their PDFs ready. No key is made before the first publication."""
    keys = KeyRing(settings.data / "keys")
    own, passphrase = settings.seal_certificate, settings.seal_passphrase
    seal = Seal(
        keys,
        product_name=settings.name,
        own=own,
        passphrase=passphrase.get_secret_value() if passphrase else "",
    )
    return PrintShop(
        pool,
        keys,
        seal,
        product_name=settings.name,
        public_url=settings.public_url,
        ahead=settings.pdf_ahead == "yes",
    )


def refuse_hidden_sections(app: Flask, catalogue: Catalogue) -> None:
    """Raise ValueError when the address of a section is taken by a page of the form, such as `check`."""
    addresses = app.url_map.bind("localhost")
    wanted = {"GET": "audits.section", "POST": "audits.save_section"}
    for checklist in catalogue.checklists():
        for section in checklist.sections:
            for method, endpoint in wanted.items():
                if addresses.match(f"/audits/key/{section.id}", method)[0] != endpoint:
                    raise ValueError(
                        f"{checklist.ref}: a section cannot be called {section.id!r}; that is the name of a page"
                    )


class Server(BaseApplication):
    """gunicorn inside this process: one worker with threads, so that limits and locks hold for all requests."""

    def __init__(self, app: Flask, settings: Settings, welcome: str) -> None:
        self.app = app
        self.settings = settings
        self.welcome = welcome
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn what the settings say."""
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        chosen = {
            "bind": f"{host}:{self.settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": self.settings.threads,
            "control_socket_disable": True,
            "loglevel": "warning",
            "worker_tmp_dir": shared_memory(),
            "when_ready": self.say_welcome,
            "post_worker_init": self.begin,
            "worker_exit": self.stop_printing,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application."""
        return self.app

    def begin(self, _worker: Any) -> None:
        """Take away what an earlier run left behind, at its time, and settle. A clock set before the fork would stand."""
        self.app.extensions["auditapp"].uploads.resume()
        settle()

    def stop_printing(self, _arbiter: Any, _worker: Any) -> None:
        """Stop the processes that make PDFs, which would outlive the one that started them."""
        rooms: Rooms = self.app.extensions["auditapp"]
        rooms.print_shop.close()
        rooms.pdf.close()

    def say_welcome(self, _arbiter: Any) -> None:
        """Tell the person at the terminal where to go, once the port is open."""
        print(self.welcome, flush=True)  # noqa: T201 - this is the answer to `auditapp serve`


COLLECT_AFTER = (100_000, 20, 20)
"""Objects made, and collections of the younger ones, before garbage is collected: a large page makes 100,000 objects."""


def settle() -> None:
    """Let collections of garbage pass over what is there to stay: the code and the checklists.

    Otherwise a page now and then waits a tenth of a second while a million old objects are looked at once more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def shared_memory() -> str | None:
    """A folder in memory for gunicorn's heartbeat, which must not wait for a slow disk; None where there is none."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes its own private file there


def welcome(settings: Settings, *, empty: bool) -> str:
    """What the terminal says once the pages can be opened."""
    lines = [f"{settings.name} is running. Open {settings.public_url}"]
    if empty:
        lines.append(f"There are no reports yet. For a few examples to look at: {command_here()} demo")
    return "\n".join((*lines, "Press Ctrl+C to stop."))


def command_here() -> str:
    """How the `auditapp` command is called from this folder: by its name where the shell finds it."""
    if shutil.which("auditapp"):
        return "auditapp"
    beside, here = Path(sys.executable).with_name("auditapp"), Path.cwd()
    return str(beside.relative_to(here) if beside.is_relative_to(here) else beside)


def serve(settings: Settings) -> None:
    """Bring the database up to date, then answer requests until stopped."""
    app = create_app(settings)
    with app.app_context():
        database.upgrade()
        indexing.index_missing(db.session, app.extensions["auditapp"].gazetteer)
        empty = publishing.newest_report(db.session) is None
        # The worker is forked from this process and must open connections of its own.
        db.session.close()
        db.engine.dispose()
    Server(app, settings, welcome(settings, empty=empty)).run()
