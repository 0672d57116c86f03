"""The page on which an item of evidence is edited."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.drafts import drafts_of, refused_forms
from claims.admin.workbench.evidence.add import ItemFields, source_field
from claims.admin.workbench.evidence.items import readable_item
from claims.admin.workbench.panel import Answer
from claims.admin.workbench.refusal import closed_to
from claims.admin.workbench.respond import FormState, ShowAgain, address, respond
from claims.evidence import editing
from claims.evidence.attaching import EvidenceText
from claims.models import Claim, Evidence
from claims.models.evidence import WORDS
from claims.workflow.editable import check_open
from factcheck.newsroom.admin_base import person
from sources.models import Publisher
from sources.publisher_lookup import get_or_create_publishers

_SHOWN = ("claim", "link__publisher", "origin", "capture", "edited_by")


class EditEvidenceForm(ItemFields):
    part = "amend"
    compares = True

    origin = source_field(
        label=gettext_lazy("Original source"),
        help_text=gettext_lazy("Leave empty if the publisher is the original source."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, item: Evidence, data: Any = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.number = item.number

    @classmethod
    def of(cls, item: Evidence, *, quote: str = "") -> "EditEvidenceForm":
        """The form of the item as saved; `quote` replaces its quote
        where one is given.
        """
        other = str(item.origin) if item.origin_id != item.link.publisher_id else ""
        return cls(
            item,
            initial={
                **item.words,
                "version": item.version,
                "origin": other,
                **({"quote": quote} if quote else {}),
            },
        )

    @property
    def draft_name(self) -> str:
        return f"evidence-{self.number}"

    def version_now(self, claim: Claim) -> int:
        return claim.evidence.values_list("version", flat=True).get(number=self.number)

    def words(self, origin: Publisher | None) -> EvidenceText:
        return EvidenceText(**{name: self.cleaned_data[name] for name in WORDS}, origin=origin)


def edit_evidence_page(request: HttpRequest, claim: Claim, number: int) -> Answer:
    """The form of one item on a page of its own; a stale save shows the
    saved text beside what was typed.
    """
    by = person(request)
    item = readable_item(claim, number, *_SHOWN, by=by)
    if request.method != "POST":
        # The passage comes from the row, not from the address: a link must not put
        # words into the form.
        form = EditEvidenceForm.of(item, quote=item.nearest if "nearest" in request.GET else "")
        refusal = closed_to(claim, by, "evidence.edit")
        return _page(request, claim, item, form, FormState(refusal))
    form = EditEvidenceForm(item, request.POST)
    answer = respond(
        request,
        claim,
        form,
        lambda: _save(request, claim, item, form),
        check=lambda: check_open(claim, by, "evidence.edit"),
    )
    if isinstance(answer, ShowAgain):
        # Read again: the stale form is compared with what is saved now.
        current = readable_item(claim, number, *_SHOWN, by=by)
        return _page(request, answer.claim, current, form, answer.form_state)
    return answer


def _save(
    request: HttpRequest, claim: Claim, item: Evidence, form: EditEvidenceForm
) -> HttpResponse:
    # The order of locks: claim, evidence, then the audit head, which a new publisher
    # takes.
    Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    editing.hold(item)
    origin = get_or_create_publishers(form.cleaned_data["origin"], desk=claim.desk)
    words, version = form.words(origin.publishers[0]), form.cleaned_data["version"]
    editing.edit_evidence(item, by=person(request), words=words, expected_version=version)
    origin.log_changes(by=person(request))
    messages.success(request, _("Evidence %(number)s saved.") % {"number": item.number})
    return HttpResponseRedirect(address(claim, f"evidence-{item.number}"))


def _page(
    request: HttpRequest,
    claim: Claim,
    item: Evidence,
    form: EditEvidenceForm,
    form_state: FormState,
) -> HttpResponse:
    status = form_state.refusal.status if form_state.refusal else 200
    context = {
        **admin.site.each_context(request),
        "title": _("Edit evidence %(number)s") % {"number": item.number},
        "opts": Claim._meta,
        "claim": claim,
        "item": item,
        "form": form,
        "form_state": form_state,
        # A wrong person or a wrong status: the form could not be saved, so it is not
        # shown.
        "closed": status in {403, 409},
        "drafts": drafts_of(claim, person(request), refused=refused_forms(form_state)),
        "back": address(claim, f"evidence-{item.number}"),
    }
    with timezone.override(ZoneInfo(claim.desk.time_zone)):
        return render(request, "admin/claims/claim/edit_evidence.html", context, status=status)
