"""A checkout starts with one command, installs only what the lock names, and says what to type where it may not."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def prepare(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module .ci/prepare.py, which stands outside every package."""
    return load("prepare", monkeypatch)


@pytest.fixture
def lock(prepare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module .ci/lock.py."""
    return load("lock", monkeypatch)


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


def project() -> dict[str, list[str]]:
    """The requirements of pyproject.toml: `dependencies` and each extra by its name."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {"dependencies": table["dependencies"], **table["optional-dependencies"]}


def required(requirements: list[str]) -> set[str]:
    """The names of the required packages, written as a lock writes them."""
    names = [re.split(r"[\[<>=!~ ;]", requirement)[0] for requirement in requirements]
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


# The lock


def test_every_package_is_pinned_with_its_digests(lock: ModuleType):
    entries = lock.entries(lock.LOCK.read_text("utf-8"))
    assert len(entries) > 50
    unlike = [
        entry
        for entry in entries
        if not re.match(
            r"[a-z0-9.-]+==\S+( ; [^\n]+)? \\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n)+( +#.*\n)*\Z", entry
        )
    ]
    assert unlike == []


def test_the_lock_is_nothing_but_entries_and_comments(lock: ModuleType):
    text = lock.LOCK.read_text("utf-8")
    rest = text
    for entry in lock.entries(text):
        rest = rest.replace(entry, "", 1)
    assert [line for line in rest.splitlines() if not line.startswith("#")] == []


def test_the_lock_holds_no_address(lock: ModuleType):
    text = lock.LOCK.read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_what_the_product_needs_stands_above_what_its_tests_need(lock: ModuleType, prepare: ModuleType):
    text = prepare.LOCK.read_text("utf-8")
    above = {lock.name(entry) for entry in lock.entries(prepare.locked_for("run", text))}
    everything = {lock.name(entry) for entry in lock.entries(prepare.locked_for("test", text))}
    assert required(project()["dependencies"]) | required(project()["build"]) <= above
    assert required(project()["test"]) <= everything
    assert required(project()["test"]) & above == set()


def test_an_entry_goes_to_the_upper_part_when_running_needs_it(lock: ModuleType):
    flask, pytest_, wtforms = (
        f"{pin} \\\n    --hash=sha256:aa\n    # via auditapp\n"
        for pin in ("flask==3.1.3", "pytest==9.2.0", "wtforms==3.3.2")
    )
    parts = lock.in_two_parts(everything=flask + pytest_ + wtforms, running=flask + wtforms)
    assert parts.endswith(f"{flask}{wtforms}{lock.TESTS_BELOW}\n{pytest_}")


def test_the_installer_comes_from_the_lock_and_by_its_digests(lock: ModuleType, prepare: ModuleType):
    text = prepare.LOCK.read_text("utf-8")
    entry = prepare.locked_package("pip", text)
    assert entry in lock.entries(prepare.locked_for("run", text))
    assert "--hash=sha256:" in entry
    assert prepare.locked_package("pi", text) == ""


# The preparation


def prepare_in(checkout: Path, purpose: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script as `make` does, with exactly these variables."""
    command = [sys.executable, str(checkout / ".ci" / "prepare.py"), purpose]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a checkout as the preparation looks at, with a lock that names nothing."""
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "requirements.lock").write_text("")
    return tmp_path


def test_a_package_that_cannot_be_had_ends_with_a_sentence(checkout: Path):
    (checkout / "requirements.lock").write_text(f"no-such-package==1.0 --hash=sha256:{'0' * 64}\n")
    done = prepare_in(checkout, "run", PATH=os.environ["PATH"], PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)
    assert done.returncode == 1
    assert "With a connection to a package index, try again: make run" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv" / "prepared.json").exists()


def test_a_prepared_checkout_is_left_alone(
    checkout: Path, prepare: ModuleType, monkeypatch: pytest.MonkeyPatch
):
    environment = checkout / ".venv"
    for name, place in {
        "ROOT": checkout,
        "LOCK": checkout / "requirements.lock",
        "ENVIRONMENT": environment,
        "PYTHON": environment / "bin" / "python",
        "STAMP": environment / "prepared.json",
    }.items():
        monkeypatch.setattr(prepare, name, place)
    (environment / "bin").mkdir(parents=True)
    # Whatever is run with this Python fails: to be called at all is to be noticed.
    (environment / "bin" / "python").symlink_to("/bin/false")
    stamp = f'{{"root": "{checkout}", "digest": "{prepare.digest()}", "purpose": "test"}}'
    prepare.STAMP.write_text(stamp)
    assert prepare.prepare_environment("run")
    assert prepare.prepare_environment("test")
    # What was installed for running does not do for the tests.
    prepare.STAMP.write_text(stamp.replace('"test"', '"run"'))
    assert prepare.prepare_environment("run")
    assert not prepare.prepare_environment("test")
    prepare.STAMP.write_text(stamp)
    (checkout / "requirements.lock").write_text("# changed\n")
    assert not prepare.prepare_environment("run")


def test_only_the_tests_install_the_whole_lock(prepare: ModuleType):
    lock = f"flask==3\n{prepare.TESTS_BELOW}\npytest==9\n"
    assert prepare.locked_for("run", lock) == "flask==3\n"
    assert prepare.locked_for("test", lock) == lock


def test_a_damaged_stamp_counts_as_none(prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(prepare, "STAMP", tmp_path / "prepared.json")
    prepare.STAMP.write_text("half a stam")
    assert prepare.read_stamp() is None


def test_libraries_that_are_missing_are_named_with_their_package(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch
):
    assert prepare.missing_pdf_libraries() == []
    libraries = {"libpango-1.0-0": ("libpango-9.9.so.0",), "libc6": ("libc-9.9.so", "libc.so.6")}
    monkeypatch.setattr(prepare, "PDF_LIBRARIES", libraries)
    assert prepare.missing_pdf_libraries() == ["libpango-1.0-0"]


def test_programs_that_are_missing_are_named_with_their_package(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("AUDITAPP_TEST_POSTGRES_URL", "postgresql://db")
    assert prepare.missing_test_programs() == ["chromium", "poppler-utils"]
    for program in ("chromium", "pdftotext"):
        (tmp_path / program).touch(mode=0o755)
    assert prepare.missing_test_programs() == []


def test_who_may_not_install_is_told_what_to_type(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    # No apt-get on this path: nothing can be installed, whoever runs the tests.
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not prepare.obtain(["libpango-1.0-0", "libpangoft2-1.0-0"], "PDF reports")
    told = capsys.readouterr().err
    assert "Missing for PDF reports: libpango-1.0-0 libpangoft2-1.0-0." in told
    assert "apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0" in told
    assert prepare.obtain([], "nothing")


def test_root_lets_apt_get_install_and_reads_its_answer(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    log = tmp_path / "log"
    apt_get = tmp_path / "apt-get"
    apt_get.write_text(f'#!/bin/sh\necho "$@" >> {log}\ncase "$*" in *unheard-of*) exit 100;; esac\n')
    apt_get.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(prepare.os, "geteuid", lambda: 0)
    assert prepare.obtain(["libpango-1.0-0"], "PDF reports")
    assert not prepare.obtain(["unheard-of"], "PDF reports")
    assert log.read_text().splitlines() == [
        "update -qq",
        "install -qq --yes --no-install-recommends libpango-1.0-0",
        "update -qq",
        "install -qq --yes --no-install-recommends unheard-of",
    ]


def test_a_purpose_nobody_knows_is_told_the_usage(checkout: Path):
    done = prepare_in(checkout, "dance")
    assert (done.returncode, done.stderr) == (2, "usage: python3 .ci/prepare.py run|test\n")


# The commands


def test_the_commands_are_the_promised_ones():
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^make (\w+) ", told, flags=re.MULTILINE)
    assert commands == ["run", "demo", "test", "check", "bench", "lock", "clean"]
    for command in commands:
        subprocess.run(["make", "--dry-run", command], cwd=ROOT, capture_output=True, check=True)


def test_continuous_integration_runs_the_tests_and_nothing_clever():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "make test"


def test_the_licences_are_the_promised_ones():
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")
    checklists = (ROOT / "checklists" / "LICENSE").read_text()
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in checklists
