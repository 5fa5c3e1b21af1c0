"""Clients that press save: each its own keep-alive connection in its own thread, bounded in number and time."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter
from typing import Self


@dataclass
class Client:
    """A browser's worth of HTTP: one connection, its cookies, no more."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """One request: status, headers and body. Cookies are kept as a browser keeps them."""
        sent = dict(headers or {})
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body=body, headers=sent)
        answer = self.connection.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.split(";", 1)[0]
        return answer.status, answer.headers, content


@dataclass(frozen=True)
class Load:
    """What a run of many clients came to: milliseconds of each request, statuses, and the seconds it all took."""

    milliseconds: tuple[float, ...]
    statuses: tuple[int, ...]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds


def press(client: Client, request: Callable[[Client, int], int], *, times: int) -> list[tuple[float, int]]:
    """Call `request(client, n)` `times` times; milliseconds and status of each."""
    results = []
    for number in range(times):
        start = perf_counter()
        status = request(client, number)
        results.append(((perf_counter() - start) * 1000, status))
    return results


def load(clients: list[Client], request: Callable[[Client, int], int], *, times: int) -> Load:
    """All `clients` press `times` times each, at once."""
    start = perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        runs = list(pool.map(lambda client: press(client, request, times=times), clients))
    seconds = perf_counter() - start
    flat = [result for run in runs for result in run]
    return Load(tuple(ms for ms, _ in flat), tuple(status for _, status in flat), seconds)
