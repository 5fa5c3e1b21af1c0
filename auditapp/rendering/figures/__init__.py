"""The worked figure of a measure, made ready to be drawn: a Figure in, texts and drawings out.

The macros in ``templates/macros/figures.html`` draw these values for pages and for the PDF, and compute nothing.
"""

from auditapp.rendering.figures.asks import Ask, AskLine, GradeAsks, asks_in_general, asks_of
from auditapp.rendering.figures.pictures import Drawing, Mark, PictureView, picture_view
from auditapp.rendering.figures.tables import NumbersView, TableView, numbers_view
from auditapp.rendering.figures.units import exact_text, in_unit, in_unit_beside, threshold_text
from auditapp.rendering.figures.view import (
    FigureView,
    ShareRow,
    StepRow,
    figure_view,
    measures_used,
    report_figures,
    short_fact,
)

__all__ = [
    "Ask",
    "AskLine",
    "Drawing",
    "FigureView",
    "GradeAsks",
    "Mark",
    "NumbersView",
    "PictureView",
    "ShareRow",
    "StepRow",
    "TableView",
    "asks_in_general",
    "asks_of",
    "exact_text",
    "figure_view",
    "in_unit",
    "in_unit_beside",
    "measures_used",
    "numbers_view",
    "picture_view",
    "report_figures",
    "short_fact",
    "threshold_text",
]
