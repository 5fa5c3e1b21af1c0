"""The picture of a figure: its drawings, the marks that explain them, and the table that says the same."""

from __future__ import annotations

from auditapp.domain.measures import Figure
from auditapp.domain.measures.figure import Bullets, Curve, Queues, Shares
from auditapp.rendering.figures.pictures.bullets import bullets_view
from auditapp.rendering.figures.pictures.curve import curve_view
from auditapp.rendering.figures.pictures.parts import Drawing, Mark, PictureView, Sheet
from auditapp.rendering.figures.pictures.queues import queues_view
from auditapp.rendering.figures.pictures.shares import shares_view
from auditapp.rendering.words import Gettext, english


def picture_view(
    figure: Figure, currency: str = "", *, sheet: Sheet = "page", gettext: Gettext = english
) -> PictureView | None:
    """What there is to draw of a figure; None when it has no picture, or none that may be drawn."""
    match figure.picture:
        case Bullets() as bullets if bullets.rows:
            return bullets_view(figure, bullets, currency, sheet, gettext)
        case Shares() as shares:
            return shares_view(figure, shares, sheet, gettext)
        case Curve() as curve:
            return curve_view(figure, curve, sheet, gettext)
        case Queues() as queues if queues.rows:
            return queues_view(queues, sheet, gettext)
    return None


__all__ = ["Drawing", "Mark", "PictureView", "Sheet", "picture_view"]
