"""How long the pages of the desk take on newsrooms of two sizes:
`.venv/bin/python -m benchmarks.desk_pages --database 1000=URL --database 100000=URL`.

Each database was filled by `manage.py seed`. Each gets a gunicorn as
the image starts it, with one process; the requests go over loopback,
one at a time, and take turns between the sizes.
"""

import http.client
import json
import os
import platform
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.slow_clients import ROOT, Server

COMMAND = [
    "-m", "gunicorn", "benchmarks.desk_site:application", "--config",
    "python:factcheck.serving.config", "--workers", "1", "--bind", "127.0.0.1:{port}",
]  # fmt: skip
FEWEST = 30
WARMED = 3  # requests that are not counted: templates, plans and caches fill
# size -> page -> one entry a request
Samples = dict[int, dict[str, list[dict[str, float]]]]


class Desk:
    """A server over one database, and who is signed in there."""

    def __init__(self, size: int, url: str, data: Path) -> None:
        self.size = size
        env = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
        env.setdefault("FACTCHECK_ENV", "demo")
        env.setdefault("FACTCHECK_DATA_DIR", str(data))
        env.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
        asked = [sys.executable, "-m", "benchmarks.desk_site"]
        found = subprocess.run(asked, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
        told = json.loads(found.stdout.splitlines()[-1])
        self.pages: list[tuple[str, str, str]] = told["pages"]
        self._cookies: dict[str, str] = told["cookies"]
        self._server = Server(COMMAND, env, sys.executable, data / f"desk-{size}.log")
        self.port = self._server.port
        self._client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, role: str, path: str) -> dict[str, float]:
        headers = {"Host": "localhost", "Cookie": self._cookies[role]}
        begun = time.perf_counter()
        self._client.request("GET", path, headers=headers)
        answer = self._client.getresponse()
        body = answer.read()
        whole = time.perf_counter() - begun
        if answer.status != http.client.OK:
            raise ValueError(f"{answer.status} at {path}")
        cost: dict[str, float] = json.loads(answer.headers["X-Cost"])
        return cost | {"whole": whole, "bytes": len(body), "load": os.getloadavg()[0]}

    def stop(self) -> None:
        self._client.close()
        self._server.stop()


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument(
        "--database", action="append", required=True, metavar="CLAIMS=URL", help="twice"
    )
    parser.add_argument("--requests", type=int, default=FEWEST, help="of each page at each size")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "measured")
    parser.add_argument("--raw", type=Path, help="where each request is written down, as JSON")
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    named = [one.partition("=") for one in options.database]
    desks: list[Desk] = []
    try:
        for size, _, url in named:
            desks.append(Desk(int(size), url, options.data))
        told = machine()
        print(told, flush=True)
        samples = _measured(desks, options.requests, options.only)
    finally:
        for desk in desks:
            desk.stop()
    after = f"load {os.getloadavg()[0]:.1f} afterwards"
    print(after, table(samples), sep="\n\n")
    if options.raw:
        raw = {"machine": told, "after": after, "samples": samples}
        options.raw.write_text(json.dumps(raw, indent=1))


def machine() -> str:
    return (
        f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()},"
        f" load {os.getloadavg()[0]:.1f} before"
    )


def _measured(desks: list[Desk], requests: int, only: str) -> Samples:
    samples: Samples = {desk.size: defaultdict(list) for desk in desks}
    for number in range(-WARMED, requests):
        # In turns, so that a busy minute of the machine falls on all alike.
        for pages in zip(*(desk.pages for desk in desks), strict=True):
            for desk, (name, role, path) in zip(desks, pages, strict=True):
                if only not in name:
                    continue
                cost = desk.ask(role, path)
                if number >= 0:
                    samples[desk.size][name].append(cost)
    return samples


def table(samples: Samples) -> str:
    small, large = min(samples), max(samples)
    heads = [f"{size:,}: median, p95, processor; queries" for size in (small, large)]
    lines = [f"| ms | {heads[0]} | {heads[1]} | ratio |", "|---|---|---|---|"]
    for name in samples[large]:
        here, there = samples[small][name], samples[large][name]
        ratio = _middle(there, "whole") / _middle(here, "whole")
        lines.append(f"| {name} | {_cell(here)} | {_cell(there)} | {ratio:.1f} |")
    return "\n".join(lines)


def _cell(found: list[dict[str, float]]) -> str:
    # The last of nineteen cuts.
    most = quantiles([one["whole"] for one in found], n=20)[-1] * 1000
    middle, cpu = _middle(found, "whole") * 1000, _middle(found, "cpu") * 1000
    return f"{middle:.0f}, {most:.0f}, {cpu:.0f}; {_middle(found, 'queries'):.0f}"


def _middle(found: list[Any], what: str) -> float:
    return float(median(one[what] for one in found))


if __name__ == "__main__":
    main()
