"""The same data for programs: read-only, open to every origin, one address for each version."""

from auditapp.api import ranks, v1

__all__ = ["ranks", "v1"]
