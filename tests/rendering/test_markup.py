"""A document read the fast way is the tree a browser would make of it, and its drawings are taken out without a loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import tinyhtml5

from auditapp.rendering.blank import blank_html
from auditapp.rendering.drawings import taken_out
from auditapp.rendering.html import report_html
from auditapp.rendering.markup import tree_of
from tests.builders import a_report, an_event
from tests.figured import a_figured_report
from tests.rendering.test_blank import a_form
from tests.rendering.test_pdf import HOSTILE, NAME


def documents() -> dict[str, str]:
    hostile = a_report(event=an_event(name="".join(HOSTILE.values())[:200]))
    reports = {"plain": a_report(), "figures": a_figured_report(), "hostile": hostile}
    made = {name: report_html(report, **NAME, state="draft") for name, report in reports.items()}
    return made | {"blank": blank_html(a_form())}


def parts(element: Any) -> Iterator[tuple[Any, ...]]:
    """Every element with its attributes and the text before and after its children, comments left out."""
    if isinstance(element.tag, str):
        kids = list(element)
        yield element.tag, dict(element.attrib)
        yield from _text(element, kids)
        for kid in kids:
            yield from parts(kid)


def _text(element: Any, kids: list[Any]) -> Iterator[tuple[str]]:
    said = (element.text or "", *(kid.tail or "" for kid in kids))
    yield (" ".join("".join(said).split()),)


@pytest.mark.parametrize("name", documents())
def test_a_document_is_read_as_a_browser_would_read_it(name):
    html, _ = taken_out(documents()[name])
    assert list(parts(tree_of(html))) == list(parts(tinyhtml5.parse(html, namespace_html_elements=False)))


@pytest.mark.parametrize("inside", ["<p>One<p>Two", "<p>One</p><svg><rect/></svg></html>"])
def test_what_only_a_browser_understands_is_read_all_the_same(inside):
    html = f'<!doctype html><html lang="en"><title>T</title>{inside}'
    assert list(parts(tree_of(html))) == list(parts(tinyhtml5.parse(html, namespace_html_elements=False)))


@pytest.mark.parametrize("name", documents())
def test_no_drawing_of_ours_is_left_in_a_document(name):
    html, drawings = taken_out(documents()[name])
    assert "<svg" not in html
    assert all(f'src="{drawing}"' in html for drawing in drawings)


def test_a_drawing_keeps_its_looks_and_its_words():
    svg = '<svg class="mark" width="9" height="8"><title>A &lt;square&#34;</title><rect width="9" height="8"/></svg>'
    html, drawings = taken_out(f"<p>{svg} and {svg}</p>")
    ((name, drawing),) = drawings.items()
    image = f'<img class="mark" src="{name}" alt="A &lt;square&#34;">'
    assert html == f"<p>{image} and {image}</p>"
    assert drawing == (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="8"><rect width="9" height="8"/></svg>'
    )


@pytest.mark.parametrize("svg", ["<svg><rect/></svg>", "<svg><title>Torn</title><rect></svg>"])
def test_a_drawing_without_words_or_torn_stays_where_it_is(svg):
    assert taken_out(svg) == (svg, {})
