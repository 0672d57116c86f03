"""A verdict says for what day it speaks and when it is looked at again; both are
signed, and printed.
"""

import json
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.choices import Action
from claims.models import Claim, VerdictRevision
from claims.workflow import GateError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import desk_days
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.public_pages import page
from tests.claims.recheck_cases import correct, dated, in_days, today


def test_what_was_typed_is_signed_and_printed(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    dated(ready, checker, as_of_date=date(2026, 5, 3), recheck_date=date(2031, 5, 3))
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE_AND_PUBLISH, by=editor)
    data = json.loads(ready.verdicts.get().content)
    assert (data["as_of_date"], data["recheck_date"]) == ("2026-05-03", "2031-05-03")
    read = client.get(page(ready)).text
    assert (
        "As of" in read
        and "3 May 2026" in read
        and "Next recheck by" in read
        and "3 May 2031" in read
    )


def test_a_page_says_nothing_of_dates_nobody_typed(
    client: Client, checker: User, editor: User
) -> None:
    read = client.get(page(factories.published(checker, editor))).text
    assert "As of" not in read and "Next recheck" not in read


def test_changing_a_date_makes_a_revision_and_takes_the_signature(
    checker: User, editor: User, submitted: Claim
) -> None:
    dated(submitted, editor, recheck_date=in_days(90))
    assert VerdictRevision.objects.latest("pk").recheck_date == in_days(90)
    assert AuditEntry.objects.latest("seq").changes["recheck_date"] == ["", str(in_days(90))]
    with pytest.raises(GateError, match="changed after checker signed"):
        apply(submitted, Action.APPROVE, by=editor)
    dated(submitted, editor, recheck_date=in_days(90))
    assert submitted.verdicts.get().revisions.count() == 2


def test_dates_that_cannot_be_are_refused(checker: User, ready: Claim) -> None:
    with pytest.raises(ValidationError, match="before the as-of date"):
        dated(ready, checker, as_of_date=today(), recheck_date=in_days(-1))
    with pytest.raises(ValidationError, match="in the future"):
        dated(ready, checker, as_of_date=in_days(3))
    assert ready.verdicts.get().recheck_date is None


def test_the_desk_proposes_a_day_when_the_verdict_is_begun(desk: Desk, checker: User) -> None:
    Desk.objects.update(recheck_after_days=180)
    claim = factories.ready(checker)
    assert claim.verdicts.get().recheck_date == in_days(180)
    dated(claim, checker)
    factories.written(claim, checker, answer="Another answer.")
    assert claim.verdicts.get().recheck_date is None  # taken out by a person, it stays out


def test_a_correction_starts_with_the_published_days(
    checker: User, editor: User, ready: Claim
) -> None:
    dated(ready, checker, as_of_date=date(2026, 5, 3), recheck_date=in_days(30))
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE_AND_PUBLISH, by=editor)
    correct(ready, editor)
    working = ready.verdicts.get(state="working")
    assert (working.as_of_date, working.recheck_date) == (date(2026, 5, 3), in_days(30))
    assert working.revisions.get().recheck_date == in_days(30)


@pytest.mark.parametrize(
    "change", ["recheck_date = '2020-01-01'", "as_of_date = NULL", "as_of_date = '2031-01-01'"]
)
def test_no_sql_moves_the_days_of_what_is_published(
    checker: User, editor: User, change: str, ready: Claim
) -> None:
    dated(ready, checker, as_of_date=date(2026, 5, 3), recheck_date=date(2030, 5, 3))
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE_AND_PUBLISH, by=editor)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE claims_verdict SET {change}")


def test_a_day_is_that_of_the_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime.fromisoformat("2026-05-03T12:30:00+00:00")
    monkeypatch.setattr("factcheck.ledger.clock.now", lambda: noon)
    desk.time_zone = "Pacific/Auckland"
    assert (desk_days.today_on(desk), desk_days.today_on(Desk())) == (
        date(2026, 5, 4),
        date(2026, 5, 3),
    )


def test_an_admin_sets_the_rule_of_the_desk(client: Client, desk: Desk, admin_person: User) -> None:
    client.force_login(admin_person)
    form = {
        "name": desk.name,
        "time_zone": "UTC",
        "evidence_needed": 2,
        "reply_hours": 24,
        "tip_retention_days": 90,
    }
    for days in ("0", "-1", "4000", "soon"):
        assert (
            client.post(
                f"/admin/newsroom/desk/{desk.pk}/change/", {**form, "recheck_after_days": days}
            ).status_code
            == 200
        )
    assert (
        client.post(
            f"/admin/newsroom/desk/{desk.pk}/change/", {**form, "recheck_after_days": "180"}
        ).status_code
        == 302
    )
    desk.refresh_from_db()
    assert desk.recheck_after_days == 180
    assert AuditEntry.objects.latest("seq").changes["recheck_after_days"] == ["", 180]
    with pytest.raises(DatabaseError), transaction.atomic():
        Desk.objects.update(recheck_after_days=0)
