"""The file of towns: made whole or not at all, by one of several, and asked for a name in any language."""

import io
import json
import multiprocessing
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from auditapp.domain.geography import distance_km
from auditapp.storage import gazetteer_file
from auditapp.storage.gazetteer import NO_GAZETTEER, Gazetteer, Region, file_in
from auditapp.storage.gazetteer_file import GazetteerNotMade, compile_file, make

STATES = {"WA": {"name": "Washington"}, "OR": {"name": "Oregon"}}


def a_city(name, country="GB", people=5_000, others=(), at=(54.0, -1.5), region="ENG"):
    return {
        "name": name, "countrycode": country, "population": people, "alternatenames": list(others),
        "latitude": at[0], "longitude": at[1], "admin1code": region,
    }  # fmt: skip


def made_of(folder: Path, *cities) -> Gazetteer:
    """A gazetteer of these cities alone."""
    text = json.dumps({str(number): city for number, city in enumerate(cities)})
    compile_file(file_in(folder), io.BytesIO(text.encode()), STATES)
    return Gazetteer(folder)


@pytest.mark.parametrize("name", ["Łódź", "lodz", "LODZ", " Łódź. ", "Лодзь"])
def test_a_town_is_found_whatever_its_accents_and_script(tmp_path, name):
    towns = made_of(
        tmp_path, a_city("Łódź", "PL", others=["Lodz", "Лодзь"], at=(51.77058, 19.47396), region="74")
    )
    (town,) = towns.named(name)
    assert (town.name, town.country, town.region, town.population) == ("Łódź", "PL", "", 5_000)
    assert town.position == pytest.approx((51.7706, 19.4740), abs=1e-9)


def test_the_largest_comes_first_and_a_former_name_counts_for_less(tmp_path):
    toronto = a_city("Toronto", "CA", 2_700_000, ["York"], region="08")
    towns = made_of(
        tmp_path, toronto, a_city("York", people=160_000), a_city("York", "US", 44_000, region="PA")
    )
    assert [(town.name, town.country) for town in towns.named("york")] == [
        ("York", "GB"), ("Toronto", "CA"), ("York", "US"),
    ]  # fmt: skip


@pytest.mark.parametrize("part", ["Newcastle", "Tyne"])
def test_a_part_of_a_name_is_as_good_as_the_whole(tmp_path, part):
    whole = a_city("Newcastle upon Tyne", people=270_000, others=[part])
    towns = made_of(tmp_path, a_city(part, people=7_000, region="NIR"), whole)
    assert [town.name for town in towns.named(part)] == ["Newcastle upon Tyne", part]


def test_small_towns_are_known_by_their_own_names_only(tmp_path):
    towns = made_of(tmp_path, a_city("Addingham", people=900, others=["Odingeham"]))
    assert len(towns.named("Addingham")) == 1
    assert towns.named("Odingeham") == ()


def test_regions_are_known_by_name_and_abbreviation(tmp_path):
    towns = made_of(tmp_path, a_city("Vancouver", "US", 190_000, region="WA"), a_city("Ayr", region="SCT"))
    assert towns.regions("washington") == towns.regions("WA") == (Region("US", "WA"),)
    assert towns.regions("Cymru") == (Region("GB", "WLS"),)
    assert towns.regions("Yorkshire") == ()
    assert [town.region_name for name in ("Vancouver", "Ayr") for town in towns.named(name)] == [
        "Washington", "Scotland",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["", "  ", "!", "'; DROP TABLE towns; --", "x" * 10_000, "\N{NULL}", "Nowhere"]
)
def test_what_no_town_is_called_finds_none(tmp_path, name):
    assert made_of(tmp_path, a_city("Leeds")).named(name) == ()


