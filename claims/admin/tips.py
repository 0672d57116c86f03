"""Tips in the admin: the list of what readers sent in, and the page of
one, where it is decided.
"""

from collections.abc import Callable
from typing import Any, Self, cast
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.refusal import Refusal, attempt
from claims.admin.workbench.respond import INCOMPLETE, FormState, address
from claims.choices import TipKind, TipReason, TipState
from claims.desk import merge_targets
from claims.intake import tip_decisions, tip_erasure
from claims.intake.triage import ClaimDetails
from claims.models import Claim, Tip
from claims.models.recheck import REASON_LENGTH
from claims.querysets.tips import TipQuerySet
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.filters import Days, DeskFilter, OfferedFilter, choice_filter
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may

# What the home screen links to.
TO_DECIDE = "mine_to_decide"
_SHOWN = 120


class StateFilter(OfferedFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        mine = (TO_DECIDE, _("waiting, for me to decide"))
        return [*((state.value, str(state.label)) for state in TipState), mine]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == TO_DECIDE:
            return cast("TipQuerySet", queryset).to_decide_by(self.user)
        return queryset.filter(state=value)


KindFilter = choice_filter("kind", "kind", TipKind, gettext_lazy("kind"))
RECEIVED = Days("received", "received_at", gettext_lazy("received"))


class JoinForm(Part):
    part = section = "join"

    claim = forms.CharField(
        label=gettext_lazy("Claim"),
        max_length=2000,
        help_text=gettext_lazy("Its address or ID."),
    )


class MakeForm(Part):
    part = section = "make"

    text = TextAreaField(
        label=gettext_lazy("Claim"),
        max_length=2000,
        rows=3,
        help_text=gettext_lazy("The claim alone, with nothing about who sent it."),
    )
    appearance_url = forms.CharField(
        label=gettext_lazy("Appearance (URL)"), max_length=2000, required=False
    )


class RecheckForm(Part):
    part = section = "recheck"

    note = TextAreaField(
        label=gettext_lazy("Problem"),
        max_length=REASON_LENGTH,
        rows=2,
        help_text=gettext_lazy("In your own words: they are kept for good, the reader's are not."),
    )


class CloseForm(Part):
    part = section = "close"

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=TipReason)


class PassForm(Part):
    part = section = "pass"

    desk = forms.ModelChoiceField(
        label=gettext_lazy("Desk"), queryset=Desk.objects.order_by("name")
    )

    def without(self, desk: Desk) -> Self:
        field = cast("forms.ModelChoiceField[Desk]", self.fields["desk"])
        field.queryset = Desk.objects.order_by("name").exclude(pk=desk.pk)
        return self


def _forms(tip: Tip) -> dict[str, Part]:
    message = tip.message
    return {
        "pass": PassForm().without(tip.desk),
        "join": JoinForm(),
        "make": MakeForm(initial={"text": message.text, "appearance_url": message.url}),
        "recheck": RecheckForm(),
        "close": CloseForm(),
    }


