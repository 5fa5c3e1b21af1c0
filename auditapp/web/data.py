"""Open data: the files of the last export, and the addresses for programs."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from auditapp.rendering.dump.dictionary import DICTIONARY_JSON, DICTIONARY_MD, LICENCE_TXT, MANIFEST_JSON
from auditapp.services import exporting
from auditapp.storage.database import db
from auditapp.web.access import rooms
from auditapp.web.revalidation import asked_about, revalidated

bp = Blueprint("data", __name__, url_prefix="/data")

TYPES = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".json": "application/json",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".parquet": "application/vnd.apache.parquet",
}
IN_PARTS = (".parquet",)
"""What programs read by parts, and what is compressed already."""
TO_READ = (DICTIONARY_MD, DICTIONARY_JSON, LICENCE_TXT, MANIFEST_JSON)
"""What opens in the browser; everything else is saved."""


@bp.get("/")
def index() -> ResponseReturnValue:
    """What there is to download, how large and from when, and what programs can ask for."""
    return revalidated(
        render_template(
            "data/index.html",
            export=exporting.last_export(db.session, folder()),
            manifest_name=MANIFEST_JSON,
        )
    )


@bp.get("/<name>")
def download(name: str) -> ResponseReturnValue:
    """A file of the last export; its digest tells caches whether it is another one."""
    export = exporting.last_export(db.session, folder())
    if export is None:
        abort(404)
    digests = {file.name: file.sha256 for file in export.manifest.files}
    if name == MANIFEST_JSON:
        return revalidated(Response((folder() / name).read_bytes(), content_type=TYPES[".json"]))
    if name not in digests:
        abort(404)
    response = send_file(
        folder() / name,
        mimetype=TYPES[Path(name).suffix],
        as_attachment=name not in TO_READ,
        etag=digests[name],
        last_modified=export.manifest.made_at,
        max_age=0,
        # A part of what is compressed on its way would be a part of something else.
        conditional=Path(name).suffix in IN_PARTS,
    )
    # Whatever compresses it takes the place of the file, and would leave it open.
    response.call_on_close(getattr(response.response, "close"))  # noqa: B009 - its type does not tell that it is a file
    return asked_about(response).make_conditional(request)


def folder() -> Path:
    """Where the last export lies."""
    return rooms().settings.data / exporting.FOLDER
