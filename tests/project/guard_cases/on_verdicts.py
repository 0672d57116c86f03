"""Guards of verdicts: their states, what was signed, and every gate of the approval."""

from datetime import timedelta

from claims.choices import Action, Status
from claims.desk.queries import Question, open_query
from claims.models import Claim, Interest, Listing, Query, Rating, SignedContent, Waiver
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import AccessGrant, User
from sources.models import Publisher
from tests import factories
from tests.project.guard_cases.table import (
    SOON,
    Newsroom,
    Statement,
    another,
    approval,
    approve,
    approved_by_night,
    ask,
    forged,
    insert,
    publish,
    refused_by,
    sql,
    update,
    working,
)


def commented(claim: Claim, by: User) -> Query:
    question = Question(text="Which register?", passage="register of trees", part="explanation")
    return open_query(claim, by=by, question=question)


@refused_by("claims_verdict_born_working")
def dropped_from_the_beginning(room: Newsroom) -> Statement:
    verdict = working(room.ready())
    return insert(another(verdict, claim=room.claim(), state="dropped", closed_at=clock.now()))


@refused_by("claims_verdict_corrects")
def a_second_version_that_corrects_nothing(room: Newsroom) -> Statement:
    verdict = working(room.published())
    return insert(another(verdict, number=2, state="working"))


@refused_by("claims_verdict_correction_kept")
def a_correction_of_another_kind(room: Newsroom) -> Statement:
    return update(working(factories.correcting(room.checker, room.editor)), category="update")


@refused_by("claims_verdict_path")
def published_and_then_dropped(room: Newsroom) -> Statement:
    return update(working(room.published()), state="dropped", closed_at=clock.now())


@refused_by("claims_verdict_superseded")
def superseded_by_nothing(room: Newsroom) -> Statement:
    return update(working(room.published()), state="superseded", closed_at=clock.now())


@refused_by("claims_verdict_frozen")
def reworded_after_publication(room: Newsroom) -> Statement:
    return update(working(room.published()), explanation="Another.")


@refused_by("claims_verdict_closed")
def retracted_for_another_reason(room: Newsroom) -> Statement:
    claim = factories.retracted(room.checker, room.editor)
    return update(working(claim), retraction_reason="Another.")


@refused_by("claims_verdict_sealed")
def other_content_under_the_signatures(room: Newsroom) -> Statement:
    return update(working(room.approved()), content="{}")


@refused_by("claims_listing_published")
def listed_before_its_publication(room: Newsroom) -> Statement:
    verdict = working(room.approved())
    return insert(Listing(verdict=verdict, first_published_at=clock.now()))


@refused_by("claims_listing_as_signed")
def listed_under_another_rating(room: Newsroom) -> Statement:
    return update(working(room.published()).listing, rating="Another")


@refused_by("claims_listing_stays")
def taken_from_the_lists(room: Newsroom) -> Statement:
    listing = working(room.published()).listing
    return sql("DELETE FROM claims_listing WHERE verdict_id = %s", listing.pk)


@refused_by("claims_listing_no_truncate")
def taken_from_the_lists_with_all_others(room: Newsroom) -> Statement:
    return sql("TRUNCATE claims_listing")


@refused_by("claims_listing_no_replace", also=("claims_listing_stays",))
def listed_anew(room: Newsroom) -> Statement:
    listing = working(room.published()).listing
    return sql(
        "INSERT OR REPLACE INTO claims_listing SELECT * FROM claims_listing WHERE verdict_id = %s",
        listing.pk,
    )


@refused_by("claims_verdict_by_transition")
def approved_without_a_move(room: Newsroom) -> Statement:
    verdict = working(room.submitted())
    return update(verdict, **approval(room.editor, verdict.content_hash))


@refused_by("claims_verdict_content")
def approved_on_a_hash_of_other_content(room: Newsroom) -> Statement:
    return approve(room.submitted(), room.editor, content="{}")


@refused_by("claims_signedcontent_hash", also=("claims_signedcontent_signed",))
def signed_content_that_its_hash_is_not_of(room: Newsroom) -> Statement:
    kept = room.submitted().signed_contents.get()
    return insert(SignedContent(claim=room.claim(), hash=kept.hash, content="{}"))


@refused_by("claims_signedcontent_signed")
def signed_content_of_another_claim(room: Newsroom) -> Statement:
    kept = room.submitted().signed_contents.get()
    return insert(another(kept, claim=room.claim()))


@refused_by("claims_verdict_comments")
def approved_with_an_open_comment(room: Newsroom) -> Statement:
    claim = room.submitted()
    commented(claim, room.editor)
    return approve(claim, room.editor)


