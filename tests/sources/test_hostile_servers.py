"""A server can waste neither our time nor our memory, and cannot make a fetch raise."""

from __future__ import annotations

import gzip
import socket
import struct
import zlib

import pytest

from sources.fetching.fetch import FetchProblem, fetch
from tests.sources.internal_services import Visit, serving

OPENING = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def test_a_dripped_body_is_cut_at_the_time_limit() -> None:
    def drip(visit: Visit) -> None:
        visit.send(OPENING + b"\r\n")
        while visit.pause(0.05):
            visit.send(b"x")

    with serving(drip) as server:
        exchange = fetch(server.url, policy=server.policy(total_seconds=0.6))
        assert exchange.problem is FetchProblem.timeout
        assert (exchange.status, exchange.body) == (200, b"")
        assert exchange.elapsed_ms < 1_500


def test_a_dripped_body_is_cut_for_slowness_before_the_time_limit() -> None:
    def drip(visit: Visit) -> None:
        visit.send(OPENING + b"\r\n")
        while visit.pause(0.05):
            visit.send(b"x")

    with serving(drip) as server:
        exchange = fetch(
            server.url,
            policy=server.policy(total_seconds=20, low_speed_seconds=1, low_speed_bytes=1_000),
        )
        assert exchange.problem is FetchProblem.timeout
        assert exchange.elapsed_ms < 4_000


def test_dripped_headers_are_cut() -> None:
    def drip(visit: Visit) -> None:
        visit.send(b"HTTP/1.1 200 OK\r\n")
        while visit.pause(0.02):
            visit.send(b"X-A: b\r\n")

    with serving(drip) as server:
        exchange = fetch(server.url, policy=server.policy(total_seconds=0.5))
        assert exchange.problem is FetchProblem.timeout
        assert exchange.elapsed_ms < 1_500


def test_silence_is_cut() -> None:
    with serving(lambda visit: visit.pause(5) and None) as server:
        exchange = fetch(server.url, policy=server.policy(total_seconds=0.3))
        assert (exchange.problem, exchange.status) == (FetchProblem.timeout, None)


def test_an_endless_body_is_cut_at_the_size_limit() -> None:
    def pour(visit: Visit) -> None:
        visit.send(OPENING + b"\r\n")
        while not visit.stopped.is_set():
            visit.send(b"x" * 65_536)

    with serving(pour) as server:
        exchange = fetch(server.url, policy=server.policy(max_bytes=300_000))
        assert exchange.problem is FetchProblem.too_large
        assert (exchange.status, exchange.body) == (200, b"")
        assert "300,000" in exchange.reason


@pytest.mark.parametrize("size", [0, 1, 65_536, 99_999, 100_000])
def test_a_body_up_to_the_limit_arrives_whole(size: int) -> None:
    with serving(lambda visit: visit.answer(b"x" * size)) as server:
        exchange = fetch(server.url, policy=server.policy(max_bytes=100_000))
        assert (exchange.problem, len(exchange.body)) == (None, size)


def test_one_byte_more_than_the_limit_is_too_large() -> None:
    with serving(lambda visit: visit.answer(b"x" * 100_001)) as server:
        assert (
            fetch(server.url, policy=server.policy(max_bytes=100_000)).problem
            is FetchProblem.too_large
        )


@pytest.mark.parametrize(("encoding", "layers"), [("gzip", 1), ("gzip, gzip", 2), ("deflate", 0)])
def test_a_bomb_is_measured_after_it_unpacks(encoding: str, layers: int) -> None:
    bomb = b"\0" * 20_000_000
    packed = zlib.compress(bomb, 9) if layers == 0 else gzip.compress(bomb, 9)
    for _ in range(layers - 1):
        packed = gzip.compress(packed, 9)
    assert len(packed) < 60_000
    with serving(
        lambda visit: visit.answer(packed, headers=(f"Content-Encoding: {encoding}",))
    ) as server:
        exchange = fetch(server.url, policy=server.policy(max_bytes=100_000))
        assert exchange.problem is FetchProblem.too_large


def test_an_honest_compressed_body_is_unpacked() -> None:
    with serving(
        lambda visit: visit.answer(
            gzip.compress(b"hello " * 100), headers=("Content-Encoding: gzip",)
        )
    ) as server:
        assert fetch(server.url, policy=server.policy()).body == b"hello " * 100


