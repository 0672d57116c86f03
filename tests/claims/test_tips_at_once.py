"""One sender at several browsers at the same moment."""

from functools import partial

import pytest

from claims.models import Tip, TipMessage
from factcheck.newsroom.models import Desk
from tests.claims.concurrency import at_once, unforeseen
from tests.claims.tip_cases import sent

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_sent_twice_is_stored_once(desk: Desk) -> None:
    for number in range(3):
        results = at_once(*(partial(sent, desk, text=f"Text {number}."),) * 3)
        assert unforeseen(results) == [] and all(result == results[0] for result in results)
    assert Tip.objects.count() == TipMessage.objects.count() == 3
