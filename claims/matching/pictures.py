"""Pictures that a claim shares with others: the same file, a copy that
was changed, or one that looks like it. A person says which it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Q, QuerySet

from claims.matching.decisions import locked_to_decide
from claims.matching.model import Likeness
from claims.models import Claim, Evidence, PictureDecision
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from sources.choices import CaptureKind
from sources.models import Picture, SimilarPictures
from sources.stored_pictures import SAME, similar_to
from sources.uploads import PICTURES

MOST_PLACES = 50  # of other claims, the newest


@dataclass(frozen=True, slots=True)
class PictureMatch:
    """Another claim with this picture or one like it. `distance` is in
    bits of 64; `decision` is the newest that this person may see.
    """

    evidence: Evidence
    picture: Picture
    same_file: bool
    distance: int
    mirrored: bool
    decision: PictureDecision | None

    @property
    def claim(self) -> Claim:
        return self.evidence.claim

    @property
    def likeness(self) -> Likeness:
        return Likeness.SAME if self.distance <= SAME else Likeness.SIMILAR


@dataclass(frozen=True, slots=True)
class PictureOnClaim:
    """A picture, the evidence that it is, and where else it stands."""

    picture: Picture
    evidence: list[Evidence]
    matches: list[PictureMatch]


def pictures_of(claim: Claim, evidence: Iterable[Evidence], *, by: User) -> list[PictureOnClaim]:
    """Of these active items of the claim, which this person may read."""
    items: dict[str, list[Evidence]] = {}
    for item in evidence:
        if digest := _digest(item):
            items.setdefault(digest, []).append(item)
    if not items:
        return []
    pictures = list(Picture.objects.filter(sha256__in=items))
    matches = _matches(claim, pictures, by)
    return [
        PictureOnClaim(picture, items[picture.sha256], matches.get(picture.pk, []))
        for picture in pictures
    ]


def on_claim(claim: Claim, *, by: User) -> list[PictureOnClaim]:
    """Of all evidence of the claim that this person may read."""
    items = Evidence.objects.visible_to(by).active().filter(claim=claim)
    return pictures_of(claim, items.select_related("capture", "link").order_by("number"), by=by)


def picture_on(claim: Claim, picture: UUID, *, by: User) -> Picture | None:
    """The one of this id, if it is evidence of the claim that this
    person may read.
    """
    found = Picture.objects.filter(public_id=picture).first()
    return found if found and _standing(by, [found]).filter(claim=claim).exists() else None


def match_on(claim: Claim, picture: UUID, other: UUID, *, by: User) -> PictureMatch:
    """Raises ObjectDoesNotExist where this person is shown no such match."""
    for shown in on_claim(claim, by=by):
        if shown.picture.public_id == picture:
            for match in shown.matches:
                if match.picture.public_id == other and not match.same_file:
                    return match
    raise ObjectDoesNotExist


def decide(claim: Claim, picture: UUID, other: UUID, *, same: bool | None, by: User) -> None:
    """Say that the two pictures are the same, or are not; None takes it
    back. Deciding again as before changes nothing.

    Raises ObjectDoesNotExist where this person is shown no such match.
    """
    match = match_on(claim, picture, other, by=by)
    pair = sorted((match.picture.pk, Picture.objects.get(public_id=picture).pk))
    with transaction.atomic():
        locked = locked_to_decide(claim, by=by)
        rows = PictureDecision.objects.filter(claim=locked, first=pair[0], second=pair[1])
        before = rows.first()
        if (before.same if before else None) == same:
            return
        rows.delete()
        if same is not None:
            rows.create(
                claim=locked,
                first_id=pair[0],
                second_id=pair[1],
                same=same,
                by=by,
                at=clock.now(),
            )
        words = {True: "same", False: "different", None: ""}
        changes = {
            "pictures": ["", f"{picture} {other}"],
            "answer": [words[before.same if before else None], words[same]],
        }
        if same is None:
            log_change("match.picture_undone", locked, by=by, changes=changes)
        else:
            log_change("match.picture", locked, by=by, changes=changes)


def _digest(item: Evidence) -> str:
    """Of the file that the item is, if that is a picture."""
    capture = item.capture
    if capture is None or capture.kind != CaptureKind.UPLOAD:
        return ""
    return capture.body_sha256 if capture.content_type in PICTURES else ""


def _standing(by: User, pictures: Iterable[Picture]) -> QuerySet[Evidence]:
    return (
        Evidence.objects.visible_to(by)
        .active()
        .filter(
            capture__kind=CaptureKind.UPLOAD,
            capture__body_sha256__in=[picture.sha256 for picture in pictures],
        )
    )


def _matches(claim: Claim, pictures: list[Picture], by: User) -> dict[int, list[PictureMatch]]:
    pairs = similar_to(pictures)
    own = {picture.pk: picture for picture in pictures}
    numbers = {number for of in pairs.values() for pair in of for number in _both(pair)}
    known = own | Picture.objects.in_bulk(numbers - own.keys())
    places: dict[str, list[Evidence]] = {}
    standing = _standing(by, known.values()).exclude(claim=claim).order_by("-claim", "number")
    for item in standing.select_related("claim", "capture", "link")[:MOST_PLACES]:
        places.setdefault(_digest(item), []).append(item)
    decisions = _decisions(claim, by, own) if places else {}
    return {
        picture.pk: [
            PictureMatch(
                item,
                known[other],
                other == picture.pk,
                distance,
                mirrored,
                decisions.get(frozenset((picture.pk, other))),
            )
            for other, distance, mirrored in _others(picture, pairs[picture.pk])
            for item in places.get(known[other].sha256, [])
        ]
        for picture in pictures
    }


def _others(picture: Picture, pairs: list[SimilarPictures]) -> Iterator[tuple[int, int, bool]]:
    yield picture.pk, 0, False
    for pair in pairs:
        (other,) = _both(pair) - {picture.pk}
        yield other, pair.distance, pair.mirrored


def _both(pair: SimilarPictures) -> set[int]:
    return {pair.first_id, pair.second_id}


def _decisions(
    claim: Claim, by: User, own: dict[int, Picture]
) -> dict[frozenset[int], PictureDecision]:
    """What was decided on any claim of the desk that this person may
    see; that of this claim first.
    """
    rows = PictureDecision.objects.filter(
        Q(first__among=list(own)) | Q(second__among=list(own)),
        claim__in=Claim.objects.visible_to(by).filter(desk=claim.desk_id),
    ).select_related("by")
    ordered = sorted(rows, key=lambda row: (row.claim_id == claim.pk, row.pk))
    return {frozenset((row.first_id, row.second_id)): row for row in ordered}
