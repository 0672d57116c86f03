"""Pictures as rows: what was read of each, once, and which others it
resembles.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from django.db import transaction
from django.db.models import Q

from factcheck.ledger import clock, named_lock
from sources.choices import PictureView
from sources.filestore import file_store
from sources.models import Picture, PictureHash, SimilarPictures
from sources.pictures import PictureReading

# Bits of 64 in which the nearest views differ at most: a copy of the same picture, and
# one that may be. All within the second are found; see _near.
SAME, SIMILAR = 6, 8
MOST_SIMILAR = 50
_PARTS = {"high": 22, "middle": 21, "low": 21}


def keep_picture(sha256: str, reading: PictureReading) -> Picture:
    """The row of these bytes, which may be there already. Raises
    StorageError.

    Call it before any lock is taken: pictures are stored one at a time,
    or two copies that come in at the same moment would not see each
    other.
    """
    known = Picture.objects.filter(sha256=sha256).first()
    if known:
        return known
    preview = file_store().keep(reading.preview) if reading.preview else ""
    with transaction.atomic():
        named_lock.take("sources.pictures")
        picture, new = Picture.objects.get_or_create(
            sha256=sha256,
            defaults={
                "problem": reading.problem,
                "format": reading.format,
                "width": reading.width,
                "height": reading.height,
                "frames": reading.frames,
                "details": reading.details,
                "preview_sha256": preview,
                "read_at": clock.now(),
            },
        )
        if new:
            _store_similar(picture, reading)
            PictureHash.objects.bulk_create(
                PictureHash(picture=picture, view=PictureView(view), **parts_of(bits))
                for view, bits in reading.views.items()
            )
    return picture


def parts_of(bits: int) -> dict[str, int]:
    parts = {}
    for name, width in reversed(_PARTS.items()):
        parts[name] = bits & ((1 << width) - 1)
        bits >>= width
    return parts


def similar_to(pictures: Iterable[Picture]) -> dict[int, list[SimilarPictures]]:
    """By picture, its pairs with others, the nearest first."""
    found: dict[int, list[SimilarPictures]] = {picture.pk: [] for picture in pictures}
    pairs = SimilarPictures.objects.filter(
        Q(first__among=list(found)) | Q(second__among=list(found))
    )
    for pair in pairs.order_by("distance", "pk"):
        for one in {pair.first_id, pair.second_id} & found.keys():
            found[one].append(pair)
    return found


def _store_similar(picture: Picture, reading: PictureReading) -> None:
    plain, turned = list(reading.views.values()), reading.mirrored
    near = _near(plain, mirrored=False)
    if turned is not None:
        for other, distance in _near([turned], mirrored=True).items():
            near[other] = min(distance, near.get(other, distance))
    nearest = sorted(near.items(), key=lambda one: (one[1], one[0]))[:MOST_SIMILAR]
    SimilarPictures.objects.bulk_create(
        SimilarPictures(first_id=other, second=picture, distance=distance, mirrored=mirrored)
        for other, (distance, mirrored) in nearest
    )


def _near(asked: list[int], *, mirrored: bool) -> dict[int, tuple[int, bool]]:
    """By picture, in how many bits its nearest view differs from one of
    those asked for, up to SIMILAR.

    Eight bits that differ are spread over three parts: one of them
    differs in two at most. So whatever shares no part with any number
    two bits away is further than that.
    """
    wanted = {
        f"{name}__among": sorted(
            {one for bits in asked for one in _around(parts_of(bits)[name], n)}
        )
        for name, n in _PARTS.items()
    }
    any_part = Q(*wanted.items(), _connector=Q.OR)
    near: dict[int, tuple[int, bool]] = {}
    for picture, *parts in PictureHash.objects.filter(any_part).values_list("picture", *_PARTS):
        bits = 0
        for part, width in zip(parts, _PARTS.values(), strict=True):
            bits = bits << width | part
        distance = min((bits ^ one).bit_count() for one in asked)
        if distance <= SIMILAR:
            near[picture] = min((distance, mirrored), near.get(picture, (distance, mirrored)))
    return near


def _around(part: int, width: int) -> Iterator[int]:
    """All numbers two bits away at most."""
    single = [1 << place for place in range(width)]
    yield part
    yield from (part ^ one for one in single)
    yield from (part ^ one ^ other for one, other in combinations(single, 2))
