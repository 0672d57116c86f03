"""Nobody has said anything tomorrow: a claim is not stated on a day to come."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from claims.choices import Action
from claims.exchange.desk_import.taking_up import take_up
from claims.models import Claim, Suggestion
from claims.workflow import apply
from factcheck.newsroom import desk_days
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.export_cases import imported_claim
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


def _day(days: int) -> str:
    return (desk_days.furthest_today() + timedelta(days=days)).isoformat()


def _refused(answer: Any) -> bool:
    return is_problem(answer, 400) and answer.json()["errors"][0]["field"] == "stated_date"


def test_a_day_to_come_is_refused_wherever_a_claim_is_entered(checker: User) -> None:
    api, tomorrow = Api(checker), {"stated_date": _day(1)}
    suggestion = Suggestion.objects.filter(article=factories.article_read(checker))[0]
    assert _refused(api.post("claims/", {"text": "A claim."} | tomorrow))
    assert _refused(api.post(f"suggestions/{suggestion.public_id}/accept/", tomorrow))
    assert not Claim.objects.exists()
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    assert _refused(api.patch(f"claims/{claim.public_id}/", tomorrow))


def test_a_day_that_has_begun_somewhere_is_no_day_to_come(
    checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime.fromisoformat("2026-05-03T19:30:00-04:00")
    Desk.objects.update(time_zone="America/New_York")
    monkeypatch.setattr("factcheck.ledger.clock.now", lambda: evening)
    api, sent = Api(checker), {"text": "A claim."}
    assert api.post("claims/", sent | {"stated_date": "2026-05-04"}).status_code == 201
    assert _refused(api.post("claims/", sent | {"stated_date": "2026-05-05"}))


def test_a_claim_that_has_such_a_day_already_is_edited_otherwise(checker: User) -> None:
    claim = factories.claim(checker)
    Claim.objects.update(stated_date=date(2099, 1, 1))
    apply(claim, Action.TAKE, by=checker)
    api = Api(checker)
    assert api.patch(f"claims/{claim.public_id}/", {"text": "Other words."}).status_code == 200
    assert _refused(api.patch(f"claims/{claim.public_id}/", {"stated_date": "2099-01-02"}))


def test_an_imported_claim_is_taken_up_without_such_a_day(checker: User, editor: User) -> None:
    desk = editor.memberships.get().desk
    imported = imported_claim(desk, editor, stated_date=date(2099, 1, 1))
    claim, new = take_up(imported, by=checker)
    assert (new, claim.stated_date) == (True, None)
