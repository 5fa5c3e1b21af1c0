"""Public answers that a cache may keep, and when it must ask again: a withdrawn report is never shown as live."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue


def revalidated(answer: ResponseReturnValue) -> Response:
    """`answer` with a validator over its content, or 304 when the reader already has it."""
    response = asked_about(make_response(answer))
    response.add_etag()
    response.make_conditional(request)
    return response


def revalidated_by(mark: str, response: Response, body: Callable[[], str | bytes]) -> Response:
    """`response` with a mark that changes whenever its body would, or 304 when the reader already has that.

    The body is made only when it is sent.
    """
    asked_about(response).set_etag(mark)
    response.make_conditional(request)
    if response.status_code != HTTPStatus.NOT_MODIFIED:
        response.set_data(body())
    return response


def kept_a_while(response: Response, seconds: int) -> Response:
    """`response` for caches to show without asking for so long, and with a validator over its content for afterwards.

    For what other people's pages show many times over and what stays true enough for that time.
    """
    response.cache_control.public = True
    response.cache_control.max_age = seconds
    response.cache_control.must_revalidate = True
    response.add_etag()
    response.make_conditional(request)
    return response


def asked_about(response: Response) -> Response:
    """`response` with word to caches to ask about it each time."""
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.cache_control.must_revalidate = True
    return response
