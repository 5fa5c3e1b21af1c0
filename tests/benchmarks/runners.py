"""Made-up results of any size, written to a file line by line."""

from __future__ import annotations

import random
from pathlib import Path

HEADING = "Place,Bib,Name,Gender,Category,Gun time,Chip time,Status\n"


def write_results(path: Path, runners: int, *, seed: int = 7) -> Path:
    """Results of a marathon: two women for three men, three in a hundred did not finish, the same file for a seed."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEADING)
        for place in range(1, runners + 1):
            gender = chance.choice("FFMMM")
            chip = max(7_600, round(chance.gauss(15_500 if gender == "M" else 17_000, 2_500)))
            gun = chip + chance.randrange(300)
            times = f"{clock(gun)},{clock(chip)},Finished" if chance.random() > 0.03 else ",,DNF"
            stream.write(f"{place},{10_000 + place},Runner Number {place},{gender},{gender}40,{times}\n")
    return path


def clock(seconds: int) -> str:
    """A time as results write it."""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
