"""What a PDF is written from, made into bytes once: the library does it again to work out the identifier of the file."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any


def write_each_once(file: Any) -> None:
    """Let every object of a file keep its bytes, those that are added while it is written too.

    Call it when nothing in the file changes any more. The file is the same to the byte.
    """
    add = file.add_object

    def added(one: Any) -> None:
        one.__class__ = _keeping(one.__class__)
        add(one)

    for one in file.objects:
        one.__class__ = _keeping(one.__class__)
    file.add_object = added


@cache
def _keeping(kind: Any) -> Any:
    """A kind of object that remembers its bytes."""
    data = cached_property(kind.data.fget)
    keeping = type(kind.__name__, (kind,), {"data": data})
    data.__set_name__(keeping, "data")
    return keeping
