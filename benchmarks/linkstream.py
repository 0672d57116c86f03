"""One process of the link stream, for benchmarks/links.py: says when it is ready, runs when it is told, reports as JSON."""

import dataclasses
import json
import resource
import sys
import time

import django

django.setup()

from benchmarks.linkfarm import TIMEOUT  # noqa: E402
from sources import fetching, politeness, stream  # noqa: E402
from sources.models import Link  # noqa: E402


def main() -> None:
    connections = int(sys.argv[1])
    policy = dataclasses.replace(fetching.policy(), total_seconds=TIMEOUT)
    Link.objects.exists()  # the connection to the database is open
    politeness.shared()
    print("ready", flush=True)
    sys.stdin.readline()
    used, began = time.process_time(), time.monotonic()
    tally = stream.run(connections=connections, policy=policy)
    told = dataclasses.asdict(tally) | {
        "seconds": time.monotonic() - began,
        "cpu": time.process_time() - used,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
