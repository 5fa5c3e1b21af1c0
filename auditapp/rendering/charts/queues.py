"""Queues: how many people stand before each unit, one mark for so many of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditapp.rendering.charts.labels import LEADING, Label, fitted, rounded, text_width
from auditapp.rendering.charts.shares import Who

DOOR = 16.0
MARK = 11.0
PITCH = 15.0
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class QueueEntry:
    """A queue to be drawn: how many people there are for each unit, None where there is no unit at all.

    ``words`` say people and units, ``length`` how many people there are for each.
    """

    label: str
    who: Who
    people: Fraction | None
    words: str
    length: str


@dataclass(frozen=True)
class QueueMark:
    """One queue: its name and count above, the unit as a door unless there is none, and the marks before it."""

    label: Label
    words: tuple[Label, ...]
    who: Who
    y: float
    door: bool
    marks: tuple[float, ...]
    length: Label


@dataclass(frozen=True)
class QueueChart:
    """Queues below one another. ``people`` is how many of them one mark stands for; ``note_y`` has room to say so."""

    width: float
    height: float
    size: float
    people: int
    note_y: float
    rows: tuple[QueueMark, ...]


def queue_chart(queues: Sequence[QueueEntry], *, width: float = 592.0, size: float = 14.0) -> QueueChart:
    """A row of marks before a door for each queue, all in the same measure.

    One mark stands for 1, 2, 5, 10, 20, 50… people, the fewest with which the longest queue has room. Where there is no
    unit the marks fill the row and there is no door.

    Raises ValueError for fewer people than none.
    """
    lengths = [queue.people for queue in queues if queue.people is not None]
    if any(people < 0 for people in lengths):
        raise ValueError(f"a queue holds no fewer people than none: {min(lengths)}")
    said = max((text_width(queue.length, size, bold=True) for queue in queues), default=0.0)
    start = DOOR + 8.0
    most = max(1, int((width - start - said - 10.0) // PITCH))
    people = people_to_a_mark(max(lengths, default=Fraction(0)), most)
    line = size * LEADING
    drawn = []
    y = 0.0
    for queue in queues:
        name = text_width(queue.label, size, bold=True) + 10.0
        label = fitted(queue.label, width, size, lines=1, bold=True)[0]
        beside = width - name >= 0.5 * width
        words = fitted(queue.words, width - name if beside else width, size)
        first = y + size
        below = first if beside else first + line
        middle = below + (len(words) - 1) * line + 8.0 + DOOR / 2 + 2.0
        count = most if queue.people is None else marks_for(queue.people, people)
        marks = tuple(rounded(start + MARK / 2 + number * PITCH) for number in range(count))
        end = marks[-1] + MARK / 2 if marks else start - 4.0
        drawn.append(
            QueueMark(
                label=Label(label, 0.0, rounded(first), "start"),
                words=tuple(
                    Label(text, name if beside else 0.0, rounded(below + number * line), "start")
                    for number, text in enumerate(words)
                ),
                who=queue.who,
                y=rounded(middle),
                door=queue.people is not None,
                marks=marks,
                length=Label(queue.length, rounded(end + 10.0), rounded(middle + size * 0.35), "start"),
            )
        )
        y = middle + DOOR / 2 + 16.0
    note = y + size
    return QueueChart(width, rounded(note + 4.0), size, people, rounded(note), tuple(drawn))


def people_to_a_mark(longest: Fraction, most: int) -> int:
    """For how many people a mark stands, so that the longest queue takes at most so many marks."""
    power = 1
    while True:
        for step in STEPS:
            if longest <= most * step * power:
                return step * power
        power *= 10


def marks_for(people: Fraction, each: int) -> int:
    """How many marks a queue takes, rounded to the nearest; one at least where anybody stands in it."""
    return max(int(people / each + Fraction(1, 2)), 1) if people else 0
