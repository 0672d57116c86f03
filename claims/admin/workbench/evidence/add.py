"""Evidence added on the workbench: a web page, a file, or an interview note."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import Part, TextAreaField
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
from factcheck.newsroom.models import Desk
from factcheck.newsroom.widgets import ListInput, LocalTimeInput
from sources.filestore import LARGEST_FILE, Bounded
from sources.models import Publisher
from sources.publisher_lookup import get_or_create_publishers

TOO_LARGE = gettext_lazy(
    "The file is larger than %(size)d MB. Upload the pages that matter, or a smaller copy."
) % {"size": LARGEST_FILE // 2**20}


def source_field(*, required: bool = False, **options: Any) -> forms.CharField:
    """A publisher, chosen from the list or entered as a new name;
    `options` are label and help.
    """
    widget = ListInput("publishers")
    return forms.CharField(required=required, max_length=200, widget=widget, **options)


def _confidential_field(**options: Any) -> forms.CharField:
    """A field that browsers neither remember nor send to a spelling
    service, and that no draft keeps.
    """
    widget = forms.TextInput(
        attrs={"autocomplete": "off", "spellcheck": "false", "data-private": ""}
    )
    return forms.CharField(required=False, widget=widget, **options)


class ItemFields(Part):
    section = "evidence"

    stance = forms.ChoiceField(
        label=gettext_lazy("Stance"), choices=Stance.choices, widget=forms.RadioSelect
    )
    quote = TextAreaField(
        label=gettext_lazy("Quote"),
        required=False,
        max_length=5000,
        rows=3,
        help_text=gettext_lazy("Exact passage. It is checked against the text."),
    )
    finding = TextAreaField(
        label=gettext_lazy("Finding"),
        required=False,
        max_length=5000,
        rows=3,
        help_text=gettext_lazy(
            "What the source shows, in our words. Give a quote, a finding or both."
        ),
    )
    locator = forms.CharField(
        label=gettext_lazy("Location"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Page, table or minute."),
    )

    def item(self) -> EvidenceDetails:
        return EvidenceDetails(**{name: self.cleaned_data[name] for name in WORDS})


class EvidenceForm(ItemFields):
    part = "source"

    url = forms.CharField(
        label=gettext_lazy("URL"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    origin = source_field(
        label=gettext_lazy("Original source"),
        help_text=gettext_lazy("For a reprint, name the agency."),
    )
    # WORDS are the fields of evidence as the model declares them: a new one appears
    # here by itself.
    field_order = ("url", *WORDS, "origin")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        quote = self.fields["quote"]
        quote.help_text = _("Exact passage. It is checked against the captured page.")

    def details(self, origin: Publisher | None) -> EvidenceDetails:
        return EvidenceDetails(**{**self.cleaned_data, "origin": origin})


class FileForm(ItemFields):
    part = "file"

    publisher = source_field(
        label=gettext_lazy("Publisher"),
        help_text=gettext_lazy("Name or domain."),
        required=True,
    )
    origin = source_field(
        label=gettext_lazy("Original source"),
        help_text=gettext_lazy("If different, such as a news agency."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Shown to readers. Leave empty to use the file's title."),
    )
    transcript = TextAreaField(
        label=gettext_lazy("Transcript"),
        required=False,
        max_length=100_000,
        rows=3,
        help_text=gettext_lazy(
            "For images and scans only. Quotes are checked against it. Begin each page of a PDF"
            " with a line such as “Page 3”."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, plain text, HTML, PNG or JPEG, up to 20 MB. Choose the file again after an error."
        ),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Choose another file."),
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

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        too_large: bool = False,
    ) -> None:
        super().__init__(data)
        self.files = files or MultiValueDict()
        # The parser stopped at the limit and passed no file on, so it looks like none
        # was chosen.
        if too_large:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def upload(self) -> FileUpload:
        cleaned = self.cleaned_data
        names = ("publisher", "origin", "title", "transcript")
        return FileUpload(
            # In memory: the upload handler has stopped anything above the limit.
            content=cleaned["file"].read(),
            name=cleaned["file"].name,
            **{name: cleaned[name] for name in names},
        )


class NoteForm(ItemFields):
    part = "note"

    # Autocomplete would show the names of earlier interviewees to whoever uses this
    # browser.
    person = forms.CharField(
        label=gettext_lazy("Interviewee"),
        max_length=200,
        help_text=gettext_lazy(
            "Shown to readers: a name, or “a person in the ministry known to the desk”."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.CharField(
        label=gettext_lazy("Job title or organisation"), required=False, max_length=200
    )
    speaks_for = source_field(
        label=gettext_lazy("Speaks for"),
        help_text=gettext_lazy("Organisation; leave empty if speaking for themselves."),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=Channel.choices)
    held_at = forms.DateTimeField(
        label=gettext_lazy("Date and time"),
        widget=LocalTimeInput(),
    )
    text = TextAreaField(
        label=gettext_lazy("Notes"),
        max_length=20_000,
        rows=6,
        help_text=gettext_lazy("Signed in your name. It cannot be changed later."),
    )
    confidential = forms.BooleanField(label=gettext_lazy("Confidential source"), required=False)
    real_name = _confidential_field(
        label=gettext_lazy("Real name"),
        help_text=gettext_lazy(
            "Stored encrypted, for you and people whom an editor gives access. Each reading is"
            " recorded."
        ),
        max_length=200,
    )
    contact = _confidential_field(
        label=gettext_lazy("Contact details"),
        help_text=gettext_lazy("Stored with the name."),
        max_length=300,
    )
    two_people = forms.BooleanField(
        label=gettext_lazy("Two people open it together"),
        required=False,
        help_text=gettext_lazy("A second person confirms each reading. Cannot be undone."),
    )
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
        "two_people",
        *WORDS,
    )

    def note(self, desk: Desk) -> Note:
        values = {
            name: self.cleaned_data[name]
            for name in self.fields
            if name not in ItemFields.base_fields
        }
        # On the desk's clock: Django has read what was typed in the time zone of the
        # request.
        values["held_at"] = timezone.make_aware(
            timezone.make_naive(values["held_at"]), ZoneInfo(desk.time_zone)
        )
        return Note(**values)


def add_link(request: HttpRequest, claim: Claim) -> Answer:
    by = person(request)
    form = EvidenceForm(request.POST)
    attached = claim.evidence.filter(withdrawn_at=None).count()
    # Where another source is needed, the form is ready for it.
    section = "source" if attached + 1 < claim.sources_needed else form.section

    def save() -> str:
        # The order of locks: the claim before the audit head, which a new publisher
        # takes.
        Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        origin = get_or_create_publishers(form.cleaned_data["origin"], desk=claim.desk)
        item = attach(claim, by=by, details=form.details(origin.publishers[0]))
        origin.log_changes(by=by)
        return _("Evidence %(number)s attached.") % {"number": item.number}

    return respond(
        request,
        claim,
        form,
        save,
        section=section,
        check=lambda: check_open(claim, by, "evidence.attach"),
    )


def add_file(request: HttpRequest, claim: Claim) -> Answer:
    form = FileForm(request.POST, request.FILES, too_large=getattr(request, Bounded.flag, False))
    return _attach(
        request,
        claim,
        form,
        lambda: attach_file(claim, by=person(request), sent=form.upload(), item=form.item()),
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
        # It may hold the name of a confidential source, and a session is plain text.
        suspend=False,
    )


def _attach(
    request: HttpRequest,
    claim: Claim,
    form: Part,
    attach_item: Callable[[], Evidence],
    *,
    suspend: bool = True,
) -> Answer:
    """Without a transaction: reading a document takes seconds, and
    nobody must wait for a lock all that time.
    """

    def save() -> HttpResponseRedirect:
        item = attach_item()
        messages.success(request, _("Evidence %(number)s attached.") % {"number": item.number})
        return HttpResponseRedirect(address(claim, f"evidence-{item.number}"))

    return respond(
        request,
        claim,
        form,
        save,
        check=lambda: check_open(claim, person(request), "evidence.attach"),
        atomic=False,
        suspend=suspend,
    )
