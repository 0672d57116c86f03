"""A page drawn while a capture arrives is whole, or says that it renews itself: it
never stays half old.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from claims.choices import Action
from claims.models import Claim, Evidence
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db


class Arrival:
    """Lets the capture arrive just before the page's nth question about evidence, and
    counts those questions.
    """

    def __init__(self, item: Evidence, before: int) -> None:
        self.item, self.before, self.asked = item, before, 0

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        if sql.startswith("SELECT") and "claims_evidence" in sql:
            self.asked += 1
            if self.asked == self.before:
                link = self.item.link
                factories.captured(link, "The register says that it planted half of them.")
                link.next_attempt_at = clock.now() + timedelta(days=7)  # as a worker leaves it
                link.save(update_fields=["next_attempt_at"])
        return execute(sql, params, many, context)


@pytest.fixture
def claim(checker: User) -> Claim:
    made = factories.claim(checker)
    apply(made, Action.TAKE, by=checker)
    factories.evidence(made, checker, quote="planted half of them", capture=False)
    return made


def test_whenever_the_capture_comes_no_page_stays_half_old(
    client: Client, claim: Claim, checker: User
) -> None:
    client.force_login(checker)
    item, at, whole, waits = claim.evidence.select_related("link").get(), 0, 0, 0
    while True:
        at += 1
        with transaction.atomic():
            arrival = Arrival(item, at)
            with connection.execute_wrapper(arrival):
                page = client.get(f"/admin/claims/claim/{claim.pk}/change/").text
            transaction.set_rollback(True)
        if arrival.asked < at:
            break
        renews, done = (
            "data-waiting" in page,
            page.count("1 independent") == 2 and "quote found" in page,
        )
        assert renews or done, f"The capture came before question {at}."
        whole, waits = whole + done, waits + renews
    assert whole >= 1
    assert waits >= 1


def test_a_check_that_waits_for_its_turn_is_still_awaited(
    client: Client, claim: Claim, checker: User
) -> None:
    item = claim.evidence.select_related("link").get()
    factories.captured(item.link, "The register says that it planted half of them.")
    client.force_login(checker)
    for wait, renews in ((timedelta(seconds=5), True), (timedelta(days=1), False)):
        item.link.next_attempt_at = clock.now() + wait
        item.link.save(update_fields=["next_attempt_at"])
        assert (
            "data-waiting" in client.get(f"/admin/claims/claim/{claim.pk}/change/").text
        ) is renews


def test_a_page_that_renews_itself_takes_no_message_of_the_next_page(
    client: Client, claim: Claim, checker: User
) -> None:
    client.force_login(checker)
    address = f"/admin/claims/claim/{claim.pk}/"
    claim.refresh_from_db()
    saved = client.post(f"{address}details/", {"text": "It planted all.", "version": claim.version})
    assert saved.status_code == 302
    renewed = client.get(f"{address}change/", headers={"X-Renews": "1"})
    assert "Claim saved." not in renewed.text
    assert "Claim saved." in client.get(f"{address}change/").text
