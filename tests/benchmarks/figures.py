"""One measured figure, and the table they are printed in."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """What was measured, its samples, their unit and what is aimed at."""

    name: str
    samples: tuple[float, ...]
    unit: str = "ms"
    aim: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    def quantile(self, share: float) -> float:
        """The sample below which `share` of all samples lie."""
        ordered = sorted(self.samples)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    def row(self) -> str:
        low, high = min(self.samples), max(self.samples)
        numbers = "".join(f"{value:>11.2f}" for value in (self.median, low, high))
        return f"{self.name:<58}{numbers} {self.unit:<8}{len(self.samples):>6}  {self.aim}"


def heading() -> str:
    """The line above the rows of a table of figures."""
    return f"{'':<58}{'median':>11}{'minimum':>11}{'maximum':>11} {'unit':<8}{'n':>6}  aim"


def timed(work: Callable[[], object], *, times: int, warm: int = 3) -> tuple[float, ...]:
    """Milliseconds of each of `times` runs of `work`, after `warm` runs that are not counted."""
    for _ in range(warm):
        work()
    samples = []
    for _ in range(times):
        start = perf_counter()
        work()
        samples.append((perf_counter() - start) * 1000)
    return tuple(samples)


def print_table(title: str, figures: Sequence[Figure]) -> None:
    """Print `figures` under `title`."""
    print(f"\n{title}\n{heading()}")
    for figure in figures:
        print(figure.row(), flush=True)
