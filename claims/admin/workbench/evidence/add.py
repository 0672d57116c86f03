"""Evidence added on the workbench: a page on the web, a file, or a note of a conversation."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from claims.admin.workbench.forms import Part, TextAreaField, reads_shared_tables
from claims.admin.workbench.panel import Answer
from claims.admin.workbench.respond import address, respond
from claims.choices import Channel, Stance
from claims.evidence.attaching import EvidenceDetails, attach
from claims.evidence.files import FileUpload, attach_file
from claims.evidence.interviews import Note, attach_note
from claims.models import Claim, Evidence
from claims.models.evidence import WORDS
from claims.workflow.editable import check_open
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import Desk, User
from sources.filestore import LARGEST_FILE, Bounded
from sources.models import Publisher

TOO_LARGE = (
    f"The file has more than {LARGEST_FILE // 2**20} MB. Send the pages that matter, or a smaller"
    " copy."
)


def source_field(label: str, help_text: str, *, required: bool = False) -> forms.CharField:
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


def publishers_for(by: User) -> QuerySet[Publisher]:
    """All of them; or, for those who see assigned work alone, the ones their own evidence comes
    from.
    """
    own = Evidence.objects.visible_to(by).order_by().values("link__publisher")
    return (
        Publisher.objects.visible_to(by)
        if reads_shared_tables(by)
        else Publisher.objects.filter(pk__in=own)
    )


class ItemFields(Part):
    place = "evidence"

    stance = forms.ChoiceField(
        label="This source", choices=Stance.choices, widget=forms.RadioSelect
    )
    quote = TextAreaField(
        label="Quote",
        required=False,
        max_length=5000,
        rows=3,
        help_text="The passage, word for word. It is looked up in the text.",
    )
    finding = TextAreaField(
        label="Finding",
        required=False,
        max_length=5000,
        rows=3,
        help_text="What it shows, in our words. A quote or a finding is enough.",
    )
    locator = forms.CharField(
        label="Where in it", required=False, max_length=200, help_text="Page, table, minute."
    )

    def item(self) -> EvidenceDetails:
        return EvidenceDetails(**{name: self.cleaned_data[name] for name in WORDS})


class EvidenceForm(ItemFields):
    part = "source"

    url = forms.CharField(
        label="Address", max_length=2000, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    origin = forms.ModelChoiceField(
        Publisher.objects.none(),
        label="Whose report it is",
        required=False,
        empty_label="the publisher itself",
        help_text="A reprint counts as a report of its agency.",
    )
    field_order = ("url", *WORDS, "origin")

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        quote = self.fields["quote"]
        quote.help_text = "The passage, word for word. It is looked up in the captured page."
        self.fields["origin"].queryset = publishers_for(by)  # type: ignore[attr-defined]

    def details(self) -> EvidenceDetails:
        return EvidenceDetails(**self.cleaned_data)


class FileForm(ItemFields):
    part = "file"

    publisher = source_field(
        "Whose document it is",
        "A name or a domain. It counts as a source of theirs.",
        required=True,
    )
    origin = source_field("Whose report it is", "Where that is somebody else, such as an agency.")
    title = forms.CharField(
        label="Title",
        required=False,
        max_length=500,
        help_text="As readers are told. Empty for the file's own.",
    )
    transcript = TextAreaField(
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

    def sent(self) -> FileUpload:
        said = self.cleaned_data
        names = ("publisher", "origin", "title", "transcript")
        return FileUpload(
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
    speaks_for = source_field("Speaks for", "Whose voice it counts as. Empty for the person's own.")
    channel = forms.ChoiceField(label="How", choices=Channel.choices)
    held_at = forms.DateTimeField(
        label="When",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    text = TextAreaField(
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


def add_link(request: HttpRequest, claim: Claim) -> Answer:
    by = person(request)
    form = EvidenceForm(request.POST, by=by)

    def save() -> str:
        item = attach(claim, by=by, details=form.details())
        return f"Evidence {item.number} is attached."

    return respond(
        request, claim, form, save, check=lambda: check_open(claim, by, "evidence.attach")
    )


def add_file(request: HttpRequest, claim: Claim) -> Answer:
    form = FileForm(request.POST, request.FILES, too_large=getattr(request, Bounded.flag, False))
    return _attach(
        request,
        claim,
        form,
        lambda: attach_file(claim, by=person(request), sent=form.sent(), item=form.item()),
    )


def add_note(request: HttpRequest, claim: Claim) -> Answer:
    form = NoteForm(request.POST)
    return _attach(
        request,
        claim,
        form,
        lambda: attach_note(
            claim, by=person(request), note=form.note(claim.desk), item=form.item()
        ),
    )


def _attach(
    request: HttpRequest, claim: Claim, form: Part, attach_item: Callable[[], Evidence]
) -> Answer:
    """No transaction round it: reading a document takes seconds, and meanwhile nobody must wait for
    a lock.
    """

    def save() -> HttpResponseRedirect:
        item = attach_item()
        messages.success(request, f"Evidence {item.number} is attached.")
        return HttpResponseRedirect(address(claim, f"evidence-{item.number}"))

    return respond(
        request,
        claim,
        form,
        save,
        check=lambda: check_open(claim, person(request), "evidence.attach"),
        atomic=False,
    )
