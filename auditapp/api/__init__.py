"""The same data for programs: read-only, open to every origin, one address for each version."""
