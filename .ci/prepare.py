"""Prepares a checkout: the virtual environment, the locked packages and the system libraries they load.

    python3 .ci/prepare.py run      what `make run` needs
    python3 .ci/prepare.py test     what `make test` needs besides: a browser and a PostgreSQL server

Standard library only, because it runs before anything is installed. Exits 0 when everything is ready and 1
after naming the exact command that is missing. A second call finds its own stamp and takes no time.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
STAMP = ENVIRONMENT / "prepared.json"

OLDEST_PYTHON = (3, 11)

# Debian's package, and the names under which the systems know the library in it.
PDF_LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "libharfbuzz-subset0": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.dylib",
        "libharfbuzz-subset-0.dll",
    ),
}

# Stands in requirements.lock between what the product runs on and what its tests need besides.
TESTS_BELOW = "# ---- below: what the tests need besides ----"


def main(arguments: list[str]) -> int:
    """Prepare for the purpose named on the command line; the exit code."""
    if arguments not in (["run"], ["test"]):
        print("usage: python3 .ci/prepare.py run|test", file=sys.stderr)
        return 2
    purpose = arguments[0]
    if sys.version_info < OLDEST_PYTHON:
        print(
            f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed, and this is {sys.version.split()[0]}. "
            f"Name a newer one: make {purpose} PYTHON=python3.13",
            file=sys.stderr,
        )
        return 1
    if not prepare_environment(purpose):
        return 1
    if not obtain(missing_pdf_libraries(), "PDF reports") and purpose == "run":
        print("Going on without them: the pages work, a PDF cannot be made until then.", file=sys.stderr)
    if purpose == "test":
        return 0 if obtain(missing_pdf_libraries() + missing_test_programs(), "the tests") else 1
    return 0


def prepare_environment(purpose: str) -> bool:
    """The virtual environment with the packages of the lock and this project in it; whether that worked."""
    wanted = {"root": str(ROOT), "digest": digest(), "purpose": purpose}
    present = read_stamp()
    if present in (wanted, {**wanted, "purpose": "test"}) and PYTHON.exists():
        return True
    moved = present is not None and present["root"] != wanted["root"]
    if (moved or not PYTHON.exists()) and not create_environment():
        return False
    STAMP.unlink(missing_ok=True)
    print("Installing the packages of requirements.lock. This takes a minute the first time.", flush=True)
    lock = LOCK.read_text("utf-8")
    listed, installer = ENVIRONMENT / "requirements.txt", ENVIRONMENT / "installer.txt"
    listed.write_text(locked_for(purpose, lock), "utf-8")
    installer.write_text(locked_package("pip", lock), "utf-8")
    pip = [str(PYTHON), "-m", "pip", "-qq", "--disable-pip-version-check", "install"]
    commands = (
        # A newer pip first: an older one does not hold to a pin where an extra of the same package is asked for.
        [*pip, "--require-hashes", "--requirement", str(installer)],
        [*pip, "--require-hashes", "--requirement", str(listed)],
        # In place: what is edited in the checkout is what runs. The build backend comes from the lock, too.
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    )
    for command in commands:
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            print(
                "The packages could not be installed; what pip says about it stands above. "
                f"With a connection to a package index, try again: make {purpose}",
                file=sys.stderr,
            )
            return False
    STAMP.write_text(json.dumps(wanted), "utf-8")
    return True


def create_environment() -> bool:
    """An empty virtual environment in `.venv`, whatever stood there before; whether that worked."""
    if importlib.util.find_spec("ensurepip") is None and not obtain(
        ["python3-venv"], "a virtual environment"
    ):
        return False
    print(f"Creating a virtual environment in {ENVIRONMENT}", flush=True)
    # A process of its own, because a package installed a moment ago is not seen by this one.
    created = subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=False)
    if created.returncode:
        print(
            f"The virtual environment could not be created with {sys.executable}. "
            f"On Debian this command brings what it needs: {install_command(['python3-venv'])}",
            file=sys.stderr,
        )
    return created.returncode == 0


def read_stamp() -> dict[str, str] | None:
    """What the last successful preparation wrote down; None when there was none."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) and "root" in stamp else None


def digest() -> str:
    """Changes when the locked packages or the project's own metadata change."""
    return hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def locked_for(purpose: str, lock: str) -> str:
    """The part of the lock that a purpose needs: everything for the tests, the upper part for running."""
    return lock if purpose == "test" else lock.partition(TESTS_BELOW)[0]


def locked_package(name: str, lock: str) -> str:
    """The entry of one package in the lock: its pin and the digests of its files."""
    found = re.search(rf"^{re.escape(name)}==[^\n]*\n(?:[ \t][^\n]*\n)*", lock, flags=re.MULTILINE)
    return found.group() if found else ""


def missing_pdf_libraries() -> list[str]:
    """Debian packages of the libraries WeasyPrint loads that are not on this machine."""
    return [package for package, names in PDF_LIBRARIES.items() if not any(map(loads, names))]


def missing_test_programs() -> list[str]:
    """Debian packages of the programs the tests talk to that are not on this machine."""
    missing = []
    if not shutil.which("chromium"):
        missing.append("chromium")
    if not shutil.which("pdftotext"):
        missing.append("poppler-utils")
    server = shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not server and not os.environ.get("AUDITAPP_TEST_POSTGRES_URL"):
        missing.append("postgresql")
    return missing


def loads(library: str) -> bool:
    """Whether the system's loader finds a shared library under this name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def obtain(packages: list[str], purpose: str) -> bool:
    """Install Debian packages where this user may; otherwise name the command. Whether they are there now."""
    if not packages:
        return True
    if may_install():
        print(f"Installing for {purpose}: {' '.join(packages)}", flush=True)
        quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # An out-of-date list is no reason to give up: the packages may be known all the same.
        subprocess.run(["apt-get", "update", "-qq"], env=quietly, check=False)
        install = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *packages]
        if subprocess.run(install, env=quietly, stdout=subprocess.DEVNULL, check=False).returncode == 0:
            return True
    print(f"Missing for {purpose}: {' '.join(packages)}. This command brings it:", file=sys.stderr)
    print(f"    {install_command(packages)}", file=sys.stderr)
    return False


def may_install() -> bool:
    """Whether packages can be installed without asking anybody: root, on a system with apt-get."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_command(packages: list[str]) -> str:
    """What to type to install these Debian packages, or their like on a Mac."""
    if sys.platform == "darwin":
        homebrew = {
            "chromium": "--cask chromium",
            "poppler-utils": "poppler",
            "postgresql": "postgresql",
            "python3-venv": "python",
        }
        return " && ".join(
            f"brew install {name}" for name in sorted({homebrew.get(p, "pango") for p in packages})
        )
    sudo = "" if hasattr(os, "geteuid") and os.geteuid() == 0 else "sudo "
    names = " ".join(packages)
    return f"{sudo}apt-get update && {sudo}apt-get install --yes --no-install-recommends {names}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
