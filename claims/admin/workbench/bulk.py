"""Changing many claims at once: the page that asks and shows what will
happen, and the page of what came of it.
"""

import re
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.priority import PriorityForm
from claims.bulk import changes
from claims.bulk.changes import Preview
from claims.bulk.kinds import KINDS
from claims.choices import Action, BulkKind, BulkState, Priority
from claims.models import BulkChange, Claim, Topic
from claims.workflow import MOVES, WorkflowError
from claims.workflow.move import missing_data
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.csv_lines import csv_line
from factcheck.newsroom.permissions import assignable
from factcheck.newsroom.widgets import LocalTimeInput

# Bounded digits: int() raises on a forged mark of thousands of them.
_MARK = re.compile(r"([0-9]{1,18}):([0-9]{1,9})", re.ASCII)
BulkAction = Callable[[admin.ModelAdmin[Claim], HttpRequest, QuerySet[Claim]], HttpResponse]
DESCRIPTIONS = {
    BulkKind.ASSIGN: gettext_lazy("Assign the selected claims"),
    BulkKind.DECLINE: gettext_lazy("Decline the selected claims"),
    BulkKind.HOLD: gettext_lazy("Put the selected claims on hold"),
    BulkKind.DEADLINE: gettext_lazy("Set the deadline of the selected claims"),
    BulkKind.PRIORITY: gettext_lazy("Set the priority of the selected claims"),
    BulkKind.TOPIC: gettext_lazy("Set the topic of the selected claims"),
    BulkKind.CHECK_LINKS: gettext_lazy("Check the links of the selected claims"),
}
WITH = ("verdicts", "schedules", "evidence__link")


