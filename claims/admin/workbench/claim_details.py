"""The claim itself on the workbench: its text and claimant, its place
in the article, its topic.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.evidence.items import web
from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.extraction.reader_wording import LONGEST
from claims.extraction.sentences import spans
from claims.intake import topics
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim, Topic
from claims.workflow.editable import check_open
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may
from factcheck.newsroom.widgets import DayInput, ListInput, LocalTimeInput
from sources.admin.refusals import in_words
from sources.canonical_urls import UrlError, canonical_url
from sources.claimants import claimant_labelled
from sources.models import Claimant

# The list is sent with every view of the page; beyond it a name is typed in full.
# Characters searched for the sentence on each side; an article may be a whole book.
REACH = 2_000


class ClaimFields(Part):
    text = TextAreaField(label=gettext_lazy("Claim"), max_length=2000, rows=3)
    wording = forms.CharField(
        label=gettext_lazy("Wording for readers"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "The claim without who made it: title and address of the page, best under 75"
            " characters. Leave empty for the claim as it is."
        ),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    claimant = forms.CharField(
        label=gettext_lazy("Claimant"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Choose from the list or enter a new name."),
        widget=ListInput("claimants"),
    )
    stated_date = forms.DateField(
        label=gettext_lazy("Date of claim"),
        required=False,
        widget=DayInput(),
    )
    appearance_url = forms.CharField(
        label=gettext_lazy("Where it appeared (URL)"),
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    due_at = forms.DateTimeField(
        label=gettext_lazy("Deadline"),
        required=False,
        widget=LocalTimeInput(),
    )

    def clean_appearance_url(self) -> str:
        url: str = self.cleaned_data["appearance_url"]
        try:
            # Only checked: the address is stored and shown as it was typed.
            if url:
                canonical_url(url)
        except UrlError as error:
            raise ValidationError(in_words(error)) from error
        return url

    def claimant_row(
        self,
        desk: Desk,
        by: User,
        now: Claimant | None = None,
    ) -> Claimant | None:
        """The claimant with this label, created if new: call it inside
        the transaction of the change, so that a refused change creates
        nobody.

        `now` is whom the claim names: it stays while the label does,
        although a newer version may have other words.
        """
        label = " ".join(self.cleaned_data["claimant"].split())
        if not label:
            return None
        if now and label == now.label:
            return now
        return claimant_labelled(label, desk=desk, by=by)

    def due_on(self, desk: Desk) -> datetime | None:
        return self.at_desk(self.cleaned_data["due_at"], desk)

    @staticmethod
    def at_desk(typed: datetime | None, desk: Desk) -> datetime | None:
        """The time on the desk's clock. Django has read what was typed
        in the time zone of the request; the digits are taken from that
        and read again in the desk's.
        """
        return (
            timezone.make_aware(timezone.make_naive(typed), ZoneInfo(desk.time_zone))
            if typed
            else None
        )


class ClaimForm(ClaimFields):
    part = "words"
    section = "claim"
    compares = True

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, claim: Claim) -> "ClaimForm":
        zone = ZoneInfo(claim.desk.time_zone)
        return cls(
            initial={
                "text": claim.text,
                "wording": claim.wording,
                "claimant": claim.claimant.label if claim.claimant else "",
                "stated_date": claim.stated_date,
                "appearance_url": claim.appearance_url,
                # On the desk's clock, as at_desk reads it back.
                "due_at": timezone.make_naive(claim.due_at, zone) if claim.due_at else None,
                "version": claim.version,
            }
        )

    def claim_edit(self, claim: Claim, by: User) -> ClaimEdit:
        cleaned, desk = self.cleaned_data, claim.desk
        return ClaimEdit(
            text=cleaned["text"],
            claimant=self.claimant_row(desk, by, claim.claimant),
            stated_date=cleaned["stated_date"],
            appearance_url=cleaned["appearance_url"],
            due_at=self.due_on(desk),
            wording=cleaned["wording"],
        )


class VersionForm(Part):
    part = "claimant"
    place = "claim"

    version = forms.IntegerField(widget=forms.HiddenInput)


class TopicChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Labelled with its desk: a person may work on several desks that
    have their own topics.
    """

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.desk})"


