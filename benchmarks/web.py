"""How many readers a second the site answers, beside a bare view of the
same server:
`.venv/bin/python -m benchmarks.web --database URL [--database URL]`.

Each database was filled by `manage.py seed --claims N`. Each gets a
gunicorn as the image starts it. The kinds of requests take turns, in
rounds; every figure is a median of rounds. A page is cold under an
address that nobody asked for before.
"""

import contextlib
import http.client
import itertools
import json
import os
import platform
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.slow_clients import ROOT, Server

COMMAND = [
    "-m", "gunicorn", "benchmarks.web_site:application", "--config",
    "python:factcheck.serving.config", "--bind", "127.0.0.1:{port}",
]  # fmt: skip
WARMED = 12  # connections, so that every process is asked
KINDS = (
    "bare", "verdict 304", "verdict cached", "verdict cold",
    "list 304", "list cached", "list cold", "search cached", "search cold",
)  # fmt: skip
# size -> kind -> one entry a round
Rounds = dict[int, dict[str, list[dict[str, float]]]]
_TICKS = os.sysconf("SC_CLK_TCK")


class Site:
    """A server over one database."""

    def __init__(self, url: str, data: Path) -> None:
        env = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
        env.setdefault("FACTCHECK_ENV", "demo")
        env.setdefault("FACTCHECK_DATA_DIR", str(data))
        env.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
        asked = [sys.executable, "-m", "benchmarks.web_site"]
        found = subprocess.run(asked, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
        told = json.loads(found.stdout.splitlines()[-1])
        self.verdicts: int = told["verdicts"]
        self._pages: dict[str, str] = told["pages"]
        self._searches: list[str] = told["searches"]
        self._unasked = itertools.count()
        self._tags: dict[str, str] = {}
        self._server = Server(COMMAND, env, sys.executable, data / f"web-{self.verdicts}.log")

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=60)

    def request(self, kind: str) -> tuple[str, dict[str, str]]:
        """The address and headers of the next request of this kind."""
        page, _, way = kind.partition(" ")
        number = next(self._unasked)
        path = self._pages["list" if page == "search" else page]
        if page == "search":
            path += self._searches[number % len(self._searches) if way == "cold" else 0]
        if way == "cold":
            path += f"{'&' if '?' in path else '?'}cold={number}"
        return path, {"If-None-Match": self._tag(path)} if way == "304" else {}

    def _tag(self, path: str) -> str:
        if path not in self._tags:
            with contextlib.closing(self.connect()) as client:
                client.request("GET", path, headers={"Host": "localhost"})
                answer = client.getresponse()
                answer.read()
                self._tags[path] = answer.headers["ETag"]
        return self._tags[path]

    def processor(self) -> float:
        """Seconds that all processes of the server took."""
        total = 0
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if os.getsid(int(folder.name)) == self._server.process.pid:
                    fields = (folder / "stat").read_text().rpartition(")")[2].split()
                    total += int(fields[11]) + int(fields[12])
                    if int(folder.name) == self._server.process.pid:
                        # Of the processes that ended after max_requests.
                        total += int(fields[13]) + int(fields[14])
        return total / _TICKS

    def stop(self) -> None:
        self._server.stop()


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--database", action="append", required=True, metavar="URL")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="of each kind in each round")
    parser.add_argument("--readers", type=int, default=8, help="at once")
    parser.add_argument("--only", default="", help="kinds whose name holds this, and the bare view")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "measured")
    parser.add_argument("--raw", type=Path, help="where each round is written down, as JSON")
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    kinds = [kind for kind in KINDS if options.only in kind or kind == "bare"]
    sites: list[Site] = []
    try:
        sites += [Site(url, options.data) for url in options.database]
        machine = _machine()
        print(machine, flush=True)
        rounds: Rounds = {site.verdicts: defaultdict(list) for site in sites}
        for number, kind in itertools.product(range(-1, options.rounds), kinds):
            # In turns, so that a busy minute of the machine falls on all alike.
            for site in sites:
                figures = _asked(site, kind, readers=options.readers, seconds=options.seconds)
                if number >= 0:  # in the one before, templates, plans and caches fill
                    rounds[site.verdicts][kind].append(figures)
    finally:
        for site in sites:
            site.stop()
    print(_table(rounds))
    if options.raw:
        options.raw.write_text(json.dumps({"machine": machine, "rounds": rounds}, indent=1))


def _machine() -> str:
    return (
        f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()},"
        f" load {os.getloadavg()[0]:.1f} before\n"
    )


def _asked(site: Site, kind: str, *, readers: int, seconds: float) -> dict[str, float]:
    """What readers who ask one after the other, all at once, got and cost."""
    ends, took = 0.0, list[float]()

    def read() -> None:
        with contextlib.closing(site.connect()) as client:
            while time.monotonic() < ends:
                path, headers = site.request(kind)
                took.append(_timed(client, path, headers, 304 if "304" in kind else 200))

    if not kind.endswith("cold"):
        # What was kept in the last round may be gone, and each process has its own.
        with contextlib.closing(site.connect()) as client:
            for _ in range(WARMED):
                _timed(client, *site.request(kind), 304 if "304" in kind else 200)
                client.close()
    ends, before, begun = time.monotonic() + seconds, site.processor(), time.monotonic()
    _together(read, readers)
    whole = time.monotonic() - begun
    slowest = quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
    return {
        "rate": len(took) / whole,
        "median": median(took) * 1000,
        "p95": slowest * 1000,
        "processor": (site.processor() - before) / len(took) * 1000,
        "load": os.getloadavg()[0],
    }


def _timed(
    client: http.client.HTTPConnection, path: str, headers: dict[str, str], expected: int
) -> float:
    begun = time.perf_counter()
    try:
        client.request("GET", path, headers={"Host": "localhost", **headers})
        answer = client.getresponse()
    except http.client.RemoteDisconnected:
        # The process ended after max_requests; the next one has the connection.
        client.request("GET", path, headers={"Host": "localhost", **headers})
        answer = client.getresponse()
    answer.read()
    if answer.status != expected:
        raise ValueError(f"{answer.status} in place of {expected} at {path}")
    return time.perf_counter() - begun


def _together(read: Callable[[], None], readers: int) -> None:
    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _table(rounds: Rounds) -> str:
    return "\n".join(_lines(rounds))


def _lines(rounds: Rounds) -> Iterator[str]:
    for size, kinds in sorted(rounds.items()):
        yield f"\n{size:,} verdicts\n"
        yield "| | requests a second | of the bare view | median ms | p95 ms | processor ms |"
        yield "|---|---|---|---|---|---|"
        bare = _middle(kinds["bare"], "rate")
        for kind, found in kinds.items():
            rate = _middle(found, "rate")
            times = " | ".join(f"{_middle(found, name):.2f}" for name in ("median", "p95"))
            cost = _middle(found, "processor")
            yield f"| {kind} | {rate:,.0f} | {rate / bare:.2f} | {times} | {cost:.2f} |"


def _middle(found: list[Any], what: str) -> float:
    return float(median(one[what] for one in found))


if __name__ == "__main__":
    main()
