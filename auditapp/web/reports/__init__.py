"""Published reports: found, read and set side by side. Needs no account and no private link."""

from auditapp.web.reports import comparing, finding, reading
from auditapp.web.reports.blueprint import bp

__all__ = ["bp", "comparing", "finding", "reading"]
