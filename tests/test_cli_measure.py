"""`auditapp measure`: for people who have the results page and nothing else."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from auditapp.cli import main
from auditapp.domain.measures import MEASURES

FINISHED, DID_NOT = "MMFMFMMFMFMMF", "FFFMMMMMMMMM"
TINY = "\n".join(
    [
        "rank,bib,runner,gender,time",
        *(
            f"{place},{place},Person {place},{who},{10 + place}:00:00"
            for place, who in enumerate(FINISHED, 1)
        ),
        *(f"NA,{place},Person {place},{who},NA" for place, who in enumerate(DID_NOT, 14)),
        "",
    ]
)
"""The counts of a real mountain race: 25 starters, 8 of them women; 13 finishers, 5 of them women. Nobody in it is real."""


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def measure(*arguments: object, stdin: str | None = None) -> Ended:
    """Runs the command in this process."""
    result = CliRunner().invoke(main, ["measure", *(str(argument) for argument in arguments)], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The tiny event as a file."""
    path = tmp_path / "tiny.csv"
    path.write_text(TINY)
    return path


def test_without_a_name_it_lists_the_measures():
    ended = measure()
    assert ended.code == 0
    assert [name for name in MEASURES if f"\n{name} " not in ended.out] == []


@pytest.mark.parametrize("name", MEASURES)
def test_with_a_name_alone_it_says_what_the_measure_asks_for(name):
    ended = measure(name)
    asked = MEASURES[name]
    columns = asked.table.columns if asked.table else ()
    assert ended.code == 0
    assert [
        one
        for one in (*asked.figures, *(field.id for field in (*asked.fields, *columns)))
        if one not in ended.out
    ] == []


def test_a_tiny_event_is_shown_without_a_verdict_and_without_small_counts(tiny):
    ended = measure("drop-out", tiny)
    assert ended.code == 0
    assert "Small numbers: no verdict." in ended.out
    assert "9 of 17  52.9%  31% to 73.8%" in ended.out
    assert "37.5%" not in ended.out
    assert "Women who finished                      not shown" in ended.out
    assert "--all-counts shows" in ended.out
    assert "Lines: 25 read, 0 of them left out." in ended.err
    assert "Person" not in ended.out + ended.err


def test_whoever_holds_the_file_can_see_all_counts(tiny):
    ended = measure("drop-out", tiny, "--all-counts")
    assert "3 of 8   37.5%  13.7% to 69.4%" in ended.out
    assert "do not publish it" in ended.out


def test_as_json(tiny):
    data = json.loads(measure("drop-out", tiny, "--json").out)
    assert (data["measure"], data["small"]) == ("drop-out", True)
    assert data["figures"]["men-drop-out"] == {
        "label": "Men who did not finish",
        "value": "900/17",
        "unit": "percent",
        "small": False,
    }
    assert data["figures"]["women-drop-out"]["value"] is None
    assert data["shares"] == [
        {
            "id": "men-drop-out", "label": "Men who did not finish, of those who started", "count": 9, "of": 17,
            "percent": 52.9412, "low": 30.9632, "high": 73.8349,
        }
    ]  # fmt: skip
    assert data["numbers"]["withheld"] == ["women-finishers"]
    assert data["file"]["columns"] == {"gender": "gender", "time": "time", "place": "rank"}
    assert "lines" not in data["file"]
    whole = json.loads(measure("drop-out", tiny, "--json", "--all-counts").out)
    assert whole["file"]["lines"] == 25
    assert whole["figures"]["women-drop-out"]["value"] == "75/2"


def test_numbers_given_on_the_line():
    ended = measure(
        "prize-parity",
        "--set",
        "women=300",
        "--set",
        "men=300",
        "--set",
        "women=120",
        "--set",
        "men=150",
        "--currency",
        "pounds",
    )
    assert ended.code == 0
    assert "the 2nd place pays women £30 less" in ended.out
    assert "2nd    120    150" in ended.out
    assert ended.err == ""


def test_a_table_of_its_own(tmp_path):
    path = tmp_path / "prizes.csv"
    path.write_text("Women;Men\n1.200;1.200\n600;soon\n600;800\n")
    ended = measure("prize-parity", path)
    assert "Lowest ratio at any place       0.75" in ended.out
    assert "  line 3 “Men” must be a number such as 12.50" in ended.err


def test_a_limit_given_beside_a_file(tiny):
    ended = measure("cut-off", tiny, "--set", "limit=24:00:00", "--all-counts")
    assert "Women’s headroom, limit ÷ median                    24:00:00 ÷ 18:00:00 = 1.33" in ended.out
    assert "Women who finished                     5" in ended.out


