"""What people type to attach a file or a note of a conversation, and to word an item of evidence
anew.
"""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from claims.admin.workbench.forms import ItemFields, Prose
from claims.choices import Channel
from claims.evidence.attaching import EvidenceWords
from claims.evidence.files import SentFile
from claims.evidence.interviews import Note
from claims.models import Evidence
from claims.models.evidence import WORDS
from factcheck.newsroom.models import Desk
from sources.filestore import LARGEST_FILE
from sources.models import Publisher

TOO_LARGE = (
    f"The file has more than {LARGEST_FILE // 2**20} MB. Send the pages that matter, or a smaller"
    " copy."
)


def _source(label: str, help_text: str, *, required: bool = False) -> forms.CharField:
    """A publisher, picked from the list or named anew."""
    widget = forms.TextInput(attrs={"list": "publishers", "autocomplete": "off"})
    return forms.CharField(
        label=label, required=required, max_length=200, widget=widget, help_text=help_text
    )


def _hidden_name(label: str, help_text: str, length: int) -> forms.CharField:
    """No browser keeps what is typed here."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(
        label=label, required=False, max_length=length, widget=widget, help_text=help_text
    )


class FileForm(ItemFields):
    part = "file"

    publisher = _source(
        "Whose document it is",
        "A name or a domain. It counts as a source of theirs.",
        required=True,
    )
    origin = _source("Whose report it is", "Where that is somebody else, such as an agency.")
    title = forms.CharField(
        label="Title",
        required=False,
        max_length=500,
        help_text="As readers are told. Empty for the file's own.",
    )
    transcript = Prose(
        label="What it says or shows",
        required=False,
        max_length=100_000,
        rows=3,
        help_text="Only for a picture or a scan: its words, typed. Quotes are looked up in them.",
    )
    file = forms.FileField(
        label="File",
        help_text=(
            "PDF, plain text, HTML, PNG or JPEG, up to 20 MB. Choose it again if something else was"
            " refused."
        ),
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Choose another one.",
        },
    )
    field_order = (
        *WORDS,
        "publisher",
        "origin",
        "title",
        "transcript",
        "file",
    )

    def __init__(self, data: Any = None, files: Any = None, *, too_large: bool = False) -> None:
        super().__init__(data)
        self.files = files or MultiValueDict()
        if too_large:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def sent(self) -> SentFile:
        said = self.cleaned_data
        names = ("publisher", "origin", "title", "transcript")
        return SentFile(
            content=said["file"].read(),
            name=said["file"].name,
            **{name: said[name] for name in names},
        )


class NoteForm(ItemFields):
    part = "note"

    person = forms.CharField(
        label="With whom",
        max_length=200,
        help_text="As readers are told: a name, or “a person in the ministry known to the desk”.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.CharField(label="Office or organisation", required=False, max_length=200)
    speaks_for = _source("Speaks for", "Whose voice it counts as. Empty for the person's own.")
    channel = forms.ChoiceField(label="How", choices=Channel.choices)
    held_at = forms.DateTimeField(
        label="When",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    text = Prose(
        label="What was said",
        max_length=20_000,
        rows=6,
        help_text="You sign this with your name, and it cannot be changed afterwards.",
    )
    confidential = forms.BooleanField(
        label="Confidential: readers and colleagues do not learn who it was", required=False
    )
    real_name = _hidden_name(
        "Who it really was",
        "Only you and the editors of the desk read it. It is in no export, list or history.",
        200,
    )
    contact = _hidden_name("How to reach them", "Kept with the name.", 300)
    field_order = (
        "person",
        "role",
        "speaks_for",
        "channel",
        "held_at",
        "text",
        "confidential",
        "real_name",
        "contact",
        *WORDS,
    )

    def note(self, desk: Desk) -> Note:
        """A person types the time of the desk."""
        said = {
            name: self.cleaned_data[name]
            for name in self.fields
            if name not in ItemFields.base_fields
        }
        said["held_at"] = timezone.make_aware(
            timezone.make_naive(said["held_at"]), ZoneInfo(desk.time_zone)
        )
        return Note(**said)


class AmendForm(ItemFields):
    part = "amend"

    origin = _source("Whose report it is", "Empty where the publisher reports on its own account.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, item: Evidence, *, quote: str = "") -> "AmendForm":
        """With another quote in its place where one is given: what the page says."""
        other = str(item.origin) if item.origin_id != item.link.publisher_id else ""
        return cls(
            initial={
                **item.words,
                "version": item.version,
                "origin": other,
                **({"quote": quote} if quote else {}),
            }
        )

    def words(self, origin: Publisher | None) -> EvidenceWords:
        return EvidenceWords(**{name: self.cleaned_data[name] for name in WORDS}, origin=origin)
