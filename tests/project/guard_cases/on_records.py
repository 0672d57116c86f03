"""Guards of the desk's own lists: interests, waivers, queries, topics, ratings, what
readers send, tokens, and the chain.
"""

from uuid import uuid4

from django.db import connection

from claims.models import Claim, DeskChannel, FormDraft
from factcheck.ledger import clock
from factcheck.ledger.models import KeyRotation
from factcheck.newsroom.models import ApiToken, IdempotencyKey, Membership
from tests import factories
from tests.claims.export_cases import imported_claim
from tests.project.guard_cases import kept_rows, rows
from tests.project.guard_cases.table import (
    SOON,
    Newsroom,
    Statement,
    another,
    ask,
    delete,
    insert,
    refused_by,
    sql,
    update,
    working,
)


@refused_by("ledger_audithead_forward")
def the_head_ahead_of_the_chain(room: Newsroom) -> Statement:
    assert room.desk, "so that there is a chain"
    return sql("UPDATE ledger_audithead SET seq = seq + 1")


@refused_by("newsroom_apitoken_personal")
def a_token_that_an_editor_made_to_sign_for_a_checker(room: Newsroom) -> Statement:
    scopes = ["read", "verdicts:sign"]
    return insert(
        ApiToken(
            owner=room.checker, made_by=room.editor, name="Key", prefix="fc_x", digest="d",
            scopes=scopes,
        )
    )  # fmt: skip


@refused_by("newsroom_apitoken_service")
def a_token_by_which_a_service_account_signs(room: Newsroom) -> Statement:
    own = {"owner": room.service, "made_by": room.service}
    return insert(ApiToken(**own, name="Key", digest="d", scopes=["verdicts:sign"]))


@refused_by("newsroom_user_service")
def a_service_account_that_becomes_a_person(room: Newsroom) -> Statement:
    return update(room.service, is_service=False)


@refused_by("newsroom_membership_service")
def a_person_in_the_role_of_a_service_account(room: Newsroom) -> Statement:
    return insert(Membership(user=room.checker, desk=room.desk, role="service"))


@refused_by("newsroom_membership_still_service")
def a_service_account_made_an_editor(room: Newsroom) -> Statement:
    return update(room.service.memberships.get(), role="editor")


@refused_by("newsroom_apitoken_kept")
def a_token_that_changes_hands(room: Newsroom) -> Statement:
    return update(rows.token(room), owner=room.editor)


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


@refused_by("claims_importedfactcheck_kept")
def a_fact_check_that_somebody_else_imported(room: Newsroom) -> Statement:
    made = kept_rows.NEVER_DELETED["claims_importedfactcheck"](room)
    return update(made, imported_by=room.checker)


@refused_by("claims_importedclaim_kept")
def an_imported_claim_reworded(room: Newsroom) -> Statement:
    return update(imported_claim(room.desk, room.editor), text="It is open.")


@refused_by("claims_topic_kept")
def a_topic_of_another_desk(room: Newsroom) -> Statement:
    return update(kept_rows.NEVER_DELETED["claims_topic"](room), desk=room.elsewhere)


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


@refused_by("claims_tip_born_waiting")
def a_request_to_correct_what_is_not_published(room: Newsroom) -> Statement:
    return insert(rows.tip(room, kind="correction", verdict=working(room.ready())))


@refused_by("claims_tip_kept")
def a_tip_that_comes_later(room: Newsroom) -> Statement:
    return update(rows.waiting_tip(room), received_at=clock.now() + SOON)


@refused_by("claims_tip_decided")
def a_tip_closed_for_another_reason(room: Newsroom) -> Statement:
    tip = rows.waiting_tip(room)
    decided = {"decided_by": room.checker, "decided_at": clock.now()}
    update(tip, state="closed", reason="spam", **decided)()
    return update(tip, reason="no_capacity")


