"""Guards of versions of one claim, and of verdicts copied among them."""

from claims.choices import Action, Status
from claims.models import Claim, ClaimVariant, VerdictCopy
from factcheck.ledger import clock
from tests import factories
from tests.project.guard_cases import rows
from tests.project.guard_cases.table import (
    SOON,
    Newsroom,
    Statement,
    arrive,
    forged,
    insert,
    refused_by,
    update,
)


def _undone(room: Newsroom) -> dict[str, object]:
    return {"undone_by": room.checker, "undone_at": clock.now(), "undo_reason": "Another year."}


def _link(room: Newsroom, claim: Claim, canonical: Claim, **values: object) -> Statement:
    now = clock.now()
    link = ClaimVariant(
        claim=claim, canonical=canonical, linked_by=room.checker, linked_at=now, **values
    )
    return insert(link)


@refused_by("claims_claimvariant_in_force")
def a_version_that_was_undone_before_it_was_one(room: Newsroom) -> Statement:
    return _link(room, room.claim(), room.claim(), **_undone(room))


@refused_by("claims_claimvariant_of_one_desk")
def a_version_of_a_claim_of_another_desk(room: Newsroom) -> Statement:
    return _link(room, room.claim(), factories.claim(room.outsider))


@refused_by("claims_claimvariant_one_level")
def a_version_of_a_version(room: Newsroom) -> Statement:
    return _link(room, room.claim(), rows.variant(room).claim)


@refused_by("claims_claimvariant_kept")
def a_version_of_another_claim_than_was_said(room: Newsroom) -> Statement:
    return update(rows.variant(room), canonical=room.claim())


@refused_by("claims_claimvariant_undone_once")
def a_version_that_is_one_again(room: Newsroom) -> Statement:
    link = rows.variant(room)
    update(link, **_undone(room))()
    return update(link, undone_by=None, undone_at=None, undo_reason="")


@refused_by("claims_claimvariant_copied")
def a_version_undone_after_its_verdict_was_copied(room: Newsroom) -> Statement:
    return update(rows.copied(room).variant, **_undone(room))


@refused_by("claims_verdictcopy_of_canonical")
def a_copy_of_a_verdict_that_nobody_published(room: Newsroom) -> Statement:
    ready = room.ready()
    copy = VerdictCopy(
        variant=rows.variant(room, ready),
        source=ready.verdicts.get(),
        by=room.checker,
        at=clock.now() + SOON,
    )
    return insert(copy)


@refused_by("claims_claim_merged_ungrouped")
def a_claim_with_versions_merged_away(room: Newsroom) -> Statement:
    canonical, target = rows.variant(room).canonical, room.claim()
    forged(canonical, Action.MERGE, Status.MERGED, room.editor)
    return arrive(canonical, Status.MERGED, merged_into=target, merged_from=Status.OPEN)
