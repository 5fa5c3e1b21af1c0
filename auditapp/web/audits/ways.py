"""The two ways through the form: every section whole, or of every section only what the quick audit asks."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from auditapp.domain.audit import Audit
from auditapp.domain.checklist import Criterion, Section
from auditapp.domain.facts import Applies
from auditapp.domain.quick import quick_facts
from auditapp.domain.scoring import Score, State, applicability
from auditapp.web.audits.facts import passed_quickly
from auditapp.web.audits.live import LivePanel, live_panel, quick_panel


class Way:
    """The way through the whole audit.

    `section` is the endpoint that shows a section, `save` the one that takes an answer while it is being given, and
    `end` what comes after the last section. `name` keeps pages beside the way on it; it is empty for the whole one.
    """

    name = ""
    section = "audits.section"
    save = "audits.save_answer"
    end = "audits.check"
    numbers_first = True
    """Whether a criterion with a measure asks for the numbers before it offers grades."""

    def asks(self, _criterion: Criterion) -> bool:
        """Whether this way leads past the criterion."""
        return True

    def criteria(self, audit: Audit, part: Section) -> list[Criterion]:
        """The criteria of a section that this way asks and the facts do not rule out."""
        applies = applicability(audit.checklist, audit.facts)
        return [
            criterion
            for criterion in audit.checklist.criteria_in(part.id)
            if self.asks(criterion) and applies[criterion.id] is not Applies.NO
        ]

    def sections(self, audit: Audit) -> list[Section]:
        """The sections with anything to ask, in checklist order."""
        return [part for part in audit.checklist.sections if self.criteria(audit, part)]

    def page(self, audit: Audit, part: Section, **more: Any) -> str:
        """The address of a section on this way."""
        return url_for(self.section, key=audit.key, section_id=part.id, **more)

    def after(self, audit: Audit, part: Section) -> str:
        """The address of what follows a section: the next one with anything to ask, or the end of the way."""
        order = [section.id for section in audit.checklist.sections]
        later = [one for one in self.sections(audit) if order.index(one.id) > order.index(part.id)]
        return self.page(audit, later[0]) if later else url_for(self.end, key=audit.key)

    def place(self, audit: Audit, part: Section) -> str:
        """How far along the way a section is, in words."""
        sections = audit.checklist.sections
        return _(
            "Section %(number)s of %(sections)s", number=sections.index(part) + 1, sections=len(sections)
        )

    def ruled_out(self, audit: Audit, part: Section) -> int:
        """How many criteria of a section the facts rule out, where that is worth saying."""
        return len(audit.checklist.criteria_in(part.id)) - len(self.criteria(audit, part))

    def panel(self, audit: Audit, result: Score, section_id: str) -> LivePanel:
        """What follows along beside a section."""
        return live_panel(audit, result, section_id)


class QuickWay(Way):
    """The way of the quick audit: a few facts, then the same sections with fewer criteria each."""

    name = "quick"
    section = "audits.quick_section"
    save = "audits.save_quick_answer"
    end = "audits.quick"
    numbers_first = False

    def asks(self, criterion: Criterion) -> bool:
        """Whether the criterion is in the quick audit."""
        return criterion.in_quick_audit

    def place(self, audit: Audit, part: Section) -> str:
        """The page of the quick audit a section is on."""
        before = [one.id for one in self.sections(audit)]
        return self.page_of(audit, before.index(part.id) + 1) if part.id in before else _("Quick audit")

    def page_of(self, audit: Audit, number: int) -> str:
        """The words for a section, counted from 1; the facts, where any are asked, are the page before all sections."""
        facts = 1 if quick_facts(audit.checklist) else 0
        return _(
            "Quick audit, page %(number)s of %(pages)s",
            number=number + facts,
            pages=len(self.sections(audit)) + facts,
        )

    def ruled_out(self, _audit: Audit, _part: Section) -> int:
        """Not said on the quick way, where most of a section is left out anyway."""
        return 0

    def panel(self, audit: Audit, result: Score, section_id: str) -> LivePanel:
        """The essentials met so far."""
        return quick_panel(audit, result, section_id)


WHOLE, QUICK = Way(), QuickWay()


def way_called(name: str) -> Way:
    """The way of that name; the whole one for any other."""
    return QUICK if name == QUICK.name else WHOLE


def quick_step(audit: Audit, result: Score) -> str | None:
    """The address of the next page of the quick audit with anything left to say; None once there is none."""
    if quick_facts(audit.checklist) and not audit.facts_saved and not passed_quickly(audit):
        return url_for("audits.quick_facts_page", key=audit.key)
    for part in QUICK.sections(audit):
        for criterion in QUICK.criteria(audit, part):
            if result.finding(criterion.id).state is State.UNANSWERED:
                return QUICK.page(audit, part)
    return None
