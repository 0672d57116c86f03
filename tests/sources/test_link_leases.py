"""Two stream workers that choose at the same moment: each gets links, and none gets
another's.
"""

import uuid
from collections import Counter

import pytest

from factcheck.newsroom.models import Desk, User
from sources.cited_links import cite
from sources.models import Link
from sources.watching import batches
from tests.claims.concurrency import at_once, unforeseen

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, EACH_TAKES = 3, 4


def test_whoever_comes_second_takes_others(desk: Desk, checker: User) -> None:
    for number in range(WORKERS * EACH_TAKES):
        cite(f"https://register{number}.example/page", desk=desk, by=checker)
    for _ in range(10):
        took = at_once(
            *[lambda: batches.lease(uuid.uuid4(), most=EACH_TAKES, each=20, in_flight=Counter())]
            * WORKERS
        )
        assert unforeseen(took) == []
        taken = [one.link.pk for claimed in took for one in claimed]  # type: ignore[attr-defined]
        assert len(taken) == len(set(taken))
        assert all(took), "one went away with nothing, though there was enough for all"
        Link.objects.update(lease_token=None, lease_until=None, job_state="waiting", attempts=0)
