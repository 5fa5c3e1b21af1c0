"""One form to the byte: the examples of RFC 8785, and what is refused."""

from __future__ import annotations

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from auditapp.proof.canonical import canonical, code_of, digest_of, digest_of_text, digest_start, parsed


def test_the_example_of_the_standard():
    # RFC 8785, section 3.2.2 and 3.2.3
    given_text = (
        r'{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],'
        r' "string": "\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}'
    )
    assert canonical(json.loads(given_text)).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_the_proof_stands_outside_the_digest():
    told = {"title": "A"}
    assert digest_of(told) == digest_of(told | {"proof": {"digest": "x"}})
    assert digest_of(told) != digest_of({"title": "B"})


# As JSON has them: names and text of any script, whole numbers, numbers with a point, and what is made of them.
texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-1e30, 1e30) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
)


@given(st.dictionaries(texts.filter(lambda name: name != "proof"), values))
def test_every_document_is_written_as_the_standard_asks(document):
    assert canonical(document) == rfc8785.dumps(document)


@pytest.mark.parametrize(
    "document",
    [
        {"a": ["\uff01", {"\uff01": 1, "\U0001f3c3": 2}]},  # in another order by UTF-16
        {'é\\"x': 1, "z": 2},
        {"a": -0.0, "b": [1e16, 1.0], "c": 1e-7},
        {"a": 2**53 - 1, "b": "1.5", "c": ["x:1.5", ",9e9"]},
        {"a": [True, None, -5]},
    ],
)
def test_what_looks_different_from_the_standard_library_is_written_as_the_standard_asks(document):
    assert canonical(document) == rfc8785.dumps(document)


def test_half_a_character_has_no_canonical_form():
    with pytest.raises(ValueError, match="no canonical form"):
        canonical({"a": "\ud800"})


def test_order_and_spaces_do_not_matter():
    assert digest_of_text('{"b": 1, "a": [2]}') == digest_of_text('{"a":[2],\n "b":1.0}')


@pytest.mark.parametrize(
    "text",
    [
        "[1]",
        '"a"',
        "",
        "{",
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a":' * 5000 + "1" + "}" * 5000,
    ],
)
def test_what_is_no_document_is_refused(text):
    with pytest.raises(ValueError):
        parsed(text)


def test_a_number_no_other_program_reads_alike_has_no_canonical_form():
    with pytest.raises(ValueError, match="no canonical form"):
        canonical({"a": 2**60})


def test_a_code_can_be_read_out():
    code = code_of("7f3a" * 16)
    assert code == "FWX7-YEKZ-79ZK"
    assert digest_start("fwx7 yekz 79zk") == digest_start(code) == ("7f3a" * 16)[:15]
    assert digest_start(code_of("0" * 64).replace("0", "o")) == "0" * 15


@pytest.mark.parametrize("text", ["", "FWX7", "FWX7-YEKZ-79ZU", "FWX7-YEKZ-79ZKA", "ß" * 12, "../../etc"])
def test_what_is_no_code_is_none(text):
    assert digest_start(text) is None


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_every_digest_is_found_by_its_code(digest):
    assert digest.startswith(digest_start(code_of(digest)) or "none")
