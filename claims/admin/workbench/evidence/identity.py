"""The page of a confidential source: read who it is, for a reason; who
may, and who did.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.evidence.items import readable_item
from claims.admin.workbench.forms import DeskDateTimeField, Part
from claims.admin.workbench.panel import Answer
from claims.admin.workbench.refusal import Refusal, attempt
from claims.admin.workbench.respond import INCOMPLETE, address
from claims.evidence import source_access
from claims.evidence.source_access_log import access_log
from claims.models import Claim, ConfidentialIdentity, Evidence, SourceReadRequest
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

_USUAL_GRANT = timedelta(days=7)


class ReadForm(Part):
    part = "read"

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=source_access.LONGEST_REASON,
        help_text=gettext_lazy("Kept in the audit log, with your name and the time."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class GrantForm(Part):
    part = "grant"

    person = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Person"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=source_access.LONGEST_REASON,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self,
        identity: ConfidentialIdentity,
        data: object = None,
        *,
        by: User,
    ) -> None:
        desk = identity.interview.desk
        ends = timezone.localtime(timezone.now() + _USUAL_GRANT, ZoneInfo(desk.time_zone))
        super().__init__(data, initial={"ends_at": ends.replace(tzinfo=None)})
        people = self.fields["person"]
        if isinstance(people, forms.ModelChoiceField):
            people.queryset = source_access.people_for_grant(identity, by=by)
        self.fields["ends_at"] = DeskDateTimeField(desk, label=_("Ends"))
        self.fields["ends_at"].required = True


def identity_page(request: HttpRequest, claim: Claim, number: int) -> Answer:
    """The page; a POST with a reason shows the name on the answer to
    it, and nowhere else.
    """
    item, identity = _identity(request, claim, number)
    if request.method != "POST":
        return _page(request, claim, item, identity)
    form = ReadForm(request.POST)
    if not form.is_valid():
        return _page(request, claim, item, identity, INCOMPLETE, read=form)
    by, reason = person(request), form.cleaned_data["reason"]
    answer = attempt(lambda: source_access.read_identity(identity, by=by, reason=reason))
    if isinstance(answer, Refusal):
        return _page(request, claim, item, identity, answer, read=form)
    if isinstance(answer, SourceReadRequest):
        return HttpResponseRedirect(_address(claim, number))
    return _page(request, claim, item, identity, source=answer)


def grant(request: HttpRequest, claim: Claim, number: int) -> Answer:
    item, identity = _identity(request, claim, number)
    by = person(request)
    # Permission before validation: a person who may not do this should not be asked to
    # correct the form first.
    refused = attempt(lambda: source_access.check_may_grant(identity, by=by))
    if refused:
        return _page(request, claim, item, identity, refused)
    form = GrantForm(identity, request.POST, by=by)
    if not form.is_valid():
        return _page(request, claim, item, identity, INCOMPLETE, grant=form)
    values = {name: form.cleaned_data[name] for name in ("person", "reason", "ends_at")}
    result = attempt(lambda: source_access.grant_access(identity, by=by, **values))
    if isinstance(result, Refusal):
        return _page(request, claim, item, identity, result, grant=form)
    return HttpResponseRedirect(_address(claim, number))


def protect(request: HttpRequest, claim: Claim, number: int) -> Answer:
    def require(identity: ConfidentialIdentity) -> object:
        return source_access.require_two_people(identity, by=person(request))

    return _do(request, claim, number, require)


def revoke(
    request: HttpRequest,
    claim: Claim,
    number: int,
    source_grant: UUID,
) -> Answer:
    def end(identity: ConfidentialIdentity) -> object:
        return source_access.revoke_access(
            identity.grants.get(public_id=source_grant), by=person(request)
        )

    return _do(request, claim, number, end)


def confirm(
    request: HttpRequest,
    claim: Claim,
    number: int,
    source_read_request: UUID,
) -> Answer:
    def let_read(identity: ConfidentialIdentity) -> object:
        row = identity.read_requests.get(public_id=source_read_request)
        return source_access.confirm_read(row, by=person(request))

    return _do(request, claim, number, let_read)


def _do(
    request: HttpRequest,
    claim: Claim,
    number: int,
    action: Callable[[ConfidentialIdentity], object],
) -> Answer:
    item, identity = _identity(request, claim, number)
    result = attempt(lambda: action(identity))
    if isinstance(result, Refusal):
        return _page(request, claim, item, identity, result)
    return HttpResponseRedirect(_address(claim, number))


def _address(claim: Claim, number: int) -> str:
    return reverse("admin:claims_claim_identity", args=[claim.pk, number])


def _identity(
    request: HttpRequest, claim: Claim, number: int
) -> tuple[Evidence, ConfidentialIdentity]:
    by = person(request)
    item = readable_item(claim, number, "link__publisher", by=by)
    rows = ConfidentialIdentity.objects.visible_to(by).select_related("interview__desk", "by")
    identity = rows.filter(interview__capture=item.capture_id).first()
    if identity is None:
        raise Http404(_("Not found, or you do not have access to it."))
    return item, identity


def _page(
    request: HttpRequest,
    claim: Claim,
    item: Evidence,
    identity: ConfidentialIdentity,
    refusal: Refusal | None = None,
    *,
    source: ConfidentialIdentity | None = None,
    read: ReadForm | None = None,
    grant: GrantForm | None = None,
) -> HttpResponse:
    by = person(request)
    may_read = may(by, "evidence.identity", identity)
    log = access_log(identity)
    context = {
        **admin.site.each_context(request),
        "title": _("Source of evidence %(number)s") % {"number": item.number},
        "opts": Claim._meta,
        "claim": claim,
        "item": item,
        "identity": identity,
        # Only on the answer to a reading that was recorded.
        "source": source,
        "log": log,
        "own_request": next((row for row in log.requests if row.by_id == by.pk), None),
        "others_requests": [
            row for row in log.requests if row.by_id != by.pk and row.confirmed_at is None
        ],
        "may_read": may_read,
        "may_manage": may(by, "identity.manage", identity),
        "now": timezone.now(),
        "read_form": read or ReadForm(),
        "grant_form": (grant or GrantForm(identity, by=by))
        if may(by, "identity.grant", identity)
        else None,
        "form_state": {"refusal": refusal},
        "back": address(claim, f"evidence-{item.number}"),
    }
    with timezone.override(ZoneInfo(claim.desk.time_zone)):
        return render(
            request,
            "admin/claims/claim/identity.html",
            context,
            status=refusal.status if refusal else 200,
        )
