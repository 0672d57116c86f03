"""What the API takes and shows of files and notes."""

from typing import Any

from rest_framework import serializers

from claims.api.serializers.evidence import ItemIn
from claims.choices import Channel
from factcheck.drf.serializers import Text
from sources.filestore import LARGEST_FILE

LARGEST_MB = LARGEST_FILE // 2**20


class FileIn(ItemIn):
    file = serializers.FileField(
        help_text=f"PDF, plain text, HTML, PNG or JPEG, up to {LARGEST_MB} MB; known by its"
        " content."
    )
    publisher = Text(
        max_length=200,
        help_text="Whose document it is: a domain, or a name. It counts as a source of theirs.",
    )
    origin = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=200,
        help_text="Whose report it is, if another's.",
    )
    title = Text(required=False, default="", allow_blank=True, max_length=500)
    transcript = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=100_000,
        help_text="The words of a picture or a scan.",
    )


class NoteIn(ItemIn):
    """Signed by the owner of the token, who held the conversation; it cannot be
    changed afterwards.
    """

    person = Text(max_length=200, help_text="With whom, as readers are told.")
    role = Text(required=False, default="", allow_blank=True, max_length=200)
    speaks_for = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=200,
        help_text="Whose voice it counts as; the person's own, if left out.",
    )
    channel = serializers.ChoiceField(Channel.choices)
    held_at = serializers.DateTimeField()
    text = Text(max_length=20_000)
    confidential = serializers.BooleanField(required=False, default=False)
    real_name = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=200,
        help_text="Of a confidential source; answered by identity/ alone.",
    )
    contact = Text(required=False, default="", allow_blank=True, max_length=300)


class IdentityOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    contact = serializers.CharField()
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()
