"""What facets are called in the language of a request."""

from __future__ import annotations

from auditapp.domain.checklist import Checklist
from auditapp.rendering.facets import Labels
from auditapp.web.presentation import locale_name, translated


def labels_of(checklists: tuple[Checklist, ...]) -> Labels:
    """Words for facets from these checklists."""
    return Labels(checklists, translated, locale_name().split("_")[0])
