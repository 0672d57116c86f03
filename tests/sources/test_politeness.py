"""Turns at a host: two connections and a pause for all workers together, and by each
alone while Redis is away.
"""

import secrets
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from redis import Redis

from sources.canonical_urls import target
from sources.fetching.politeness import MOST, Politeness


class Dead(Redis):
    def execute_command(self, *told: object, **options: object) -> object:
        raise ConnectionError("nobody is there")


@pytest.fixture
def redis() -> Iterator[Redis]:
    with Redis.from_url(settings.REDIS_URL) as client:
        yield client


@pytest.fixture
def host() -> str:
    return f"{secrets.token_hex(6)}.example"


def test_two_workers_share_one_turn_and_the_hosts_do_not(redis: Redis, host: str) -> None:
    one, other = (Politeness(delay=30, redis=redis) for _ in range(2))
    assert one.enter([host, f"other-{host}"]) == [0, 0]
    for worker in (one, other):
        assert 25 < worker.enter([host])[0] <= 33
    one.leave(host, seconds=0)
    assert 25 < other.enter([host])[0] <= 33, "the pause counts from the start, whatever has ended"


def test_only_two_connections_are_open_at_a_host_by_all_workers(redis: Redis, host: str) -> None:
    workers = [Politeness(delay=0.001, redis=redis) for _ in range(4)]

    def asks(worker: Politeness) -> float:
        time.sleep(
            0.01
        )  # so that it is the connections that are short, not the pause between two starts
        return worker.enter([host])[0]

    granted = [worker for worker in workers * 3 if not asks(worker)]
    assert len(granted) == MOST
    granted[0].leave(host, seconds=1)
    again = [asks(worker) for worker in workers if worker is not granted[1]]
    assert again.count(0) == 1


def test_a_late_start_moves_the_next_one(redis: Redis, host: str) -> None:
    one, other = (Politeness(delay=10, redis=redis) for _ in range(2))
    one.enter([host])
    redis.delete(f"factcheck:visit:{host}:next")  # as if the start had come when its pause was over
    one.leave(host, seconds=2)
    assert 7 < other.enter([host])[0] <= 9.1


def test_who_asks_for_peace_is_left_alone_by_all(redis: Redis, host: str) -> None:
    one, other = (Politeness(delay=1, redis=redis) for _ in range(2))
    one.stay_away(host, seconds=3600)
    for worker in (one, other):
        assert 3590 < worker.enter([host])[0] <= 3600


def test_without_redis_a_worker_keeps_its_own_turns(
    host: str, caplog: pytest.LogCaptureFixture
) -> None:
    alone = Politeness(delay=30, redis=Dead())
    assert alone.enter([host]) == [0]
    assert 25 < alone.enter([host])[0] <= 33
    alone.leave(host, seconds=0)
    assert caplog.text.count("politeness_alone") == 1, "it is asked again only after a while"


def test_without_a_pause_two_connections_of_a_process_are_still_the_most(host: str) -> None:
    fast = Politeness(delay=0, redis=Dead())
    assert [fast.enter([host])[0] for _ in range(3)] == [0, 0, pytest.approx(0.2)]
    fast.leave(host, seconds=0)
    assert fast.enter([host]) == [0]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://example.org/a", "example.org"),
        ("https://example.org:443/b?c", "example.org"),
        ("http://example.org:8080/", "example.org:8080"),
        ("http://[2001:db8::1]/", "2001:db8::1"),
    ],
)
def test_a_host_is_one_on_both_ports_of_the_web(url: str, key: str) -> None:
    assert target(url).server == key