@refused_by("claims_query_of_version")
def a_comment_on_a_version_of_another_claim(room: Newsroom) -> Statement:
    comment = commented(room.submitted(), room.editor)
    return insert(another(comment, claim=room.claim()))


@refused_by("claims_verdict_sources")
def approved_on_two_papers_of_one_owner(room: Newsroom) -> Statement:
    claim = room.submitted()
    cited = Publisher.objects.filter(links__evidence__claim=claim)
    cited.update(owner=cited[0].owner)
    return approve(claim, room.editor)


@refused_by("claims_verdict_waived")
def approved_on_a_waiver_of_another_claim(room: Newsroom) -> Statement:
    waiver = Waiver.objects.create(
        claim=room.claim(), kind="evidence", reason="Nobody else knows.", by=room.editor,
        at=clock.now(),
    )  # fmt: skip
    return approve(room.submitted(), room.editor, independent_sources=1, evidence_waiver=waiver)


@refused_by("claims_verdict_quotes")
def approved_with_a_quote_nobody_checked(room: Newsroom) -> Statement:
    claim = room.submitted()
    claim.evidence.update(quote="It planted fewer.", quote_state="unchecked")
    return approve(claim, room.editor)


@refused_by("claims_verdict_quote_accuracy")
def approved_without_telling_whether_they_said_it(room: Newsroom) -> Statement:
    claim = room.submitted()
    update(claim, claimant=factories.claimant("Lena Brandt"))()
    return approve(claim, room.editor, quote_accuracy="")


@refused_by("claims_verdict_reply")
def approved_before_they_were_asked(room: Newsroom) -> Statement:
    claim = room.submitted()
    update(claim, claimant=factories.claimant("Lena Brandt"))()
    Rating.objects.update(needs_reply=True)
    return approve(claim, room.editor)


@refused_by("claims_verdict_sign_off")
def approved_before_legal_signed_it_off(room: Newsroom) -> Statement:
    claim = room.submitted()
    ask(claim, room.editor, privileged=True, sign_off=True)
    return approve(claim, room.editor)


@refused_by("claims_verdict_unblocked")
def approved_past_a_blocking_query(room: Newsroom) -> Statement:
    claim = room.submitted()
    approval_of_it = approve(claim, room.editor)
    ask(claim, room.editor, blocking=True)
    return approval_of_it


@refused_by("claims_verdict_two_people")
def approved_by_who_let_the_author_in(room: Newsroom) -> Statement:
    now = clock.now()
    AccessGrant.objects.create(
        user=room.checker, by=room.editor, what="membership", at=now,
        blocks_until=now + timedelta(days=1),
    )  # fmt: skip
    return approve(room.submitted(), room.editor)


@refused_by("claims_verdict_disinterested")
def approved_by_somebody_with_an_interest(room: Newsroom) -> Statement:
    claim = room.submitted()
    owner = Publisher.objects.filter(links__evidence__claim=claim)[0].owner
    Interest.objects.create(
        user=room.editor, about="Owns shares.", owner=owner, declared_date="2026-01-01"
    )
    return approve(claim, room.editor)


@refused_by("claims_verdict_of_original")
def approved_before_its_original_is_published(room: Newsroom) -> Statement:
    claim = room.submitted()
    update(claim, language="de", translation_of=room.claim())()
    return approve(claim, room.editor)


@refused_by("claims_verdict_edited")
def approved_by_two_checkers_by_day(room: Newsroom) -> Statement:
    return approve(room.submitted(), room.second_checker)


@refused_by("claims_verdict_night_confirmed")
def confirmed_without_a_transition(room: Newsroom) -> Statement:
    verdict = approved_by_night(room)
    return update(verdict, night_confirmed_by=room.editor, night_confirmed_at=clock.now())


@refused_by("claims_verdict_night_confirmed_kept")
def confirmed_by_somebody_else_after_all(room: Newsroom) -> Statement:
    verdict = approved_by_night(room)
    forged(verdict.claim, Action.CONFIRM_NIGHT_WORK, Status.APPROVED, room.editor)
    update(verdict, night_confirmed_by=room.editor, night_confirmed_at=clock.now())()
    return update(verdict, night_confirmed_by=room.second_editor)


@refused_by("claims_verdict_embargo")
def published_under_embargo(room: Newsroom) -> Statement:
    claim = room.approved()
    update(claim, embargo_until=clock.now() + SOON)()
    return publish(claim, room.editor)


@refused_by("claims_verdict_scheduled")
def recalled_while_its_publication_is_scheduled(room: Newsroom) -> Statement:
    claim = room.approved()
    apply(claim, Action.SCHEDULE, by=room.editor, data=MoveData(at=clock.now() + SOON))
    return update(working(claim), state="working")
