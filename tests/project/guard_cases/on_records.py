"""Guards of what stands beside claims and verdicts: suggestions, evidence, gates,
reviews, sources and the desk's own lists.
"""

from claims.choices import Action, Status
from claims.intake.triage import decline
from claims.models import Claim
from factcheck.ledger import clock
from factcheck.ledger.models import KeyRotation
from factcheck.newsroom.models import AccessGrant, ApiToken
from sources.models import Link, Owner, Publisher
from tests import factories
from tests.project.guard_cases import rows
from tests.project.guard_cases.table import (
    SOON,
    Newsroom,
    Statement,
    another,
    ask,
    delete,
    insert,
    move,
    refused_by,
    sql,
    update,
    working,
)


@refused_by("ledger_audithead_forward")
def the_head_ahead_of_the_chain(room: Newsroom) -> Statement:
    assert room.desk, "so that there is a chain"
    return sql("UPDATE ledger_audithead SET seq = seq + 1")


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


@refused_by("newsroom_apitoken_personal")
def a_token_that_an_editor_made_to_sign_for_a_checker(room: Newsroom) -> Statement:
    scopes = ["read", "verdicts:sign"]
    return insert(
        ApiToken(
            owner=room.checker, made_by=room.editor, name="Key", prefix="fc_x", digest="d",
            scopes=scopes,
        )
    )  # fmt: skip


@refused_by("newsroom_apitoken_kept")
def a_token_that_changes_hands(room: Newsroom) -> Statement:
    return update(rows.token(room), owner=room.editor)


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


@refused_by("claims_interest_kept")
def an_interest_reworded(room: Newsroom) -> Statement:
    return update(rows.interest(room), about="Nobody.")


@refused_by("claims_waiver_of_another")
def an_interest_of_their_own_waived(room: Newsroom) -> Statement:
    own = rows.interest(room)
    return insert(rows.waiver(room, kind="interest", interest=own, by=room.checker))


@refused_by("claims_waiver_of_claim")
def a_waiver_for_evidence_of_another_claim(room: Newsroom) -> Statement:
    return insert(rows.waiver(room, kind="quote", evidence=room.evidence()))


@refused_by("claims_waiver_kept")
def a_waiver_for_another_reason(room: Newsroom) -> Statement:
    return update(rows.waived(room), reason="Another.")


@refused_by("claims_waiver_disclosed")
def a_waiver_of_an_interest_revoked_after_the_approval(room: Newsroom) -> Statement:
    waiver = rows.waived(room, claim=room.approved(), kind="interest", interest=rows.interest(room))
    return update(waiver, revoked_by=room.editor, revoked_at=clock.now())


@refused_by("claims_replyrequest_kept")
def a_question_reworded(room: Newsroom) -> Statement:
    return update(rows.contact(room), question="Is it not so?")


@refused_by("claims_query_of_claim")
def a_query_about_evidence_of_another_claim(room: Newsroom) -> Statement:
    query = ask(room.claim(), room.checker)
    return insert(another(query, evidence=room.evidence()))


@refused_by("claims_query_kept")
def a_query_that_no_longer_blocks(room: Newsroom) -> Statement:
    return update(ask(room.claim(), room.checker, blocking=True), blocking=False)


@refused_by("claims_topic_kept")
def a_topic_of_another_desk(room: Newsroom) -> Statement:
    return update(rows.NEVER_DELETED["claims_topic"](room), desk=room.elsewhere)


@refused_by("claims_rating_used")
def a_rating_deleted_under_a_verdict(room: Newsroom) -> Statement:
    return delete(working(room.ready()).rating)


@refused_by("claims_rating_shown")
def a_rating_renamed_after_publication(room: Newsroom) -> Statement:
    return update(working(room.published()).rating, name="True enough")


@refused_by("claims_ratingscale_used")
def a_scale_deleted_under_a_verdict(room: Newsroom) -> Statement:
    return delete(working(room.ready()).rating.scale)


@refused_by("claims_ratingscale_kept")
def a_scale_renamed_under_a_verdict(room: Newsroom) -> Statement:
    return update(working(room.ready()).rating.scale, name="Another")


@refused_by("claims_readertip_marked")
def a_reader_tip_without_contact_details(room: Newsroom) -> Statement:
    return insert(rows.reader_tip(room))


@refused_by("claims_readertip_once")
def a_reader_tip_reworded(room: Newsroom) -> Statement:
    return update(rows.sent_in(room), name="Another reader")


@refused_by("claims_readertip_encrypted")
def a_message_in_plain_text(room: Newsroom) -> Statement:
    made = rows.reader_tip(room)
    Claim.objects.filter(pk=made.claim_id).update(from_reader=True)
    columns = (
        "(claim_id, name, contact, message, received_at, erase_date, entered_by_id, entered_at)"
    )
    return sql(
        f"INSERT INTO claims_readertip {columns} VALUES (%s, '', '', %s, %s, %s, %s, %s)",
        made.claim_id,
        "I was there.",
        made.received_at,
        made.erase_date,
        made.entered_by_id,
        made.entered_at,
    )


@refused_by("ledger_keyrotation_begins")
def a_key_rotation_that_is_over_before_it_began(room: Newsroom) -> Statement:
    return insert(KeyRotation(started_at=clock.now(), finished_at=clock.now(), open=False))


@refused_by("ledger_keyrotation_ends")
def a_finished_key_rotation_opened_again(room: Newsroom) -> Statement:
    made = KeyRotation.objects.create(started_at=clock.now())
    update(made, open=False, finished_at=clock.now())()
    return update(made, open=True, finished_at=None)


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
