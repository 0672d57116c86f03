"""The moves of a claim: their history, and making one."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import workflow
from claims.api.base import ClaimsView
from claims.api.claims import IF_MATCH, visible
from claims.api.serializers.transitions import TransitionIn, TransitionOut
from claims.choices import Action
from claims.models import Claim, Transition
from claims.workflow import MOVES, MoveData
from factcheck.drf.auth import caller, require
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import assignable


def _scopes() -> str:
    """In words, for the description of the operation."""
    actions: dict[tuple[Scope, ...], list[str]] = {}
    for action in Action:
        actions.setdefault(MOVES[action].scopes, []).append(action.value)
    told = [
        f"{' and '.join(scopes)} for {', '.join(names)}"
        for scopes, names in actions.items()
        if scopes != (Scope.CLAIMS_WRITE,)
    ]
    return f"Scopes: {'; '.join(told)}; {Scope.CLAIMS_WRITE} for all others."


def _seen(moves: Iterable[Transition], user: User) -> set[str]:
    """Of the claims that these moves name those the caller may see."""
    named = {move.data["into"] for move in moves if "into" in move.data}
    rows = (
        Claim.objects.visible_to(user).filter(public_id__in=named)
        if named
        else Claim.objects.none()
    )
    return {str(found) for found in rows.values_list("public_id", flat=True)}


class Transitions(ClaimsView):
    scopes = {"GET": ("read",), "POST": ()}  # the action in the body says which
    query: ClassVar[type[Strict]] = PageQuery
    order = ("number",)

    @extend_schema(
        operation_id="list_transitions", parameters=[PageQuery], responses=page_shape(TransitionOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """What happened to the claim, oldest first."""
        user = caller(request)
        found = get_or_404(Claim.objects.visible_to(user), claim)
        return self.page_of(
            found.transitions.select_related("by"),
            TransitionOut,
            seen=_seen(found.transitions.filter(action=Action.MERGE), user),
        )

    @extend_schema(
        operation_id="move_claim",
        request=TransitionIn,
        responses={201: TransitionOut, 200: TransitionOut},
        parameters=[IF_MATCH],
        description=(
            "Make one move on the version you have seen. Repeating the caller's last move answers"
            f" 200 and changes nothing. {_scopes()}"
        ),
    )
    def post(self, request: Request, claim: UUID) -> Response:
        user, told = caller(request), self.validated(TransitionIn)
        action = Action(told["action"])
        require(request, *MOVES[action].scopes)
        if told["at"] and "at" not in MOVES[action].needs:
            raise bad_field(
                "at",
                f"{action.label} is done at once and takes no time. To publish later, send the"
                " action schedule.",
            )
        found = get_or_404(visible(user), claim)
        data = MoveData(
            note=told["note"],
            reason=told["reason"],
            assignee=_assignee(found, told["assignee"]),
            category=told["category"],
            meanwhile=told["meanwhile"],
            into=_into(user, told["into"]),
            at=told["at"],
        )
        before, version = found.moves, self.required_version(told)
        made = workflow.apply(
            found,
            action,
            by=user,
            data=data,
            expected_version=version,
            expected_content_hash=told["expected_content_hash"],
        )
        status = 201 if made.number > before else 200
        return Response(
            TransitionOut(made, context={"seen": _seen([made], user)}).data,
            status=status,
            headers={"ETag": f'"v{found.version}"'},
        )


def _assignee(claim: Claim, username: str) -> User | None:
    if not username:
        return None
    person = assignable("claim.take", claim.desk_id).filter(username=username).first()
    if person is None:
        raise bad_field(
            "assignee", f"{username} is not an active checker or editor of {claim.desk}."
        )
    return person


def _into(user: User, claim: UUID | None) -> Claim | None:
    """One they do not see is passed on as none that exists: who may merge at all is asked first."""
    if claim is None:
        return None
    return Claim.objects.visible_to(user).filter(public_id=claim).first() or Claim(public_id=claim)