@refused_by("claims_tip_passed")
def a_request_for_correction_at_another_desk(room: Newsroom) -> Statement:
    verdict = room.published().verdicts.get()
    tip = rows.tip(room, kind="correction", verdict=verdict)
    tip.save(force_insert=True)
    return update(tip, desk=room.outsider.memberships.get().desk)


@refused_by("claims_tip_of_desk")
def a_tip_joined_to_a_claim_of_another_desk(room: Newsroom) -> Statement:
    decided = {"decided_by": room.checker, "decided_at": clock.now()}
    claim = factories.claim(room.outsider)
    return update(rows.waiting_tip(room), state="joined", claim=claim, **decided)


@refused_by("claims_tipmessage_once")
def a_tip_reworded(room: Newsroom) -> Statement:
    return update(rows.tip_message(room), text="It is so.")


@refused_by("claims_tipmessage_encrypted")
def a_tip_in_plain_text(room: Newsroom) -> Statement:
    return sql(
        "INSERT INTO claims_tipmessage (tip_id, text, url, place, name, email, erase_date)"
        " VALUES (%s, 'Is it so?', '', '', '', '', %s)",
        rows.waiting_tip(room).pk,
        clock.now() + SOON,
    )


@refused_by("ledger_keyrotation_begins")
def a_key_rotation_that_is_over_before_it_began(room: Newsroom) -> Statement:
    return insert(KeyRotation(started_at=clock.now(), finished_at=clock.now(), open=False))


@refused_by("ledger_keyrotation_ends")
def a_finished_key_rotation_opened_again(room: Newsroom) -> Statement:
    made = KeyRotation.objects.create(started_at=clock.now())
    update(made, open=False, finished_at=clock.now())()
    return update(made, open=True, finished_at=None)


@refused_by("claims_deskchannel_encrypted")
def a_webhook_in_plain_text(room: Newsroom) -> Statement:
    columns = "(public_id, desk_id, service, address, kinds, active)"
    return sql(
        f"INSERT INTO claims_deskchannel {columns} VALUES (%s, %s, 'slack', %s, '[]', %s)",
        uuid4().hex if connection.vendor == "sqlite" else uuid4(),
        room.desk.pk,
        "https://hooks.example/1",
        True,
    )


@refused_by("claims_deskchannel_encrypted_kept")
def a_webhook_changed_to_plain_text(room: Newsroom) -> Statement:
    made = DeskChannel.objects.create(desk=room.desk, service="slack", address="https://a.example")
    return sql(
        "UPDATE claims_deskchannel SET address = %s WHERE id = %s", "https://b.example", made.pk
    )


@refused_by("newsroom_idempotencykey_encrypted")
def an_answer_in_plain_text(room: Newsroom) -> Statement:
    return sql(
        "INSERT INTO newsroom_idempotencykey (token_id, key, request, status, answer, at)"
        " VALUES (%s, 'a', 'b', 201, %s, %s)",
        rows.token(room).pk,
        '{"body": "A claim."}',
        clock.now(),
    )


@refused_by("newsroom_idempotencykey_encrypted_kept")
def an_answer_changed_to_plain_text(room: Newsroom) -> Statement:
    made = IdempotencyKey.objects.create(
        token=rows.token(room), key="a", request="b", status=201, answer="{}", at=clock.now()
    )
    return sql("UPDATE newsroom_idempotencykey SET answer = %s WHERE id = %s", "A claim.", made.pk)


@refused_by("claims_formdraft_encrypted")
def a_draft_in_plain_text(room: Newsroom) -> Statement:
    return sql(
        "INSERT INTO claims_formdraft (user_id, form, words, at) VALUES (%s, 'new', %s, %s)",
        room.checker.pk,
        "I was typing.",
        clock.now(),
    )


@refused_by("claims_formdraft_encrypted_kept")
def a_draft_changed_to_plain_text(room: Newsroom) -> Statement:
    made = FormDraft.objects.create(user=room.checker, form="new", words="{}", at=clock.now())
    return sql("UPDATE claims_formdraft SET words = %s WHERE id = %s", "Typed.", made.pk)
