"""A results file of many finishers, and sending it through the pages as a browser does."""

from __future__ import annotations

import random
from dataclasses import dataclass
from time import perf_counter

from tests.benchmarks.clients import Client
from tests.benchmarks.filling import OpenAudit

BOUNDARY = "part"


def results_file(finishers: int) -> bytes:
    """Results as a timing company delivers them, with names, clubs, waves, gun and chip times and two splits."""
    chance = random.Random(1)
    lines = ["Bib,Name,Gender,Age group,Club,Wave,Gun time,Chip time,10k,Half,Status"]
    for number in range(finishers):
        gender = chance.choice("MMF")
        seconds = chance.gauss(15_500, 2_500)
        times = ",".join(clock(seconds * share) for share in (1.01, 1, 0.24, 0.5))
        ending = f"{times}," if chance.random() > 0.05 else ",,,,DNF"
        lines.append(
            f"{number},Runner Number{number},{gender},{gender}{chance.randint(20, 70)},"
            f"Club {number % 300},{chance.choice('ABCDE')},{ending}"
        )
    return "\n".join(lines).encode()


def clock(seconds: float) -> str:
    """A time as h:mm:ss."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"


@dataclass(frozen=True)
class Sent:
    """Milliseconds from sending a file to the page with its columns and counts, and from there to the numbers."""

    matched: float
    used: float


def send(client: Client, audit: OpenAudit, criterion: str, content: bytes) -> Sent:
    """Send a file, look at what it comes to, and use it."""
    address = f"{audit.path}/numbers/{criterion}"
    body = b"".join(
        b"--%s\r\nContent-Disposition: form-data; name=%s\r\n\r\n%s\r\n" % (BOUNDARY.encode(), name, value)
        for name, value in (
            (b'"csrf_token"', audit.csrf.encode()),
            (b'"file"; filename="results.csv"', content),
        )
    )
    start = perf_counter()
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    status, headers, _ = client.request("POST", address, body + f"--{BOUNDARY}--\r\n".encode(), kind)
    expect(status, 303)
    status, _, page = client.request("GET", headers["Location"])
    expect(status, 200)
    matched = perf_counter()
    mark = f"csrf_token={audit.csrf}".encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    status, used, _ = client.request("POST", headers["Location"], mark, form)
    expect(status, 303)
    status, _, page = client.request("GET", used["Location"].partition("#")[0])
    expect(status, 200)
    if b"were read" not in page:
        raise RuntimeError("the numbers were not filled in")
    return Sent((matched - start) * 1000, (perf_counter() - matched) * 1000)


def expect(status: int, wanted: int) -> None:
    """Stop measuring what does not work."""
    if status != wanted:
        raise RuntimeError(f"answered {status}, not {wanted}")
