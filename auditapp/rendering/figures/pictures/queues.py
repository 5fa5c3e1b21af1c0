"""Queues before each unit, women above men."""

from __future__ import annotations

from auditapp.domain.measures import shown
from auditapp.domain.measures.figure import Queue, Queues
from auditapp.rendering import charts
from auditapp.rendering.figures.pictures.parts import Drawing, PictureView, Sheet, Size, sizes, who_is
from auditapp.rendering.figures.tables import TableView
from auditapp.rendering.words import Gettext


def queues_view(picture: Queues, sheet: Sheet, gettext: Gettext) -> PictureView:
    """The picture of queues: the people before each unit, drawn in the same measure for all."""
    entries = [_entry(queue, gettext) for queue in picture.rows]
    wide, narrow = sizes(sheet)

    def draw(size: Size) -> charts.QueueChart:
        return charts.queue_chart(entries, width=size.width, size=size.type)

    chart, small = draw(wide), draw(narrow) if narrow else None
    said = "; ".join(f"{entry.label}: {entry.words}, {entry.length}" for entry in entries)
    return PictureView(
        drawings=(Drawing("queues", f"{picture.title}. {said}", chart, small),),
        title=picture.title,
        key=(),
        table=TableView(
            caption=picture.title,
            head=(gettext("Queue"), gettext("People"), gettext("Units"), gettext("People for each unit")),
            rows=tuple(
                (
                    queue.label,
                    shown.decimal(queue.people, 1),
                    shown.decimal(queue.units, 1),
                    shown.decimal(queue.people / queue.units, 1) if queue.units else gettext("no unit"),
                )
                for queue in picture.rows
            ),
        ),
    )


def _entry(queue: Queue, gettext: Gettext) -> charts.QueueEntry:
    numbers = {"people": shown.decimal(queue.people, 1), "units": shown.decimal(queue.units, 1)}
    each = queue.people / queue.units if queue.units else None
    length = gettext("no unit")
    if each is not None:
        length = gettext("%(people)s for each") % {"people": shown.decimal(each, 1)}
    words = gettext("%(people)s people, %(units)s units") % numbers
    return charts.QueueEntry(queue.label, who_is(queue.label), each, words, length)
