"""What the glyph of a criterion shows."""

from __future__ import annotations

from fractions import Fraction

from auditapp.domain.scoring import Finding


def worth(finding: Finding) -> Fraction | str:
    """What the glyph of a finding shows: the worth of its grade, or the state it is in without one."""
    return finding.state.value if finding.worth is None else finding.worth
