"""Report documents: a published report as JSON, read back."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from auditapp.catalogue.problems import ProblemList, ReportFileError, shown_path
from auditapp.catalogue.yaml_text import Unreadable, decoded, read_bytes
from auditapp.domain.audit import check_links
from auditapp.domain.quick import Scope, scope_of
from auditapp.domain.report import Report
from auditapp.domain.scoring import score

SIZE_LIMIT = 16 * 1024 * 1024
MISTAKES_SHOWN = 5


def read_document(path: Path) -> Report:
    """The report in a file written by `auditapp report --document` or downloaded from a report's page.

    Raises ReportFileError when it is none, or when its score does not follow from its answers.
    """
    problems = ProblemList(shown_path(path))
    try:
        text = decoded(read_bytes(path, problems, SIZE_LIMIT), problems)
    except Unreadable:
        raise ReportFileError(tuple(problems)) from None
    try:
        report = Report.model_validate_json(text)
    except ValidationError as error:
        download = "download the document again, or make it again from its answers"
        for details in error.errors(include_url=False)[:MISTAKES_SHOWN]:
            place = ".".join(str(step) for step in details["loc"])
            said = details["msg"].removeprefix("Value error, ")
            problems.add(None, f"this is no report document: {place}{': ' if place else ''}{said}", download)
        raise ReportFileError(tuple(problems)) from None
    try:
        check_links(report.answers)
    except ValueError as error:
        problems.add(None, f"this document {error}", "leave the weaker ones out")
        raise ReportFileError(tuple(problems)) from None
    if not _follows(report):
        problems.add(
            None,
            "the score of this report does not follow from its answers, so it has been changed since it was made",
            "make the document again from its answers",
        )
        raise ReportFileError(tuple(problems))
    return report


def _follows(report: Report) -> bool:
    try:
        result = score(report.checklist, report.answers, report.facts)
    except KeyError:
        return False
    claims_quick = report.scope is Scope.QUICK
    return result == report.score and (not claims_quick or scope_of(report.checklist, result) is Scope.QUICK)
