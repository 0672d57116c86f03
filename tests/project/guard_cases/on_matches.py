"""Guards of what people decided about matches."""

from claims.models import DifferentClaim, PictureDecision
from factcheck.ledger import clock
from sources.models import Picture
from tests.project.guard_cases import rows
from tests.project.guard_cases.table import (
    SOON,
    Newsroom,
    Statement,
    another,
    insert,
    refused_by,
    update,
)


@refused_by("claims_differentclaim_kept")
def a_mark_in_the_name_of_somebody_else(room: Newsroom) -> Statement:
    mark = DifferentClaim.objects.create(
        claim=room.claim(),
        other=room.claim(),
        by=room.checker,
        at=clock.now(),
    )
    return update(mark, by=room.editor)


@refused_by("claims_picturedecision_kept")
def a_decision_about_pictures_that_is_turned_round(room: Newsroom) -> Statement:
    first, second = (
        Picture.objects.create(sha256=name * 64, problem="damaged", read_at=clock.now())
        for name in "ab"
    )
    made = PictureDecision.objects.create(
        claim=room.claim(), first=first, second=second, same=True, by=room.checker, at=clock.now()
    )
    return update(made, same=False)


def _decision(room: Newsroom) -> dict[str, object]:
    return {"state": "dismissed", "decided_by": room.checker, "decided_at": clock.now()}


@refused_by("claims_repetitionproposal_open")
def a_proposal_that_nobody_was_asked_about(room: Newsroom) -> Statement:
    proposal = rows.proposal(room)
    values = {"claim": room.claim(), **_decision(room)}
    return insert(another(proposal, **values))


@refused_by("claims_repetitionproposal_kept")
def a_proposal_found_at_another_time(room: Newsroom) -> Statement:
    return update(rows.proposal(room), found_at=clock.now() + SOON)


@refused_by("claims_repetitionproposal_decided")
def a_dismissed_proposal_that_waits_again(room: Newsroom) -> Statement:
    proposal = rows.proposal(room)
    update(proposal, **_decision(room))()
    return update(proposal, state="open", decided_by=None, decided_at=None)


@refused_by("claims_repetitionproposal_of_its_claim")
def a_proposal_added_to_another_claim(room: Newsroom) -> Statement:
    repetition, proposal = rows.repeated(room), rows.proposal(room)
    return update(proposal, **_decision(room) | {"state": "added", "repetition": repetition})
