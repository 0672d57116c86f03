"""Many due links in one stream: found and kept as one check of each would be, and cheap
where nothing is new.
"""

import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.evidence.attaching import EvidenceDetails, attach
from claims.workflow import apply
from factcheck.ledger import clock, due_work, nudge
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from sources.choices import LinkState
from sources.classify import Finding
from sources.fetch_types import FetchResult
from sources.fetching import pages, politeness
from sources.ingest import cite
from sources.models import Capture, Link, LinkCheck
from sources.watching import batches, link_checks, stream
from tests import factories
from tests.sources.internal_services import InternalService, Visit, serving

pytestmark = pytest.mark.django_db
PAGE = (
    "<!doctype html><title>Count {name}</title><article><h1>Count"
    " {name}</h1><p>{text}</p></article>"
)


@dataclass
class Site:
    """Pages by name; a test may change what one answers."""

    victim: InternalService
    status: dict[str, int] = field(default_factory=dict)
    headers: tuple[str, ...] = ()
    text: dict[str, str] = field(default_factory=dict)

    def answer(self, visit: Visit) -> None:
        name = visit.path.strip("/")
        if name == "moved":
            visit.redirect("/page", status=301)
        elif name == "reset":
            visit.connection.close()
        else:
            words = self.text.get(
                name, "Forty herons nest on the island. They were counted in April from a boat."
            )
            page = PAGE.format(name=name, text=words).encode()
            visit.answer(
                page,
                status=self.status.get(name, 200),
                headers=("Content-Type: text/html", *self.headers),
            )

    def asked(self, name: str) -> int:
        return sum(request.startswith(f"GET /{name} ".encode()) for request in self.victim.requests)


@pytest.fixture
def site(settings: object) -> Iterator[Site]:
    with serving() as victim:
        settings.FETCH_PORTS = frozenset({victim.port})  # type: ignore[attr-defined]
        made = Site(victim)
        victim.behaviour = made.answer
        yield made


@pytest.fixture
def cited(site: Site, desk: Desk, checker: User) -> "Cite":
    return Cite(site, desk, checker)


@dataclass
class Cite:
    site: Site
    desk: Desk
    by: User

    def __call__(self, name: str) -> Link:
        return cite(f"{self.site.victim.url}/{name}", desk=self.desk, by=self.by)


def _due_again() -> None:
    Link.objects.update(next_attempt_at=clock.now())


def _captured() -> None:
    """As after the first check of each link, and the reading of its page."""
    stream.run()
    stream.run(reading=True)


def _states() -> dict[str, str]:
    return {
        url.rpartition("/")[2]: state for url, state in Link.objects.values_list("url", "state")
    }


