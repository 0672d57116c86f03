"""The verdict on the workbench: its words, as they are written and as they were."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest

from claims.admin.workbench.forms import Day, Part, TextAreaField, with_version
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.choices import QuoteAccuracy
from claims.models import Claim, Rating, Verdict
from claims.models.verdict import SHORT_ANSWER_LIMIT
from claims.rules.content import working_verdict
from claims.verdicts import validity, writing
from claims.verdicts.validity import Dates
from claims.verdicts.writing import VerdictDetails
from claims.workflow.editable import check_open
from factcheck.newsroom.admin_base import person


class VerdictForm(Part):
    part = place = "verdict"
    compares = True

    quote_accuracy = forms.ChoiceField(
        label="Did they say it?",
        required=False,
        choices=QuoteAccuracy.choices,
        widget=forms.RadioSelect,
        help_text="Apart from whether it is so, which the rating answers.",
    )
    rating = forms.ModelChoiceField(
        Rating.objects.none(), required=False, widget=forms.RadioSelect, empty_label=None
    )
    short_answer = TextAreaField(
        label="Short answer",
        required=False,
        max_length=SHORT_ANSWER_LIMIT,
        rows=3,
        help_text=f"Up to {SHORT_ANSWER_LIMIT} characters: what a reader takes away.",
    )
    explanation = TextAreaField(
        label="Explanation",
        required=False,
        max_length=50_000,
        rows=12,
        help_text="Markdown: a blank line between paragraphs, **bold**, [words](address).",
    )
    sole_source = forms.BooleanField(
        label="It stands on one authoritative source",
        required=False,
        help_text=(
            "Such as the statistics office on its own figure. Both signers say so, and the page"
            " prints it."
        ),
    )
    as_of_date = Day(
        label="True as of",
        help_text="The day the finding speaks of; empty for none. Readers are told.",
    )
    recheck_date = Day(
        label="Look at it again by", help_text="Empty for no such day. Readers are told."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, verdict: Verdict | None, proposed: date | None = None
    ) -> None:
        kept = verdict or Verdict(version=0, recheck_date=proposed)
        names = (
            "quote_accuracy",
            "short_answer",
            "explanation",
            "sole_source",
            "as_of_date",
            "recheck_date",
        )
        words: dict[str, Any] = {
            "rating": kept.rating_id,
            **{name: getattr(kept, name) for name in names},
        }
        super().__init__(data, initial={**words, "version": kept.version})
        offered = Q(scale__in_use=True) | Q(
            pk=kept.rating_id
        )  # a scale may go out of use under a verdict in work
        ratings = (
            Rating.objects.filter(offered)
            .select_related("scale")
            .order_by("scale__name", "position")
        )
        self.fields["rating"].queryset = ratings  # type: ignore[attr-defined]

    def details(self) -> VerdictDetails:
        said = self.cleaned_data
        names = ("rating", "short_answer", "explanation", "sole_source", "quote_accuracy")
        dates = Dates(as_of_date=said["as_of_date"], recheck_date=said["recheck_date"])
        return VerdictDetails(**{name: said[name] for name in names}, dates=dates)

    def renewed(self, claim: Claim) -> "VerdictForm":
        now = working_verdict(claim)
        return VerdictForm(with_version(self.data, now.version if now else 0), verdict=now)


def context(state: PageState) -> Context:
    claim, verdict = state.claim, state.paper.verdict
    proposed = validity.proposed(claim.desk)
    return {
        "paper": state.paper,
        "correction": claim.verdicts.all().open_corrections().first(),
        "forms": {"verdict": VerdictForm(verdict=verdict, proposed=proposed)},
        "revisions": (
            verdict.revisions.select_related("by", "rating").order_by("-number") if verdict else []
        ),
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
        return f"The verdict was saved as revision {saved.version}."

    return respond(
        request, claim, form, write, check=lambda: check_open(claim, by, "verdict.write")
    )


PANEL = Panel(
    context,
    (Route("verdict/", save, "verdict"),),
    edits=("verdict", "verdict.write"),
)
