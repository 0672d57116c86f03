"""Guards of what a claim rests on: publishers, links, suggestions, evidence, and who
may read a confidential source.
"""

from claims.intake.triage import decline
from factcheck.ledger import clock
from sources.models import Link, Owner, Publisher
from tests import factories
from tests.project.guard_cases import rows
from tests.project.guard_cases.table import (
    SOON,
    Newsroom,
    Statement,
    another,
    insert,
    refused_by,
    sql,
    update,
)


@refused_by("sources_publisher_known_insert")
def a_publisher_for_all_of_an_owner_of_one_desk(room: Newsroom) -> Statement:
    owner = Owner.objects.create(name="Ola Moen", desk=room.elsewhere)
    return insert(Publisher(name="Moen's paper", owner=owner))


@refused_by("sources_publisher_known_update")
def a_publisher_of_one_desk_shown_to_all(room: Newsroom) -> Statement:
    return update(room.known_elsewhere(), desk=None)


@refused_by("sources_link_known_insert")
def a_link_to_somebody_known_to_another_desk(room: Newsroom) -> Statement:
    return insert(
        Link(desk=room.desk, url="https://example.org/", publisher=room.known_elsewhere())
    )


@refused_by("sources_link_known_update")
def a_link_given_to_somebody_known_to_another_desk(room: Newsroom) -> Statement:
    return update(room.evidence().link, publisher=room.known_elsewhere())


@refused_by("claims_suggestion_span")
def a_suggestion_of_words_that_are_not_there(room: Newsroom) -> Statement:
    return insert(another(room.suggestion, fingerprint="f" * 64, text="Other words."))


@refused_by("claims_suggestion_span_kept")
def a_suggestion_put_in_other_words(room: Newsroom) -> Statement:
    return update(room.suggestion, text="Other words.")


@refused_by("claims_suggestion_origin")
def a_suggestion_of_an_extractor_passed_off_as_chosen(room: Newsroom) -> Statement:
    chosen = {"chosen_by": room.checker, "chosen_at": clock.now()}
    return update(room.suggestion, extraction=None, **chosen)


@refused_by("claims_suggestion_born_proposed")
def a_suggestion_accepted_from_the_beginning(room: Newsroom) -> Statement:
    decided = {"state": "accepted", "decided_by": room.checker, "decided_at": clock.now()}
    return insert(another(room.suggestion, fingerprint="f" * 64, **decided))


@refused_by("claims_suggestion_decided")
def a_suggestion_declined_for_another_reason(room: Newsroom) -> Statement:
    decline(room.suggestion, by=room.checker, reason="opinion")
    return update(room.suggestion, decline_reason="trivial")


@refused_by("claims_suggestion_checked_here")
def a_suggestion_checked_by_another_desk(room: Newsroom) -> Statement:
    return update(
        room.suggestion,
        state="already_checked",
        checked_in=factories.claim(room.outsider),
        decided_by=room.checker,
        decided_at=clock.now(),
    )


@refused_by("claims_suggestion_passed_over")
def a_suggestion_passed_over_after_its_decision(room: Newsroom) -> Statement:
    decline(room.suggestion, by=room.checker, reason="opinion")
    return update(room.suggestion, finished_article=rows.finished_article(room))


@refused_by("claims_evidence_frozen")
def evidence_reworded_after_publication(room: Newsroom) -> Statement:
    return update(room.published().evidence.all()[0], finding="Another.")


@refused_by("claims_evidence_kept")
def evidence_given_another_number(room: Newsroom) -> Statement:
    return update(room.evidence(), number=9)


@refused_by("claims_evidence_origin_known")
def evidence_from_somebody_known_to_another_desk(room: Newsroom) -> Statement:
    item = room.evidence()
    return insert(another(item, number=2, finding="More.", origin=room.known_elsewhere()))


@refused_by("claims_evidence_origin_known_anew")
def evidence_traced_to_somebody_known_to_another_desk(room: Newsroom) -> Statement:
    return update(room.evidence(), origin=room.known_elsewhere())


@refused_by("claims_evidence_captured")
def evidence_on_a_note_nobody_signed(room: Newsroom) -> Statement:
    item = room.evidence()
    return insert(another(item, number=2, finding="More.", capture=rows.note(room)))


@refused_by("claims_evidence_captured_anew")
def evidence_put_on_a_note_nobody_signed(room: Newsroom) -> Statement:
    return update(room.evidence(), capture=rows.note(room))


@refused_by("claims_sourcechange_born_pending")
def a_change_of_another_page(room: Newsroom) -> Statement:
    change = rows.change(room)
    return insert(another(change, evidence=room.evidence()))


@refused_by("claims_sourcechange_kept")
def a_change_noticed_at_another_time(room: Newsroom) -> Statement:
    change = rows.change(room)
    return update(change, noticed_at=change.noticed_at + SOON)


@refused_by("claims_sourcechange_decided")
def a_change_with_a_note_after_its_decision(room: Newsroom) -> Statement:
    change = rows.change(room)
    update(change, decision="still_supports", decided_by=room.checker, decided_at=clock.now())()
    return update(change, note="After all.")


@refused_by("claims_interview_of_note")
def a_conversation_kept_as_a_page(room: Newsroom) -> Statement:
    return insert(rows.interview(room, room.evidence().capture))


@refused_by("claims_confidentialidentity_confidential")
def a_name_kept_apart_of_somebody_named(room: Newsroom) -> Statement:
    return insert(rows.identity(rows.talked(room), room))


@refused_by("claims_confidentialidentity_no_update")
def another_name_for_a_source(room: Newsroom) -> Statement:
    return update(rows.confidential_identity(room), name="Another name")


@refused_by("claims_confidentialidentity_encrypted")
def a_name_in_plain_text(room: Newsroom) -> Statement:
    made = rows.identity(rows.talked(room, confidential=True), room)
    columns = "(interview_id, name, contact, by_id, at)"
    return sql(
        f"INSERT INTO claims_confidentialidentity {columns} VALUES (%s, %s, '', %s, %s)",
        made.interview_id,
        "Jon Okafor",
        made.by_id,
        made.at,
    )


@refused_by("claims_sourcegrant_given")
def access_to_a_source_given_by_a_checker(room: Newsroom) -> Statement:
    return insert(rows.granted(room, by=room.checker))


@refused_by("claims_sourcegrant_kept")
def access_to_a_source_for_longer(room: Newsroom) -> Statement:
    grant = rows.access(room)
    return update(grant, ends_at=grant.ends_at + SOON)


@refused_by("claims_sourcereadrequest_made")
def a_request_by_somebody_without_access(room: Newsroom) -> Statement:
    return insert(rows.asked_to_read(rows.confidential_identity(room), room.editor))


@refused_by("claims_sourcereadrequest_confirmed")
def a_request_confirmed_by_somebody_without_access(room: Newsroom) -> Statement:
    return update(rows.asking(room), confirmed_by=room.editor, confirmed_at=clock.now())


@refused_by("claims_sourceread_allowed")
def a_source_read_by_an_editor_without_access(room: Newsroom) -> Statement:
    return insert(rows.reading(rows.confidential_identity(room), room.editor))


@refused_by("claims_sourceread_by_two")
def a_source_for_two_read_by_one(room: Newsroom) -> Statement:
    identity = rows.confidential_identity(room)
    update(identity, two_people=True)()
    return insert(rows.reading(identity, room.checker))