def test_many_small_headers_are_cut() -> None:
    def flood(visit: Visit) -> None:
        visit.send(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5_000 + b"\r\n")

    with serving(flood) as server:
        exchange = fetch(server.url, policy=server.policy())
        assert exchange.problem is FetchProblem.too_large
        assert len(exchange.headers) <= 200


@pytest.mark.parametrize("size", [70_000, 150_000, 400_000])
def test_one_huge_header_is_cut(size: int) -> None:
    with serving(lambda visit: visit.answer(headers=("X-Big: " + "b" * size,))) as server:
        exchange = fetch(server.url, policy=server.policy())
        assert exchange.problem is FetchProblem.too_large
        assert sum(len(name) + len(value) for name, value in exchange.headers) <= 65_536


def test_endless_interim_answers_are_cut() -> None:
    def stall(visit: Visit) -> None:
        while not visit.stopped.is_set():
            visit.send(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")

    with serving(stall) as server:
        assert fetch(server.url, policy=server.policy()).problem in {
            FetchProblem.too_large,
            FetchProblem.protocol,
        }


def test_a_body_shorter_than_announced_is_not_taken_for_the_page() -> None:
    with serving(lambda visit: visit.send(OPENING + b"Content-Length: 500\r\n\r\nhalf")) as server:
        exchange = fetch(server.url, policy=server.policy())
        assert (exchange.problem, exchange.body) == (FetchProblem.protocol, b"")


NONSENSE = {
    "nothing": b"",
    "no http": b"SSH-2.0-OpenSSH_9.6\r\n",
    "http 0.9": b"<html>hello</html>",
    "only a status": b"HTTP/1.1 200 OK",
    "wild status": b"HTTP/1.1 99999 what\r\n\r\n",
    "word status": b"HTTP/1.1 abc def\r\n\r\n",
    "future version": b"HTTP/9.9 200 OK\r\n\r\nx",
    "NUL in a header": OPENING + b"X-A: a\0b\r\nContent-Length: 1\r\n\r\nx",
    "bad chunk size": OPENING + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
    "negative chunk": OPENING + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
    "huge chunk": OPENING + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nhello\r\n",
    "chunk cut off": OPENING + b"Transfer-Encoding: chunked\r\n\r\n10\r\nhello",
    "two lengths": OPENING + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nhello",
    "negative length": OPENING + b"Content-Length: -1\r\n\r\nhello",
    "broken gzip": OPENING + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
    "six layers": (
        OPENING + b"Content-Encoding: " + b"gzip, " * 6 + b"gzip\r\nContent-Length: 5\r\n\r\nhello"
    ),
    "unknown coding": OPENING + b"Content-Encoding: snappy\r\nContent-Length: 5\r\n\r\nhello",
    "header without a name": OPENING + b": x\r\nContent-Length: 1\r\n\r\nx",
    "bytes that are no text": OPENING + b"X-\xff\xfe: \x80\x81\r\nContent-Length: 1\r\n\r\nx",
    "switching protocols": (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"
    ),
}


@pytest.mark.parametrize("kind", NONSENSE)
def test_nonsense_is_an_exchange_and_not_an_exception(kind: str) -> None:
    with serving(lambda visit: visit.send(NONSENSE[kind])) as server:
        exchange = fetch(server.url, policy=server.policy(total_seconds=1))
        assert server.reached
        assert exchange.problem is not None or exchange.status is not None
        assert bool(exchange.problem) == bool(exchange.reason)
        assert not exchange.problem or exchange.body == b""
        for name, value in exchange.headers:
            assert (name + value).encode("utf-8")
            assert "\x00" not in name + value


@pytest.mark.parametrize(
    "kind",
    [
        "no http",
        "bad chunk size",
        "huge chunk",
        "chunk cut off",
        "broken gzip",
        "http 0.9",
        "NUL in a header",
    ],
)
def test_broken_http_is_a_problem_and_not_a_page(kind: str) -> None:
    with serving(lambda visit: visit.send(NONSENSE[kind])) as server:
        assert fetch(server.url, policy=server.policy()).problem in {
            FetchProblem.protocol,
            FetchProblem.connect,
        }


def test_a_reset_connection_is_a_connection_error() -> None:
    def reset(visit: Visit) -> None:
        visit.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with serving(reset) as server:
        assert fetch(server.url, policy=server.policy()).problem is FetchProblem.connect


def test_a_closed_port_is_a_connection_error() -> None:
    with serving() as server:
        policy = server.policy()
    assert fetch(server.url, policy=policy).problem is FetchProblem.connect
