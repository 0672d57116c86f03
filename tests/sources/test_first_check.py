"""The first check of a link decides its state by a scan; its page is read and captured
later, by a queue of its own, and nothing that is cited lacks its copy.
"""

import dataclasses
from collections.abc import Iterator

import pytest

from claims.choices import QuoteState, Stance
from claims.evidence.attaching import EvidenceDetails, attach
from factcheck.ledger import clock, nudge
from factcheck.newsroom.models import Desk, User
from sources.choices import LinkState
from sources.cited_links import cite
from sources.fetching import pages, politeness
from sources.models import Capture, Link, LinkCheck
from sources.watching import stream
from tests import factories
from tests.sources.internal_services import Visit, serving

pytestmark = pytest.mark.django_db
PAGE = "<!doctype html><title>Herons</title><article><h1>Herons</h1><p>{}</p></article>"
TEXT = "Forty herons nest on the island. They were counted in April from a boat."


@dataclasses.dataclass
class Site:
    url: str = ""
    body: bytes = PAGE.format(TEXT).encode()
    status: int = 200
    visits: int = 0

    def answer(self, visit: Visit) -> None:
        self.visits += 1
        visit.answer(self.body, status=self.status, headers=("Content-Type: text/html",))


@pytest.fixture
def site(settings: object) -> Iterator[Site]:
    made = Site()
    with serving(made.answer) as server:
        settings.FETCH_PORTS = frozenset({server.port})  # type: ignore[attr-defined]
        made.url = server.url
        yield made


def _cited(site: Site, by: User, desk: Desk, count: int = 1) -> list[Link]:
    return [cite(f"{site.url}/{number}", desk=desk, by=by) for number in range(count)]


def _never(*_told: object, **_how: object) -> None:
    raise AssertionError("a first check reads no page")


def test_a_first_check_writes_its_row_and_reads_nothing(
    site: Site, checker: User, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cited(site, checker, desk, 3)
    monkeypatch.setattr("sources.fetching.pages.read", _never)
    tally = stream.run()
    assert (tally.leased, tally.written, tally.read, tally.failed) == (3, 3, 0, 0)
    links = Link.objects.filter(state=LinkState.OK, next_attempt_at__gt=clock.now())
    assert links.exclude(reading_due_at=None).count() == 3
    assert all(LinkCheck.objects.values_list("body_sha256", flat=True))
    assert stream.run().leased == 0


def test_the_queue_of_unread_pages_captures_each_once(
    site: Site, checker: User, desk: Desk
) -> None:
    _cited(site, checker, desk, 3)
    stream.run()
    assert stream.run(reading=True).read == 3
    assert Capture.objects.count() == 3
    assert not Link.objects.exclude(reading_due_at=None).exists()
    assert not Link.objects.exclude(state=LinkState.OK).exists()
    assert stream.run(reading=True).leased == 0


def test_a_quote_is_checked_as_soon_as_its_page_was_read(site: Site, editor: User) -> None:
    details = EvidenceDetails(stance=Stance.SUPPORTS, quote="Forty herons nest", url=site.url)
    item = attach(factories.claim(editor), by=editor, details=details)
    stream.run()
    item.refresh_from_db()
    assert item.quote_state == QuoteState.UNCHECKED
    stream.run(reading=True)
    item.refresh_from_db()
    assert (item.quote_state, item.capture) == (QuoteState.FOUND, Capture.objects.get())


def test_a_page_that_died_before_it_was_read_is_not_read(
    site: Site, checker: User, desk: Desk
) -> None:
    (link,) = _cited(site, checker, desk)
    stream.run()
    site.status = 404
    assert stream.run(reading=True).written == 1
    link.refresh_from_db()
    assert (link.state, link.reading_due_at) == (LinkState.NOT_FOUND, None)


def test_a_page_without_text_is_read_once_for_each_check(
    site: Site, checker: User, desk: Desk
) -> None:
    site.body = b"<!doctype html><title>Reports</title><div id=app></div>"
    (link,) = _cited(site, checker, desk)
    stream.run()
    stream.run(reading=True)
    link.refresh_from_db()
    assert (link.state, link.latest_capture, link.reading_due_at) == (LinkState.OK, None, None)


def test_what_could_not_be_read_now_is_tried_again_and_not_at_once(
    site: Site, checker: User, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (link,) = _cited(site, checker, desk)
    stream.run()
    monkeypatch.setattr("sources.fetching.pages.read", _never)
    assert stream.run(reading=True).failed == 1
    link.refresh_from_db()
    assert link.reading_due_at is not None and link.reading_due_at > clock.now()
    assert stream.run(reading=True).leased == stream.run().leased == 0


def test_a_run_that_ends_while_a_changed_page_is_read_keeps_its_state(
    site: Site, checker: User, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (link,) = _cited(site, checker, desk)
    stream.run()
    stream.run(reading=True)
    Link.objects.update(next_attempt_at=clock.now())
    site.body = PAGE.format(TEXT.replace("Forty", "Thirty")).encode()
    monkeypatch.setattr(stream._Reading, "ended", lambda self: [])
    monkeypatch.setattr(stream, "GRACE", 0.2)
    stream.run(seconds=0.5)
    monkeypatch.undo()
    link.refresh_from_db()
    assert link.reading_due_at is not None and link.checks.count() == 3
    stream.run(reading=True)
    link.refresh_from_db()
    assert link.state == LinkState.CONTENT_CHANGED


def test_what_a_reading_run_leaves_is_due_to_be_read_and_not_checked(
    site: Site, checker: User, desk: Desk
) -> None:
    _cited(site, checker, desk, 3)
    stream.run()
    assert stream.run(seconds=-1, reading=True).leased == 0
    running = stream._Stream(pages.policy(), politeness.shared(), 4, 60, reading=True)
    assert running._lease() and running.tally.leased == 3
    running.close()
    assert stream.run().leased == 0
    assert stream.run(reading=True).read == 3


def test_the_sweep_starts_both_queues(
    site: Site, checker: User, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(nudge.current_app, "send_task", lambda name, **_: sent.append(name))
    _cited(site, checker, desk)
    nudge.sweep()
    assert "sources.stream_links" in sent and "sources.read_links" not in sent
    stream.run()
    sent.clear()
    nudge.sweep()
    assert "sources.read_links" in sent and "sources.stream_links" not in sent
