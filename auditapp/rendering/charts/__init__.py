"""The geometry of every drawing: shares in, coordinates out.

Shares are exact (`Fraction`, 0 to 1) until a coordinate is needed; coordinates are user units of the SVG, pixels at its
natural size, from the top left. The macros in ``templates/macros`` draw these values and compute nothing.
"""

from auditapp.rendering.charts.bars import Bar, MiniBar, MiniBars, bar, hatch, mini_bars
from auditapp.rendering.charts.bullets import FEW_BULLETS, MOST_BULLETS, BulletChart, BulletMark, bullet_chart
from auditapp.rendering.charts.curves import CurveChart, CurveLine, Runners, curve_chart
from auditapp.rendering.charts.dots import EVENT_SHAPES, DotPlot, DotRow, Mark, dot_plot
from auditapp.rendering.charts.heat import (
    GlyphBlock,
    GlyphColumn,
    GlyphMap,
    Head,
    HeatCell,
    HeatMap,
    HeatRow,
    glyph_map,
    heat_map,
)
from auditapp.rendering.charts.labels import Label, text_width, wrapped
from auditapp.rendering.charts.levels import (
    LevelBar,
    PlanChart,
    PlanStep,
    Reach,
    Threshold,
    level_bar,
    plan_chart,
)
from auditapp.rendering.charts.queues import QueueChart, QueueEntry, QueueMark, queue_chart
from auditapp.rendering.charts.shares import ShareChart, ShareEntry, ShareLine, ShareMark, Who, share_chart
from auditapp.rendering.charts.slopes import (
    Slope,
    SlopeChart,
    SlopeEntry,
    SlopeLine,
    SlopePoint,
    slope_chart,
)

FigureChart = BulletChart | CurveChart | QueueChart | ShareChart
"""A drawing that belongs to the figure of a measure."""

__all__ = [
    "EVENT_SHAPES",
    "FEW_BULLETS",
    "MOST_BULLETS",
    "Bar",
    "BulletChart",
    "BulletMark",
    "CurveChart",
    "CurveLine",
    "DotPlot",
    "DotRow",
    "FigureChart",
    "GlyphBlock",
    "GlyphColumn",
    "GlyphMap",
    "Head",
    "HeatCell",
    "HeatMap",
    "HeatRow",
    "Label",
    "LevelBar",
    "Mark",
    "MiniBar",
    "MiniBars",
    "PlanChart",
    "PlanStep",
    "QueueChart",
    "QueueEntry",
    "QueueMark",
    "Reach",
    "Runners",
    "ShareChart",
    "ShareEntry",
    "ShareLine",
    "ShareMark",
    "Slope",
    "SlopeChart",
    "SlopeEntry",
    "SlopeLine",
    "SlopePoint",
    "Threshold",
    "Who",
    "bar",
    "bullet_chart",
    "curve_chart",
    "dot_plot",
    "glyph_map",
    "hatch",
    "heat_map",
    "level_bar",
    "mini_bars",
    "plan_chart",
    "queue_chart",
    "share_chart",
    "slope_chart",
    "text_width",
    "wrapped",
]
