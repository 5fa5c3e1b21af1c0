"""`auditapp serve`, `demo` and `db`: the installation on this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditapp.settings import Settings


def _settings(**given: str | None) -> Settings:
    """The settings from the environment, with those given on the command line in their place."""
    from auditapp.settings import PREFIX, Settings

    chosen = {f"{PREFIX}{name.upper()}": value for name, value in given.items() if value is not None}
    return Settings.from_environment(os.environ | chosen)


@click.command()
@click.option("--host", help="Address to listen on; 0.0.0.0 lets other machines in.")
@click.option("--port", help="Port to listen on.")
def serve(host: str | None, port: str | None) -> None:
    """Bring the database up to date and serve the pages until stopped."""
    settings = _settings(host=host, port=port)
    from auditapp import app

    app.serve(settings)
