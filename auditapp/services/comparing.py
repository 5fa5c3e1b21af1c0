"""Published reports side by side: which of those asked for can be compared, and the comparison itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue
from auditapp.domain.comparison import MOST, Comparison, compare
from auditapp.domain.report import Publication, PublicationState, Report
from auditapp.services import publishing


@dataclass(frozen=True)
class Chosen:
    """The reports somebody asked for: those that can be compared, and why the others cannot."""

    reports: tuple[tuple[Publication, Report], ...]
    withdrawn: tuple[tuple[Publication, Report], ...]
    unknown: tuple[str, ...]
    too_many: int

    @property
    def slugs(self) -> tuple[str, ...]:
        """The addresses of those that can be compared."""
        return tuple(publication.slug for publication, _report in self.reports)


def choose_reports(session: Session, slugs: Sequence[str], unreadable: Sequence[str] = ()) -> Chosen:
    """The reports of these addresses, at most six of them, in one query; `unreadable` is what cannot be an address."""
    found = publishing.find_reports(session, slugs, to_compare=True)
    known = [found[slug] for slug in slugs if slug in found]
    live = [pair for pair in known if pair[0].state is not PublicationState.WITHDRAWN]
    return Chosen(
        reports=tuple(live[:MOST]),
        withdrawn=tuple(pair for pair in known if pair[0].state is PublicationState.WITHDRAWN),
        unknown=(*(slug for slug in slugs if slug not in found), *unreadable),
        too_many=max(len(live) - MOST, 0),
    )


def compare_reports(catalogue: Catalogue, reports: Sequence[Report]) -> Comparison:
    """Reports side by side, through versions of their checklists nobody answered as well; raises NotComparable."""
    return compare(reports, catalogue.between(report.checklist for report in reports))
