"""The rooms stay where they are: every import points downwards, and nothing is named for being useful."""

import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import auditapp.domain

ROOT = Path(__file__).resolve().parent.parent

# What the domain must not bring with it: each takes longer to import than a score takes to compute.
HEAVY = {
    "alembic",
    "babel",
    "click",
    "flask",
    "gunicorn",
    "jinja2",
    "pebble",
    "psycopg",
    "ruamel",
    "sqlalchemy",
    "weasyprint",
    "werkzeug",
    "wtforms",
}

NAMED_FOR_BEING_USEFUL = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}

# Beyond this a module is two at least, and becomes a folder with the same name.
LONGEST_MODULE = 500

PROJECT_FOLDERS = (".ci", "auditapp", "templates", "checklists", "tests")

# Split, so that this file does not find itself.
ADDRESSES_OF_REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com",
    "deb.debian" + ".org",
    "snapshot.debian" + ".org",
]


def project_files(*suffixes: str) -> Iterator[Path]:
    """The files of the project, without what an environment, a run or a cache leaves behind."""
    top = [path for path in ROOT.iterdir() if path.is_file()]
    below = [path for name in PROJECT_FOLDERS for path in (ROOT / name).rglob("*") if path.is_file()]
    for path in [*top, *below]:
        if "__pycache__" not in path.parts and (not suffixes or path.suffix in suffixes):
            yield path


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the pyproject.toml in a folder."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold():
    checked = lint_imports(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_module_in_no_room_breaks_the_contract(tmp_path: Path):
    for package in ("", "domain", "storage", "rendering", "catalogue", "services", "web", "api"):
        (tmp_path / "auditapp" / package).mkdir()
        (tmp_path / "auditapp" / package / "__init__.py").touch()
    for module in ("settings", "resources"):
        (tmp_path / "auditapp" / f"{module}.py").touch()
    # The one exception the contracts name has to be there.
    (tmp_path / "auditapp" / "storage" / "database.py").write_text("import flask, flask_sqlalchemy_lite\n")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    assert lint_imports(tmp_path).returncode == 0
    (tmp_path / "auditapp" / "leftovers.py").touch()
    assert "auditapp.leftovers" in lint_imports(tmp_path).stdout
    (tmp_path / "auditapp" / "leftovers.py").unlink()
    (tmp_path / "auditapp" / "storage" / "upwards.py").write_text("import auditapp.services\n")
    assert lint_imports(tmp_path).returncode == 1


def test_the_domain_brings_nothing_heavy():
    modules = [module.name for module in pkgutil.walk_packages(auditapp.domain.__path__, "auditapp.domain.")]
    program = f"import sys, {', '.join(modules)}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    imported = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    brought = set(imported.stdout.split())
    assert {"auditapp", "pydantic"} <= brought
    assert brought & HEAVY == set()


def test_nothing_is_named_for_being_useful():
    names = {part for path in project_files() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert names & NAMED_FOR_BEING_USEFUL == set()


def test_modules_stay_short_enough_to_read():
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in project_files(".py")}
    modules = {path: lines for path, lines in lengths.items() if path.is_relative_to(ROOT / "auditapp")}
    too_long = {
        str(path.relative_to(ROOT)): lines for path, lines in modules.items() if lines > LONGEST_MODULE
    }
    assert too_long == {}


@pytest.mark.parametrize("address", ADDRESSES_OF_REGISTRIES)
def test_no_address_of_a_package_registry_is_written_down(address: str):
    found = [path for path in project_files() if address.encode() in path.read_bytes()]
    assert found == []
