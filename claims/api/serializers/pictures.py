"""Requests and responses for the pictures of a claim."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    FloatField,
    IntegerField,
    ListField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from claims.choices import Status
from claims.matching.model import Likeness
from claims.matching.pictures import PictureMatch, PictureOnClaim
from factcheck.drf.serializers import Strict
from sources.choices import PictureProblem

ANSWERS = ("same", "different", "open")


class PictureAnswerIn(Strict):
    answer = ChoiceField(ANSWERS, help_text="`open` takes back what was said on this claim before.")


class PictureDetailsOut(Serializer[Any]):
    """What the file says of its making. It may be forged, wrong or missing, and is
    never given to readers.
    """

    taken_at = CharField(default="", help_text="As the camera wrote it, by its own clock.")
    offset = CharField(default="", help_text="Of that clock from UTC.")
    changed_at = CharField(default="")
    latitude = FloatField(default=None, allow_null=True)
    longitude = FloatField(default=None, allow_null=True)
    make = CharField(default="")
    model = CharField(default="")
    lens = CharField(default="")
    software = CharField(default="")
    artist = CharField(default="")
    copyright = CharField(default="")
    description = CharField(default="")


class PictureDecisionOut(Serializer[Any]):
    same = BooleanField()
    claim = UUIDField(source="claim.public_id", help_text="On which somebody said so.")
    by = CharField(source="by.username")
    at = DateTimeField()


class PictureMatchOut(Serializer[Any]):
    """Another claim with the picture, or with one like it."""

    claim = UUIDField(source="claim.public_id")
    status = ChoiceField(Status.choices, source="claim.status")
    text = CharField(source="claim.text")
    evidence = UUIDField(source="evidence.public_id")
    picture = UUIDField(source="picture.public_id")
    same_file = BooleanField()
    likeness = SerializerMethodField()
    mirrored = BooleanField()
    distance = IntegerField(help_text="In how many of 64 bits the nearest views differ.")
    decision = PictureDecisionOut(
        allow_null=True, help_text="The newest on this desk that the caller may see."
    )

    @extend_schema_field(ChoiceField([Likeness.SAME.value, Likeness.SIMILAR.value]))
    def get_likeness(self, match: PictureMatch) -> str:
        return match.likeness.value


class PictureOut(Serializer[Any]):
    id = UUIDField(source="picture.public_id")
    sha256 = CharField(source="picture.sha256")
    problem = ChoiceField(
        PictureProblem.choices,
        source="picture.problem",
        allow_blank=True,
        help_text="Why it is not compared; empty where it was read.",
    )
    format = CharField(source="picture.format")
    width = IntegerField(source="picture.width")
    height = IntegerField(source="picture.height")
    frames = IntegerField(source="picture.frames")
    evidence = SerializerMethodField(help_text="Of this claim.")
    details = PictureDetailsOut(source="picture.details")
    matches = PictureMatchOut(many=True)

    @extend_schema_field(ListField(child=UUIDField()))
    def get_evidence(self, shown: PictureOnClaim) -> list[str]:
        return [str(item.public_id) for item in shown.evidence]


class ClaimPicturesOut(Serializer[Any]):
    claim = UUIDField()
    pictures = PictureOut(many=True)
