"""Guards of claims: how they begin, where they go, what stays, merges and
translations.
"""

from claims.choices import Action, Status
from claims.desk.tags import set_tags
from claims.models import Claim, ClaimTag, Interest, Topic
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from tests import factories
from tests.project.guard_cases.table import (
    SOON,
    Newsroom,
    Statement,
    another,
    arrive,
    ask,
    delete,
    forged,
    insert,
    move,
    refused_by,
    update,
)


@refused_by("claims_claim_born_open")
def declined_from_the_beginning(room: Newsroom) -> Statement:
    return insert(another(room.claim(), status=Status.DECLINED))


@refused_by("claims_claim_decided")
def of_a_suggestion_nobody_decided(room: Newsroom) -> Statement:
    return insert(another(room.claim(), suggestion=room.suggestion))


@refused_by("claims_claim_by_transition")
def declined_without_a_move(room: Newsroom) -> Statement:
    return arrive(room.claim(), Status.DECLINED)


@refused_by("claims_claim_by_verdict")
def approved_with_a_working_verdict(room: Newsroom) -> Statement:
    claim = room.submitted()
    forged(claim, Action.APPROVE, Status.APPROVED, room.editor)
    return arrive(claim, Status.APPROVED)


@refused_by("claims_claim_no_loose_end")
def put_on_hold_while_a_verdict_stands(room: Newsroom) -> Statement:
    claim = factories.correcting(room.checker, room.editor)
    forged(claim, Action.HOLD, Status.ON_HOLD, room.editor)
    return arrive(claim, Status.ON_HOLD, held_from=Status.IN_PROGRESS)


@refused_by("claims_claim_kept")
def moved_to_another_desk(room: Newsroom) -> Statement:
    return update(room.claim(), desk=room.elsewhere)


@refused_by("claims_claim_frozen")
def reworded_after_publication(room: Newsroom) -> Statement:
    return update(room.published(), text="Another claim.")


@refused_by("claims_claim_embargo_before")
def embargoed_after_publication(room: Newsroom) -> Statement:
    return update(room.published(), embargo_until=clock.now() + SOON)


@refused_by("claims_claim_disinterested")
def assigned_to_somebody_with_an_interest(room: Newsroom) -> Statement:
    claim, mayor = room.claim(), factories.claimant("Lena Brandt")
    update(claim, claimant=mayor)()
    Interest.objects.create(
        user=room.checker, about="Her cousin.", claimant=mayor, declared_date="2026-01-01"
    )
    return update(claim, assignee=room.checker)


@refused_by("claims_claim_topic")
def made_with_a_topic_of_another_desk(room: Newsroom) -> Statement:
    topic = Topic.objects.create(desk=room.elsewhere, name="Football")
    return insert(another(room.claim(), topic=topic))


@refused_by("claims_claim_topic_kept")
def given_a_topic_of_another_desk(room: Newsroom) -> Statement:
    topic = Topic.objects.create(desk=room.elsewhere, name="Football")
    return update(room.claim(), topic=topic)


@refused_by("claims_claim_merged_by_move")
def merged_into_a_third(room: Newsroom) -> Statement:
    duplicate = factories.merged(room.claim(), room.claim(), room.editor)
    return update(duplicate, merged_into=room.claim())


@refused_by("claims_claim_merged_target")
def merged_into_a_declined_one(room: Newsroom) -> Statement:
    declined = room.claim()
    apply(declined, Action.DECLINE, by=room.editor, data=MoveData(reason="opinion"))
    claim = room.claim()
    forged(claim, Action.MERGE, Status.MERGED, room.editor)
    return arrive(claim, Status.MERGED, merged_into=declined, merged_from=Status.OPEN)


def _tagged_and_merged(room: Newsroom) -> Claim:
    duplicate = room.claim()
    set_tags(duplicate, by=room.checker, names=["Harbour"])
    return factories.merged(duplicate, room.claim(), room.editor)


@refused_by("claims_claimtag_add")
def tagged_after_the_merge(room: Newsroom) -> Statement:
    duplicate = _tagged_and_merged(room)
    return insert(ClaimTag(claim=duplicate, name="Port", key="port"))


@refused_by("claims_claimtag_remove")
def untagged_after_the_merge(room: Newsroom) -> Statement:
    return delete(_tagged_and_merged(room).tags.get())


@refused_by("claims_claimtag_added_only")
def another_tag_in_its_row(room: Newsroom) -> Statement:
    claim = room.claim()
    set_tags(claim, by=room.checker, names=["Harbour"])
    return update(claim.tags.get(), name="Port", key="port")


@refused_by("claims_claim_unmerged_whole")
def unmerged_into_another_state(room: Newsroom) -> Statement:
    taken = room.claim()
    apply(taken, Action.TAKE, by=room.checker)
    duplicate = factories.merged(taken, room.claim(), room.editor)
    forged(duplicate, Action.UNMERGE, Status.OPEN, room.editor)
    return arrive(duplicate, Status.OPEN, merged_into=None, merged_from="")


def _same_language(room: Newsroom) -> tuple[Claim, Claim]:
    return room.claim(), room.claim()


@refused_by("claims_claim_born_translated")
def made_as_a_translation_into_the_same_language(room: Newsroom) -> Statement:
    claim, original = _same_language(room)
    return insert(another(claim, translation_of=original))


@refused_by("claims_claim_translates")
def called_a_translation_into_the_same_language(room: Newsroom) -> Statement:
    claim, original = _same_language(room)
    return update(claim, translation_of=original)


@refused_by("claims_transition_legal")
def published_from_the_start(room: Newsroom) -> Statement:
    return insert(move(room.claim(), Action.PUBLISH, Status.PUBLISHED, room.editor))


@refused_by("claims_transition_next")
def two_moves_ahead(room: Newsroom) -> Statement:
    ahead = move(room.claim(), Action.TAKE, Status.IN_PROGRESS, room.checker)
    ahead.number += 1
    return insert(ahead)


@refused_by("claims_transition_reason")
def declined_without_a_reason(room: Newsroom) -> Statement:
    return insert(move(room.claim(), Action.DECLINE, Status.DECLINED, room.editor))


@refused_by("claims_transition_by_person")
def taken_by_a_service_account(room: Newsroom) -> Statement:
    return insert(move(room.claim(), Action.TAKE, Status.IN_PROGRESS, room.service))


@refused_by("claims_transition_unblocked")
def submitted_past_a_blocking_query(room: Newsroom) -> Statement:
    claim = room.ready()
    ask(claim, room.editor, blocking=True)
    return insert(move(claim, Action.SUBMIT, Status.IN_REVIEW, room.checker))
