"""A file is written from bytes that are made once, and is the same for it."""

from __future__ import annotations

import io

import pydyf  # type: ignore[import-untyped]

from auditapp.rendering.written import write_each_once


class Counted(pydyf.Stream):  # type: ignore[misc]
    """A stream that counts how often its bytes are made."""

    made = 0

    @property
    def data(self) -> bytes:
        self.made += 1
        content: bytes = super().data
        return content


def a_file() -> tuple[pydyf.PDF, Counted]:
    """A file of one stream, a dictionary and a text."""
    file, stream = pydyf.PDF(), Counted([b"0 0 m", b"9 9 l"] * 50, compress=True)
    for one in (stream, pydyf.Dictionary({"Type": "/Catalog"}), pydyf.String("Ridgeline")):
        file.add_object(one)
    return file, stream


def written(file: pydyf.PDF) -> bytes:
    output = io.BytesIO()
    file.write(output, identifier=True, compress=True)
    return output.getvalue()


def test_bytes_are_made_once_and_the_file_is_the_same():
    plain, kept = a_file(), a_file()
    write_each_once(kept[0])
    assert written(kept[0]) == written(plain[0])
    assert (plain[1].made, kept[1].made) == (2, 1)
