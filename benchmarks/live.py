"""How long a live debate takes from the post of a chunk to the sentence with its
matches: `.venv/bin/python -m benchmarks.live --database URL --redis URL`.

The database was filled by `manage.py seed`. A gunicorn with one process
and a worker with two run over it, as the image starts them. One follower
reads server-sent events, one person opens pages of the desk one after
the other, and a script posts thirty chunks a minute, each of which ends
in mid-sentence.
"""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from itertools import cycle, pairwise
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.desk_pages import Desk
from benchmarks.slow_clients import ROOT

WORKER = [
    "-m", "celery", "-A", "factcheck", "worker", "--beat", "--concurrency", "2", "--queues",
    "default,extraction", "--loglevel", "warning", "--schedule",
]  # fmt: skip
PAUSE, FEWEST = 2.0, 60
# For a last sentence, before it counts as lost.
PATIENCE = 15.0
# Run in a program of its own: a token, and what may be said.
TOLD = """
import json
from factcheck.wsgi import application
from benchmarks.desk_site import person
from claims.models import Claim
from factcheck.newsroom import tokens
by = person("editor")
scopes = ("articles:read", "articles:write")
_, plain = tokens.issue(by, by=by, name="Live", scopes=scopes)
said = Claim.objects.visible_to(by).order_by("?").values_list("text", flat=True)[:200]
desk = by.memberships.order_by("pk")[0].desk.public_id
print(json.dumps({"token": plain, "said": list(said), "desk": str(desk)}))
"""


def _halves(said: str) -> tuple[str, str]:
    words = f"{said.rstrip('.!? ')}.".split()
    middle = len(words) // 2
    return " ".join(words[:middle]), " ".join(words[middle:])


class Debate:
    def __init__(self, port: int, told: dict[str, Any]) -> None:
        self._port, self._told = port, told
        self._headers = {
            "Host": "localhost",
            "Authorization": f"Bearer {told['token']}",
            "Content-Type": "application/json",
        }
        begun = self.post("streams/", {"title": "Debate", "desk": told["desk"]})
        self.path = f"streams/{begun['id']}/"
        self.posted: dict[int, float] = {}
        self.shown: dict[int, float] = {}
        self.matched = 0

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        client = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        client.request("POST", f"/api/v1/{path}", json.dumps(body), self._headers)
        answer = client.getresponse()
        data: dict[str, Any] = json.loads(answer.read())
        client.close()
        if answer.status >= http.client.BAD_REQUEST:
            raise ValueError(f"{answer.status} at {path}: {data}")
        return data

    def speak(self, chunks: int) -> None:
        """Each chunk is the end of one sentence and the beginning of the next."""
        halves = [_halves(one) for one in self._told["said"]]
        begun = time.monotonic()
        turns = zip(range(1, chunks + 1), pairwise(cycle(halves)), strict=False)
        for number, ((_head, end), (beginning, _tail)) in turns:
            text = f"{end} {beginning}"
            self.posted[number] = time.monotonic()
            self.post(f"{self.path}chunks/", {"number": number, "text": text})
            time.sleep(max(0.0, begun + number * PAUSE - time.monotonic()))

    def follow(self) -> None:
        last = "0"
        while True:
            client = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
            headers = self._headers | {"Accept": "text/event-stream", "Last-Event-ID": last}
            client.request("GET", f"/api/v1/{self.path}stream/", headers=headers)
            answer = client.getresponse()
            for line in iter(answer.readline, b""):
                name, _, value = line.decode().rstrip().partition(": ")
                if name == "id":
                    last = value
                elif name == "data":
                    self._heard(json.loads(value))
            client.close()

    def _heard(self, sentence: dict[str, Any]) -> None:
        if "chunk" in sentence:
            self.shown.setdefault(sentence["chunk"], time.monotonic())
            self.matched += bool(sentence["matches"])

    def waits(self) -> list[float]:
        return [self.shown[one] - at for one, at in self.posted.items() if one in self.shown]


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--redis", required=True, metavar="URL")
    parser.add_argument("--chunks", type=int, default=FEWEST)
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "measured")
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    os.environ |= {"REDIS_URL": options.redis, "FACTCHECK_LIVE_STREAMS": "2"}
    desk = Desk(0, options.database, options.data)
    with (options.data / "live-worker.log").open("ab") as log:
        worker = subprocess.Popen(
            [sys.executable, *WORKER, str(options.data / "live-beat")],
            cwd=ROOT, env=_environment(options.database, options.data), stdout=log, stderr=log,
        )  # fmt: skip
    try:
        told = _told(_environment(options.database, options.data))
        debate = Debate(desk.port, told)
        threading.Thread(target=debate.follow, daemon=True).start()
        threading.Thread(target=_work, args=(desk,), daemon=True).start()
        debate.speak(options.chunks)
        time.sleep(PATIENCE)
        print(_report(debate))
    finally:
        worker.terminate()
        worker.wait()
        desk.stop()


def _environment(database: str, data: Path) -> dict[str, str]:
    env = os.environ | {"DATABASE_URL": database, "PYTHONPATH": str(ROOT)}
    env.setdefault("FACTCHECK_ENV", "demo")
    env.setdefault("FACTCHECK_DATA_DIR", str(data))
    env.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    return env


def _told(env: dict[str, str]) -> dict[str, Any]:
    found = subprocess.run(
        [sys.executable, "-c", TOLD], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    told: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return told


def _work(desk: Desk) -> None:
    """One page a second, as a person opens them."""
    for _name, role, path in cycle(desk.pages):
        desk.ask(role, path)
        time.sleep(1)


def _report(debate: Debate) -> str:
    waits = sorted(debate.waits())
    cuts = quantiles(waits, n=20)
    return (
        f"{len(debate.posted)} chunks, {len(waits)} with a sentence that ends in them,"
        f" {debate.matched} with matches; from post to shown: median {cuts[9]:.2f} s, 95 of 100"
        f" {cuts[18]:.2f} s, longest {waits[-1]:.2f} s; load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