class DeadlineForm(forms.Form):
    due_at = forms.DateTimeField(
        label=gettext_lazy("Deadline"),
        required=False,
        widget=LocalTimeInput(),
        help_text=gettext_lazy("In the time zone of each claim's desk."),
    )
    # A tick of its own: an empty field sent by mistake would take the
    # deadline off every claim.
    remove = forms.BooleanField(label=gettext_lazy("Remove the deadlines"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned["due_at"]) == cleaned["remove"]:
            raise ValidationError(_("Enter a deadline, or tick “Remove the deadlines”."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        due = self.cleaned_data["due_at"]
        return {"due_at": due.replace(tzinfo=None).isoformat() if due else ""}


class TopicForm(forms.Form):
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)

    def __init__(self, data: Any, *, topics: list[str]) -> None:
        super().__init__(data, label_suffix="")
        field: Any = self.fields["topic"]
        field.choices = [("", _("no topic")), *((name, name) for name in topics)]

    def answers(self) -> dict[str, Any]:
        return {"topic": self.cleaned_data["topic"]}


class BulkPriorityForm(PriorityForm):
    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class BulkMoveForm(MoveForm):
    """A move's own form, for claims of several desks."""

    def __init__(self, action: Action, claims: list[Claim], data: Any) -> None:
        super().__init__(action, claims[0], data)
        self.move = MOVES[action]
        # A deadline for many is a change of its own, in the time zone of each desk.
        self.fields.pop("due_at", None)
        if "assignee" in self.fields:
            # People of any of the desks: for a claim of another desk the domain refuses
            # them by name.
            people = assignable("claim.take", claims[0].desk_id)
            for desk_id in {claim.desk_id for claim in claims[1:]}:
                people = people | assignable("claim.take", desk_id)
            self.fields["assignee"].queryset = people.distinct()  # type: ignore[attr-defined]

    def stored(self) -> dict[str, Any]:
        data, _version = self.answers()
        for requirement in missing_data(self.move, data):
            self.add_error(requirement.anchor, requirement.text)
        assignee = data.assignee.pk if data.assignee else None
        return {"note": data.note, "reason": data.reason, "assignee": assignee}


def bulk(kind: BulkKind) -> BulkAction:
    """An admin action that first shows, on a page of its own, what it
    needs and what it will do.
    """

    def run(
        screen: admin.ModelAdmin[Claim], request: HttpRequest, chosen: QuerySet[Claim]
    ) -> HttpResponse:
        chosen = _ticked(screen, request, chosen)
        claims = list(chosen.prefetch_related(None).prefetch_related(*WITH)[: changes.MOST + 1])
        if refused := _refused(claims):
            messages.warning(request, refused)
            return HttpResponseRedirect(request.get_full_path())
        versions = _versions(request)
        # Django's list posts the same action twice: first from the list, then from this
        # page with “go”.
        going = "go" in request.POST
        seen = [(one, versions.get(one.pk, 0 if going else one.version)) for one in claims]
        form = _form(kind, claims, request, going=going)
        data = _data(form) if going else {}
        if not going or form.errors:
            return _ask(request, kind, seen, form)
        change = changes.start(_key(request), kind, seen, by=person(request), data=data)
        return HttpResponseRedirect(page_of(change))

    return admin.action(description=DESCRIPTIONS[kind])(run)


def _ticked(
    screen: admin.ModelAdmin[Claim], request: HttpRequest, listed: QuerySet[Claim]
) -> QuerySet[Claim]:
    """By their keys, whatever the filters show by now: a claim that a
    colleague takes in the meantime is refused by name, not dropped.
    """
    if request.POST.get("select_across", "0") != "0":
        return listed
    keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
    rows = screen.get_queryset(request).filter(pk__in=keys)
    return rows.select_related("desk", "claimant", "assignee")


def _refused(claims: list[Claim]) -> str:
    if not claims:
        return _(
            "The selected claims no longer exist or you have lost access. Select claims again."
        )
    if len(claims) > changes.MOST:
        return _("Select at most %(count)d claims at once.") % {"count": changes.MOST}
    return ""


def version_field(claim: Claim) -> SafeString:
    """In each row of the list, and once on the page that asks: which
    version of the claim the person decides on.
    """
    return format_html('<input type="hidden" name="seen" value="{}:{}">', claim.pk, claim.version)


def _versions(request: HttpRequest) -> dict[int, int]:
    """By claim, the version that was shown. The list sends one field a
    row, the confirmation page all in one field.
    """
    marks = (
        _MARK.fullmatch(mark) for value in request.POST.getlist("seen") for mark in value.split()
    )
    return {int(match[1]): int(match[2]) for match in marks if match}


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def _form(
    kind: BulkKind,
    claims: list[Claim],
    request: HttpRequest,
    *,
    going: bool,
) -> forms.Form:
    sent = request.POST if going else None
    if kind == BulkKind.DEADLINE:
        return DeadlineForm(sent, label_suffix="")
    if kind == BulkKind.PRIORITY:
        return BulkPriorityForm(sent, initial={"priority": Priority.NORMAL.word})
    if kind == BulkKind.TOPIC:
        desks = {claim.desk_id for claim in claims}
        named = Topic.objects.filter(desk__in=desks).values_list("name", flat=True)
        return TopicForm(sent, topics=sorted(set(named)))
    if kind == BulkKind.CHECK_LINKS:
        return forms.Form(sent)
    return BulkMoveForm(Action(kind.value), claims, sent)


def _data(form: forms.Form) -> dict[str, Any]:
    if isinstance(form, BulkMoveForm):
        return form.stored()
    if form.is_valid() and isinstance(form, (DeadlineForm, TopicForm, BulkPriorityForm)):
        return form.answers()
    return {}


def _ask(
    request: HttpRequest, kind: BulkKind, seen: list[tuple[Claim, int]], form: forms.Form
) -> HttpResponse:
    found = changes.preview(seen, kind, by=person(request))
    refused: list[Preview] = [one for one in found if one.reason]
    context = {
        **admin.site.each_context(request),
        "title": DESCRIPTIONS[kind],
        "opts": Claim._meta,
        "going": [one.claim for one in found if not one.reason],
        "refused": refused,
        "claims": [claim for claim, _version in seen],
        "seen": " ".join(f"{claim.pk}:{version}" for claim, version in seen),
        "key": request.POST.get("key") or uuid.uuid4(),
        "form": form,
        "action": kind,
        "button": kind.label,
        "back": request.get_full_path(),
    }
    status = 400 if form.errors else 200
    return render(request, "admin/claims/claim/bulk.html", context, status=status)


# What came of it.


def page_of(change: BulkChange) -> str:
    return reverse("admin:claims_claim_bulk", args=[change.public_id])


def urls(site: admin.AdminSite) -> list[URLPattern]:
    wrap, base = site.admin_view, "bulk/<uuid:bulkchange>/"
    return [
        path(base, wrap(require_safe(result)), name="claims_claim_bulk"),
        path(f"{base}state/", wrap(require_safe(state)), name="claims_claim_bulk_state"),
        path(f"{base}undo/", wrap(require_POST(undo)), name="claims_claim_bulk_undo"),
        path(f"{base}csv/", wrap(require_safe(as_csv)), name="claims_claim_bulk_csv"),
    ]


def _own(request: HttpRequest, key: uuid.UUID) -> BulkChange:
    change = BulkChange.objects.filter(public_id=key, by=person(request)).first()
    if change is None:
        raise Http404(_("Not found, or you do not have access to it."))
    return change


def result(request: HttpRequest, bulkchange: uuid.UUID) -> HttpResponse:
    change = _own(request, bulkchange)
    rows = changes.results(change, person(request))
    counts = {one: sum(row["state"] == one for row in rows) for one in BulkState}
    undone = BulkChange.objects.filter(undoes=change).first()
    context = {
        **admin.site.each_context(request),
        "title": _("Undo") if change.undoes_id else DESCRIPTIONS[BulkKind(change.kind)],
        "opts": Claim._meta,
        "change": change,
        "may_undo": changes.may_undo(change),
        "undone_by": page_of(undone) if undone else "",
        "summary": _("%(action)s: %(moved)d updated, %(refused)d not updated.")
        % {
            "action": change.get_kind_display(),
            "moved": counts[BulkState.DONE],
            "refused": counts[BulkState.REFUSED],
        },
        "rows": rows,
        "going_on": changes.going_on(change),
        "done": len(rows) - counts[BulkState.WAITING],
        "state_url": reverse("admin:claims_claim_bulk_state", args=[change.public_id]),
        "csv_url": reverse("admin:claims_claim_bulk_csv", args=[change.public_id]),
        "back": reverse("admin:claims_claim_changelist"),
    }
    return render(request, "admin/claims/claim/bulk_result.html", context)


def undo(request: HttpRequest, bulkchange: uuid.UUID) -> HttpResponse:
    change = _own(request, bulkchange)
    try:
        change = changes.undo(change, by=person(request))
    except WorkflowError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(page_of(change))


def state(request: HttpRequest, bulkchange: uuid.UUID) -> HttpResponse:
    change = _own(request, bulkchange)
    items = change.items.all()
    done = items.exclude(state=BulkState.WAITING).count()
    return JsonResponse({"done": done, "of": items.count(), "going_on": changes.going_on(change)})


def as_csv(request: HttpRequest, bulkchange: uuid.UUID) -> StreamingHttpResponse:
    change = _own(request, bulkchange)
    lines = [csv_line(("claim", "text", "result", "reason"))]
    lines += [
        csv_line((row["claim"].public_id, row["claim"].text, row["state"], row["reason"]))
        for row in changes.results(change, person(request))
        if row["claim"]
    ]
    name = f'attachment; filename="{change.kind}-{change.made_at:%Y-%m-%d}.csv"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


ACTIONS = {kind.value: (kind, bulk(kind)) for kind in KINDS}