def test_a_choice_and_a_label(tiny):
    ended = measure("start-list-share", tiny, "--set", "field=world-ultra", "--set", "label=2021")
    assert "9 points above the benchmark of 23%" in ended.out
    assert "8 of 25  32%  17.2% to 51.6%" in ended.out
    assert "2021     8      17   0" in ended.out


def test_columns_can_be_named(tiny):
    other = tiny.with_name("other.csv")
    other.write_text(TINY.replace("gender", "which"))
    ended = measure("drop-out", other, "--column", "gender=which", "--column", "time=5")
    assert "gender from “which”, time from “time”" in ended.err


def test_a_file_from_standard_input():
    ended = measure("drop-out", "-", "--json", stdin=TINY)
    assert json.loads(ended.out)["numbers"]["source"] == "standard input"


def test_bad_lines_are_named_and_counted(tiny):
    tiny.write_text(TINY + "".join(f"{place},x,Person,Nobody,1:00:00\n" for place in range(30)))
    ended = measure("drop-out", tiny)
    assert ended.code == 0
    assert "Lines: 55 read, 30 of them left out." in ended.err
    assert "  30: has a gender this reader does not know" in ended.err
    assert "  line 27 has a gender this reader does not know (it looks like “a”)" in ended.err
    assert "  and 10 more" in ended.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nonsense"], 1, "There is no measure called nonsense. `auditapp measure` lists them."),
        (["drop-outs"], 1, "Did you mean drop-out?"),
        (["cut-off", "TINY"], 1, "limit: is needed before a file is read\nGive it with --set limit=6:00:00."),
        (["cut-off", "TINY", "--set", "limit=soon"], 1, "limit must be a time such as 1:45:00."),
        (["cut-off", "--set", "limit"], 2, "--set takes a name and a value with = between them, not 'limit'."),
        (["drop-out", "--set", "women-starter=9"], 1, "women-starter is no number of drop-out; did you mean"),
        (["drop-out", "--set", "x=9"], 1, "x is no number of drop-out; there are women-starters"),
        (["drop-out", "--set", "women-starters=9"], 1, "women-finishers: is needed"),
        (["drop-out", "--set", "women-starters=1.5"], 1, "women-starters: must be a whole number"),
        (["start-list-share", "TINY", "--set", "field=mars"], 1, "field must be one of us-all, uk-5k"),
        (["start-list-share", "TINY", "--set", "label=\u202e"], 1, "label has characters that cannot be shown"),
        (["pacers", "TINY"], 1, "rows: type the pacers’ times before a file is read"),
        (["drop-out", "TINY", "--column", "gender=Sex"], 1, "tiny.csv: there is no column “Sex”; there are “rank”, “bib”"),
        (["drop-out", "TINY", "--column", "sex=gender"], 2, "--column knows gender, time, gun-time, status, wave, place"),
        (["drop-out", "missing.csv"], 1, "missing.csv: No such file or directory"),
        (["pace-groups", *["--set", "pace=6:00"] * 401], 1, "A table takes at most 400 rows."),
        (["prize-parity", "--set", "women=1", "--currency", "\u202e"], 1, "--currency has characters that cannot be shown"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said(tiny, arguments, code, message):
    ended = measure(*(tiny if argument == "TINY" else argument for argument in arguments))
    assert ended.code == code
    assert message in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04\x14\x00", "is a workbook or a zip archive, whatever its name says"),
        (b"Gender,Time\n", "has a heading and no lines below it"),
        (b"x" * 3_000_000, "is no table: line 1 is longer than 20,000 characters"),
    ],
)
def test_a_hostile_file_ends_with_a_message(tmp_path, content, message):
    path = tmp_path / "results.csv"
    path.write_bytes(content)
    ended = measure("drop-out", path)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"results.csv: {message}")


def test_a_name_that_cannot_be_shown_is_no_obstacle(tmp_path):
    path = tmp_path / ("\u202e" + "x" * 200 + ".csv")
    path.write_text(TINY)
    source = json.loads(measure("drop-out", path, "--json").out)["numbers"]["source"]
    assert source == "x" * 100


def test_on_a_terminal_a_large_file_shows_how_far_it_is(tmp_path):
    path = tmp_path / "large.csv"
    line = f"1,{'Runner with a long name ' * 4},F,1:00:00\n"
    path.write_text("Bib,Name,Gender,Time\n" + line * 60_000)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "auditapp", "measure", "drop-out", str(path), "--json"],
        stdout=subprocess.PIPE, stderr=theirs,
    ) as run:  # fmt: skip
        os.close(theirs)
        seen = b""
        while True:
            try:
                chunk = os.read(ours, 65_536)
            except OSError:  # the other end has closed
                break
            if not chunk:
                break
            seen += chunk
        assert run.stdout is not None
        data = json.loads(run.stdout.read())
    os.close(ours)
    assert b"Reading" in seen
    assert b"100%" in seen
    assert data["file"]["left_out"] == 59_999
