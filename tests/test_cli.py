"""The command line: the same job without a browser."""

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from click.testing import CliRunner, Result

from auditapp.cli import main
from auditapp.domain.report import Report

EVENTS = Path(__file__).parent / "events"
LONDON = EVENTS / "london-marathon.yaml"
CENTURION = EVENTS / "centurion-100-mile.yaml"


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Auditapp = Callable[..., Ended]


@pytest.fixture
def auditapp(monkeypatch: pytest.MonkeyPatch) -> Auditapp:
    """Runs the command in this process."""
    kept = ("AUDITAPP_TEST", "AUDITAPP_PLACES")
    for name in [name for name in os.environ if name.startswith("AUDITAPP_") and not name.startswith(kept)]:
        monkeypatch.delenv(name)

    def run(*arguments: object) -> Ended:
        result: Result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stdout, result.stderr)

    return run


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "auditapp", *(str(argument) for argument in arguments)]


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["score", "--help"], ["checklists", "--help"]])
def test_help_is_there(auditapp: Auditapp, arguments: list[str]):
    ended = auditapp(*arguments)
    assert ended.code == 0
    assert "Usage:" in ended.out


def test_help_imports_nothing_heavy():
    text = "import sys, auditapp.cli; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"pydantic", "pyarrow", "ruamel", "flask", "sqlalchemy", "weasyprint", "jinja2", "babel"}
    assert heavy & {name.split(".")[0] for name in loaded} == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["score"],
        ["score", LONDON, "--nonsense"],
        ["report", LONDON],
        ["compare", LONDON],
        ["compare", *[LONDON] * 7],
        ["compare", LONDON, CENTURION, "--format", "xml"],
        ["checklists", "check"],
    ],
)
def test_wrong_use_ends_with_2(auditapp: Auditapp, arguments: list[object]):
    ended = auditapp(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Error: " in ended.err


def test_checklists_are_listed(auditapp: Auditapp):
    ended = auditapp("checklists", "list")
    assert ended.code == 0
    assert "endurance-event@0.1" in ended.out
    (first, *_) = json.loads(auditapp("checklists", "list", "--json").out)
    assert (first["id"], first["status"]) == ("endurance-event", "current")
    assert first["criteria"] == 100


@pytest.mark.parametrize("ref", ["endurance-event", "endurance-event@0.1"])
def test_a_checklist_is_shown(auditapp: Auditapp, ref: str):
    ended = auditapp("checklists", "show", ref)
    assert ended.code == 0
    assert "B16" in ended.out


@pytest.mark.parametrize("arguments", [["checklists", "show", "zzz"], ["template", "endurance-event@9.9"]])
def test_an_unknown_checklist_ends_with_1_and_names_those_there_are(auditapp: Auditapp, arguments: list[str]):
    ended = auditapp(*arguments)
    assert (ended.code, ended.out) == (1, "")
    assert "there is no checklist" in ended.err
    assert "endurance-event@0.1" in ended.err


SMALL_LIST = (Path(__file__).parent / "catalogue" / "small_list.yaml").read_text(encoding="utf-8")


@pytest.fixture
def small_list(tmp_path: Path) -> Path:
    """Version 1.0 of a small checklist in a folder of its own."""
    path = tmp_path / "lists" / "small-list" / "1.0.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(SMALL_LIST, encoding="utf-8")
    return path


def test_a_checklist_is_released_once_it_is_current_and_sound(auditapp: Auditapp, small_list: Path):
    ended = auditapp("checklists", "release", small_list)
    assert (ended.code, ended.err) == (0, "")
    listed = (small_list.parent.parent / "released.txt").read_text("utf-8")
    assert f"{ended.out.split()[0]}  small-list/1.0.yaml" in listed.splitlines()
    small_list.write_text(SMALL_LIST.replace("A ramp", "A slope"), encoding="utf-8")
    assert "has been changed since" in auditapp("checklists", "check", small_list).err
    refused = auditapp("checklists", "release", small_list)
    assert (refused.code, refused.out) == (1, "")
    small_list.write_text(SMALL_LIST.replace("status: current", "status: draft"), encoding="utf-8")
    (small_list.parent.parent / "released.txt").unlink()
    assert "is a draft" in auditapp("checklists", "release", small_list).err


def test_impact_names_whose_level_would_change(auditapp: Auditapp, small_list: Path, tmp_path: Path):
    harder = small_list.with_name("2.0.yaml")
    harder.write_text(
        SMALL_LIST.replace('"1.0"', '"2.0"').replace("score: 20", "score: 60").partition("golden:")[0],
        encoding="utf-8",
    )
    answers = tmp_path / "half.yaml"
    answers.write_text(
        "checklist: small-list@1.0\nevent: { name: A race }\nfacts: { distance: 5, garment: false }\n"
        "answers: { A1: partly }\n",
        encoding="utf-8",
    )
    ended = auditapp("checklists", "impact", small_list, harder, answers)
    assert (ended.code, ended.err) == (0, "")
    assert "half.yaml: changes: 50%, Starting -> 50%, no level" in ended.out
    assert "1 of 1 would have another score or level" in ended.out
    (row,) = json.loads(auditapp("checklists", "impact", small_list, harder, answers, "--json").out)
    assert (row["before_level"], row["after_level"], row["changes"]) == ("starting", None, True)
    wrong = auditapp("checklists", "impact", harder, small_list, answers)
    assert (wrong.code, wrong.out) == (1, "")
    assert "answers small-list@1.0, not small-list@2.0" in wrong.err


def test_the_schema_is_printed(auditapp: Auditapp):
    assert json.loads(auditapp("checklists", "schema").out)["title"] == "Checklist"


def test_checklists_are_checked(auditapp: Auditapp, tmp_path: Path):
    small = (Path(__file__).parent / "catalogue" / "small_list.yaml").read_text(encoding="utf-8")
    folder = tmp_path / "small-list"
    folder.mkdir()
    sound, broken = folder / "1.0.yaml", folder / "1.1.yaml"
    sound.write_text(small, encoding="utf-8")
    ended = auditapp("checklists", "check", sound)
    assert ended == (0, "small-list@1.0: 3 criteria, 2 golden cases, no mistakes\n", "")
    broken.write_text(
        small.replace('"1.0"', '"1.1"')
        .replace("weight: 1", "weight: high")
        .replace("points: 0.5", "points: x"),
        encoding="utf-8",
    )
    ended = auditapp("checklists", "check", tmp_path)
    assert ended.code == 1
    assert ended.out.startswith("small-list@1.0: ")
    assert f"{broken}:68: criterion 'quiet-room': weight must be a whole number from 1 to 5" in ended.err
    assert "2 mistakes to put right" in ended.err


def test_a_folder_without_checklists_is_no_success(auditapp: Auditapp, tmp_path: Path):
    assert auditapp("checklists", "check", tmp_path).code == 1
    assert auditapp("checklists", "check", tmp_path / "missing").code == 1


def test_checklists_of_ones_own_are_found(
    auditapp: Auditapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "small-list" / "1.0.yaml"
    path.parent.mkdir()
    path.write_bytes((Path(__file__).parent / "catalogue" / "small_list.yaml").read_bytes())
    monkeypatch.setenv("AUDITAPP_CHECKLISTS", str(tmp_path))
    assert "small-list@1.0" in auditapp("checklists", "list").out
    monkeypatch.setenv("AUDITAPP_CHECKLISTS", str(tmp_path / "missing"))
    ended = auditapp("checklists", "list")
    assert ended.code == 1
    assert "AUDITAPP_CHECKLISTS" in ended.err


def test_a_template_can_be_scored_as_it_stands(auditapp: Auditapp, tmp_path: Path):
    answers = tmp_path / "answers.yaml"
    answers.write_text(auditapp("template", "endurance-event").out, encoding="utf-8")
    data = json.loads(auditapp("score", answers, "--json").out)
    assert data["checklist"] == "endurance-event@1.0"
    assert data["score"]["percent"] == 0
    assert {finding["state"] for finding in data["findings"]} == {"unanswered"}


def test_a_score_to_read(auditapp: Auditapp):
    ended = auditapp("score", LONDON)
    assert (ended.code, ended.err) == (0, "")
    assert "Score       15%, 32 of 204 points" in ended.out
    assert "Evidenced   7%, 16 of 204 points" in ended.out


def test_a_score_as_json(auditapp: Auditapp):
    data = json.loads(auditapp("score", LONDON, "--json").out)
    assert data["score"] == {"points": 32, "possible": 204, "percent": 15, "evidenced_percent": 7}
    assert data["answered"] == {"answered": 19, "applicable": 82}


def test_a_report_and_its_document(auditapp: Auditapp, tmp_path: Path):
    output, document = tmp_path / "london.pdf", tmp_path / "london.json"
    ended = auditapp("report", LONDON, "--output", output, "--document", document)
    assert ended == (0, f"{output}\n{document}\n", "")
    with pikepdf.open(output) as pdf:
        assert "London Marathon" in str(pdf.docinfo["/Title"])
    report = Report.model_validate_json(document.read_bytes())
    assert report.score.total.percent == 15
    assert {path.name for path in tmp_path.iterdir()} == {"london.pdf", "london.json"}
    ended = auditapp("compare", document, CENTURION)
    assert ended.code == 0
    assert "London Marathon" in ended.out


def test_a_report_on_one_page(auditapp: Auditapp, tmp_path: Path):
    target = tmp_path / "summary.pdf"
    ended = auditapp("report", CENTURION, "--output", target, "--summary")
    assert ended.code == 0
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == 1


def test_a_report_is_never_written_where_it_cannot_be(auditapp: Auditapp, tmp_path: Path):
    for output, says in (
        (tmp_path, "is a folder"),
        (tmp_path / "missing" / "report.pdf", "does not exist"),
    ):
        ended = auditapp("report", LONDON, "--output", output)
        assert ended.code == 1
        assert says in ended.err
    same = tmp_path / "report.pdf"
    assert auditapp("report", LONDON, "--output", same, "--document", same).code == 1
    assert not same.exists()


def test_a_comparison_in_every_form(auditapp: Auditapp):
    table = auditapp("compare", LONDON, CENTURION)
    assert table.code == 0
    assert "widest gap first" in table.out
    data = json.loads(auditapp("compare", LONDON, CENTURION, "--format", "json").out)
    assert [report["score"]["points"] for report in data["reports"]] == [32, 20]
    rows = list(csv.reader(io.StringIO(auditapp("compare", LONDON, CENTURION, "--format", "csv").out)))
    assert len(rows) == 3 + len(data["criteria"])


def test_a_comparison_is_written_to_a_file(auditapp: Auditapp, tmp_path: Path):
    target = tmp_path / "compared.pdf"
    assert auditapp("compare", LONDON, CENTURION, "--output", target).out.strip() == str(target)
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Two events, side by side: London Marathon")
    table = tmp_path / "compared.csv"
    assert auditapp("compare", LONDON, CENTURION, "--format", "csv", "--output", table).code == 0
    assert table.read_text("utf-8") == auditapp("compare", LONDON, CENTURION, "--format", "csv").out
    nowhere = auditapp("compare", LONDON, CENTURION, "--format", "pdf")
    assert nowhere.code == 2
    assert "--output FILE.pdf" in nowhere.err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no report document"),
        ("{}", "no report document: checklist: Field required"),
        ("[1", "no report document"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_report_document(
    auditapp: Auditapp, tmp_path: Path, content: str | bytes, says: str
):
    path = tmp_path / "report.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    ended = auditapp("compare", path, LONDON)
    assert (ended.code, ended.out) == (1, "")
    assert says in ended.err


def test_a_report_document_cannot_pass_for_a_quick_audit(auditapp: Auditapp, tmp_path: Path):
    from auditapp.rendering.data import report_json
    from tests.builders import a_report, answered

    document = report_json(a_report(answered({"ramp": "none"}))).decode()
    path = tmp_path / "quick.json"
    path.write_text(document.replace('"scope": "whole"', '"scope": "quick"'), encoding="utf-8")
    ended = auditapp("compare", path, LONDON)
    assert ended.code == 1
    assert "does not follow from its answers" in ended.err


def test_a_report_document_that_was_changed_is_refused(auditapp: Auditapp, tmp_path: Path):
    from auditapp.rendering.data import report_json
    from tests.builders import a_report, answered

    path = tmp_path / "report.json"
    document = report_json(a_report(answered({"ramp": "none"}))).decode()
    path.write_text(document.replace('"points": "0"', '"points": "1"'), encoding="utf-8")
    ended = auditapp("compare", path, path)
    assert ended.code == 1
    assert "does not follow from its answers" in ended.err


def test_reports_without_a_criterion_in_common_cannot_be_compared(auditapp: Auditapp, tmp_path: Path):
    from auditapp.rendering.data import report_json
    from tests.builders import a_report

    path = tmp_path / "report.json"
    path.write_bytes(report_json(a_report()))
    ended = auditapp("compare", path, LONDON)
    assert (ended.code, ended.err) == (1, "these reports have no criterion in common\n")


def unreadable(folder: Path) -> list[tuple[Path, str]]:
    """Files nothing can be made of, each with what is said about it."""
    empty, binary, broken = folder / "empty.yaml", folder / "binary.yaml", folder / "broken.yaml"
    empty.touch()
    binary.write_bytes(bytes(range(256)))
    broken.write_text("checklist: endurance-event@0.1\nevent: {name: A}\nanswers: {Z99: full}\n")
    return [
        (folder / "missing.yaml", "there is no such file"),
        (folder, "this is a folder"),
        (empty, "the file is empty"),
        (binary, "not a text file"),
        (broken, "broken.yaml:3: there is no criterion 'Z99'"),
    ]


def test_bad_input_ends_with_1_and_says_what_is_wrong(auditapp: Auditapp, tmp_path: Path):
    output = tmp_path / "out.pdf"
    for path, says in unreadable(tmp_path):
        for arguments in (["score", path], ["report", path, "--output", output], ["compare", path, LONDON]):
            ended = auditapp(*arguments)
            assert (ended.code, ended.out) == (1, "")
            assert says in ended.err
            assert "Traceback" not in ended.err
    assert not output.exists()


def test_a_pipe_that_closes_early_is_no_stack_trace():
    with subprocess.Popen(
        command("template", "endurance-event"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read()
    assert b"Traceback" not in errors
    assert b"Error" not in errors


def test_a_terminal_without_the_letters_gets_question_marks():
    ended = subprocess.run(
        command("score", LONDON),
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "London Marathon" in ended.stdout


def test_help_loads_nothing_heavy():
    ask = "import sys\nfrom auditapp.cli import main\nmain(['--help'], standalone_mode=False)\nprint(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    loaded = set(ended.stdout.splitlines()[-1].split())
    assert "click" in loaded
    assert loaded & {"flask", "sqlalchemy", "weasyprint", "pydantic", "ruamel", "jinja2"} == set()


def test_serve_refuses_a_port_that_is_none(auditapp: Auditapp):
    ended = auditapp("serve", "--port", "none")
    assert ended.code == 1
    assert "AUDITAPP_PORT must be a whole number from 1 to 65535" in ended.err


@pytest.fixture
def installation(tmp_path: Path, places: Path) -> Callable[..., Ended]:
    """Runs the command in a process of its own, with a data folder of its own; the towns are there already."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AUDITAPP_")}
    inherited["AUDITAPP_PLACES"] = str(places)

    def run(*arguments: object, **settings: str) -> Ended:
        environment = inherited | {"AUDITAPP_DATA": str(tmp_path / "data")} | settings
        ended = subprocess.run(
            command(*arguments), env=environment, capture_output=True, text=True, timeout=600
        )
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    return run


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def test_a_port_that_is_taken_is_said_so(installation: Callable[..., Ended]):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        ended = installation("serve", "--port", port)
    assert ended == (1, "", f"Error: Port {port} is taken. Choose another with --port.\n")


def test_a_host_that_is_none_is_said_so(installation: Callable[..., Ended]):
    ended = installation("serve", "--host", "nowhere.invalid", "--port", free_port())
    assert (ended.code, ended.err) == (
        1,
        "Error: There is no host called nowhere.invalid. Choose another with --host.\n",
    )


def test_pages_are_served_until_stopped(tmp_path: Path):
    port = free_port()
    environment = os.environ | {"AUDITAPP_DATA": str(tmp_path / "data")}
    with subprocess.Popen(
        command("serve", "--port", port),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            assert f"http://127.0.0.1:{port}" in process.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
                assert page.status == 200
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
        assert "Traceback" not in process.stderr.read()
    assert process.returncode == 0


def test_the_database_is_checked_and_brought_up_to_date(installation: Callable[..., Ended]):
    behind = installation("db", "check")
    assert (behind.code, behind.out) == (1, "")
    assert "run auditapp db upgrade" in behind.err
    assert installation("db", "upgrade") == (0, "The database is up to date.\n", "")
    assert installation("db", "upgrade").code == 0
    assert installation("db", "check") == (0, "The database is up to date.\n", "")


def test_the_examples_are_loaded_once(installation: Callable[..., Ended]):
    first = installation("demo")
    assert (first.code, first.err) == (0, "")
    assert "/reports/ridgeline-half-marathon-2027" in first.out
    assert "/audits/open/" in first.out
    assert installation("demo").out == "The examples are already there.\n"


@pytest.mark.parametrize("arguments", [["db", "upgrade"], ["db", "check"], ["demo"], ["serve"]])
def test_a_database_that_does_not_answer_is_said_so(installation: Callable[..., Ended], arguments: list[str]):
    ended = installation(
        *arguments,
        AUDITAPP_DATABASE_URL="postgresql://nobody:secret@127.0.0.1:9/none",
        AUDITAPP_PORT=str(free_port()),
    )
    assert ended.code == 1
    assert "The database does not answer" in ended.err
    assert "Traceback" not in ended.err
    assert "secret" not in ended.err


def test_a_data_folder_that_cannot_be_made_is_named(installation: Callable[..., Ended], tmp_path: Path):
    (tmp_path / "file").touch()
    ended = installation("db", "upgrade", AUDITAPP_DATA=str(tmp_path / "file" / "data"))
    assert ended.code == 1
    assert str(tmp_path / "file") in ended.err
    assert "Traceback" not in ended.err


def test_an_export_says_what_it_wrote(auditapp: Auditapp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("AUDITAPP_DATA", str(tmp_path / "data"))
    assert auditapp("db", "upgrade").code == 0
    for arguments, folder in (
        ([], tmp_path / "data" / "export"),
        (["--output", tmp_path / "out"], tmp_path / "out"),
    ):
        ended = auditapp("export", *arguments)
        assert ended.code == 0
        assert f"0 reports and 0 findings are in {folder}" in ended.out
        manifest = json.loads((folder / "manifest.json").read_bytes())
        assert all(file["name"] in ended.out for file in manifest["files"])
