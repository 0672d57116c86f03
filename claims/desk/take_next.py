"""The next claim to work on, for whoever asks first.

On PostgreSQL a claim that somebody else is taking at this moment is
passed over (SKIP LOCKED); on SQLite the transaction holds the only
write lock from its beginning, so that the second person asks after the
first one has taken theirs.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from claims.choices import Action, Status
from claims.models import Claim, Transition
from claims.querysets.claims import BY_PRIORITY
from claims.rules.conflicts_of_interest import missing_interest_waiver
from claims.workflow import apply
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where


@dataclass(frozen=True, slots=True)
class Next:
    """`claim` is now theirs; None where nothing is left. `barred`
    claims were passed over because of a conflict of interest.
    """

    claim: Claim | None
    barred: int = 0


def newest_move() -> QuerySet[Transition, int]:
    """What a page notes when it offers the button: see `take_next`. At most one row."""
    return Transition.objects.order_by("-pk").values_list("pk", flat=True)[:1]


def take_next(user: User, *, since: int | None = None) -> Next:
    """Assign to this person the unassigned claim with the highest
    priority, then the earliest deadline, then the oldest, on the desks
    where they may take claims.

    `since` is `newest_move` when the page was made: pressing its button
    twice returns what the first press took. Raises what `apply` raises.
    """
    barred: list[int] = []
    with transaction.atomic():
        # Two presses of one person wait for each other here, before any claim is
        # locked.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if since is not None and (taken := _taken(user, since)):
            return Next(taken)
        while claim := _first(user, barred):
            if missing_interest_waiver(claim, user):
                barred.append(claim.pk)
                continue
            apply(claim, Action.TAKE, by=user)
            return Next(claim, len(barred))
    return Next(None, len(barred))


def _first(user: User, barred: list[int]) -> Claim | None:
    return (
        Claim.objects.visible_to(user)
        .filter(status=Status.OPEN, desk__in=desks_where(user, "claim.take"))
        .exclude(pk__in=barred)
        .select_related("desk", "claimant")
        .order_by(*BY_PRIORITY)
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .first()
    )


def _taken(user: User, since: int) -> Claim | None:
    moves = Transition.objects.filter(pk__gt=since, by=user, action=Action.TAKE)
    return Claim.objects.filter(pk__in=moves.values("claim"), assignee=user).first()
