"""The transitions of a claim over the API: its history, and applying an action."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import workflow
from claims.api.base import ClaimsView
from claims.api.claims import IF_MATCH
from claims.api.serializers.transitions import MovedOut, TransitionIn, TransitionOut
from claims.api.shown import shown_claims
from claims.choices import Action
from claims.models import Claim, Transition
from claims.workflow import MOVES, MoveData
from factcheck.drf.auth import caller, require
from factcheck.drf.errors import bad_field
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import assignable


def _scopes() -> str:
    """The scopes of all actions as a sentence, for the description of the operation."""
    actions: dict[tuple[Scope, ...], list[str]] = {}
    for action in Action:
        actions.setdefault(MOVES[action].scopes, []).append(action.value)
    phrases = [
        f"{' and '.join(scopes)} for {', '.join(names)}"
        for scopes, names in actions.items()
        if scopes != (Scope.CLAIMS_WRITE,)
    ]
    return f"Scopes: {'; '.join(phrases)}; {Scope.CLAIMS_WRITE} for all others."


def _seen(moves: Iterable[Transition], user: User) -> set[str]:
    """The public ids of the merge targets of these transitions that the caller may
    see.
    """
    merged_into = {move.data["into"] for move in moves if "into" in move.data}
    rows = (
        Claim.objects.visible_to(user).filter(public_id__in=merged_into)
        if merged_into
        else Claim.objects.none()
    )
    return {str(public_id) for public_id in rows.values_list("public_id", flat=True)}


class Transitions(ClaimsView):
    # Which scopes a POST needs depends on the action in its body: `require` checks them
    # there.
    scopes = {"GET": ("claims:read",), "POST": ()}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("number",)

    @extend_schema(
        operation_id="list_transitions", parameters=[PageQuery], responses=page_shape(TransitionOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """The transitions of the claim, oldest first."""
        user = caller(request)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        return self.page_of(
            claim_row.transitions.select_related("by"),
            TransitionOut,
            seen=_seen(claim_row.transitions.filter(action=Action.MERGE), user),
        )

    @extend_schema(
        operation_id="move_claim",
        request=TransitionIn,
        responses={201: MovedOut, 200: MovedOut},
        parameters=[IF_MATCH],
        description=(
            "Apply one action to the version you have read. Repeating your last action is answered"
            f" with 200 and changes nothing. {_scopes()}"
        ),
    )
    def post(self, request: Request, claim: UUID) -> Response:
        user, payload = caller(request), self.validated(TransitionIn)
        action = Action(payload["action"])
        require(request, *MOVES[action].scopes)
        if payload["at"] and "at" not in MOVES[action].needs:
            raise bad_field(
                "at",
                _(
                    "%(action)s takes effect at once and has no time. To publish later, send the"
                    " action “schedule”."
                )
                % {"action": action.label},
            )
        if payload["due_at"] and "due_at" not in MOVES[action].needs:
            raise bad_field("due_at", _("Only assign and reassign set a deadline. Leave it out."))
        for field in ("assignee", "into", "reason", "category", "meanwhile"):
            # It would stand in the history of the claim, and mean nothing.
            if payload[field] and field not in MOVES[action].needs:
                raise bad_field(
                    field,
                    _("The action “%(action)s” does not take this. Leave it out.")
                    % {"action": action.value},
                )
        claim_row = get_or_404(shown_claims(user), claim)
        data = MoveData(
            note=payload["note"],
            reason=payload["reason"],
            assignee=_assignee(claim_row, payload["assignee"]),
            due_at=payload["due_at"],
            category=payload["category"],
            meanwhile=payload["meanwhile"],
            into=_into(user, payload["into"]),
            at=payload["at"],
        )
        version = self.required_version(payload)
        transition = workflow.apply(
            claim_row,
            action,
            by=user,
            data=data,
            expected_version=version,
            expected_content_hash=payload["expected_content_hash"],
        )
        return Response(
            MovedOut(
                transition, context={"seen": _seen([transition], user), "claim": claim_row}
            ).data,
            status=status_of(transition),
            headers={"ETag": f'"v{claim_row.version}"'},
        )


def _assignee(claim: Claim, username: str) -> User | None:
    if not username:
        return None
    person = assignable("claim.take", claim.desk_id).filter(username=username).first()
    if person is None:
        raise bad_field(
            "assignee",
            _("%(username)s is not an active checker or editor of %(desk)s. Choose another.")
            % {"username": username, "desk": claim.desk},
        )
    return person


def _into(user: User, claim: UUID | None) -> Claim | None:
    """The merge target. One the caller cannot see becomes an unsaved claim: the
    workflow first asks who may merge, and only then refuses the target as unknown.
    """
    if claim is None:
        return None
    return Claim.objects.visible_to(user).filter(public_id=claim).first() or Claim(public_id=claim)
