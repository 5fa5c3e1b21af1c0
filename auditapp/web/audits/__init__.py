"""The organiser's pages: starting an audit, answering it, checking, completing and publishing it."""

from auditapp.web.audits import completing, details, publishing, quick, sections, starting, uploading
from auditapp.web.audits.blueprint import bp

__all__ = ["bp", "completing", "details", "publishing", "quick", "sections", "starting", "uploading"]
