"""The DataFeed as files that a worker keeps.

A part holds the verdicts of one range of keys, and is made anew only
where what it says has changed; the whole is put together of the parts.
A small file says of which state of all rows the whole is. Readers get
it while that is the state; nothing has to be cleared.
"""

import gzip
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from django.conf import settings
from django.db.models import Max

from claims.models import PublicChange, Repetition, Verdict
from claims.public_site.datafeed_parts import (
    BETWEEN,
    END,
    beginning,
    elements,
    in_feed,
    made_of,
    moments,
)
from claims.querysets.verdicts import VerdictQuerySet
from factcheck.newsroom.file_answers import compressed

# Keys of one part. Many verdicts a part: more is made anew for one that changed. Few:
# more files, and more queries to see that nothing has changed.
PART = 1_000
# Somebody may still be putting a whole together of parts that are not needed any more.
KEEP_SECONDS = 3600
LEVEL = 5
# What an element says of a verdict besides its signed content.
_OF_VERDICT = (
    "pk", "content_hash", "published_at", "first_published_at", "claim",
    "claim__slug", "claim__public_id", "claim__desk__time_zone",
)  # fmt: skip


class Feed(NamedTuple):
    """`tag` names the bytes of the file."""

    file: Path
    tag: str


def kept(*, version: str, known: list[datetime | None]) -> Feed | None:
    """The files, if they say what readers see in this version."""
    try:
        noted = json.loads(_note().read_text("utf-8"))
        current = noted["state"] == made_of(version, known)
        return Feed(_whole(noted["tag"]), noted["tag"]) if current else None
    # Whatever has become of the folder, the feed is made of the rows.
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep() -> bool:
    """Bring the files up to date; whether there was something to do."""
    # The version comes first: what changes meanwhile makes another one, and readers are
    # not given what is noted for this one.
    version, known = str(PublicChange.objects.version()), moments()
    if kept(version=version, known=known):
        return False
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    parts = list(_parts())
    latest = max((moment for moment in known if moment), default=None)
    tag = made_of(latest, [part.name for part in parts])[:32]
    if not compressed(_whole(tag)).exists():
        _put_together(_whole(tag), beginning(latest), parts)
    with _written(_note()) as file:
        file.write(json.dumps({"state": made_of(version, known), "tag": tag}).encode())
    _remove_old({*parts, _note(), _whole(tag), compressed(_whole(tag))})
    return True


def _parts() -> Iterator[Path]:
    last = Verdict.objects.aggregate(last=Max("pk"))["last"] or 0
    for first in range(0, last + 1, PART):
        verdicts = in_feed().filter(pk__gte=first, pk__lt=first + PART)
        if rows := list(verdicts.values_list(*_OF_VERDICT)):
            yield _part(verdicts, rows)


def _part(verdicts: VerdictQuerySet, rows: list[tuple[object, ...]]) -> Path:
    claims = [cast(int, row[_OF_VERDICT.index("claim")]) for row in rows]
    corrections = Verdict.objects.listed_corrections().filter(claim__in=claims).order_by("pk")
    repetitions = Repetition.objects.shown().filter(claim__in=claims).order_by("pk")
    hung_on = [corrections.values_list("pk", "published_at"), repetitions.values_list()]
    file = _folder() / f"{made_of(rows, *map(list, hung_on))[:32]}.part"
    if file.exists():
        file.touch()
    else:
        with _written(file) as opened:
            opened.write(BETWEEN.join(elements(verdicts)).encode())
    return file


def _put_together(whole: Path, head: str, parts: list[Path]) -> None:
    # The compressed file comes last: where it stands, both do.
    with _written(whole) as file:
        file.write(head.encode())
        for number, part in enumerate(parts):
            file.write(BETWEEN.encode() if number else b"")
            with part.open("rb") as opened:
                shutil.copyfileobj(opened, file)
        file.write(END.encode())
    with (
        whole.open("rb") as plain,
        _written(compressed(whole)) as file,
        # Without the time, so that the same bytes have the same name.
        gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as target,
    ):
        shutil.copyfileobj(plain, target, 2**20)


@contextmanager
def _written(target: Path) -> Iterator[BinaryIO]:
    """A file that exists whole or not at all."""
    descriptor, name = tempfile.mkstemp(dir=_folder(), prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        Path(name).replace(target)
    # Also a time limit of the worker, which comes as any exception.
    finally:
        Path(name).unlink(missing_ok=True)


def _remove_old(needed: set[Path]) -> None:
    before = time.time() - KEEP_SECONDS
    for file in _folder().iterdir():
        if file not in needed and file.stat().st_mtime < before:
            file.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "datafeed"


def _note() -> Path:
    return _folder() / "state.json"


def _whole(tag: str) -> Path:
    return _folder() / f"{tag}.json"
