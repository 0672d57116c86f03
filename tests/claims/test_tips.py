"""Who sent a claim in: kept apart from the claim, for as many days as the desk says,
and erased once.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from claims.intake.tips import TipDetails, add_tip, erase, erase_due, of_claim
from claims.models import Claim, ReaderTip
from claims.tasks import erase_expired_tips
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db
WHO = TipDetails(name="Runa Esker", contact="runa@mail.example", message="I was on that bridge.")


def _sent(by: User, *, days_ago: int = 0) -> Claim:
    claim = factories.claim(by)
    came = clock.now() - timedelta(days=days_ago) if days_ago else None
    add_tip(claim, by=by, details=TipDetails(WHO.name, WHO.contact, WHO.message, came))
    return claim


def _refused(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_claim_says_that_a_reader_sent_it_and_the_audit_chain_not_who(checker: User) -> None:
    claim = _sent(checker)
    row = ReaderTip.objects.get()
    assert claim.from_reader and (row.name, row.contact, row.message) == (
        WHO.name,
        WHO.contact,
        WHO.message,
    )
    assert row.erase_date - row.received_at == timedelta(days=90)
    assert AuditEntry.objects.get(action="tip.add").changes == {"tip": ["", "entered"]}


def test_the_desk_says_for_how_many_days(checker: User) -> None:
    desk = checker.memberships.get().desk
    desk.tip_retention_days = 7
    desk.save()
    row = add_tip(factories.claim(checker), by=checker, details=WHO)
    assert row.erase_date - row.received_at == timedelta(days=7)


@pytest.mark.parametrize("many", [0, 731])
def test_no_desk_keeps_them_for_ever_or_not_at_all(checker: User, many: int) -> None:
    _refused(f"UPDATE newsroom_desk SET tip_retention_days = {many}")


@pytest.mark.parametrize(
    ("details", "message"),
    [
        (TipDetails(), "Enter a name"),
        (TipDetails(name=" ", message="\n"), "Enter a name"),
        (TipDetails(name="x" * 201), "200"),
        (TipDetails(name="Runa", contact="y" * 301), "300"),
    ],
)  # fmt: skip
def test_nothing_or_too_much_is_refused(checker: User, details: TipDetails, message: str) -> None:
    claim = factories.claim(checker)
    with pytest.raises(ValidationError, match=message):
        add_tip(claim, by=checker, details=details)
    claim.refresh_from_db()
    assert not claim.from_reader and not ReaderTip.objects.exists()


def test_what_will_come_is_not_entered(checker: User) -> None:
    with pytest.raises(ValidationError, match="future"):
        add_tip(
            factories.claim(checker),
            by=checker,
            details=TipDetails(name="Runa", received_at=clock.now() + timedelta(days=1)),
        )


def test_adding_twice_is_once_and_another_tip_is_refused(checker: User) -> None:
    claim = _sent(checker)
    assert add_tip(claim, by=checker, details=WHO) == ReaderTip.objects.get()
    with pytest.raises(WorkflowError, match="already recorded"):
        add_tip(claim, by=checker, details=TipDetails(name="Somebody else"))
    assert AuditEntry.objects.filter(action="tip.add").count() == 1


def test_an_editor_erases_at_once_and_again_changes_nothing(checker: User, editor: User) -> None:
    claim = _sent(checker)
    first = erase(claim, by=editor)
    assert (first.name, first.contact, first.message, first.erased_by) == ("", "", "", editor)
    assert erase(claim, by=editor).erased_at == first.erased_at
    claim.refresh_from_db()
    assert claim.from_reader
    assert AuditEntry.objects.get(action="tip.erase").changes == {"tip": ["entered", "erased"]}


def test_nobody_else_erases_or_reads(
    checker: User,
    auditor: User,
    admin_person: User,
    reporter: User,
    outsider: User,
    superuser: User,
) -> None:
    claim = _sent(checker)
    for who in (checker, auditor):
        with pytest.raises(PermissionDenied):
            erase(claim, by=who)
    for who in (admin_person, reporter, outsider, superuser):
        with pytest.raises(Claim.DoesNotExist):
            erase(claim, by=who)
    for who in (auditor, admin_person, reporter, outsider, superuser):
        assert of_claim(claim, who) is None
    found = of_claim(claim, checker)
    assert found is not None and found.name == WHO.name


def test_a_claim_that_nobody_sent_has_nobody_to_erase(checker: User, editor: User) -> None:
    with pytest.raises(WorkflowError, match="no reader tip"):
        erase(factories.claim(checker), by=editor)


@pytest.mark.parametrize(
    "sweep", [erase_due, erase_expired_tips, lambda: call_command("erase_expired_tips")]
)
def test_whose_days_are_over_is_erased_by_nobody_in_particular(
    checker: User, sweep: Callable[[], object]
) -> None:
    old, new = _sent(checker, days_ago=90), _sent(checker, days_ago=89)
    sweep()
    sweep()
    assert (old.reader_tip.name, old.reader_tip.erased_by) == (
        "",
        None,
    ) and old.reader_tip.erased_at
    assert (new.reader_tip.name, new.reader_tip.erased_at) == (WHO.name, None)
    assert AuditEntry.objects.get(action="tip.erase").actor == "system"


def test_erasing_takes_nothing_from_a_published_verdict(
    checker: User, editor: User, published: Claim
) -> None:
    add_tip(published, by=checker, details=WHO)
    before = (published.verdicts.values().get(), list(published.evidence.values()))
    erase(published, by=editor)
    assert (published.verdicts.values().get(), list(published.evidence.values())) == before


def test_no_sql_rewords_deletes_or_restores_contact_details(checker: User, editor: User) -> None:
    claim = _sent(checker)
    _refused("UPDATE claims_readertip SET name = 'Another'")
    _refused("UPDATE claims_readertip SET erase_date = received_at")
    _refused("DELETE FROM claims_readertip")
    erase(claim, by=editor)
    _refused("UPDATE claims_readertip SET name = 'Back again'")
    _refused("UPDATE claims_readertip SET name = 'Back again', erased_at = NULL")
