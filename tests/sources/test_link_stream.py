"""Many due links in one stream: found and kept as one check of each would be, and cheap
where nothing is new.
"""

import threading
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.evidence.attaching import EvidenceDetails, attach
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import User
from sources.choices import LinkState
from sources.classify import Finding
from sources.fetch_types import FetchResult
from sources.fetching import pages, politeness
from sources.models import Capture, Link, LinkCheck
from sources.watching import batches, link_checks, stream
from tests import factories
from tests.sources.cited_pages import Cite, Site, captured, cited, due_again, site, states

__all__ = ["cited", "site"]
pytestmark = pytest.mark.django_db


def test_each_link_is_checked_once_with_its_state_and_its_copy(cited: Cite, site: Site) -> None:
    site.status = {"missing": 404, "gone": 410, "broken": 500, "closed": 403}
    for name in ("page", "moved", "missing", "gone", "broken", "closed", "reset"):
        cited(name)
    tally = stream.run()
    assert (tally.leased, tally.written, tally.failed) == (7, 7, 0)
    assert states() == {
        "page": LinkState.OK,
        "moved": LinkState.REDIRECTED_PERMANENT,
        "missing": LinkState.NOT_FOUND,
        "gone": LinkState.GONE,
        "broken": LinkState.SERVER_ERROR,
        "closed": LinkState.BLOCKED,
        "reset": LinkState.CONNECTION_ERROR,
    }
    assert LinkCheck.objects.count() == 7
    assert stream.run(reading=True).read == 2
    assert {capture.url.rpartition("/")[2] for capture in Capture.objects.all()} == {
        "page",
        "moved",
    }
    assert not Link.objects.exclude(
        job_state=JobState.WAITING, attempts=0, lease_token=None, next_attempt_at__gt=clock.now()
    ).exists()
    # What often heals is asked a second time in the run, and nothing else is.
    assert {
        name: site.asked(name) for name in ("broken", "reset", "missing", "closed", "gone")
    } == {
        "broken": 2,
        "reset": 2,
        "missing": 1,
        "closed": 1,
        "gone": 1,
    }
    assert stream.run().leased == 0, "nothing is due any more"


