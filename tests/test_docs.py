"""The README stays true: its settings, commands, addresses, folders and links are those of the product."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from auditapp.settings import describe_settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_table_of_settings_is_the_settings():
    table = README.split("<!-- settings -->")[1].split("<!-- /settings -->")[0]
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split(" | "))
        for line in table.strip().splitlines()[2:]
    ]
    told = [(f"`{setting.name}`", setting.meaning, setting.default) for setting in describe_settings()]
    assert rows == told


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "checklists" / "README.md"])
def test_links_within_the_project_lead_somewhere(page):
    links = [link for link in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_map_names_folders_and_modules_that_exist():
    tree = README.split("```\nauditapp/")[1].split("```")[0]
    named = re.findall(r"(?m)(?:^|\s{2,})([a-z_]+(?:/|\.py))(?=\s|$)", tree)
    places = (ROOT, ROOT / "auditapp")
    assert [name for name in named if not any((place / name).exists() for place in places)] == []
    rooms = {
        path.name
        for path in (ROOT / "auditapp").iterdir()
        if not path.name.startswith(("_", ".")) and path.suffix in ("", ".py")
    }
    assert rooms <= {name.rstrip("/") for name in named}


def shown_help(*words):
    run = subprocess.run(
        [sys.executable, "-m", "auditapp", *words, "--help"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_every_command_of_the_product_is_in_the_readme():
    listed = re.findall(r"(?m)^  ([a-z]+) ", shown_help().split("Commands:")[1])
    block = README.split("## Commands")[1].split("```")[1]
    assert [name for name in listed if f"auditapp {name}" not in block] == []


@pytest.mark.parametrize(
    "words",
    [
        ("serve",), ("demo",), ("db", "upgrade"), ("db", "check"), ("checklists", "list"), ("checklists", "show"),
        ("checklists", "check"), ("template",), ("score",), ("report",), ("compare",), ("measure",),
        ("export",),
    ],
)  # fmt: skip
def test_every_command_in_the_readme_exists(words):
    assert "Usage:" in shown_help(*words)


def test_every_address_in_the_readme_is_answered(app):
    block = README.split("## Addresses")[1].split("##")[0]
    shown = set(re.findall(r"`(/[^`?]*)", block)) - {"/audits/…"}
    rules = {re.sub(r"<[^>]+>", "<>", rule.rule) for rule in app.url_map.iter_rules()}
    unknown = [address for address in shown if re.sub(r"<[^>]+>", "<>", address) not in rules]
    assert unknown == []
