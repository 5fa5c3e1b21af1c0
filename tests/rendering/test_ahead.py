"""Files made once, waited for by everybody who asks, and made before anybody does."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from auditapp.domain.errors import RenderingFailed
from auditapp.rendering.ahead import MOST_FORESEEN, MadeOnce


class Counted:
    """Makes a file, and counts how often."""

    def __init__(self, content: bytes = b"made") -> None:
        self.times = 0
        self.content = content
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(self) -> bytes:
        self.times += 1
        self.begun.set()
        assert self.go_on.wait(10)
        return self.content


@pytest.fixture
def made():
    files = MadeOnce()
    yield files
    files.close()


def until(condition) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.005)


def test_a_file_is_made_once(made):
    make = Counted()
    assert made.get("a", make) == made.get("a", make) == b"made"
    assert make.times == 1


def test_everybody_who_asks_while_it_is_made_waits_for_the_same(made):
    make = Counted()
    make.go_on.clear()
    with ThreadPoolExecutor(5) as people:
        asked = [people.submit(made.get, "a", make) for _ in range(5)]
        assert make.begun.wait(10)
        make.go_on.set()
        assert {one.result() for one in asked} == {b"made"}
    assert make.times == 1


def test_what_fails_is_told_to_all_and_tried_again(made):
    def fails() -> bytes:
        raise RenderingFailed("too long")

    with pytest.raises(RenderingFailed):
        made.get("a", fails)
    assert made.get("a", Counted()) == b"made"


def test_what_was_foreseen_is_there(made):
    first, second = Counted(), Counted()
    made.foresee("audit", lambda: [("a", first), ("b", second)])
    until(lambda: made.has("b"))
    assert made.get("a", Counted(b"again")) == b"made"
    assert (first.times, second.times) == (1, 1)


def test_of_what_is_foreseen_in_quick_succession_only_the_last_is_made(made):
    makes = [Counted() for _ in range(5)]
    for number, make in enumerate(makes):
        made.foresee("audit", lambda number=number, make=make: [(str(number), make)], after=0.05)
    until(lambda: made.has("4"))
    assert [make.times for make in makes] == [0, 0, 0, 0, 1]


def test_whoever_asks_for_what_is_only_foreseen_does_not_wait(made):
    slow = Counted()
    slow.go_on.clear()
    made.foresee("one", lambda: [("slow", slow)])
    assert slow.begun.wait(10)
    made.foresee("two", lambda: [("a", Counted())])
    assert made.get("a", Counted(b"at once")) == b"at once"
    slow.go_on.set()
    until(lambda: made.has("slow"))


def test_a_failure_ahead_troubles_nobody(made, caplog):
    def fails() -> bytes:
        raise RenderingFailed("no libraries")

    made.foresee("audit", lambda: [("a", fails)])
    made.foresee("another", lambda: [("b", Counted())])
    until(lambda: made.has("b"))
    assert caplog.text == ""


def test_a_mistake_of_ours_is_logged(made, caplog):
    made.foresee("audit", lambda: [("a", lambda: 1 / 0)])
    made.foresee("another", lambda: [("b", Counted())])
    until(lambda: made.has("b"))
    assert "ZeroDivisionError" in caplog.text


def test_those_asked_for_longest_ago_are_forgotten():
    made = MadeOnce(most_bytes=10)
    for mark in ("a", "b", "c"):
        made.get(mark, Counted(b"1234"))
    made.get("b", Counted())
    assert [made.has(mark) for mark in ("a", "b", "c")] == [False, True, True]
    made.get("d", Counted(b"12345"))
    assert [made.has(mark) for mark in ("b", "c", "d")] == [True, False, True]
    made.get("large", Counted(b"1" * 100))
    assert made.has("large")


def test_no_more_is_foreseen_than_can_be_made(made):
    makes = {f"{number}": Counted() for number in range(MOST_FORESEEN + 10)}
    for name, make in makes.items():
        made.foresee(name, lambda name=name, make=make: [(name, make)], after=0.2)
    until(lambda: made.has(str(MOST_FORESEEN - 1)))
    assert sum(make.times for make in makes.values()) == MOST_FORESEEN


def test_after_closing_nothing_is_made_ahead():
    made, make = MadeOnce(), Counted()
    made.foresee("audit", lambda: [("a", make)], after=0.05)
    made.close()
    made.foresee("audit", lambda: [("a", make)])
    time.sleep(0.1)
    assert make.times == 0
