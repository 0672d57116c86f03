"""The verdict on the workbench: its form, and its earlier revisions."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import DayField, Part, TextAreaField, with_version
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.choices import Authenticity, MediaKind, QuoteAccuracy
from claims.models import Claim, Rating, Verdict
from claims.models.recording import MEDIA, MEDIA_CONTEXT_LIMIT
from claims.models.verdict import SHORT_ANSWER_LIMIT
from claims.rules.content import working_verdict
from claims.verdicts import validity, writing
from claims.verdicts.validity import Dates
from claims.verdicts.writing import VerdictDetails
from claims.workflow.editable import check_open
from factcheck.newsroom.admin_base import person


class VerdictForm(Part):
    part = section = "verdict"
    compares = True

    # Nothing is required: a verdict is saved while it is being written, and checked
    # when signed.
    quote_accuracy = forms.ChoiceField(
        label=gettext_lazy("Quote accuracy"),
        required=False,
        choices=QuoteAccuracy.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Whether the claimant said it. The rating says whether it is true."),
    )
    # Radio buttons, because the definition of each rating is shown beside it.
    rating = forms.ModelChoiceField(
        Rating.objects.none(), required=False, widget=forms.RadioSelect, empty_label=None
    )
    short_answer = TextAreaField(
        label=gettext_lazy("Short answer"),
        required=False,
        max_length=SHORT_ANSWER_LIMIT,
        rows=3,
        help_text=gettext_lazy("Up to %(limit)d characters. The conclusion for readers.")
        % {"limit": SHORT_ANSWER_LIMIT},
    )
    explanation = TextAreaField(
        label=gettext_lazy("Explanation"),
        required=False,
        max_length=50_000,
        rows=12,
        help_text=gettext_lazy("Markdown: a blank line between paragraphs, **bold**, [text](URL)."),
    )
    sole_source = forms.BooleanField(
        label=gettext_lazy("Single authoritative source"),
        required=False,
        help_text=gettext_lazy(
            "For example the statistics office on its own figure. Both signers confirm"
            " it; shown to readers."
        ),
    )
    media_kind = forms.ChoiceField(
        label=gettext_lazy("Media"),
        required=False,
        choices=[("", gettext_lazy("No recording")), *MediaKind.choices],
        help_text=gettext_lazy("What the claim is about."),
    )
    authenticity = forms.ChoiceField(
        label=gettext_lazy("Authenticity"),
        required=False,
        choices=[("", gettext_lazy("Not stated")), *Authenticity.choices],
        help_text=gettext_lazy("As it was published with the claim."),
    )
    media_context = TextAreaField(
        label=gettext_lazy("What it shows"),
        required=False,
        max_length=MEDIA_CONTEXT_LIMIT,
        rows=2,
        help_text=gettext_lazy("When, where and by whom it was made. Optional; shown to readers."),
    )
    media_original = forms.CharField(
        label=gettext_lazy("Original (URL)"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("The unaltered recording. Optional; shown to readers."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    as_of_date = DayField(
        label=gettext_lazy("As of"),
        help_text=gettext_lazy("Date the finding refers to. Optional; shown to readers."),
    )
    recheck_date = DayField(
        label=gettext_lazy("Recheck by"), help_text=gettext_lazy("Optional; shown to readers.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, verdict: Verdict | None, proposed: date | None = None
    ) -> None:
        current = verdict or Verdict(version=0, recheck_date=proposed)
        names = (
            "quote_accuracy",
            "short_answer",
            "explanation",
            "sole_source",
            "as_of_date",
            "recheck_date",
            *MEDIA,
        )
        values: dict[str, Any] = {
            "rating": current.rating_id,
            **{name: getattr(current, name) for name in names},
        }
        super().__init__(data, initial={**values, "version": current.version})
        # A scale may go out of use while a verdict with one of its ratings is being
        # written.
        offered = Q(scale__in_use=True) | Q(pk=current.rating_id)
        ratings = (
            Rating.objects.filter(offered)
            .select_related("scale")
            .order_by("scale__name", "position")
        )
        self.fields["rating"].queryset = ratings  # type: ignore[attr-defined]

    def details(self) -> VerdictDetails:
        cleaned = self.cleaned_data
        names = ("rating", "short_answer", "explanation", "sole_source", "quote_accuracy", *MEDIA)
        dates = Dates(as_of_date=cleaned["as_of_date"], recheck_date=cleaned["recheck_date"])
        return VerdictDetails(**{name: cleaned[name] for name in names}, dates=dates)

    def renewed(self, claim: Claim) -> "VerdictForm":
        # The version of the verdict, not of the claim: others may work on the rest
        # meanwhile.
        working = working_verdict(claim)
        return VerdictForm(
            with_version(self.data, working.version if working else 0), verdict=working
        )


def context(state: PageState) -> Context:
    verdict, working = state.verdict_panel.verdict, state.draft[0]
    proposed = validity.proposed(state.claim.desk)
    return {
        "verdict_panel": state.verdict_panel,
        "correction": working if working and working.corrects_id else None,
        "forms": {"verdict": VerdictForm(verdict=verdict, proposed=proposed)},
        "revisions": state.revisions,
    }


def save(request: HttpRequest, claim: Claim) -> Answer:
    by = person(request)
    form = VerdictForm(request.POST, verdict=working_verdict(claim))

    def write() -> str:
        saved = writing.write_verdict(
            claim,
            by=by,
            details=form.details(),
            expected_version=form.cleaned_data["version"],
        )
        return _("Verdict saved as revision %(version)s.") % {"version": saved.version}

    return respond(
        request, claim, form, write, check=lambda: check_open(claim, by, "verdict.write")
    )


PANEL = Panel(
    context,
    (Route("verdict/", save, "verdict"),),
    edits=("verdict", "verdict.write"),
)
