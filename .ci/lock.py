"""Compiles pyproject.toml into requirements.lock: pinned, with digests, for all Pythons and platforms, without addresses.

    .venv/bin/python .ci/lock.py [--upgrade]

Pins stay as they are unless a requirement forces a change or `--upgrade` is given. Needs uv on the PATH.
The lock has two parts, so that running the product does not fetch what only its tests need.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from prepare import LOCK, ROOT, TESTS_BELOW

HEADING = """\
# Every package the project uses, pinned, with the digests of its files. Made by `make lock` from pyproject.toml.
"""


def main(arguments: list[str]) -> int:
    """Write the lock; the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        everything = Path(folder, "everything.lock")
        everything.write_text(LOCK.read_text("utf-8") if LOCK.exists() else "", "utf-8")
        running = Path(folder, "running.lock")
        try:
            compile_lock(everything, "--all-extras", *arguments)
            compile_lock(running, "--extra", "build", "--constraint", str(everything))
        except FileNotFoundError:
            print("uv is needed to make the lock: .venv/bin/pip install uv", file=sys.stderr)
            return 1
        except subprocess.CalledProcessError as failed:
            return failed.returncode
        LOCK.write_text(in_two_parts(everything.read_text("utf-8"), running.read_text("utf-8")), "utf-8")
    return 0


def compile_lock(output: Path, *arguments: str) -> None:
    """Let uv resolve pyproject.toml into a file, keeping the pins that stand in it."""
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv) if uv.exists() else "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal"]
    command += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    command += ["--output-file", str(output), *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def in_two_parts(everything: str, running: str) -> str:
    """The entries of `everything`, first those that are in `running` too, then the others."""
    needed = {name(entry) for entry in entries(running)}
    above = [entry for entry in entries(everything) if name(entry) in needed]
    below = [entry for entry in entries(everything) if name(entry) not in needed]
    return HEADING + "".join(above) + TESTS_BELOW + "\n" + "".join(below)


def entries(lock: str) -> list[str]:
    """Each package of a compiled lock with the lines that belong to it."""
    return re.findall(r"^[a-z0-9][^\n]*\n(?:[ \t][^\n]*\n)*", lock, flags=re.MULTILINE)


def name(entry: str) -> str:
    """The package an entry pins."""
    return entry.partition("==")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
