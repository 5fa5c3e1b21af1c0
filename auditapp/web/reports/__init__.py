"""Published reports: found, read and set side by side. Needs no account and no private link."""

from auditapp.web.reports import (
    badge,
    calendar,
    comparing,
    counting,
    embedding,
    feed,
    finding,
    lists,
    previews,
    reading,
    sheets,
)
from auditapp.web.reports.blueprint import bp

__all__ = [
    "badge",
    "bp",
    "calendar",
    "comparing",
    "counting",
    "embedding",
    "feed",
    "finding",
    "lists",
    "previews",
    "reading",
    "sheets",
]
