"""What a printed document says about its own file, in the place its template keeps for that."""

from __future__ import annotations

from auditapp.rendering.html import environment

MOST_NAMES = 12
PLACE = "<!-- about this file -->"
"""Where a template wants the sentences; nothing anybody types can look like it, since every `<` of theirs is escaped."""


def with_words(html: str, *, problems: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> str:
    """The document with why its file claims no standard, and which names stand for characters that no font has.

    As it is where there is neither to say, or where it keeps no place for it.
    """
    if not problems and not names:
        return html
    said = (
        environment()
        .get_template("pdf/this_file.html")
        .render(problems=problems, names=names[:MOST_NAMES], more=len(names) > MOST_NAMES)
    )
    return html.replace(PLACE, said, 1)
