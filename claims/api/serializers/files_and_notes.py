"""Requests and responses for uploaded files and interview notes."""

from rest_framework.serializers import BooleanField, ChoiceField, FileField

from claims.api.serializers.evidence import ItemIn
from claims.choices import Channel
from factcheck.drf.serializers import Moment, Text
from sources.filestore import LARGEST_FILE

LARGEST_MB = LARGEST_FILE // 2**20


class FileIn(ItemIn):
    file = FileField(
        help_text=f"PDF, plain text, HTML, PNG or JPEG, up to {LARGEST_MB} MB; recognised"
        " by content, not by name."
    )
    publisher = Text(
        max_length=200,
        help_text="Whose document it is: a domain or a name. It counts as a source of theirs.",
    )
    origin = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=200,
        help_text="The original source, if it is another.",
    )
    title = Text(required=False, default="", allow_blank=True, max_length=500)
    transcript = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=100_000,
        help_text="What a picture or a scan says, typed out.",
    )


class NoteIn(ItemIn):
    """Signed by the owner of the token, who held the interview; it cannot be changed
    afterwards.
    """

    person = Text(max_length=200, help_text="Who was interviewed, as readers see it.")
    role = Text(required=False, default="", allow_blank=True, max_length=200)
    speaks_for = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=200,
        help_text="Whom the person speaks for; defaults to the person.",
    )
    channel = ChoiceField(Channel.choices)
    held_at = Moment()
    text = Text(max_length=20_000)
    confidential = BooleanField(required=False, default=False)
    real_name = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=200,
        help_text="Of a confidential source; returned by identity/read/ only.",
    )
    contact = Text(required=False, default="", allow_blank=True, max_length=300)
    two_people = BooleanField(
        required=False,
        default=False,
        help_text="A second person confirms each reading of the real name. Cannot be undone.",
    )
