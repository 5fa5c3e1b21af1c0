"""What a printed document says about its own file, in the place its template keeps for that."""

from __future__ import annotations

from auditapp.rendering.html import environment

PLACE = "<!-- about this file -->"
"""Where a template wants the sentences; nothing anybody types can look like it, since every `<` of theirs is escaped."""


def with_problems(html: str, problems: tuple[str, ...]) -> str:
    """The document with a sentence on why its file claims no standard; as it is where it keeps no place for that."""
    said = environment().get_template("pdf/this_file.html").render(problems=problems)
    return html.replace(PLACE, said, 1)
