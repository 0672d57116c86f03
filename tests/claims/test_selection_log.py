"""The selection ledger: every offer once, with what was decided, why, about whom and on
what, and counts between two dates.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from claims.choices import Action
from claims.intake.selection_filter import SelectionFilter
from claims.intake.selection_log import as_csv, entries, totals, totals_csv
from claims.intake.topics import add_topic, set_topic
from claims.intake.triage import (
    ClaimDetails,
    accept,
    already_checked,
    create_claim,
    decline,
    finish_article,
)
from claims.models import Claim, FinishedArticle, Suggestion
from claims.workflow import GateError, MoveData, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.models import Article, Claimant
from tests import factories
from tests.claims import triage_cases
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db


@shared
def article(checker: User) -> Article:
    """Five suggestions: accepted, accepted and then declined, declined, already
    checked, and one that nobody decides.
    """
    return triage_cases.many(checker, 5)


def _decided(article: Article, checker: User, editor: User) -> list[Suggestion]:
    first, second, third, fourth, fifth = article.suggestions.order_by("rank")
    claim = accept(first, by=checker)
    apply(accept(second, by=checker), Action.DECLINE, by=editor, data=MoveData(reason="trivial"))
    decline(third, by=checker, reason="opinion", note="A matter of taste.")
    already_checked(fourth, by=checker, claim=claim)
    return [first, second, third, fourth, fifth]


def _decisions(by: User, **fields: object) -> list[str]:
    return sorted(row["decision"] for row in entries(by, SelectionFilter(**fields)))


def test_every_offer_stands_there_once_with_its_last_word(
    article: Article, checker: User, editor: User
) -> None:
    _decided(article, checker, editor)
    factories.claim(checker)
    apply(factories.claim(checker), Action.DECLINE, by=editor, data=MoveData(reason="no_capacity"))
    rows = list(entries(editor, SelectionFilter()))
    assert _decisions(editor) == [
        "accepted",
        "accepted",
        "already_checked",
        "declined",
        "declined",
        "declined",
        "undecided",
    ]
    assert sorted(row["reason"] for row in rows if row["decision"] == "declined") == [
        "no_capacity",
        "opinion",
        "trivial",
    ]
    assert {row["decider"] for row in rows if row["reason"] in {"trivial", "no_capacity"}} == {
        "editor"
    }
    assert len({(row["offer"], row["row"]) for row in rows}) == 7
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
    for asked in (
        SelectionFilter(),
        SelectionFilter(reason="trivial"),
        SelectionFilter(last=date(2900, 1, 1)),
    ):
        listed = Counter(row["decision"] for row in entries(editor, asked))
        assert +Counter(totals(editor, asked).decisions) == listed, asked


def test_done_with_an_article_passes_the_rest_over_once(
    article: Article, checker: User, editor: User
) -> None:
    _decided(article, checker, editor)
    done = finish_article(article, by=checker)
    assert (done.passed_over, finish_article(article, by=editor)) == (1, done)
    assert _decisions(editor, decision="passed_over") == ["passed_over"]
    assert AuditEntry.objects.get(action="article.finish").changes["passed_over"] == ["", 1]
    assert FinishedArticle.objects.count() == 1


def test_what_was_passed_over_may_still_be_decided(
    article: Article, checker: User, editor: User
) -> None:
    finish_article(article, by=checker)
    accept(article.suggestions.first(), by=checker)
    assert _decisions(editor) == ["accepted", *["passed_over"] * 4]


def test_an_article_without_anything_left_is_done_with_nothing_passed_over(checker: User) -> None:
    article = triage_cases.article(checker)
    assert finish_article(article, by=checker).passed_over == 0


def test_who_may_not_decide_is_not_done_with_it(
    article: Article, auditor: User, reporter: User, outsider: User
) -> None:
    with pytest.raises(PermissionDenied):
        finish_article(article, by=auditor)
    for who in (reporter, outsider):
        with pytest.raises(Article.DoesNotExist):
            finish_article(article, by=who)


def test_already_checked_names_a_claim_of_the_desk_that_was_not_declined(
    article: Article, checker: User, editor: User, outsider: User
) -> None:
    one = article.suggestions.first()
    elsewhere, gone = factories.claim(outsider), factories.claim(checker)
    apply(gone, Action.DECLINE, by=editor, data=MoveData(reason="opinion"))
    for wrong in (elsewhere, gone):
        with pytest.raises(ValidationError):
            already_checked(one, by=checker, claim=wrong)
    claim = factories.claim(checker)
    first = already_checked(one, by=checker, claim=claim)
    assert already_checked(one, by=editor, claim=claim).decided_by == first.decided_by == checker
    for again in (
        lambda: accept(one, by=checker),
        lambda: decline(one, by=checker, reason="opinion"),
    ):
        with pytest.raises(WorkflowError, match="already checked"):
            again()
    with pytest.raises(WorkflowError):
        already_checked(one, by=checker, claim=factories.claim(checker))


def test_no_sql_undoes_a_decision_or_makes_one_without_its_reason(
    article: Article, checker: User, editor: User, outsider: User
) -> None:
    _decided(article, checker, editor)
    done = finish_article(article, by=checker)
    elsewhere = factories.claim(outsider)
    for statement in (
        (
            f"UPDATE claims_suggestion SET checked_in_id = {elsewhere.pk}, state ="
            f" 'already_checked', decided_by_id = {checker.pk}, decided_at = '2026-01-01' WHERE"
            " state = 'proposed'"
        ),
        (
            f"UPDATE claims_suggestion SET state = 'already_checked', decided_by_id = {checker.pk},"
            " decided_at = '2026-01-01' WHERE state = 'proposed'"
        ),
        (
            f"UPDATE claims_suggestion SET state = 'declined', decided_by_id = {checker.pk},"
            " decided_at = '2026-01-01' WHERE state = 'proposed'"
        ),
        (
            "UPDATE claims_suggestion SET state = 'declined', decline_reason = 'boring',"
            f" decided_by_id = {checker.pk}, decided_at = '2026-01-01' WHERE state = 'proposed'"
        ),
        (
            "UPDATE claims_suggestion SET checked_in_id = NULL, state = 'proposed' WHERE state ="
            " 'already_checked'"
        ),
        "UPDATE claims_suggestion SET finished_article_id = NULL WHERE finished_article_id IS NOT NULL",
        f"UPDATE claims_suggestion SET finished_article_id = {done.pk} WHERE state = 'accepted'",
        "UPDATE claims_finishedarticle SET passed_over = 0",
        "DELETE FROM claims_finishedarticle",
        (
            "INSERT INTO claims_transition (claim_id, number, action, from_status, to_status,"
            " by_id, at, note, data, content_hash, entry_point) SELECT id, 1, 'decline', 'open',"
            f" 'declined', {editor.pk}, '2026-01-01', '', '{{}}', '', 'sql' FROM claims_claim WHERE"
            f" id = {factories.claim(checker).pk}"
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_no_claim_is_declined_without_a_reason_of_the_list(checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    for reason in ("", "boring"):
        with pytest.raises(GateError):
            apply(claim, Action.DECLINE, by=editor, data=MoveData(reason=reason))


def _about(by: User, editor: User, name: str, topic: str = "") -> Claim:
    who = Claimant.objects.get_or_create(name=name, description="")[0] if name else None
    details = ClaimDetails(text=f"{name or 'Nobody'} counted the bridges.", claimant=who)
    claim, _ = create_claim(by.memberships.get().desk, by=by, details=details)
    return (
        set_topic(claim, by=by, topic=add_topic(claim.desk, by=editor, name=topic)[0])
        if topic
        else claim
    )


def test_counts_are_by_claimant_topic_and_decision(checker: User, editor: User) -> None:
    for name in ("Red party", "Red party", "Blue party"):
        _about(checker, editor, f"{name}", "Transport")
    apply(
        _about(checker, editor, "Green party"),
        Action.DECLINE,
        by=editor,
        data=MoveData(reason="opinion"),
    )
    found = totals(editor, SelectionFilter())
    # the second of the same words by the same person is the first one again
    assert found.decisions == {
        "undecided": 0,
        "accepted": 2,
        "declined": 1,
        "already_checked": 0,
        "passed_over": 0,
    }
    assert {name: (count["accepted"], count["declined"]) for name, count in found.claimants} == {
        "Red party": (1, 0),
        "Blue party": (1, 0),
        "Green party": (0, 1),
    }
    assert (
        dict(found.topics)["Transport"]["accepted"] == 2
        and dict(found.topics)["no topic"]["declined"] == 1
    )


def test_between_two_dates_both_count_in_the_time_of_the_desk(checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    desk = claim.desk
    desk.time_zone = "Pacific/Auckland"
    desk.save()
    Claim.objects.filter(pk=claim.pk).update(
        created_at="2026-03-01T11:30:00Z"
    )  # the 2nd of March there
    for first, last, there in ((1, 1, 0), (2, 2, 1), (1, 2, 1), (3, 4, 0)):
        filters = SelectionFilter(desk=desk, first=date(2026, 3, first), last=date(2026, 3, last))
        assert (
            len(list(entries(editor, filters)))
            == sum(totals(editor, filters).decisions.values())
            == there
        ), (first, last)
    with pytest.raises(ValidationError, match="before the first"):
        SelectionFilter(first=date(2026, 3, 2), last=date(2026, 3, 2) - timedelta(days=1))


def test_filters_narrow_by_claimant_topic_reason_and_desk(
    article: Article, checker: User, editor: User, outsider: User
) -> None:
    _decided(article, checker, editor)
    _about(checker, editor, "Red party", "Transport")
    factories.claim(outsider)
    assert _decisions(editor, claimant="red") == ["accepted"]
    assert _decisions(editor, claimant='"Red party"') == ["accepted"]
    assert _decisions(editor, claimant='"red"') == []
    assert _decisions(editor, topic="Transport") == ["accepted"]
    named, about = len(_decisions(editor, claimant='""')), len(_decisions(editor, topic="-"))
    assert (named, about) == (len(_decisions(editor)) - 1,) * 2
    assert _decisions(editor, reason="trivial") == ["declined"]
    assert len(_decisions(outsider)) == 1
    assert _decisions(editor, desk=outsider.memberships.get().desk) == []


def test_only_editors_and_auditors_read_it(
    checker: User, reporter: User, admin_person: User, superuser: User, auditor: User
) -> None:
    factories.claim(checker)
    assert _decisions(auditor) == ["accepted"]
    for who in (checker, reporter, admin_person, superuser):
        with pytest.raises(PermissionDenied):
            list(entries(who, SelectionFilter()))


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\uff1d1"])
def test_no_cell_of_an_export_is_a_formula(checker: User, editor: User, start: str) -> None:
    _about(checker, editor, f"{start.strip()} cmd" if start.strip() else start)
    details = ClaimDetails(text=f"{start} is a claim.")
    create_claim(checker.memberships.get().desk, by=checker, details=details)
    cells = [
        cell
        for line in as_csv(entries(editor, SelectionFilter()))
        for cell in line.strip().strip('"').split('","')
    ]
    cells += [
        cell
        for line in totals_csv(totals(editor, SelectionFilter()))
        for cell in line.strip().strip('"').split('","')
    ]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))]


def test_a_topic_is_of_its_desk_chosen_after_publication_too_and_audited(
    checker: User, editor: User, auditor: User, outsider: User, published: Claim
) -> None:
    topic, new = add_topic(published.desk, by=editor, name="  Trees ")
    assert new and add_topic(published.desk, by=editor, name="Trees") == (topic, False)
    set_topic(published, by=checker, topic=topic)
    version = published.version
    assert set_topic(published, by=checker, topic=topic).version == version
    assert AuditEntry.objects.get(action="claim.topic").changes == {"topic": ["", "Trees"]}
    other, _ = add_topic(outsider.memberships.get().desk, by=outsider, name="Chess")
    with pytest.raises(ValidationError):
        set_topic(published, by=checker, topic=other)
    with pytest.raises(PermissionDenied):
        set_topic(published, by=auditor, topic=None)
    with pytest.raises(PermissionDenied):
        add_topic(published.desk, by=checker, name="Ships")
    for statement in (
        f"UPDATE claims_claim SET topic_id = {other.pk} WHERE id = {published.pk}",
        "DELETE FROM claims_topic",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
