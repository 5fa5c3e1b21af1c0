"""`auditapp verify`, `auditapp keys`, and PDFs in `auditapp compare`: without a server and without a network."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from auditapp.cli import main
from auditapp.proof.keys import published_keys
from auditapp.proof.signing import unsigned
from tests.builders import a_report, answered
from tests.sealed import House, a_pdf


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own."""
    monkeypatch.setenv("AUDITAPP_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def house(data):
    return House(data / "keys")


@pytest.fixture
def genuine(house, tmp_path):
    document = house.document(a_report(answered({"ramp": "full"})))
    path = tmp_path / "report.pdf"
    path.write_bytes(house.sealed(a_pdf(document.content)))
    return path


def auditapp(*arguments: object) -> Ended:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)


def test_a_genuine_report_is_said_to_be_so(genuine):
    ended = auditapp("verify", genuine)
    assert ended.code == 0
    assert ended.out.startswith("Genuine and unaltered: ")
    assert "NO " not in ended.out
    assert "only its address can tell" in ended.out
    assert "https://fair.example/reports/ridgeline-2027" in ended.out


def test_elsewhere_it_takes_the_public_keys(genuine, house, tmp_path, monkeypatch):
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(published_keys(house.keys.public())))
    monkeypatch.setenv("AUDITAPP_DATA", str(tmp_path / "elsewhere"))
    unknown = auditapp("verify", genuine)
    assert (unknown.code, unknown.out.splitlines()[0].partition(":")[0]) == (
        1,
        "Signed with a key nobody here knows",
    )
    assert auditapp("verify", genuine, "--keys", keys).code == 0
    assert not (tmp_path / "elsewhere").exists()
    keys.write_text("[]")
    assert "no public keys" in auditapp("verify", genuine, "--keys", keys).err


def test_as_json_every_point_is_named(genuine, house):
    told = json.loads(auditapp("verify", genuine, "--json").out)
    assert told["result"] == "genuine"
    assert [one["point"] for one in told["checked"]] == ["digest", "signature", "score", "figures", "seal"]
    house.keys.rotate(today=dt.date(2030, 1, 1))
    told = json.loads(auditapp("verify", genuine, "--json").out)
    assert {one["point"]: one["reason"] for one in told["checked"]}["signature"] == "retired"


def test_a_changed_byte_is_found(genuine, tmp_path):
    content = bytearray(genuine.read_bytes())
    content[len(content) // 3] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(content)
    assert auditapp("verify", changed).code == 1


def test_a_report_nobody_published_is_said_to_be_so(house, tmp_path):
    path = tmp_path / "report.json"
    path.write_bytes(unsigned(a_report()).content)
    ended = auditapp("verify", path)
    assert (ended.code, ended.out.splitlines()[0].partition(":")[0]) == (1, "Never published")


def test_a_file_of_500_megabytes_gets_a_plain_answer_at_once(data, tmp_path):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(500 * 1024 * 1024)
    ended = auditapp("verify", path)
    assert (ended.code, "larger than 25 MB" in ended.err) == (1, True)


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7"])
def test_what_is_no_report_gets_a_plain_answer(data, tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    ended = auditapp("verify", path)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("Error: ")


def test_what_needs_too_much_memory_is_put_away(data, tmp_path):
    # Deep nesting is refused by the reader of JSON; thousands of objects in one stream are read by qpdf.
    path = tmp_path / "deep.json"
    path.write_bytes(b'{"checklist":' + b"[" * 3_000_000 + b"]" * 3_000_000 + b"}")
    assert auditapp("verify", path).code == 1


def test_keys_are_listed_and_rotated(house, genuine):
    first = json.loads(auditapp("keys", "list").out)["keys"]
    assert auditapp("keys", "rotate").code == 0
    both = json.loads(auditapp("keys", "list").out)["keys"]
    assert next(key["kid"] for key in both) == first[0]["kid"]
    assert (len(both), both[0]["until"] is None, both[1]["until"]) == (2, False, None)
    assert auditapp("verify", genuine).code == 0


def test_a_comparison_takes_pdfs(house, genuine, tmp_path):
    other = tmp_path / "other.pdf"
    other.write_bytes(a_pdf(unsigned(a_report(answered({"ramp": "none"}))).content))
    ended = auditapp("compare", genuine, other, "--format", "json")
    assert ended.code == 0
    assert len(json.loads(ended.out)["reports"]) == 2


def test_a_comparison_refuses_a_pdf_whose_document_was_changed(house, genuine, tmp_path):
    told = json.loads(house.document(a_report(answered({"ramp": "none"}))).content)
    told["event"]["name"] = "Another"
    other = tmp_path / "other.pdf"
    other.write_bytes(a_pdf(json.dumps(told).encode()))
    ended = auditapp("compare", genuine, other)
    assert (ended.code, "changed after it was signed" in ended.err) == (1, True)


def test_what_it_loads_does_not_slow_other_commands():
    ask = "import sys\nfrom auditapp.cli import main\nmain(['keys', '--help'], standalone_mode=False)\nprint(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert {"pyhanko", "pikepdf", "cryptography"} & set(ended.stdout.split()) == set()
