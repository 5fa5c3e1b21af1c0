"""Events over their years, and the organisers who hold them. Needs no account and no private link."""

from auditapp.web.events import framing, organisers, sheets, showing
from auditapp.web.events.blueprint import bp

__all__ = ["bp", "framing", "organisers", "sheets", "showing"]
