"""The keys: made once, kept private, rotated without losing what was signed before."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
from pathlib import Path

import pytest

from auditapp.domain.errors import KeysUnreadable
from auditapp.proof.keys import KeyRing, PublicKey, encoded, published_keys, read_public_keys, thumbprint

TODAY = dt.date(2027, 2, 18)


@pytest.fixture
def keys(tmp_path):
    return KeyRing(tmp_path / "keys")


def test_nothing_is_made_before_it_is_needed(keys):
    assert keys.public().keys == ()
    assert not keys.folder.exists()


def test_the_first_signature_makes_a_key_that_only_its_owner_reads(keys):
    name, signature = keys.signature(b"told", today=TODAY)
    assert keys.path.stat().st_mode & 0o777 == 0o600
    assert keys.folder.stat().st_mode & 0o777 == 0o700
    key = keys.public().key(name)
    assert key.verifies(signature, b"told")
    assert not key.verifies(signature, b"Told")
    assert not key.verifies("AAAA", b"told")
    assert KeyRing(keys.folder).signature(b"told", today=TODAY) == (name, signature)


def test_after_a_rotation_old_signatures_still_verify(keys):
    old, signature = keys.signature(b"told", today=TODAY)
    fresh = keys.rotate(today=TODAY + dt.timedelta(days=400))
    assert keys.signature(b"told", today=TODAY)[0] == fresh.id != old
    retired, current = keys.public().keys
    assert retired.verifies(signature, b"told")
    assert (retired.until, current.until) == (dt.date(2028, 3, 24), None)
    assert json.loads(keys.path.read_text())["private"] not in (None, retired.x)


def test_what_everybody_gets_has_no_private_part_and_reads_back(keys):
    keys.signature(b"told", today=TODAY)
    keys.rotate(today=TODAY)
    keys.add_seal("-----BEGIN", "ab" * 32, today=TODAY)
    keys.add_seal("-----BEGIN", "ab" * 32, today=TODAY)
    text = json.dumps(published_keys(keys.public()))
    assert json.loads(keys.path.read_text())["private"] not in text
    assert read_public_keys(text) == keys.public()
    assert len(keys.public().seals) == 1


def test_the_thumbprint_of_the_standard():
    # RFC 8037, appendix A.3
    assert (
        thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"keys": [{}]}', '{"keys": [1]}', '{"keys": {"a": 1}}'])
def test_what_are_no_keys_is_refused(text):
    with pytest.raises(ValueError, match="no public keys"):
        read_public_keys(text)


def test_a_key_under_another_thumbprint_is_refused(keys):
    keys.signature(b"told", today=TODAY)
    told = json.loads(json.dumps(published_keys(keys.public())))
    told["keys"][0]["kid"] = "somebody"
    with pytest.raises(ValueError, match="thumbprint"):
        read_public_keys(json.dumps(told))


@pytest.mark.parametrize("content", ["", "{", '{"keys": 1}', '{"secret": 1}'])
def test_a_file_that_was_damaged_is_never_replaced(keys, content):
    keys.folder.mkdir()
    keys.path.write_text(content)
    with pytest.raises(KeysUnreadable, match=r"report-keys\.json"):
        keys.signature(b"told", today=TODAY)
    with pytest.raises(KeysUnreadable):
        keys.rotate(today=TODAY)
    assert keys.path.read_text() == content


def _sign(folder: Path) -> str:
    return KeyRing(folder).signature(b"told", today=TODAY)[0]


def test_when_several_begin_at_once_there_is_one_key(keys):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(_sign, [keys.folder] * 8))) == 1
    assert len(keys.public().keys) == 1


def test_a_key_of_the_wrong_size_verifies_nothing():
    assert not PublicKey(id="a", x=encoded(b"short"), since=TODAY).verifies("AAAA", b"told")
