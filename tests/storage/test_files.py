import os
import time
from collections.abc import Iterator

import pytest

from auditapp.storage.files import Files, ShortLived


def test_what_is_put_is_got(tmp_path):
    files = Files(tmp_path / "files")
    files.put("ridgeline.pdf", b"%PDF")
    assert files.get("ridgeline.pdf") == b"%PDF"
    assert [path.name for path in files.folder.iterdir()] == ["ridgeline.pdf"]


def test_what_is_not_there_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        Files(tmp_path).get("ridgeline.pdf")


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "a/b", "../secret-key", "a\\b", "a\0b"])
def test_a_name_never_leaves_the_folder(tmp_path, name):
    with pytest.raises(ValueError, match="not the name of a file"):
        Files(tmp_path / "files").put(name, b"")
    with pytest.raises(ValueError, match="not the name of a file"):
        Files(tmp_path / "files").get(name)


def texts(short: ShortLived) -> list[str]:
    """The names of the files in the folder."""
    return [path.name for path in short.folder.iterdir()] if short.folder.exists() else []


@pytest.fixture
def short(tmp_path) -> Iterator[ShortLived]:
    """A folder of texts that live for an hour."""
    short = ShortLived(tmp_path / "uploads")
    yield short
    short.close()


def kept(short: ShortLived, content: str = "0\t\tf\n") -> str:
    """A text that was added; its name."""
    with short.adding() as (name, text):
        text.write(content)
    return name


def test_a_short_lived_text_is_read_until_it_is_removed(short: ShortLived):
    name = kept(short, "zürich\n")
    assert len(name) >= 20
    assert (short.folder / name).stat().st_mode & 0o777 == 0o600
    with short.reading(name) as text:
        assert text.read() == "zürich\n"
    short.remove(name)
    short.remove(name)
    assert texts(short) == []
    with pytest.raises(FileNotFoundError), short.reading(name):
        pass


@pytest.mark.parametrize("name", ["", ".", "..", "../secret-key", "a/b", "nothing"])
def test_only_what_was_added_is_read(short: ShortLived, name):
    kept(short)
    with pytest.raises(FileNotFoundError), short.reading(name):
        pass
    short.remove(name)
    assert len(texts(short)) == 1


def test_what_fails_half_way_leaves_nothing(short: ShortLived):
    def fails() -> None:
        with short.adding() as (_, text):
            text.write("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert texts(short) == []


def test_after_an_hour_a_text_is_gone(short: ShortLived):
    old, new = kept(short), kept(short)
    long_ago = time.time() - short.seconds - 1
    os.utime(short.folder / old, (long_ago, long_ago))
    with pytest.raises(FileNotFoundError), short.reading(old):
        pass
    assert texts(short) == [new]


def test_what_was_left_behind_goes_after_a_restart(tmp_path):
    kept(ShortLived(tmp_path / "uploads"))
    after = ShortLived(tmp_path / "uploads", seconds=0.2)
    after.resume()
    deadline = time.monotonic() + 20
    while texts(after) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert texts(after) == []
    after.close()


def test_a_text_goes_by_itself_when_nobody_comes_back(tmp_path):
    short = ShortLived(tmp_path / "uploads", seconds=0.2)
    kept(short)
    time.sleep(0.1)
    kept(short)
    deadline = time.monotonic() + 20
    while texts(short) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert texts(short) == []
    short.close()
