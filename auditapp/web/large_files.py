"""The one form that may be larger than any other: the one with a results file."""

from __future__ import annotations

from flask import request

FILE_ENDPOINT = "audits.take_file"
LARGEST_FILE = 100_000_000
"""Bytes of a results file: more than a million finishers with everything about them."""
AROUND_IT = 100_000
"""Bytes of what is sent around the file: the mark of the form, the name of the file."""


def allow_a_large_file() -> None:
    """Let the form with the file have its size; it is read as a stream and never held as a whole."""
    if request.endpoint == FILE_ENDPOINT:
        request.max_content_length = LARGEST_FILE + AROUND_IT
