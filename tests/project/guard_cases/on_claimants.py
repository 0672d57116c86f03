"""One statement for each guard of what desks share, or keep to themselves."""

from claims.models import Claim
from factcheck.ledger import clock
from sources.models import Claimant, Owner, Publisher
from tests import factories
from tests.project.guard_cases import rows
from tests.project.guard_cases.table import (
    Newsroom,
    Statement,
    another,
    insert,
    refused_by,
    update,
)


def _known_elsewhere(room: Newsroom) -> Claimant:
    """Somebody whom the other desk alone is checking."""
    return Claimant.objects.create(name="Ola Moen", desk=room.elsewhere)


@refused_by("sources_claimant_kept")
def a_claimant_renamed_in_place(room: Newsroom) -> Statement:
    return update(factories.claimant("Lena Brandt"), name="Lena Olsen")


@refused_by("sources_claimant_shared_for_good")
def a_shared_claimant_hidden_again(room: Newsroom) -> Statement:
    return update(factories.claimant("Lena Brandt"), desk=room.desk)


@refused_by("sources_owner_shared_for_good")
def an_owner_given_to_another_desk(room: Newsroom) -> Statement:
    return update(Owner.objects.create(name="Ola Moen", desk=room.elsewhere), desk=room.desk)


@refused_by("sources_publisher_shared_for_good")
def a_shared_publisher_hidden_again(room: Newsroom) -> Statement:
    owner = Owner.objects.create(name="Harbour office")
    return update(Publisher.objects.create(name="Harbour office", owner=owner), desk=room.desk)


@refused_by("claims_claim_claimant_known")
def a_claim_by_somebody_known_to_another_desk(room: Newsroom) -> Statement:
    return insert(another(room.claim(), claimant=_known_elsewhere(room)))


@refused_by("claims_claim_claimant_known_anew")
def a_claim_put_down_to_somebody_known_to_another_desk(room: Newsroom) -> Statement:
    return update(room.claim(), claimant=_known_elsewhere(room))


@refused_by("claims_repetition_claimant_known")
def a_repetition_by_somebody_known_to_another_desk(room: Newsroom) -> Statement:
    claim = room.published()
    return insert(rows.repetition(room, claim=claim, claimant=_known_elsewhere(room)))


@refused_by("claims_replyrequest_claimant_known")
def a_question_to_somebody_known_to_another_desk(room: Newsroom) -> Statement:
    asked = rows.contact(room)
    claim: Claim = asked.claim
    return insert(
        another(asked, claim=claim, number=2, claimant=_known_elsewhere(room), at=clock.now())
    )


@refused_by("claims_evidence_named")
def evidence_of_a_publisher_by_another_name(room: Newsroom) -> Statement:
    return update(room.evidence(), publisher_name="Another paper")


@refused_by("claims_rating_range")
def another_value_on_a_scale_in_use(room: Newsroom) -> Statement:
    room.ready()
    return insert(another(factories.rating(), name="Worse", value=9, position=9))


@refused_by("claims_rating_range_kept")
def a_rating_of_a_scale_in_use_worth_more(room: Newsroom) -> Statement:
    room.ready()
    return update(factories.rating("True"), value=9)