def test_each_link_is_checked_once_with_its_state_and_its_copy(cited: Cite, site: Site) -> None:
    site.status = {"missing": 404, "gone": 410, "broken": 500, "closed": 403}
    for name in ("page", "moved", "missing", "gone", "broken", "closed", "reset"):
        cited(name)
    tally = stream.run()
    assert (tally.leased, tally.written, tally.failed) == (7, 7, 0)
    assert _states() == {
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
    _captured()
    site.text["page7"] = "Thirty herons nest on the island. They were counted in April from a boat."
    _due_again()
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
    _due_again()
    with CaptureQueriesContext(connection) as queries:
        assert stream.run().written == 15
    assert len(queries) < 40


def test_a_source_dies_and_lives_again_as_by_single_checks(cited: Cite, site: Site) -> None:
    link = cited("page")
    _captured()
    site.status = {"page": 410}
    for dead in (False, True):
        _due_again()
        stream.run()
        link.refresh_from_db()
        assert bool(link.dead_since) is dead
    assert link.latest_capture is not None
    site.status = {}
    _due_again()
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
    _due_again()
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


def test_results_whose_lease_was_lost_are_dropped(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, lost = cited("page"), cited("other")
    stream.run()
    _due_again()
    write = batches.write

    def late(token: uuid.UUID, seen: list[batches.Seen]) -> batches.WriteResult:
        Link.objects.filter(pk=lost.pk).update(
            lease_token=uuid.uuid4()
        )  # meanwhile somebody else was given it
        return write(token, seen)

    monkeypatch.setattr(batches, "write", late)
    assert stream.run().written == 1
    assert (mine.checks.count(), lost.checks.count()) == (2, 1)


def test_one_link_we_stumble_over_costs_no_other_its_result(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    cited("good")
    bad = cited("bad")
    classify = stream.classify.classify

    def stumble(exchange: object, **told: object) -> object:
        if str(exchange.url).endswith("/bad"):  # type: ignore[attr-defined]
            raise RecursionError("too deep")
        return classify(exchange, **told)  # type: ignore[arg-type]

    monkeypatch.setattr("sources.classify.classify", stumble)
    tally = stream.run()
    assert (tally.written, tally.failed) == (1, 1)
    bad.refresh_from_db()
    assert (bad.job_state, bad.attempts) == (JobState.WAITING, 1)
    assert "too deep" in bad.last_error


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


def test_what_killed_the_stream_three_times_is_left_to_a_task_of_its_own(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[object, ...]] = []
    monkeypatch.setattr(
        nudge.current_app,
        "send_task",
        lambda name, **options: told.append((name, options.get("args"))),
    )
    fresh, deadly = cited("page"), cited("deadly")
    Link.objects.filter(pk=deadly.pk).update(
        attempts=due_work.STREAM_ATTEMPTS, job_state=JobState.RUNNING, lease_until=clock.now()
    )
    nudge.sweep()
    assert ("sources.stream_links", None) in told and ("sources.check_link", [deadly.pk]) in told
    assert ("sources.check_link", [fresh.pk]) not in told
    assert [
        one.link.pk for one in batches.lease(uuid.uuid4(), most=9, each=9, in_flight=Counter())
    ] == [fresh.pk]


def test_a_database_that_refuses_for_a_moment_costs_no_result(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        cited(f"page{number}")
    stream.run()
    _due_again()
    refusals = {"lease": 1, "write": 1, "renew": 1}

    def refusing(module: object, name: str) -> None:
        work = getattr(module, name)

        def refuse(*told: object, **more: object) -> object:
            refusals[name] -= 1
            if refusals[name] >= 0:
                raise OperationalError("deadlock detected")
            return work(*told, **more)

        monkeypatch.setattr(module, name, refuse)

    refusing(batches, "lease")
    refusing(batches, "write")
    refusing(due_work, "renew")
    monkeypatch.setattr("sources.watching.stream.WRITE_SECONDS", 0.0)
    monkeypatch.setattr(
        connection, "close_if_unusable_or_obsolete", lambda: None
    )  # the test's own transaction is in it
    monkeypatch.setattr(stream._Stream, "_renewal", lambda self: 0.0)
    assert stream.run().written == 3
    assert LinkCheck.objects.count() == 6 and min(refusals.values()) < 0


def test_what_was_found_is_written_even_if_the_database_refuses_too_often(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = cited("page")
    stream.run()
    _due_again()
    write, refusals = (
        batches.write,
        [OperationalError("the database is starting")] * (stream.MAX_ERRORS + 1),
    )

    def refuse(*told: object) -> batches.WriteResult:
        if refusals:
            raise refusals.pop()
        return write(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(batches, "write", refuse)
    monkeypatch.setattr("sources.watching.stream.WRITE_SECONDS", 0.0)
    monkeypatch.setattr(
        connection, "close_if_unusable_or_obsolete", lambda: None
    )  # the test's own transaction is in it
    with pytest.raises(OperationalError):
        stream.run()
    assert link.checks.count() == 2


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


def test_a_run_that_is_told_to_end_ends(cited: Cite, monkeypatch: pytest.MonkeyPatch) -> None:
    link = cited("page")

    def late(*_told: object, **_more: object) -> object:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr("sources.classify.classify", late)
    with pytest.raises(SoftTimeLimitExceeded):
        stream.run()
    link.refresh_from_db()
    assert (link.attempts, link.last_error, link.lease_token) == (0, "", None)


def test_one_row_that_cannot_be_stored_costs_no_other_its_result(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = cited("page"), cited("bad")
    stream.run()
    _due_again()
    next_record = link_checks.next_record

    def unfit(link: object, *told: object, **more: object) -> link_checks.RecordedCheck:
        found = next_record(link, *told, **more)  # type: ignore[arg-type]
        return found._replace(state="no such state") if link.pk == bad.pk else found  # type: ignore[attr-defined]

    monkeypatch.setattr(link_checks, "next_record", unfit)
    tally = stream.run()
    assert (tally.written, tally.failed) == (1, 1)
    assert (good.checks.count(), bad.checks.count()) == (2, 1)
    bad.refresh_from_db()
    assert "link_state_known" in bad.last_error
