"""A guard whose rule changed stands in its new form after the next migrate, on both
databases.
"""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from factcheck.ledger import triggers
from factcheck.newsroom.models import User
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def stricter(monkeypatch: pytest.MonkeyPatch) -> triggers.Guard:
    (guard,) = (one for one in triggers.registered() if one.name == "claims_claim_kept")
    rule = "NEW.due_at IS NOT NULL"
    changed = replace(guard, sqlite=rule, postgres=rule, message="No claim is due.")
    monkeypatch.setitem(triggers._triggers, guard.name, changed)
    return changed


def test_a_changed_guard_takes_the_place_of_the_old_one(
    checker: User, editor: User, stricter: triggers.Guard
) -> None:
    claim = factories.claim(checker)
    claim.due_at = claim.created_at
    claim.save(update_fields=["due_at"])
    for _ in range(2):  # again, as every migrate does
        triggers.install("default")
        with pytest.raises(DatabaseError, match=stricter.message), transaction.atomic():
            claim.save(update_fields=["due_at"])
    claim.due_at, claim.created_by = None, editor
    claim.save(update_fields=["due_at", "created_by"])
    assert triggers.missing("default") == []


def test_a_guard_that_did_not_change_never_goes_away(db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        triggers.install("default")
    assert not [one["sql"] for one in asked if "DROP" in one["sql"]]
