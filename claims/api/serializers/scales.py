"""Requests and responses for rating scales and their ratings."""

from typing import Any

from rest_framework.serializers import (
    BooleanField,
    CharField,
    IntegerField,
    RegexField,
    Serializer,
    UUIDField,
)

from factcheck.drf.serializers import Strict, Text

LARGEST = 32_767
COLOUR = r"^#[0-9a-f]{6}$"


class ScaleIn(Strict):
    name = Text(max_length=100)


class ScalePatch(Strict):
    name = Text(required=False, max_length=100)
    in_use = BooleanField(required=False, help_text="Whether it is offered for new verdicts.")


class RatingPatch(Strict):
    name = Text(required=False, max_length=60)
    definition = Text(required=False, max_length=300)
    colour = RegexField(COLOUR, required=False, help_text="As #rrggbb, in lowercase.")
    position = IntegerField(required=False, min_value=0, max_value=LARGEST)
    value = IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=LARGEST,
        help_text="Its place on the scale; null for one without, such as “unproven”.",
    )
    needs_reply = BooleanField(
        required=False, help_text="A named claimant must be asked before this rating is signed."
    )


class RatingIn(RatingPatch):
    name = Text(max_length=60)
    definition = Text(max_length=300)
    colour = RegexField(COLOUR, help_text="As #rrggbb, in lowercase.")
    position = IntegerField(min_value=0, max_value=LARGEST)


class FullRatingOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    name = CharField()
    definition = CharField()
    colour = CharField()
    position = IntegerField()
    value = IntegerField(allow_null=True)
    needs_reply = BooleanField()


class FullScaleOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    name = CharField()
    version = IntegerField()
    in_use = BooleanField(help_text="Whether it is offered for new verdicts.")
    ratings = FullRatingOut(many=True)