def test_without_a_file_no_town_is_known_until_there_is_one(tmp_path):
    towns = Gazetteer(tmp_path)
    assert (towns.mark, towns.named("Leeds"), towns.regions("Wales")) == ("", (), ())
    made_of(tmp_path, a_city("Leeds"))
    assert towns.mark == file_in(tmp_path).stem
    assert len(towns.named("Leeds")) == len(towns.regions("Wales")) == 1
    assert NO_GAZETTEER.named("Leeds") == ()


@pytest.mark.parametrize("name", ["whole field", "50% #1", "towns?mode=rw", "Städte"])
def test_the_folder_may_be_called_anything(tmp_path, name):
    (tmp_path / name).mkdir()
    assert len(made_of(tmp_path / name, a_city("Leeds")).named("Leeds")) == 1


def test_a_file_that_is_none_says_so_in_the_log_and_finds_nothing(tmp_path, caplog):
    file_in(tmp_path).write_text("This is no database.")
    assert Gazetteer(tmp_path).named("Leeds") == ()
    assert "cannot be read" in caplog.text


def test_the_file_cannot_be_written_to(tmp_path):
    towns = made_of(tmp_path, a_city("Leeds"))
    towns.named("Leeds")
    assert towns._connection is not None
    with pytest.raises(sqlite3.OperationalError):
        towns._connection.execute("DELETE FROM towns")


def test_many_threads_and_a_forked_process_may_ask_at_once(tmp_path):
    towns = made_of(tmp_path, *(a_city(f"Town {number}") for number in range(300)))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: towns.named(f"Town {number % 300}"), range(3_000)))
    assert all(len(one) == 1 for one in found)
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    child = context.Process(target=lambda: queue.put(towns.named("town 7")))
    child.start()
    assert queue.get() == towns.named("Town 7")
    child.join()


def test_what_cannot_be_read_leaves_nothing_behind(tmp_path):
    with pytest.raises(Exception, match=r"parse|lexical|premature"):
        compile_file(file_in(tmp_path), io.BytesIO(b'{"1": {"name": "Lee'), STATES)
    assert list(tmp_path.iterdir()) == []


def test_the_towns_of_the_world_are_small_quick_and_where_they_are(gazetteer: Gazetteer, places: Path):
    assert file_in(places).stat().st_size < 40_000_000
    leeds, ilkley = gazetteer.named("Leeds")[0], gazetteer.named("ilkley")[0]
    assert (leeds.country, ilkley.country) == ("GB", "GB")
    assert distance_km(leeds.position, ilkley.position) == pytest.approx(23, abs=1)
    assert [gazetteer.named(name)[0].name for name in ("München", "東京", "Newcastle, ", "Chamonix")] == [
        "Munich", "Tokyo", "Newcastle", "Chamonix-Mont-Blanc",
    ]  # fmt: skip


def test_of_several_makers_one_works_and_the_file_is_whole(tmp_path, places):
    """The others wait for it: nobody makes it twice. That of the run is looked at, for it takes seconds to make one."""
    assert make(places) is False
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, [tmp_path / "shared"] * 4))
    assert sorted(made) == [False, False, False, True]
    with sqlite3.connect(file_in(tmp_path / "shared")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    left = {path.suffix for path in (tmp_path / "shared").iterdir()}
    assert left == {".sqlite", ".lock"}


def test_it_is_said_why_it_cannot_be_made(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    with pytest.raises(GazetteerNotMade, match=r"Not a directory|File exists"):
        make(tmp_path / "file")
    monkeypatch.setattr(gazetteer_file, "SECONDS", 2)
    with pytest.raises(GazetteerNotMade, match="timed out"):
        make(tmp_path / "late")
    (left,) = (tmp_path / "late").glob("*.sqlite.*")
    monkeypatch.setattr(gazetteer_file, "SECONDS", 0.01)
    with pytest.raises(GazetteerNotMade, match="timed out"):
        make(tmp_path / "late")
    assert not left.exists()


def test_its_command_wants_the_name_of_a_file():
    command = [sys.executable, "-m", "auditapp.storage.gazetteer_file"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "usage:" in ended.stderr
