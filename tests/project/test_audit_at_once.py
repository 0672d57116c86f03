"""Many who save one row at once: each entry takes up where the one before it ended."""

import pytest

from factcheck.ledger.models import AuditEntry
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import Desk
from tests.claims.concurrency import at_once, unforeseen

pytestmark = pytest.mark.django_db(transaction=True)


def test_old_and_new_values_form_one_line(desk: Desk) -> None:
    def save(hours: int) -> None:
        row = Desk.objects.get(pk=desk.pk)
        row.reply_hours = hours
        row.save(update_fields=["reply_hours"])

    assert (
        unforeseen(at_once(*[lambda hours=hours: save(hours) for hours in range(101, 117)])) == []
    )
    told = [
        entry.changes["reply_hours"]
        for entry in AuditEntry.objects.filter(action="desk.change").order_by("seq")
    ]
    assert len(told) == 16 and told[0][0] == 24
    assert [new for _, new in told[:-1]] == [old for old, _ in told[1:]]
    assert Desk.objects.get(pk=desk.pk).reply_hours == told[-1][1]
    assert verify().broken_at is None
