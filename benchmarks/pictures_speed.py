"""How long it takes to find what a new picture resembles among many, in
milliseconds of the processors: of this process and of the database's.

    DATABASE_URL=… python -m benchmarks.pictures_speed --pictures 100000

The database is migrated and filled with made hashes: name one of its
own. On a second run it is only asked.
"""

import argparse
import hashlib
import os
import random
import statistics
import time

import django

_VIEWS, _AT_ONCE = ("whole", "cut_5", "cut_10"), 5_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=100)
    options = parser.parse_args()
    os.environ.setdefault("FACTCHECK_ENV", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    _measure(options.pictures, options.asked)


def _measure(pictures: int, asked: int) -> None:
    # Django must be set up before any model is imported.
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from benchmarks.matching_speed import _database_time  # noqa: PLC0415
    from sources.models import Picture  # noqa: PLC0415
    from sources.pictures import PictureReading  # noqa: PLC0415
    from sources.stored_pictures import keep_picture  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    for start in range(Picture.objects.count(), pictures, _AT_ONCE):
        _fill(start, min(_AT_ONCE, pictures - start))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    chance, taken = random.Random(7), list[float]()
    before = _database_time()
    for number in range(asked):
        views = dict(zip(_VIEWS, _hashes(chance), strict=True))
        reading = PictureReading("", "PNG", 9, 9, 1, views, views["whole"] ^ chance.getrandbits(64))
        began = time.process_time()
        keep_picture(
            hashlib.sha256(f"asked {time.time_ns()} {number}".encode()).hexdigest(), reading
        )
        taken.append(1000 * (time.process_time() - began))
    taken.sort()
    print(f"{Picture.objects.count()} pictures; stored and compared, a picture:")
    print(f"this process {statistics.median(taken):.1f} ms, 95 of 100 {taken[-asked // 20]:.1f} ms")
    print(f"the database {1000 * (_database_time() - before) / asked:.1f} ms")


def _fill(start: int, count: int) -> None:
    from factcheck.ledger import clock  # noqa: PLC0415
    from sources.models import Picture, PictureHash  # noqa: PLC0415
    from sources.stored_pictures import parts_of  # noqa: PLC0415

    chance = random.Random(start)
    rows = Picture.objects.bulk_create(
        Picture(
            sha256=hashlib.sha256(f"{start + number}".encode()).hexdigest(),
            width=9,
            height=9,
            frames=1,
            read_at=clock.now(),
        )
        for number in range(count)
    )
    PictureHash.objects.bulk_create(
        PictureHash(picture=row, view=view, **parts_of(bits))
        for row in rows
        for view, bits in zip(_VIEWS, _hashes(chance), strict=True)
    )


def _hashes(chance: random.Random) -> list[int]:
    """Of three views: half of all bits are set, and a view differs from
    the whole in some, as those of photographs do.
    """
    whole = sum(1 << place for place in chance.sample(range(64), 32))
    flips = (0, 10, 18)
    return [whole ^ sum(1 << p for p in chance.sample(range(64), flip)) for flip in flips]


if __name__ == "__main__":
    main()
