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
