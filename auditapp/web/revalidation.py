"""Public answers that a cache may keep but must ask about each time: a withdrawn report is never shown as live."""

from __future__ import annotations

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue


def revalidated(answer: ResponseReturnValue) -> Response:
    """`answer` with a validator over its content, or 304 when the reader already has it."""
    response = make_response(answer)
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.cache_control.must_revalidate = True
    response.add_etag()
    response.make_conditional(request)
    return response
