"""How long building the index of known claims and a look-up in it take,
in seconds of the processors: of this process and of the database's.

    DATABASE_URL=… python -m benchmarks.matching_speed --data FOLDER --entries 20000

FOLDER is a set of CheckThat! task 2, whose checked claims are imported
as fact checks of others; beyond the set, half of one with half of
another. The database is migrated and filled: name one of its own. On a
second run with as many entries they are only looked up.
"""

import argparse
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

_AT_ONCE, _WARM = 2_000, 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    os.environ.setdefault("FACTCHECK_ENV", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    _measure(options.data, options.entries, options.queries)


def _measure(folder: Path, entries: int, queries: int) -> None:
    # Django must be set up before anything of claims is imported.
    from django.core.management import call_command  # noqa: PLC0415

    from claims.management import matching_sets  # noqa: PLC0415
    from claims.matching import index, lookup  # noqa: PLC0415
    from claims.models import KnownClaim  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    of = matching_sets.read(folder)
    by = _filled(of, entries)
    if KnownClaim.objects.exclude(job_state="done").exists():
        here, there = _spent(index.rebuild)
        print(f"index of {entries} entries: {here:.0f} s here, {there:.0f} s of the database")
    texts = [of.queries[key] for key in of.parts["dev"] if key in of.queries]
    random.Random(1).shuffle(texts)
    for text in texts[:_WARM]:
        lookup.for_person(text, "en", by=by)
    spent = [
        _spent(lambda text=text: lookup.for_person(text, "en", by=by))  # type: ignore[misc]
        for text in texts[_WARM : _WARM + queries]
    ]
    for name, numbers in (
        ("here", [here for here, _ in spent]),
        ("database", [there for _, there in spent]),
        ("both", [here + there for here, there in spent]),
    ):
        numbers.sort()
        median, most = numbers[len(numbers) // 2], numbers[int(len(numbers) * 0.95)]
        print(f"look-up, {name}: {1000 * median:.1f} ms, 95 of 100 below {1000 * most:.1f} ms")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{len(spent)} look-ups among {entries} entries, {memory // 1024} MB at the most")


def _filled(of: Any, entries: int) -> Any:
    """Somebody who may see as many imported fact checks."""
    from claims.models import Import, ImportedFactCheck  # noqa: PLC0415
    from factcheck.ledger import clock  # noqa: PLC0415
    from factcheck.newsroom.models import Desk, Membership, User  # noqa: PLC0415

    desk, _ = Desk.objects.get_or_create(name="Benchmark")
    by, _ = User.objects.get_or_create(username="benchmark")
    Membership.objects.get_or_create(user=by, desk=desk, role="editor")
    now = clock.now()
    made, _ = Import.objects.get_or_create(
        name="benchmark",
        defaults={"desk": desk, "by": by, "made_at": now, "expires_at": now, "form": "csv"}
        | {"origin": "other_newsroom", "phase": "done"},
    )
    there = ImportedFactCheck.objects.count()
    rows: list[Any] = []
    for number, (claim, title) in enumerate(_texts(of, entries)):
        if number < there:
            continue
        rows.append(
            ImportedFactCheck(
                desk=desk,
                origin=made.origin,
                claim=claim,
                title=title,
                rating="False",
                address="https://checks.example/",
                site="checks.example",
                publisher="Checks",
                language="en",
                key=str(number),
                imported_by=by,
                came_with=made,
                imported_at=now,
            )
        )
        if len(rows) == _AT_ONCE:
            ImportedFactCheck.objects.bulk_create(rows)
            rows = []
    ImportedFactCheck.objects.bulk_create(rows)
    return by


def _texts(of: Any, entries: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(7)
    for number in range(entries):
        if number < len(of.documents):
            yield of.documents[number].text, of.documents[number].wording[:500]
            continue
        one, other = (chance.choice(of.documents) for _ in range(2))
        yield _halves(one.text, other.text), _halves(one.wording, other.wording)[:500]


def _halves(one: str, other: str) -> str:
    mine, theirs = one.split(), other.split()
    return " ".join(mine[: len(mine) // 2 + 1] + theirs[len(theirs) // 2 :])


def _spent(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processors, here and in the process of the database."""
    here, there = time.process_time(), _database_time()
    action()
    return time.process_time() - here, _database_time() - there


def _database_time() -> float:
    """0 where the database is a file, or runs on another machine."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    told = Path(f"/proc/{pid}/schedstat")
    return int(told.read_text().split()[0]) / 1e9 if told.exists() else 0.0


if __name__ == "__main__":
    main()
