"""Public answers that a cache may keep, and when it must ask again: a withdrawn report is never shown as live."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec

from flask import Response, g, make_response, request
from flask.typing import ResponseReturnValue

from auditapp.rendering.marks import mark_of_code, named_again
from auditapp.services.finding import index_count
from auditapp.storage.database import db
from auditapp.web.access import rooms, today
from auditapp.web.presentation import locale_name

Parameters = ParamSpec("Parameters")


def known_by_index(
    view: Callable[Parameters, ResponseReturnValue],
) -> Callable[Parameters, ResponseReturnValue]:
    """A view that says nothing but what published reports, the day and the address decide.

    Its validator is the count of changes to the index, with the file of towns, the day, the language and this version of the
    product: who comes back is told in a moment that nothing has changed, without anything being looked up or drawn.
    """

    @wraps(view)
    def answered(*parts: Parameters.args, **named: Parameters.kwargs) -> ResponseReturnValue:
        mark = mark_of_code(
            str(index_count(db.session)),
            rooms().gazetteer.mark,
            today().isoformat(),
            locale_name(),
            request.host_url,
            request.full_path,
        )
        if seen := named_again(request.if_none_match.as_set(include_weak=True), mark):
            unchanged = asked_about(Response(status=HTTPStatus.NOT_MODIFIED))
            unchanged.set_etag(seen)
            return unchanged
        g.validator = mark
        response = make_response(view(*parts, **named))
        if response.status_code == HTTPStatus.OK:
            response.set_etag(mark)
        return response

    return answered


def revalidated(answer: ResponseReturnValue) -> Response:
    """`answer` with its validator, over its content unless the view has another, or 304 when the reader already has it."""
    response = asked_about(make_response(answer))
    if "validator" in g:
        response.set_etag(g.validator)
    else:
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
