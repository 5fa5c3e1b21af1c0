"""The `auditapp` command: the same job without a browser, and the server.

Every module of the product is imported within the command that needs it, so that `auditapp --help` answers at once.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from auditapp.cli.answers import compare, report, score, template
from auditapp.cli.checklists import checklists
from auditapp.cli.installation import database_commands, demo, export, serve
from auditapp.cli.measure import measure
from auditapp.cli.proof import key_commands, verify
from auditapp.cli.simulating import simulate


class Commands(click.Group):
    """Bad input ends with a message and exit code 1; how a command is used wrongly, with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{place}{error.strerror or error}") from None
        except Exception as error:
            from auditapp.domain.errors import AuditError
            from auditapp.settings import SettingsError

            if not isinstance(error, AuditError | SettingsError):
                raise
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="auditapp", message="%(version)s")
def main() -> None:
    """Audit an event against a checklist, score it exactly, report on it and compare."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a question mark, not a stack trace.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


for command in (
    serve,
    demo,
    export,
    simulate,
    database_commands,
    checklists,
    template,
    score,
    report,
    compare,
    measure,
    verify,
    key_commands,
):
    main.add_command(command)
