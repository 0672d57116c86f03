"""Changing many claims at once over the API, with what came of each."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.bulk import BulkIn, BulkOut
from claims.bulk import changes
from claims.choices import Action, BulkKind, BulkState
from claims.models import BulkChange, Claim
from claims.workflow import MOVES, MoveData
from claims.workflow.move import missing_data
from factcheck.drf.auth import caller
from factcheck.drf.errors import Fault, Problem, bad_field
from factcheck.drf.serializers import EmptyBody
from factcheck.drf.views import get_or_404
from factcheck.newsroom.models import User

Data = Mapping[str, Any]


def _answer(user: User, change: BulkChange, *, status: int = 200) -> Response:
    shown: Any = BulkChange.objects.select_related("undoes").get(pk=change.pk)
    shown.results = changes.results(shown, user)
    counts = {one: sum(row["state"] == one for row in shown.results) for one in BulkState}
    shown.done, shown.refused = counts[BulkState.DONE], counts[BulkState.REFUSED]
    shown.waiting = counts[BulkState.WAITING]
    shown.going_on, shown.may_undo = changes.going_on(shown), changes.may_undo(shown)
    return Response(BulkOut(shown).data, status=status)


def _own(user: User, public_id: UUID) -> BulkChange:
    return get_or_404(BulkChange.objects.filter(by=user), public_id)


class BulkChanges(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="change_many_claims",
        request=BulkIn,
        responses={201: BulkOut, 202: BulkOut},
    )
    def post(self, request: Request) -> Response:
        """Assign, decline or put on hold up to 500 claims, set their deadline, priority
        or topic, or have their links checked: each as if it was done alone, with a
        result of its own. A few are done in this answer (201); more are left to a
        worker (202), and `GET bulk/<id>/` says how far it is.
        """
        user, data = caller(request), self.validated(BulkIn)
        kind = BulkKind(data["kind"])
        for name in sorted(set(data) - {"kind", "claims"} - _TAKES[kind]):
            raise bad_field(name, _("This goes with another kind of change. Leave it out."))
        answers = _ANSWERS[kind](data)
        change = changes.start(uuid.uuid4(), kind, _claims(user, data), by=user, data=answers)
        return _answer(user, change, status=202 if changes.going_on(change) else 201)


class OneBulkChange(ClaimsView):
    scopes = {"GET": ("claims:read",)}

    @extend_schema(operation_id="read_bulk_change", responses=BulkOut)
    def get(self, request: Request, bulk_change: UUID) -> Response:
        """A change of yours, and what came of each claim so far."""
        user = caller(request)
        return _answer(user, _own(user, bulk_change))


class UndoBulkChange(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="undo_bulk_change", request=EmptyBody, responses={200: BulkOut, 202: BulkOut}
    )
    def post(self, request: Request, bulk_change: UUID) -> Response:
        """Put back what it replaced, where nobody has changed the claim since. The
        answer is a change of its own; again is answered with the first one.
        """
        self.validated(EmptyBody)
        user = caller(request)
        undone = changes.undo(_own(user, bulk_change), by=user)
        return _answer(user, undone, status=202 if changes.going_on(undone) else 200)


def _claims(user: User, data: Data) -> list[tuple[Claim, int]]:
    versions = {one["claim"]: one["version"] for one in data["claims"]}
    if len(versions) < len(data["claims"]):
        raise bad_field("claims", _("A claim is named twice. Name it once."))
    seen = Claim.objects.visible_to(user).filter(public_id__in=versions)
    found = {claim.public_id: claim for claim in seen}
    if missing := [str(one) for one in versions if one not in found]:
        raise bad_field(
            "claims",
            _("Claims not found, or you do not have access: %(ids)s.")
            % {"ids": ", ".join(missing[:10])},
        )
    return [(found[one], version) for one, version in versions.items()]


def _move(data: Data) -> dict[str, Any]:
    assignee = None
    if name := data.get("assignee"):
        assignee = User.objects.filter(username=name, is_service=False).first()
        if assignee is None:
            raise bad_field("assignee", _("Nobody has this username."))
    sent = MoveData(note=data.get("note", ""), reason=data.get("reason", ""), assignee=assignee)
    if missing := missing_data(MOVES[Action(data["kind"])], sent):
        faults = [Fault(one.text, code=one.code, field=one.anchor) for one in missing]
        raise Problem(400, " ".join(one.text for one in missing), faults)
    assigned = assignee.pk if assignee else None
    return {"note": sent.note, "reason": sent.reason, "assignee": assigned}


def _deadline(data: Data) -> dict[str, Any]:
    # Removing a deadline takes an explicit null: otherwise a field left out by mistake
    # would remove the deadline of every claim.
    if "due_at" not in data:
        raise bad_field("due_at", _("Send the deadline, or null to remove it."))
    return {"due_at": data["due_at"].isoformat() if data["due_at"] else ""}


def _priority(data: Data) -> dict[str, Any]:
    if "priority" not in data:
        raise bad_field("priority", _("Send a priority."))
    return {"priority": data["priority"], "reason": data.get("reason", "")}


def _topic(data: Data) -> dict[str, Any]:
    if "topic" not in data:
        raise bad_field("topic", _("Send the name of a topic, or null for none."))
    return {"topic": data["topic"] or ""}


_ANSWERS: dict[BulkKind, Callable[[Data], dict[str, Any]]] = {
    BulkKind.ASSIGN: _move,
    BulkKind.DECLINE: _move,
    BulkKind.HOLD: _move,
    BulkKind.DEADLINE: _deadline,
    BulkKind.PRIORITY: _priority,
    BulkKind.TOPIC: _topic,
    BulkKind.CHECK_LINKS: lambda _data: {},
}
_MOVE = frozenset({"note", "reason", "assignee"})
_TAKES: dict[BulkKind, frozenset[str]] = {
    BulkKind.ASSIGN: _MOVE,
    BulkKind.DECLINE: _MOVE,
    BulkKind.HOLD: _MOVE,
    BulkKind.DEADLINE: frozenset({"due_at"}),
    BulkKind.PRIORITY: frozenset({"priority", "reason"}),
    BulkKind.TOPIC: frozenset({"topic"}),
    BulkKind.CHECK_LINKS: frozenset(),
}
