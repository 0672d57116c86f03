"""Guards of what becomes of a published verdict: repetitions, reviews, scheduled
publication.
"""

from claims.choices import Action, Status
from factcheck.ledger import clock
from factcheck.newsroom.models import AccessGrant
from tests.project.guard_cases import rows
from tests.project.guard_cases.table import (
    SOON,
    Newsroom,
    Statement,
    another,
    insert,
    move,
    refused_by,
    update,
    working,
)


@refused_by("claims_repetition_of_published")
def a_repetition_of_what_is_not_published(room: Newsroom) -> Statement:
    return insert(rows.repetition(room))


@refused_by("claims_repetition_kept")
def a_repetition_in_other_words(room: Newsroom) -> Statement:
    return update(rows.repeated(room), words="Other words.")


@refused_by("claims_repetition_confirmed")
def a_repetition_confirmed_without_an_editor(room: Newsroom) -> Statement:
    return update(rows.repeated(room), confirmed_by=room.second_checker, confirmed_at=clock.now())


@refused_by("claims_repetition_two_people")
def a_repetition_confirmed_by_an_account_of_the_same_person(room: Newsroom) -> Statement:
    again, now = rows.repeated(room), clock.now()
    for user in (room.checker, room.second_editor):
        AccessGrant.objects.create(
            user=user, by=room.editor, what="link", at=now, blocks_until=now + SOON
        )
    return update(again, confirmed_by=room.second_editor, confirmed_at=now)


@refused_by("claims_repetition_withdrawn")
def a_repetition_withdrawn_for_another_reason(room: Newsroom) -> Statement:
    again = rows.repeated(room)
    update(
        again, withdrawn_by=room.checker, withdrawn_at=clock.now(), withdrawal_reason="Misheard."
    )()
    return update(again, withdrawal_reason="Another.")


@refused_by("claims_recheck_born_pending")
def a_review_of_what_is_not_published(room: Newsroom) -> Statement:
    review, claim = rows.review(room), room.ready()
    return insert(another(review, claim=claim, verdict=working(claim)))


@refused_by("claims_recheck_kept")
def a_review_with_another_note(room: Newsroom) -> Statement:
    return update(rows.review(room), note="Another.")


@refused_by("claims_recheck_decided")
def a_review_decided_for_another_reason(room: Newsroom) -> Statement:
    review = rows.review(room)
    update(
        review,
        decision="unaffected",
        decided_by=room.editor,
        decided_at=clock.now(),
        reason="It still holds.",
        next_recheck_date="2030-01-01",
    )()
    return update(review, reason="Another.")


@refused_by("claims_recheck_true")
def a_review_that_corrected_nothing(room: Newsroom) -> Statement:
    return update(
        rows.review(room), decision="corrected", decided_by=room.editor, decided_at=clock.now()
    )


@refused_by("claims_scheduledpublication_of_approved")
def a_plan_for_other_content(room: Newsroom) -> Statement:
    plan = rows.plan(room, content_hash="0" * 64)
    move(plan.claim, Action.SCHEDULE, Status.APPROVED, room.editor).save()
    return insert(plan)


@refused_by("claims_scheduledpublication_by_move")
def a_plan_without_its_move(room: Newsroom) -> Statement:
    return insert(rows.plan(room))


@refused_by("claims_scheduledpublication_embargo")
def a_plan_before_the_embargo_ends(room: Newsroom) -> Statement:
    plan = rows.plan(room)
    update(plan.claim, embargo_until=plan.at + SOON)()
    move(plan.claim, Action.SCHEDULE, Status.APPROVED, room.editor).save()
    return insert(plan)


@refused_by("claims_scheduledpublication_kept")
def a_plan_put_off(room: Newsroom) -> Statement:
    plan = rows.scheduled(room)
    return update(plan, at=plan.at + SOON)