@admin.register(Tip)
class TipAdmin(RowPageAdmin):
    when_empty = gettext_lazy("What readers send in by the public form or by e-mail stands here.")
    view_action = "tip.view"
    read_only_page = True
    list_display = ("state_badge", "what", "kind", "received", "decider", "desk")
    list_display_links = ("what",)
    list_filter = (StateFilter, KindFilter, DeskFilter, *RECEIVED.filters())
    list_select_related = ("desk", "message", "decided_by")
    # No word of a reader: a file outlives the day on which they are erased.
    csv_columns = {
        "id": "public_id",
        "kind": "kind",
        "state": "state",
        "received": "received_at",
        "decided by": "decided_by.username",
        "desk": "desk.name",
    }
    ordering = ("-received_at", "-pk")

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, tip: Tip) -> SafeString:
        return badge(tip.state, tip.get_state_display())

    @admin.display(description=gettext_lazy("what was sent"))
    def what(self, tip: Tip) -> str:
        return what_was_sent(tip)

    @admin.display(description=gettext_lazy("received"), ordering="received_at")
    def received(self, tip: Tip) -> SafeString:
        return ago(tip.received_at)

    @admin.display(description=gettext_lazy("decided by"))
    def decider(self, tip: Tip) -> str:
        return str(tip.decided_by or "")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        decisions = {
            "join": self.join_view,
            "make": self.make_view,
            "recheck": self.recheck_view,
            "close": self.close_view,
            "pass": self.pass_view,
            "sender": self.sender_view,
            "erase": self.erase_view,
        }
        own = [
            path(f"<int:pk>/{name}/", view(page), name=f"claims_tip_{name}")
            for name, page in decisions.items()
        ]
        return own + super().get_urls()

    def row_page(self, request: HttpRequest, row: Tip) -> HttpResponse:
        return self._page(request, row, FormState())

    def _page(
        self, request: HttpRequest, tip: Tip, form_state: FormState, *, with_sender: bool = False
    ) -> HttpResponse:
        by = person(request)
        context = {
            **self.admin_site.each_context(request),
            "title": str(tip),
            "opts": self.opts,
            "form_state": form_state,
            "tip": tip,
            "message": tip.message,
            "has_sender": bool(tip.message.name or tip.message.email),
            "with_sender": with_sender,
            "forms": {**_forms(tip), **(form_state.forms or {})},
            "may_decide": may(by, "tip.decide", tip),
            "may_recheck": tip.verdict is not None and may(by, "recheck.request", tip),
            "may_erase": may(by, "tip.erase", tip),
            "has_other_desks": Desk.objects.exclude(pk=tip.desk_id).exists(),
            "similar": _similar(tip, by) if tip.waiting and not tip.verdict else [],
            "claim_url": address(tip.claim) if tip.claim else "",
        }
        # Dates are those of the tip's desk, wherever the reader's own desk is.
        with timezone.override(ZoneInfo(tip.desk.time_zone)):
            status = form_state.refusal.status if form_state.refusal else 200
            return render(request, "admin/claims/tip/page.html", context, status=status)

    def join_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def save(tip: Tip, form: Part) -> str:
            by = person(request)
            claim = merge_targets.named(form.cleaned_data["claim"], by=by)
            if claim is None:
                raise ValidationError({"claim": _("No claim of yours has this address or ID.")})
            tip_decisions.join(tip, by=by, claim=claim)
            return _("Joined to the claim.")

        return self._save(request, pk, JoinForm(request.POST), save)

    def make_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def save(tip: Tip, form: Part) -> str:
            details = ClaimDetails(**form.cleaned_data)
            made = tip_decisions.make_claim(tip, by=person(request), details=details)
            if made.state == TipState.JOINED:
                return _("You have already created this claim: the tip was joined to it.")
            return _("Claim created. Its reader tip has the sender.")

        return self._save(request, pk, MakeForm(request.POST), save)

    def recheck_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def save(tip: Tip, form: Part) -> str:
            tip_decisions.request_recheck(tip, by=person(request), **form.cleaned_data)
            return _("Recheck opened.")

        return self._save(request, pk, RecheckForm(request.POST), save)

    def close_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def save(tip: Tip, form: Part) -> str:
            tip_decisions.close(tip, by=person(request), **form.cleaned_data)
            return _("Tip closed.")

        return self._save(request, pk, CloseForm(request.POST), save)

    def pass_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def save(tip: Tip, form: Part) -> str:
            by, desk = person(request), form.cleaned_data["desk"]
            passed = tip_decisions.pass_on(tip, by=by, desk=desk)
            return _("Passed to %(desk)s.") % {"desk": passed.desk}

        return self._save(request, pk, PassForm(request.POST), save)

    def erase_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def save(tip: Tip, form: Part) -> str:
            tip_erasure.erase(tip, by=person(request))
            return _("Reader's details erased.")

        return self._save(request, pk, Part(request.POST), save)

    def sender_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page with its sender, once: the address itself leads back
        to the page without.
        """
        tip = self.visible_row(request, pk)
        if request.method != "POST":
            return HttpResponseRedirect(page_of(tip))
        tip_erasure.read_sender(tip, by=person(request))
        return self._page(request, tip, FormState(), with_sender=True)

    def _save(
        self, request: HttpRequest, pk: int, form: Part, save: Callable[[Tip, Part], str]
    ) -> HttpResponse:
        """`save` returns the message of success; its refusals are shown
        above the forms.
        """
        tip = self.visible_row(request, pk)
        if request.method != "POST":
            return HttpResponseRedirect(page_of(tip))
        if not form.is_valid():
            return self._page(request, tip, FormState(INCOMPLETE, {form.part: form}))
        result = attempt(lambda: save(tip, form))
        if isinstance(result, Refusal):
            for name, texts in result.fields.items():
                form.add_error(name if name in form.fields else None, texts)
            # Read again: somebody else may have decided it meanwhile.
            row = self.visible_row(request, pk)
            return self._page(request, row, FormState(result, {form.part: form}))
        messages.success(request, result)
        # Passed on, it may be out of this person's sight.
        is_left = not Tip.objects.visible_to(person(request)).filter(pk=tip.pk).exists()
        tips = reverse("admin:claims_tip_changelist")
        return HttpResponseRedirect(tips if is_left else page_of(tip))


def page_of(tip: Tip) -> str:
    return reverse("admin:claims_tip_change", args=[tip.pk])


def what_was_sent(tip: Tip) -> str:
    """The beginning of the reader's words, for whoever may see the tip."""
    words = tip.message.text or tip.message.url
    return Truncator(words).chars(_SHOWN) if words else _("erased, or moved to the claim")


def _similar(tip: Tip, by: User) -> list[Claim]:
    return merge_targets.similar(Claim(desk=tip.desk, text=tip.message.text), by=by)
