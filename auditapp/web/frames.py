"""Pages that other people's pages may show in a frame: static, with their one style inside, and nothing else allowed."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec

from flask import Response, make_response
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from auditapp.resources import PACKAGE

Parameters = ParamSpec("Parameters")


def framed_anywhere(view: Callable[Parameters, ResponseReturnValue]) -> Callable[Parameters, Response]:
    """A view whose answers, those that say that nothing has changed among them, may be shown in a frame by any page."""

    @wraps(view)
    def answered(*parts: Parameters.args, **named: Parameters.kwargs) -> Response:
        response = make_response(view(*parts, **named))
        response.headers["Content-Security-Policy"] = _policy()
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answered


@cache
def frame_style() -> Markup:
    """The look of a frame, which stands in its page so that nothing else has to be fetched."""
    return Markup((PACKAGE / "static" / "styles" / "frame.css").read_text("utf-8"))  # noqa: S704 - a file of our own


@cache
def _policy() -> str:
    """Allows this one style and nothing else, and any page to show the frame."""
    digest = base64.b64encode(hashlib.sha256(frame_style().encode()).digest()).decode()
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{digest}'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors *",
        )
    )