def test_what_did_not_change_costs_few_queries_and_no_reading(
    cited: Cite, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(15):
        cited(f"page{number}")
    site.status = {"page3": 404}
    captured()
    site.text["page7"] = "Thirty herons nest on the island. They were counted in April from a boat."
    due_again()
    reads = []
    read = stream.pages.read
    monkeypatch.setattr(
        "sources.fetching.pages.read", lambda *told, **how: reads.append(told) or read(*told, **how)
    )
    stream.run()
    assert len(reads) == 1, "only the page that changed is read"
    assert Link.objects.get(state=LinkState.CONTENT_CHANGED).url.endswith("/page7")
    assert Link.objects.get(url__endswith="/page3").failures == 2
    assert Capture.objects.count() == 15 and LinkCheck.objects.count() == 44
    assert LinkCheck.objects.filter(capture=None).count() == 16, (
        "an unchanged page's look names the copy it confirms"
    )
    due_again()
    with CaptureQueriesContext(connection) as queries:
        assert stream.run().written == 15
    assert len(queries) < 40


def test_a_source_dies_and_lives_again_as_by_single_checks(cited: Cite, site: Site) -> None:
    link = cited("page")
    captured()
    site.status = {"page": 410}
    for dead in (False, True):
        due_again()
        stream.run()
        link.refresh_from_db()
        assert bool(link.dead_since) is dead
    assert link.latest_capture is not None
    site.status = {}
    due_again()
    stream.run()
    link.refresh_from_db()
    assert (link.state, link.dead_since, link.failures) == (LinkState.OK, None, 0)


def test_a_citation_made_after_the_copy_gets_it_from_a_check_that_found_nothing_new(
    cited: Cite, site: Site, checker: User
) -> None:
    link = cited("page")
    stream.run()
    link.refresh_from_db()
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    item = attach(
        claim,
        by=checker,
        details=EvidenceDetails(url=link.url, stance="context", finding="It counts."),
    )
    type(item).objects.filter(pk=item.pk).update(capture=None)
    due_again()
    stream.run()
    item.refresh_from_db()
    assert item.capture == link.latest_capture


def test_a_host_that_asks_for_peace_is_left_for_a_later_slot(cited: Cite, site: Site) -> None:
    site.headers, site.status = ("Retry-After: 3600",), {"a": 429, "b": 429, "c": 429, "d": 429}
    for name in "abcd":
        cited(name)
    began = clock.now()
    tally = stream.run(connections=1)
    assert (tally.written, tally.postponed) == (1, 3)
    assert len(site.victim.requests) == 1
    looked = Link.objects.get(state=LinkState.BLOCKED)
    assert looked.next_attempt_at >= began + timedelta(hours=1)
    for link in Link.objects.exclude(pk=looked.pk):
        assert (link.state, link.attempts, link.job_state, link.lease_token) == (
            LinkState.UNCHECKED,
            0,
            JobState.WAITING,
            None,
        )
        assert link.next_attempt_at > began + timedelta(minutes=50)
    link.next_attempt_at = clock.now()
    link.save(update_fields=["next_attempt_at"])
    assert link_checks.check(link.pk) is False, "a check of one link leaves the host alone too"
    link.refresh_from_db()
    assert (link.attempts, link.job_state) == (0, JobState.WAITING)


def test_a_claim_takes_few_of_one_publisher_and_never_what_is_held(cited: Cite) -> None:
    for number in range(8):
        cited(f"page{number}")
    first, second = uuid.uuid4(), uuid.uuid4()
    taken = batches.lease(first, most=10, each=3, in_flight=Counter())
    publisher = taken[0].link.publisher_id
    assert len(taken) == 3
    assert batches.lease(first, most=10, each=3, in_flight=Counter({publisher: 3})) == []
    more = batches.lease(second, most=10, each=10, in_flight=Counter())
    assert len(more) == 5
    assert not {one.link.pk for one in taken} & {one.link.pk for one in more}


def test_a_link_asked_for_again_while_it_is_under_way_is_visited_once(
    cited: Cite, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = cited("page")
    claim = batches.lease

    def twice(token: uuid.UUID, **told: object) -> list[batches.Leased]:
        found = claim(token, **told)  # type: ignore[arg-type]
        if not asked:
            asked.append(True)
            Link.objects.filter(pk=link.pk).update(
                attempts=0, lease_token=None, lease_until=None
            )  # as “Check now” does
        return found

    asked: list[bool] = []
    monkeypatch.setattr(batches, "lease", twice)
    running = stream._Stream(pages.policy(), politeness.shared(), 4, 60)
    try:
        assert running._lease() and running._lease()
        assert (running.tally.leased, running.crawl.pending, running.in_flight.total()) == (1, 1, 1)
        running._take(
            link.pk + 1, FetchResult(url=link.url, final_url=link.url)
        )  # one that is ours no more
    finally:
        running.close()
    link.refresh_from_db()
    assert (link.job_state, link.attempts, link.lease_token) == (JobState.WAITING, 0, None)


def test_nothing_is_begun_while_the_reader_is_busy() -> None:
    reading, end = stream._Reading(), threading.Event()
    try:
        reading.reader.submit(end.wait)
        large = FetchResult(
            url="https://example.org/",
            final_url="https://example.org/",
            body=b"x" * (stream.ROOM // 2),
        )
        room = []
        for pk in range(3):
            room.append(reading.has_room)
            reading.add(pk, large, Finding(LinkState.OK, ""))
        assert room == [True, True, False]
    finally:
        reading.reader.shutdown(wait=False, cancel_futures=True)
        end.set()
