"""A look at a cited link: state, history, capture, next look; never dead before it is
confirmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from sources.choices import LinkState
from sources.cited_links import cite
from sources.classify import State, classify
from sources.fetch_types import FetchResult
from sources.models import Capture, Link, LinkCheck
from sources.watching import link_checks
from sources.watching.link_checks import next_record
from sources.watching.schedule import confirmed_dead, next_check_at
from tests.sources.internal_services import Visit, serving

pytestmark = pytest.mark.django_db
PAGE = "<!doctype html><title>{title}</title><article><h1>{title}</h1><p>{text}</p></article>"


@dataclass
class Site:
    """One page on loopback whose answer a test may change."""

    url: str = ""
    text: str = (
        "The register lists 812 trees in the northern park. It was counted by hand in spring."
    )
    status: int = 200

    def answer(self, visit: Visit) -> None:
        page = PAGE.format(title="The register", text=self.text).encode()
        visit.answer(page, status=self.status, headers=("Content-Type: text/html; charset=utf-8",))


@pytest.fixture
def site(settings: object) -> Iterator[Site]:
    made = Site()
    with serving(made.answer) as victim:
        settings.FETCH_PORTS = frozenset({victim.port})  # type: ignore[attr-defined]
        made.url = f"{victim.url}/register"
        yield made


@pytest.fixture
def link(site: Site, desk: Desk, checker: User) -> Link:
    return cite(site.url, desk=desk, by=checker)


def _check(link: Link) -> Link:
    Link.objects.filter(pk=link.pk).update(next_attempt_at=clock.now())
    assert link_checks.check(link.pk)
    link.refresh_from_db()
    return link


def test_a_page_that_answers_is_ok_and_captured(link: Link) -> None:
    _check(link)
    assert (link.state, link.http_status, link.job_state) == (LinkState.OK, 200, JobState.WAITING)
    assert "812 trees" in link.latest_capture.text
    assert link.checks.get().capture == link.latest_capture
    assert link.next_attempt_at > clock.now() + timedelta(hours=20)


def test_the_same_address_is_one_link_and_the_same_text_one_capture(
    link: Link, site: Site, desk: Desk, checker: User
) -> None:
    assert cite(f"{site.url}#top", desk=desk, by=checker) == link
    _check(link)
    _check(link)
    assert (Capture.objects.count(), LinkCheck.objects.count()) == (1, 2)


def test_a_changed_page_is_another_capture_and_the_first_one_stays(link: Link, site: Site) -> None:
    first = _check(link).latest_capture
    site.text = site.text.replace("812", "700")
    _check(link)
    assert link.state == LinkState.CONTENT_CHANGED
    assert "700 trees" in link.latest_capture.text
    assert "812 trees" in Capture.objects.get(pk=first.pk).text


def test_a_failed_fetch_is_never_called_captured(link: Link, site: Site) -> None:
    site.status = 404
    _check(link)
    assert (link.state, link.latest_capture, link.failures) == (LinkState.NOT_FOUND, None, 1)
    assert link.checks.get().capture is None


def test_one_failure_is_not_dead_and_a_successful_check_clears_it(link: Link, site: Site) -> None:
    site.status = 410
    assert _check(link).dead_since is None
    site.status = 200
    _check(link)
    assert (link.failures, link.failing_since, link.state) == (0, None, LinkState.OK)


def test_gone_twice_is_dead_and_the_copy_stays(link: Link, site: Site) -> None:
    copy = _check(link).latest_capture
    site.status = 410
    _check(link)
    _check(link)
    assert link.dead_since is not None
    assert link.latest_capture == copy


@pytest.mark.parametrize("status", [401, 403, 429, 451, 503])
def test_a_refusal_is_unknown_and_never_dead_soon(link: Link, site: Site, status: int) -> None:
    site.status = status
    for _ in range(4):
        _check(link)
    assert link.dead_since is None


def test_a_private_address_is_refused_in_words_and_not_reached(
    site: Site, desk: Desk, checker: User, settings: object
) -> None:
    settings.FETCH_ALLOWED_NETWORKS = ()  # type: ignore[attr-defined]
    link = _check(cite(site.url, desk=desk, by=checker))
    assert link.state == LinkState.REFUSED
    assert link.reason
    assert link.latest_capture is None


@pytest.mark.usefixtures("caplog")
def test_a_missing_ca_file_is_our_fault_and_leaves_the_state_alone(
    site: Site, desk: Desk, checker: User, settings: object
) -> None:
    settings.FETCH_CA_FILE = "/nowhere/ca.pem"  # type: ignore[attr-defined]
    link = cite(site.url.replace("http:", "https:"), desk=desk, by=checker)
    assert link_checks.check(link.pk) is False
    link.refresh_from_db()
    assert (link.state, link.failures, link.job_state) == (LinkState.UNCHECKED, 0, JobState.WAITING)
    assert link.last_error


@pytest.mark.parametrize(
    ("status", "dead"), [(500, True), (503, False), (403, False), (429, False)]
)
def test_of_what_fails_for_weeks_only_some_is_dead(status: int, dead: bool) -> None:
    now = clock.now()
    link = Link(
        pk=1, state=LinkState.SERVER_ERROR, failures=20, failing_since=now - timedelta(days=30)
    )
    exchange = FetchResult(
        url="https://example.org/", final_url="https://example.org/", status=status
    )
    assert bool(next_record(link, exchange, classify(exchange), now=now).dead_since) is dead
    link.dead_since = now - timedelta(days=9)
    assert bool(next_record(link, exchange, classify(exchange), now=now).dead_since) is (
        status >= 500
    ), "a 503 does not revive either"


@pytest.mark.parametrize(
    ("looks", "dead"),
    [
        ("500@0 410@1", ""),
        ("500@0 500@80 404@81", ""),
        ("404@0 500@40 404@80 404@81", ""),
        ("404@0 404@40 404@80", "80"),
        ("500@0 410@1 410@2", "2"),
        ("410@0 410@1 500@9 503@10 404@11", "1"),
        ("410@0 410@1 403@9 410@10", ""),
    ],
)
def test_only_failures_of_one_kind_confirm_and_none_revives(looks: str, dead: str) -> None:
    """Each look as its status, and the hour of it; dead since which hour."""
    began = clock.now()
    link = Link(pk=1)
    for status, _, hour in (look.partition("@") for look in looks.split()):
        exchange = FetchResult(
            url="https://example.org/", final_url="https://example.org/", status=int(status)
        )
        found = next_record(
            link, exchange, classify(exchange), now=began + timedelta(hours=int(hour))
        )
        for name, value in found._asdict().items():
            setattr(link, name, value)
    assert link.dead_since == (began + timedelta(hours=int(dead)) if dead else None)


def test_the_classifier_and_the_database_know_the_same_states() -> None:
    by_history = {LinkState.CONTENT_CHANGED}
    assert {state.value for state in State} == set(LinkState.values) - by_history


def test_a_check_that_is_not_due_does_nothing(link: Link) -> None:
    _check(link)
    assert link_checks.check(link.pk) is False
    link_checks.check_now(link, by=link.desk.memberships.first().user)
    assert link_checks.check(link.pk) is True


@pytest.mark.parametrize(
    ("state", "failures", "hours", "dead"),
    [
        (LinkState.GONE, 1, 500, False),
        (LinkState.GONE, 2, 1, True),
        (LinkState.NOT_FOUND, 3, 71, False),
        (LinkState.NOT_FOUND, 3, 72, True),
        (LinkState.DNS_FAILURE, 2, 500, False),
        (LinkState.SERVER_ERROR, 5, 7 * 24, True),
        (LinkState.TIMEOUT, 9, 6 * 24, False),
        (LinkState.BLOCKED, 99, 5000, False),
        (LinkState.TLS_ERROR, 99, 5000, False),
        (LinkState.SOFT_404, 99, 5000, False),
    ],
)
def test_dead_only_after_confirmation(state: str, failures: int, hours: int, dead: bool) -> None:
    now = clock.now()
    assert (
        confirmed_dead(
            state, failures=failures, failing_since=now - timedelta(hours=hours), now=now
        )
        is dead
    )


@pytest.mark.parametrize(
    ("state", "failures", "published_days", "hours"),
    [
        (LinkState.OK, 0, None, 24),
        (LinkState.OK, 0, 29, 24),
        (LinkState.OK, 0, 31, 7 * 24),
        (LinkState.OK, 0, 400, 30 * 24),
        (LinkState.TIMEOUT, 1, 5, 1),
        (LinkState.TIMEOUT, 2, 5, 6),
        (LinkState.TIMEOUT, 3, 5, 24),
        (LinkState.TIMEOUT, 9, 5, 72),
    ],
)
def test_the_next_check_follows_the_policy_within_ten_percent(
    state: str, failures: int, published_days: int | None, hours: int
) -> None:
    now = clock.now()
    since = None if published_days is None else now - timedelta(days=published_days)
    wait = next_check_at(state, failures=failures, published_since=since, now=now) - now
    assert timedelta(hours=hours * 0.9) <= wait <= timedelta(hours=hours * 1.1)


@pytest.mark.parametrize(
    ("state", "failures", "asked", "least", "most"),
    [
        (LinkState.BLOCKED, 0, 120, 5.4, 6.6),
        (LinkState.BLOCKED, 0, 86_400, 24, 29),
        (LinkState.SERVER_ERROR, 1, 7_200, 2, 2.4),
        (LinkState.SERVER_ERROR, 1, 0, 0.9, 1.1),
        (LinkState.SERVER_ERROR, 4, 60, 64, 80),
    ],
)
def test_a_server_that_asks_for_time_gets_it(
    state: str, failures: int, asked: int, least: float, most: float
) -> None:
    now = clock.now()
    wait = (
        next_check_at(
            state, failures=failures, published_since=None, now=now, requested_delay=asked
        )
        - now
    )
    assert timedelta(hours=least) <= wait <= timedelta(hours=most)
