"""What the product takes, measured and printed beside a floor in the same run. Nothing here fails for being slow."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from auditapp.domain.audit import Answer, Evidence
from auditapp.domain.plan import plan_for
from auditapp.domain.scoring import score
from tests.benchmarks.clients import Client, Load, load
from tests.benchmarks.figures import Figure, print_table, timed
from tests.benchmarks.filling import OpenAudit, checklist, start_audit
from tests.benchmarks.installation import Installation, floor, product
from tests.benchmarks.results import results_file, send
from tests.measured import REF, checklist_folder

pytestmark = pytest.mark.benchmark

CLIENTS = 20
SAVES = 25
CRITERION = "women-fit-shirt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the installation of this run keeps its data."""
    return tmp_path_factory.mktemp("installation")


@pytest.fixture(scope="module")
def installation(folder: Path) -> Iterator[Installation]:
    """The product, served."""
    with product(folder) as running:
        yield running


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The floor, served."""
    with floor(tmp_path_factory.mktemp("floor")) as running:
        yield running


def test_scoring_a_full_audit(capsys):
    listed = checklist()
    answers = {
        criterion.id: Answer(
            grade=criterion.grades[number % len(criterion.grades)].id,
            note="Seen on the public page.",
            evidence=(
                Evidence(kind=criterion.evidence.kinds[0], url="https://ridgelinehalf.example/everyone"),
            ),
        )
        for number, criterion in enumerate(listed.criteria)
    }
    result = score(listed, answers)
    with capsys.disabled():
        print_table(
            f"Scoring {len(listed.criteria)} criteria",
            [
                Figure("score", timed(lambda: score(listed, answers), times=500), aim="under 1"),
                Figure("plan", timed(lambda: plan_for(listed, result), times=100)),
            ],
        )


def saved(bare: Installation, times: int) -> Load:
    """What the floor takes to save."""
    with Client(bare.port) as client:
        return load([client], lambda one, _: one.request("POST", "/save")[0], times=times)


def saves(port: int, audits: list[OpenAudit], times: int) -> Load:
    """What saving an answer takes, with one client for each audit, all at once."""
    clients = [Client(port, dict(audit.cookies)) for audit in audits]
    for client in clients:
        client.__enter__()
    owners = dict(zip(map(id, clients), audits, strict=True))

    def press(client: Client, number: int) -> int:
        grade = ("none", "partly", "full")[number % 3]
        return owners[id(client)].answer(client, CRITERION, grade, f"Note {number}")

    try:
        return load(clients, press, times=times)
    finally:
        for client in clients:
            client.__exit__()


def save_rows(label: str, many: Load) -> list[Figure]:
    """The rows of a run of many clients."""
    whole = Figure(f"{label}: {CLIENTS} clients", many.milliseconds)
    refused = sum(status != 200 for status in many.statuses)
    return [
        whole,
        Figure(f"{label}: 95th percentile", (whole.quantile(0.95),), aim="at most 250"),
        Figure(f"{label}: saves a second", (many.per_second,), "1/s", "at least 120"),
        Figure(f"{label}: lost or refused", (float(refused),), "saves", "none"),
    ]


def test_saving_an_answer(capsys, installation: Installation, bare: Installation):
    listed = checklist()
    audits = [start_audit(installation.port, f"Event {number}") for number in range(CLIENTS)]
    with Client(installation.port, dict(audits[0].cookies)) as client:
        audits[0].complete(client, listed)
    least = Figure("floor: insert a row, 1 client", saved(bare, 300).milliseconds)
    one = Figure("save with score: 1 client", saves(installation.port, audits[:1], 300).milliseconds)
    rows = [
        least,
        one,
        Figure("times the floor", (one.median / least.median,), "x", "at most 3"),
        *save_rows("save with score", saves(installation.port, audits, SAVES)),
    ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: start_audit(installation.port, f"More {number}"), range(1000 - CLIENTS)))
    rows += [
        Figure("1,000 audits: 1 client", saves(installation.port, audits[:1], 300).milliseconds),
        *save_rows("1,000 audits", saves(installation.port, audits, SAVES)),
    ]
    with capsys.disabled():
        print_table("Saving one answer with its new score, through HTTP", rows)
    for audit in audits:
        with Client(installation.port, dict(audit.cookies)) as client:
            assert client.request("GET", audit.path)[0] == 200


def test_pages(capsys, installation: Installation):
    listed = checklist()
    audit = start_audit(installation.port, "A full audit")
    with Client(installation.port, dict(audit.cookies)) as client:
        audit.complete(client, listed)
        rows = []
        largest = max(listed.sections, key=lambda section: len(listed.criteria_in(section.id)))
        for name, path, aim in (
            ("section page", f"{audit.path}/{largest.id}", "at most 25"),
            ("check page", f"{audit.path}/check", "at most 40"),
            ("task list", audit.path, ""),
            ("start page", "/", ""),
        ):
            rows.append(Figure(name, timed(partial(client.request, "GET", path), times=50), aim=aim))
        _, _, page = client.request("GET", f"{audit.path}/{largest.id}")
        raw, packed = len(page), len(gzip.compress(page, 6))
        assets = set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', page))
        packing = {"Accept-Encoding": "gzip"}
        sent = len(client.request("GET", f"{audit.path}/{largest.id}", headers=packing)[2])
        first = sent + sum(len(client.request("GET", asset.decode(), headers=packing)[2]) for asset in assets)
    sizes = [
        Figure("section page", (raw / 1000,), "kB", "under 150"),
        Figure("section page, compressed", (packed / 1000,), "kB", "under 15"),
        Figure("first visit as sent: page, styles, scripts, type", (first / 1000,), "kB", "under 150"),
        Figure("second visit as sent: the page alone", (sent / 1000,), "kB", "under 15"),
    ]
    with capsys.disabled():
        print_table("Pages of a full audit", rows)
        print_table("Bytes", sizes)


def test_a_results_file_through_the_page(capsys, tmp_path: Path):
    lists = checklist_folder(tmp_path / "checklists")
    with product(tmp_path / "data", AUDITAPP_CHECKLISTS=str(lists)) as running:
        audit = start_audit(running.port, "A large race", REF)
        rows = []
        for finishers, times, aim in ((50_000, 5, "under 2000"), (500_000, 1, "")):
            content = results_file(finishers)
            with Client(running.port, dict(audit.cookies)) as client:
                sent = [send(client, audit, "drop-out", content) for _ in range(times)]
            name = f"{finishers:,} finishers, {len(content) / 1e6:.0f} MB"
            rows += [
                Figure(f"{name}: to its counts", tuple(one.matched for one in sent), aim=aim),
                Figure(f"{name}: from there to the numbers", tuple(one.used for one in sent)),
            ]
        rows.append(Figure("memory afterwards", (running.megabytes(),), "MiB"))
    with capsys.disabled():
        print_table("A results file through the page", rows)


def test_memory_and_start(capsys, installation: Installation, folder: Path, tmp_path: Path):
    starts = []
    for number in range(3):
        with product(folder if number else tmp_path) as started:
            starts.append(started.first_answer)
            at_rest = started.megabytes()
    with capsys.disabled():
        print_table(
            "The whole installation",
            [
                Figure("first start to first answer, with the database to make", (starts[0],)),
                Figure("start to first answer, second start", tuple(starts[1:]), aim="under 3000"),
                Figure("memory at rest", (at_rest,), "MiB"),
                Figure("memory after the load above", (installation.megabytes(),), "MiB"),
            ],
        )
