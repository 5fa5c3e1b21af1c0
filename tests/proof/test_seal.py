"""The seal: whole, or what is wrong with it; with a certificate of one's own, too."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_pem_private_key, pkcs12

from auditapp.domain.errors import KeysUnreadable
from auditapp.proof.keys import KeyRing
from auditapp.proof.seal import VALID, FoundSeal, Seal, SealState, new_certificate, seal_of
from tests.sealed import PUBLISHED_ON, House, a_pdf


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "keys")


@pytest.fixture
def sealed(house):
    return house.sealed(a_pdf(b"{}"))


def test_a_sealed_file_is_whole_and_names_its_certificate(house, sealed):
    certificate = house.seal.fingerprint(today=PUBLISHED_ON)
    assert seal_of(sealed) == FoundSeal(SealState.WHOLE, certificate, "Whole Field")
    assert [one.sha256 for one in house.keys.public().seals] == [certificate]


def test_it_works_where_an_event_loop_is_running(house):
    async def within() -> FoundSeal:
        return seal_of(house.sealed(a_pdf(b"{}")))

    # In a thread of its own: the browser of other tests may have a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(lambda: asyncio.run(within())).result().state is SealState.WHOLE


def test_the_file_beneath_the_seal_is_untouched(sealed):
    assert sealed.startswith(a_pdf(b"{}")[:200])


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_one_changed_byte_breaks_it(sealed, place):
    changed = bytearray(sealed)
    at = int(len(a_pdf(b"{}")) * place)
    changed[at] ^= 1
    assert seal_of(bytes(changed)).state is not SealState.WHOLE


def test_what_is_added_behind_it_is_found(sealed):
    assert seal_of(sealed + b"\n% and more\n").state is SealState.ADDED_TO


def test_a_file_without_seal_has_none():
    assert seal_of(a_pdf()).state is SealState.NONE


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\nxref\ntrailer", b"\x00" * 500])
def test_what_cannot_be_read_is_said_to_be_so(content):
    assert seal_of(content).state is SealState.UNREADABLE


def test_another_program_agrees(sealed, tmp_path):
    if shutil.which("pdfsig") is None:
        pytest.skip("poppler is not installed")
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told


def test_the_certificate_is_kept(house, tmp_path):
    first = house.seal.fingerprint(today=PUBLISHED_ON)
    assert House(tmp_path / "keys").seal.fingerprint(today=PUBLISHED_ON) == first
    assert (tmp_path / "keys" / "seal.pem").stat().st_mode & 0o777 == 0o600


def test_when_it_runs_out_there_is_a_new_one_and_both_are_known(house):
    first = house.seal.fingerprint(today=PUBLISHED_ON)
    later = house.seal.fingerprint(today=PUBLISHED_ON + VALID)
    assert [one.sha256 for one in house.keys.public().seals] == [first, later]


def _pkcs12(passphrase: bytes) -> bytes:
    pem = new_certificate("Ridgeline Runners", PUBLISHED_ON)
    key = load_pem_private_key(pem, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    certificate = x509.load_pem_x509_certificate(pem)
    return pkcs12.serialize_key_and_certificates(
        b"seal", key, certificate, None, BestAvailableEncryption(passphrase)
    )


@pytest.mark.parametrize(
    ("name", "passphrase"),
    [("own.pem", ""), ("own.p12", "secret")],
)
def test_an_installation_may_bring_its_own(tmp_path, name, passphrase):
    path = tmp_path / name
    path.write_bytes(_pkcs12(b"secret") if passphrase else new_certificate("Ridgeline Runners", PUBLISHED_ON))
    seal = Seal(KeyRing(tmp_path / "keys"), product_name="Whole Field", own=path, passphrase=passphrase)
    found = seal_of(seal.put(a_pdf(b"{}"), today=PUBLISHED_ON))
    assert found == FoundSeal(SealState.WHOLE, seal.fingerprint(today=PUBLISHED_ON), "Ridgeline Runners")


def test_a_certificate_that_cannot_be_used_is_named(tmp_path):
    keys = KeyRing(tmp_path / "keys")
    wrong = tmp_path / "own.p12"
    wrong.write_bytes(_pkcs12(b"secret"))
    pem = tmp_path / "own.pem"
    pem.write_text("nothing")
    mixed = tmp_path / "mixed.pem"
    one, two = new_certificate("a", PUBLISHED_ON), new_certificate("b", PUBLISHED_ON)
    mixed.write_bytes(one[: one.index(b"-----BEGIN CERT")] + two[two.index(b"-----BEGIN CERT") :])
    for path, said in (
        (wrong, "passphrase must fit"),
        (pem, "cannot be used"),
        (mixed, "cannot be used"),
        (tmp_path / "none.pem", "cannot be read"),
    ):
        with pytest.raises(KeysUnreadable, match=said):
            Seal(keys, product_name="x", own=path, passphrase="other").put(a_pdf(), today=PUBLISHED_ON)


def test_a_seal_that_was_damaged_is_not_replaced(house, tmp_path):
    house.keys.folder.mkdir()
    (house.keys.folder / "seal.pem").write_text("nothing")
    with pytest.raises(KeysUnreadable, match=r"seal\.pem"):
        house.seal.fingerprint(today=PUBLISHED_ON)
