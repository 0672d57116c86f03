"""What claiming and the due query cost as the table of links grows:
`benchmarks/linkschedule.py
--postgres URL`.

URL is of an empty PostgreSQL database, which is filled and left to you.
"""

import os
import sys
import time
import uuid
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SIZES = (100_000, 1_000_000)
DUE = 10_000
HOSTS = 4_999  # no divisor of the step between two that are due
TIMES = 15
FILL = """
INSERT INTO sources_link (public_id, desk_id, url, publisher_id, state, reason, final_url,
    failures, job_state, attempts, next_attempt_at, last_error)
SELECT gen_random_uuid(), %s, 'https://host' || n %% {hosts} || '.example/' || n,
%s + n %% {hosts}, 'ok', '', '', 0, 'waiting', 0,
    now() + interval '30 days' * random() + interval '1 hour', ''
FROM generate_series(%s::bigint, %s::bigint) n
"""


def main() -> int:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--postgres", required=True, help="address of an empty PostgreSQL database")
    os.environ |= {
        "DATABASE_URL": parser.parse_args().postgres,
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "FACTCHECK_ENV": "test",
    }
    import django  # noqa: PLC0415 (the environment decides its settings)

    django.setup()
    _measure()
    return 0


def _measure() -> None:
    from django.core.management import call_command  # noqa: PLC0415

    from factcheck.newsroom.models import Desk  # noqa: PLC0415
    from sources.models import Owner, Publisher  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    desk, owner = Desk.objects.create(name="Benchmark"), Owner.objects.create(name="Benchmark")
    made = Publisher.objects.bulk_create(
        Publisher(name=f"{n}", domain=f"host{n}.example", owner=owner) for n in range(HOSTS)
    )
    print(
        f"{DUE:,} of the links are due, over {HOSTS:,} publishers; milliseconds, median (least to"
        f" most) of {TIMES}"
    )
    begun = 0
    for size in SIZES:
        _fill(desk.pk, made[0].pk, begun, size)
        _size(size)
        begun = size


def _fill(desk: int, publisher: int, begun: int, size: int) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(FILL.format(hosts=HOSTS), [desk, publisher, begun, size - 1])
        cursor.execute(
            "UPDATE sources_link SET next_attempt_at = now() + interval '1 hour' WHERE"
            " next_attempt_at <= now()"
        )
        cursor.execute(
            "UPDATE sources_link SET next_attempt_at = now() - interval '1 minute' * random() WHERE"
            " id %% %s = 0",
            [size // DUE],
        )
        cursor.execute("VACUUM ANALYZE sources_link")


def _size(size: int) -> None:
    from factcheck.ledger import clock, due_work  # noqa: PLC0415
    from sources.models import Link  # noqa: PLC0415
    from sources.watching import batches  # noqa: PLC0415

    claims: list[tuple[uuid.UUID, list[int]]] = []

    def claim(most: int) -> None:
        token = uuid.uuid4()
        claimed = batches.lease(token, most=most, each=20, in_flight=Counter())
        assert len(claimed) == most, len(claimed)
        claims.append((token, [one.link.pk for one in claimed]))

    def give_back() -> None:
        for token, pks in claims:
            due_work.release(Link, pks, token, seconds=-60)
        claims.clear()

    print(
        f"\n{size:,} links, {Link.objects.filter(next_attempt_at__lte=clock.now()).count():,} of"
        " them due"
    )
    _timed("claim of 256", lambda: claim(256), give_back)
    _timed("claim of 2,000", lambda: claim(2_000), give_back)
    _timed("is anything due for the stream", lambda: due_work.streamable(Link), give_back)
    _timed("what was left to single tasks", lambda: due_work.abandoned(Link), give_back)


def _timed(name: str, work: Callable[[], object], after: Callable[[], None]) -> None:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
        after()
    print(f"{name:34} {median(took):8.1f}  ({min(took):.1f} to {max(took):.1f})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
