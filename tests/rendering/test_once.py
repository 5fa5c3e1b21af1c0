from dataclasses import dataclass

from markupsafe import Markup

from auditapp.rendering.once import Once


class Counting:
    """A macro that counts how often it draws."""

    name = "mark"

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, *arguments: object) -> Markup:
        self.drawn += 1
        return Markup("{}").format(arguments)


def test_a_mark_is_drawn_once_for_the_same_arguments():
    macro, once = Counting(), Once()
    assert once(macro, 1, "Fully") == once(macro, 1, "Fully")
    assert once(macro, 1, "Fully") != once(macro, 0, "Not met")
    assert macro.drawn == 2


@dataclass(frozen=True)
class Cell:
    plain: tuple[str, ...] | None
    note: str = ""


def test_cells_that_show_the_same_are_drawn_once_and_others_each_by_itself():
    macro, once = Counting(), Once()
    row = [Cell(("Fully",)), Cell(None, note="<b>own words</b>"), Cell(("Fully",))]
    drawn = once.cells(row, macro, lambda cell, _once: Markup("[{}]").format(getattr(cell, "note", "")))
    assert drawn == "(&#39;Fully&#39;,)[&lt;b&gt;own words&lt;/b&gt;](&#39;Fully&#39;,)"
    assert macro.drawn == 1


def test_a_row_is_its_cells_in_order_each_drawn_once():
    macro, once = Counting(), Once()
    assert once.row(macro, [(1,), (2,), (1,)]) == "(1,)(2,)(1,)"
    assert macro.drawn == 2