class TopicForm(Part):
    part = "topic"
    section = "claim"

    topic = forms.ModelChoiceField(
        Topic.objects.none(),
        label=gettext_lazy("Topic"),
        required=False,
        empty_label=gettext_lazy("No topic"),
    )

    @classmethod
    def of(cls, claim: Claim, data: Any = None) -> "TopicForm":
        form = cls(data, initial={"topic": claim.topic_id})
        form.fields["topic"].queryset = topics_of([claim.desk_id])  # type: ignore[attr-defined]
        return form


def topics_of(desks: Iterable[int]) -> QuerySet[Topic]:
    return Topic.objects.filter(desk__in=desks).select_related("desk").order_by("name", "pk")


def context(state: PageState) -> Context:
    claim, by = state.claim, state.by
    return {
        "forms": {"words": ClaimForm.of(claim)},
        "newer_claimant": _newer(claim),
        "appearance_url": web(claim.appearance_url),
        "article": _article(claim),
        "topic_form": TopicForm.of(claim) if may(by, "claim.topic", claim) else None,
    }


def _newer(claim: Claim) -> Claimant | None:
    """The claimant as the list has it now, where the claim names an older version."""
    now = claim.claimant.current() if claim.claimant else None
    return now if now != claim.claimant else None


def _article(claim: Claim) -> dict[str, Any] | None:
    """The claim in its article: the sentence before it, the one after
    it. None without a suggestion.
    """
    suggestion = claim.suggestion
    if suggestion is None:
        return None
    before, after = _around(suggestion.version.text, suggestion.start, suggestion.end)
    return {
        "row": suggestion.article,
        "url": web(suggestion.article.url or ""),
        "before": before,
        "passage": suggestion.text,
        "after": after,
    }


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The sentence before a span of an article and the one after it;
    empty at the edges of the text.
    """
    return _sentence(text[max(0, start - REACH) : start], -1), _sentence(text[end : end + REACH], 0)


def _sentence(text: str, place: int) -> str:
    """The first (0) or the last (-1) sentence of a text."""
    paragraphs = [line for line in text.splitlines() if line.strip()]
    if not paragraphs:
        return ""
    sentences = spans(paragraphs[place])
    start, end = sentences[place] if sentences else (0, 0)
    return paragraphs[place][start:end]


def save(request: HttpRequest, claim: Claim) -> Answer:
    form, by = ClaimForm(request.POST), person(request)

    def edit() -> str:
        # The order of locks: the claim before the audit head, which creating a claimant
        # takes.
        Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        details = form.claim_edit(claim, by)
        edit_claim(claim, by=by, words=details, expected_version=form.cleaned_data["version"])
        return _("Claim saved.")

    return respond(request, claim, form, edit, check=lambda: check_open(claim, by, "claim.edit"))


def update_claimant(request: HttpRequest, claim: Claim) -> Answer:
    """Name the claimant as the list has it now: a new version of the
    claim, which ends its signatures.
    """
    form, by = VersionForm(request.POST), person(request)

    def update() -> str:
        locked = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        words = ClaimEdit(
            locked.text,
            locked.claimant and locked.claimant.current(),
            locked.stated_date,
            locked.appearance_url,
            locked.due_at,
        )
        edit_claim(claim, by=by, words=words, expected_version=form.cleaned_data["version"])
        return _("Claimant updated.")

    return respond(request, claim, form, update, check=lambda: check_open(claim, by, "claim.edit"))


def save_topic(request: HttpRequest, claim: Claim) -> Answer:
    form = TopicForm.of(claim, request.POST)

    def choose() -> str:
        if not form.is_valid():
            raise ValidationError(_("Choose a topic from the list. Editors can add topics."))
        topics.set_topic(claim, by=person(request), topic=form.cleaned_data["topic"])
        return _("Topic saved.")

    return respond(request, claim, None, choose, section="claim")


PANEL = Panel(
    context,
    (
        Route("details/", save, "details"),
        Route("claimant/", update_claimant, "claimant"),
        Route("topic/", save_topic, "topic"),
    ),
    edits=("words", "claim.edit"),
)
