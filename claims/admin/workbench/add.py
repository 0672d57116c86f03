"""A claim made by hand: a tip, a broadcast, a debate."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims.admin.matches import MatchRow, rows_of
from claims.admin.workbench.claim_details import ClaimFields, TopicChoice, topics_of
from claims.admin.workbench.drafts import drafts_of
from claims.admin.workbench.refusal import Refusal, attempt
from claims.admin.workbench.respond import address, saved
from claims.admin.workbench.tip import TipFields
from claims.choices import Action
from claims.intake.tips import TipDetails, add_tip
from claims.intake.triage import ClaimDetails, create_claim, hold
from claims.matching import lookup
from claims.matching.model import Likeness
from claims.models import Claim, Topic
from claims.workflow import apply
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where
from sources.admin.bookmarklet import SentPage, entry_of

LONGEST_CLAIM = 2000
# Sent with the form once somebody has seen what is known already.
SEEN = "known"
# The button of the form that assigns the claim to its maker.
TAKE = "take"


class NewClaimForm(TipFields, ClaimFields):
    part = "new"

    # No empty choice: most people work on one desk, which is then chosen for them.
    desk = forms.ModelChoiceField(Desk.objects.none(), label=gettext_lazy("Desk"), empty_label=None)
    language = forms.CharField(
        label=gettext_lazy("Language"),
        max_length=16,
        initial=lambda: settings.SITE_LANGUAGE,
        help_text=gettext_lazy("Language code such as en, de or pt-BR."),
    )
    topic = TopicChoice(
        Topic.objects.none(),
        label=gettext_lazy("Topic"),
        required=False,
        empty_label=gettext_lazy("No topic"),
    )
    field_order = (
        "text",
        "wording",
        "claimant",
        "stated_date",
        "appearance_url",
        "due_at",
        "language",
        "desk",
    )

    def __init__(self, data: Any = None, *, by: User, sent: SentPage | None = None) -> None:
        initial = {"text": sent.text, "appearance_url": sent.url} if sent else None
        super().__init__(data, initial=initial)
        # Only desks on which they may create claims; for a forged id the domain checks
        # again.
        desks = Desk.objects.filter(pk__in=desks_where(by, "claim.create"))
        self.fields["text"].widget.attrs["autofocus"] = True
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        self.several_desks = len(desks) > 1
        # Who gives work to others makes claims for them; a checker starts at once.
        self.takes = bool(desks_where(by, "claim.take"))
        self.for_others = bool(desks_where(by, "claim.assign"))
        topic: Any = self.fields["topic"]
        topic.queryset = topics_of(desks.values_list("pk", flat=True))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        desk, topic = cleaned.get("desk"), cleaned.get("topic")
        # Topics of all their desks are offered: the page cannot know which desk will be
        # chosen.
        if desk and topic and topic.desk_id != desk.pk:
            self.add_error("topic", _("Choose a topic of %(desk)s.") % {"desk": desk})
        return cleaned

    @property
    def folded(self) -> list[forms.BoundField]:
        """What most claims are made without, or with what is chosen already."""
        names = ["wording", "stated_date", "due_at", "language", "topic"]
        return [self[name] for name in (names if self.several_desks else [*names, "desk"])]

    @property
    def folded_wrong(self) -> bool:
        return any(field.errors for field in self.folded)

    def tip_details(self) -> TipDetails:
        cleaned = self.cleaned_data
        received_at = self.at_desk(cleaned["tip_received_at"], cleaned["desk"])
        return TipDetails(
            cleaned["tip_name"],
            cleaned["tip_contact"],
            cleaned["tip_message"],
            received_at,
        )

    def details(self, by: User) -> ClaimDetails:
        cleaned = self.cleaned_data
        return ClaimDetails(
            text=cleaned["text"],
            wording=cleaned["wording"],
            claimant=self.claimant_row(cleaned["desk"], by),
            stated_date=cleaned["stated_date"],
            language=cleaned["language"],
            appearance_url=cleaned["appearance_url"],
            due_at=self.due_on(cleaned["desk"]),
            topic=cleaned["topic"],
        )


def add(request: HttpRequest) -> HttpResponse:
    by = person(request)
    sent = SentPage.of(request)
    form = NewClaimForm(request.POST if request.method == "POST" else None, by=by, sent=sent)
    status = 400 if form.is_bound else 200
    same = _same(form, by) if form.is_valid() and SEEN not in request.POST else []
    if same:
        # Nothing is wrong with it: the person decides whether to go on.
        status = 200
    elif form.is_valid():
        with entry_of(sent):
            result = attempt(lambda: _create(form, by, take=TAKE in request.POST))
        if not isinstance(result, Refusal):
            saved(request, None, form)
            claim, is_new = result
            message = (
                _("Claim created. Assign it to yourself or leave it unassigned.")
                if is_new
                else _("You have already created this claim.")
            )
            if TAKE in request.POST:
                messages.success(request, _("Claim created and assigned to you."))
                return HttpResponseRedirect(address(claim, "source"))
            messages.success(request, message)
            return HttpResponseRedirect(address(claim))
        status = result.status
        form.add_error(None, str(result.text))
    context = {
        **admin.site.each_context(request),
        "title": _("Add claim"),
        "opts": Claim._meta,
        "form": form,
        "same": same,
        "sent": sent,
        # A refused form keeps what was typed, and what was sent is newer than a draft.
        "drafts": [] if form.is_bound or sent else drafts_of(None, by),
    }
    return render(request, "admin/claims/claim/add.html", context, status=status)


def _same(form: NewClaimForm, by: User) -> list[MatchRow]:
    """What says the same as the claim that was typed."""
    text, language = form.cleaned_data["text"], form.cleaned_data["language"]
    matches = lookup.for_person(text, language, by=by, desk=form.cleaned_data["desk"])
    return rows_of(match for match in matches if match.likeness == Likeness.SAME)


@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """What is known of a text, for the script."""
    by = person(request)
    desks = Desk.objects.filter(pk__in=desks_where(by, "claim.create"))
    if not desks:
        raise PermissionDenied(_("Your role cannot create claims."))
    text = request.GET.get("text", "").replace("\0", "")[:LONGEST_CLAIM]
    language = request.GET.get("language", "")[:16] or settings.SITE_LANGUAGE
    chosen = request.GET.get("desk", "")
    # As in the form, where the first one is chosen until somebody chooses.
    desk = next((one for one in desks if str(one.pk) == chosen), desks[0])
    rows = rows_of(lookup.for_person(text, language, by=by, desk=desk))
    return render(request, "admin/claims/match/_list.html", {"rows": rows})


def _create(form: NewClaimForm, by: User, *, take: bool) -> tuple[Claim, bool]:
    desk = form.cleaned_data["desk"]
    # The order of locks: the desk before the audit head, which creating a claimant
    # takes.
    hold(desk)
    claim, is_new = create_claim(desk, by=by, details=form.details(by))
    if tip := form.tip_details():
        add_tip(claim, by=by, details=tip)
    if take:
        apply(claim, Action.TAKE, by=by)
    return claim, is_new
