"""Imported once by the process that workers are forked from, for what it imports and compiles."""

from contextlib import suppress

from auditapp.domain.errors import RenderingUnavailable
from auditapp.rendering import worker
from auditapp.rendering.press import import_weasyprint

__all__ = ["worker"]

worker.read_templates()
# Besides, only modules: fonts are read after the fork, because the library that finds them keeps a thread of its own.
with suppress(RenderingUnavailable):
    import_weasyprint()
