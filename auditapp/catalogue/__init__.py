"""Checklist files and answers files, read strictly: every mistake with its file, line, criterion and remedy."""

from auditapp.catalogue.answers import read_answers
from auditapp.catalogue.checklists import (
    Catalogue,
    Entry,
    check_checklist,
    load_catalogue,
    read_checklist,
)
from auditapp.catalogue.problems import (
    AnswersFileError,
    ChecklistFileError,
    FileError,
    Problem,
    ReportFileError,
)
from auditapp.catalogue.released import Filed, ReleaseRefused, release, releases
from auditapp.catalogue.reports import read_document
from auditapp.catalogue.schema import schema_text
from auditapp.catalogue.template import template_text

__all__ = [
    "AnswersFileError",
    "Catalogue",
    "ChecklistFileError",
    "Entry",
    "FileError",
    "Filed",
    "Problem",
    "ReleaseRefused",
    "ReportFileError",
    "check_checklist",
    "load_catalogue",
    "read_answers",
    "read_checklist",
    "read_document",
    "release",
    "releases",
    "schema_text",
    "template_text",
]
