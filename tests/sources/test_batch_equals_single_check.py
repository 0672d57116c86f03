"""What a batch writes in SQL of its own is what the ORM would have written of each,
whatever the words.
"""

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.forms import model_to_dict

from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, User
from sources.choices import LinkState
from sources.cited_links import cite
from sources.classify import Finding
from sources.fetch_types import FetchResult, Redirect
from sources.models import Link, LinkCheck
from sources.watching import batches, link_checks
from sources.watching.batches import Seen

pytestmark = pytest.mark.django_db
ODD = 'it\'s "so" \\ 100 % %s {a,b} [1] null \\u0041 \\N 東京 é 🦩, ÷'


@pytest.mark.parametrize(
    ("state", "status", "hops"),
    [
        (LinkState.NOT_FOUND, 404, ()),
        (LinkState.TIMEOUT, None, ()),
        (
            LinkState.SERVER_ERROR,
            500,
            (
                Redirect("https://a.example/", 301, "/it's\\?q={1}&%s", "192.0.2.7"),
                Redirect("https://a.example/b", 302, "c", ""),
            ),
        ),
    ],
)
def test_a_batch_stores_what_one_check_would(
    state: LinkState, status: int | None, hops: tuple[Redirect, ...], desk: Desk, checker: User
) -> None:
    one, other = (
        cite(f"https://a.example/{name}", desk=desk, by=checker) for name in ("one", "other")
    )
    since = clock.now() - timedelta(days=1)
    Link.objects.update(
        next_attempt_at=since, state=state, failures=1, failing_since=since, latest_capture=None
    )
    exchange = FetchResult(
        url=one.url,
        final_url="https://a.example/o'b%20?x={1}",
        status=status,
        hops=hops,
        address="2001:db8::1",
        elapsed_ms=7,
    )
    finding = Finding(state, ODD)
    token = uuid.uuid4()
    claimed = {
        found.link.pk: found for found in batches.lease(token, most=9, each=9, in_flight=Counter())
    }
    assert (
        batches.write(token, [Seen(claimed[one.pk].link, exchange, finding, "a" * 64)]).count == 1
    )
    next_record = link_checks.next_record(
        claimed[other.pk].link, exchange, finding, now=clock.now()
    )
    Link.objects.filter(pk=other.pk).update(**next_record._asdict())
    LinkCheck.objects.create(
        **link_checks.history(
            claimed[other.pk].link,
            exchange,
            finding,
            now=clock.now(),
            body_sha256="a" * 64,
            capture_id=None,
        )
    )

    one.refresh_from_db()
    other.refresh_from_db()
    assert one.reason == ODD and one.failing_since == since
    for name in link_checks.RecordedCheck._fields:
        if name not in ("last_checked_at", "next_attempt_at"):
            assert getattr(one, name) == getattr(other, name), name
    assert abs(one.last_checked_at - other.last_checked_at) < timedelta(seconds=30)  # type: ignore[operator]
    told, alone = (
        model_to_dict(link.checks.get(), exclude=["id", "link", "checked_at"])
        for link in (one, other)
    )
    assert told == alone
    assert [hop["location"] for hop in told["redirects"]] == [hop.location for hop in hops]
    asked_after = one.next_attempt_at - one.last_checked_at  # type: ignore[operator]
    assert timedelta(0) < asked_after, "and the moments are of one clock"
    assert (one.lease_token, one.lease_until, one.job_state, one.attempts) == (
        None,
        None,
        "waiting",
        0,
    )
