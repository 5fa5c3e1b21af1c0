"""What an installer gets is what a checkout has: templates, checklists, and a product that starts."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

SERVES_A_PAGE = """
from pathlib import Path
import sys

import auditapp
from auditapp.app import create_app
from auditapp.resources import in_checkout, resource_dir
from auditapp.settings import Settings

installed = Path(sys.argv[1])
assert Path(auditapp.__file__).is_relative_to(installed), auditapp.__file__
assert resource_dir("templates") == installed / "auditapp" / "_shipped" / "templates"
assert resource_dir("checklists") == installed / "auditapp" / "_shipped" / "checklists"
assert not in_checkout()

app = create_app(Settings.from_environment({"AUDITAPP_DATA": sys.argv[2]}))
page = app.test_client().get(sys.argv[3])
print(page.status_code, page.get_data(as_text=True))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without fetching anything."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder an installer put the wheel into."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    return folder


def pip(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def contents(wheel: Path, folder: str) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name.removeprefix(folder) for name in archive.namelist() if name.startswith(folder)}


@pytest.mark.parametrize("name", ["templates", "checklists"])
def test_the_wheel_carries_the_folders_at_the_top(wheel: Path, name: str):
    shipped = contents(wheel, f"auditapp/_shipped/{name}/")
    assert shipped == files_below(ROOT / name)
    assert shipped != set()


def test_the_wheel_carries_the_whole_package(wheel: Path):
    package = {name for name in contents(wheel, "auditapp/") if not name.startswith("_shipped/")}
    assert package == files_below(ROOT / "auditapp")


def test_the_wheel_carries_nothing_else_but_the_licences(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(next(name for name in names if name.endswith(".dist-info/METADATA"))).decode()
    assert {name.partition("/")[0] for name in names} == {"auditapp", "auditapp-0.1.0.dist-info"}
    licences = {name.partition("/licenses/")[2] for name in names if "/licenses/" in name}
    fonts = "auditapp/static/fonts"
    assert licences == {"LICENSE", "checklists/LICENSE"} | {
        f"{fonts}/{name}.txt" for name in ("OFL", "scripts/OFL", "scripts/Apache-2.0")
    }
    assert "License-Expression: MIT AND CC-BY-4.0 AND OFL-1.1 AND Apache-2.0" in metadata


@pytest.mark.parametrize("address", ["/", "/reports/", "/audits/new"])
def test_the_installed_product_serves_a_page(installed: Path, tmp_path: Path, places: Path, address: str):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AUDITAPP_")}
    data = tmp_path / "data"
    environment |= {"AUDITAPP_DATA": str(data), "AUDITAPP_PLACES": str(places), "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "auditapp", "db", "upgrade"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    served = subprocess.run(
        [sys.executable, "-c", SERVES_A_PAGE, str(installed), str(data), address],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert served.returncode == 0, served.stderr
    status, _, page = served.stdout.partition(" ")
    assert status == "200"
    assert "<h1" in page
