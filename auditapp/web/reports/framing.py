"""Parts of this site for other people's pages."""

from __future__ import annotations

from flask import Response

MAY_DO = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    )
)
"""What a part of other people's pages may do: nothing, but look as it should."""


def framed(response: Response) -> Response:
    """`response`, which any page may show in a frame. It runs nothing and takes nothing from anywhere but here."""
    response.headers["Content-Security-Policy"] = MAY_DO
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
