"""The forms that may be larger than any other: the one with a results file, and the one with a report to check."""

from __future__ import annotations

from flask import request

FILE_ENDPOINT = "audits.take_file"
LARGEST_FILE = 100_000_000
"""Bytes of a results file: more than a million finishers with everything about them."""
REPORT_ENDPOINT = "verifying.take"
LARGEST_REPORT = 26_214_400
"""Bytes of a report to check: many times what the largest has."""
AROUND_IT = 100_000
"""Bytes of what is sent around the file: the mark of the form, the name of the file."""


def allow_a_large_file() -> None:
    """Let a form with a file have its size. Results are read as a stream and never held as a whole."""
    largest = {FILE_ENDPOINT: LARGEST_FILE, REPORT_ENDPOINT: LARGEST_REPORT}.get(request.endpoint or "")
    if largest is not None:
        request.max_content_length = largest + AROUND_IT
