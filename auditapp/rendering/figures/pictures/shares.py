"""Shares with their intervals between 0 and 100, and the lines somebody has to reach."""

from __future__ import annotations

from auditapp.domain.measures import Figure, shown
from auditapp.domain.measures.figure import CountedShare, Shares
from auditapp.domain.values import ZERO
from auditapp.rendering import charts
from auditapp.rendering.figures.pictures.parts import Drawing, Mark, PictureView, Sheet, Size, sizes, who_is
from auditapp.rendering.figures.units import in_unit
from auditapp.rendering.words import Gettext, count_of


def shares_view(figure: Figure, picture: Shares, sheet: Sheet, gettext: Gettext) -> PictureView | None:
    """The picture of shares. Its table is that of the counts and shares; None when it names no share of the figure."""
    known = {share.id: share for share in (*figure.shares, *((figure.others,) if figure.others else ()))}
    shares = [known[name] for name in picture.shares if name in known]
    if not shares:
        return None
    entries = [_entry(share, gettext) for share in shares]
    lines = [(line, in_unit(line, "percent", gettext=gettext)) for line in picture.lines]
    wide, narrow = sizes(sheet)

    def draw(size: Size) -> charts.ShareChart:
        return charts.share_chart(entries, lines, width=size.width, size=size.type, stacked=size.narrow)

    said = "; ".join(f"{entry.label}: {entry.words}" for entry in entries)
    shapes = {
        "women": gettext("share with its 95% interval"),
        "men": gettext("the same for men"),
        "other": gettext("the same for everybody else"),
    }
    marks = [Mark(who, shapes[who]) for who in dict.fromkeys(entry.who for entry in entries)]
    if lines and picture.line:
        marks.append(Mark("line", picture.line))
    return PictureView(
        drawings=(
            Drawing("shares", f"{picture.title}. {said}", draw(wide), draw(narrow) if narrow else None),
        ),
        title=picture.title,
        key=tuple(marks),
        table=None,
    )


def _entry(share: CountedShare, gettext: Gettext) -> charts.ShareEntry:
    exact, interval = share.percent, share.interval
    if exact is None or interval is None or share.count is None:
        words = gettext("not shown") if share.of else gettext("nobody")
        return charts.ShareEntry(share.label, who_is(share.id), None, ZERO, ZERO, words)
    words = f"{count_of(share.count, share.of, gettext=gettext)}, {shown.percent(exact)}"
    return charts.ShareEntry(
        share.label, who_is(share.id), exact, 100 * interval.low, 100 * interval.high, words
    )
