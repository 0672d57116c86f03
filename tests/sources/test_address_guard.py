"""No spelling of an address leads a fetch to a machine that is not public."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

import pycurl
import pytest

from sources.fetching.crawl import Crawl
from sources.fetching.fetch import FetchPolicy, FetchProblem, FetchResult, fetch
from sources.fetching.politeness import Politeness
from sources.fetching.transfer import Transfer
from tests.sources.internal_services import InternalService, Visit, serving

REFUSED = {FetchProblem.refused_by_policy, FetchProblem.bad_url}
# Each leads some client to this machine, or to a network that is nobody's business. {p}
# is the victim's port.
HOSTILE = [
    "http://127.0.0.1:{p}/",
    "http://127.0.0.1.:{p}/",
    "http://127.1:{p}/",
    "http://127.0.1:{p}/",
    "http://127.255.255.254:{p}/",
    "http://2130706433:{p}/",
    "http://017700000001:{p}/",
    "http://0177.0.0.1:{p}/",
    "http://0177.0.0.01:{p}/",
    "http://0000177.0.0.1:{p}/",
    "http://0x7f000001:{p}/",
    "http://0x7f.1:{p}/",
    "http://0x7F.0x0.0x0.0x1:{p}/",
    "http://0x7f.0.0.01:{p}/",
    "http://127.0x1:{p}/",
    "http://00000000000000000177.1:{p}/",
    "http://0:{p}/",
    "http://0x0:{p}/",
    "http://0.0.0.0:{p}/",
    "http://000.000.000.000:{p}/",
    "http://4294967295:{p}/",
    "http://4294967296:{p}/",
    "http://425.510.425.510:{p}/",
    "http://127.0.0.1.1:{p}/",
    "http://%31%32%37.0.0.1:{p}/",
    "http://127%2E0%2E0%2E1:{p}/",
    "http://%6c%6f%63alhost:{p}/",
    "http://\uff11\uff12\uff17.\uff10.\uff10.\uff11:{p}/",
    "http://127\u30020\u30020\u30021:{p}/",
    "http://127\uff0e0\uff0e0\uff0e1:{p}/",
    "http://\u2460\u2461\u2466.0.0.\u2460:{p}/",
    "http://\U0001d7cf\U0001d7d0\U0001d7d5.0.0.1:{p}/",
    "http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3:{p}/",
    "http://\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54:{p}/",
    "http://loc\u00adalhost:{p}/",
    "http://localhost:{p}/",
    "http://LOCALHOST:{p}/",
    "http://localhost.:{p}/",
    "http://sub.localhost:{p}/",
    "http://ip6-localhost.localhost:{p}/",
    "http://[::1]:{p}/",
    "http://[::]:{p}/",
    "http://[0:0:0:0:0:0:0:1]:{p}/",
    "http://[::ffff:127.0.0.1]:{p}/",
    "http://[::ffff:7f00:1]:{p}/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:{p}/",
    "http://[::ffff:0.0.0.0]:{p}/",
    "http://[::ffff:10.0.0.1]:{p}/",
    "http://[::127.0.0.1]:{p}/",
    "http://[::ffff:0:127.0.0.1]:{p}/",
    "http://[64:ff9b::127.0.0.1]:{p}/",
    "http://[64:ff9b:1::7f00:1]:{p}/",
    "http://[2002:7f00:1::]:{p}/",
    "http://[2002:7f00:1::1]:{p}/",
    "http://[2001:0:7f00:1::]:{p}/",
    "http://[fec0::1]:{p}/",
    "http://[fe80::1]:{p}/",
    "http://[fe80::1%25lo]:{p}/",
    "http://[::1%25lo]:{p}/",
    "http://[::1%lo]:{p}/",
    "http://[fd00:ec2::254]:{p}/",
    "http://[ff02::1]:{p}/",
    "http://[v1.127.0.0.1]:{p}/",
    "http://169.254.169.254:{p}/latest/meta-data/",
    "http://100.100.100.200:{p}/",
    "http://168.63.129.16:{p}/",
    "http://192.0.0.192:{p}/",
    "http://10.0.0.1:{p}/",
    "http://192.168.0.1:{p}/",
    "http://224.0.0.1:{p}/",
    "http://255.255.255.255:{p}/",
    "http://user@127.0.0.1:{p}/",
    "http://user:secret@127.0.0.1:{p}/",
    "http://example.com@127.0.0.1:{p}/",
    "http://example.com:80@127.0.0.1:{p}/",
    "http://127.0.0.1:{p}@127.0.0.1:{p}/",
    "http://@127.0.0.1:{p}/",
    "http://127.0.0.1:{p}\\@example.com/",
    "http://example.com\\@127.0.0.1:{p}/",
    "http://127.0.0.1:{p}#@example.com/",
    "http://127.0.0.1:{p}?@example.com/",
    "http://127.0.0.1:{p};@example.com/",
    "http://127.0.0.1 :{p}/",
    "http://127.0.0.1\t:{p}/",
    "http://127.0.0.1\x00.example.com:{p}/",
    "http://127.0.0.1%00.example.com:{p}/",
    "http://127.0.0.1%0d%0aHost:x:{p}/",
    "http:127.0.0.1:{p}/",
    "http:/127.0.0.1:{p}/",
    "http:///127.0.0.1:{p}/",
    "http:\\\\127.0.0.1:{p}\\",
    "https://127.0.0.1:{p}/",
    "HtTp://127.0.0.1:{p}/",
    "  http://127.0.0.1:{p}/  ",
]


class OpenedOnce:
    """Stands for a front server on the public internet: loopback is reached once, then
    closed again.
    """

    def __init__(self) -> None:
        self.opened = False

    def __contains__(self, address: object) -> bool:
        first, self.opened = not self.opened, True
        return first


@pytest.fixture(scope="module")
def victim() -> Iterator[InternalService]:
    with serving() as server:
        yield server


def test_the_list_is_long_and_without_repeats() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize("spelling", HOSTILE)
def test_a_hostile_spelling_is_refused_and_the_victim_is_not_reached(
    spelling: str, victim: InternalService
) -> None:
    before = victim.connections
    exchange = fetch(spelling.format(p=victim.port), policy=victim.policy(allowed_networks=()))
    assert exchange.problem in REFUSED
    assert exchange.reason
    assert (exchange.status, exchange.body, exchange.address) == (None, b"", "")
    assert victim.connections == before


@pytest.mark.parametrize("spelling", HOSTILE)
def test_a_redirect_to_a_hostile_spelling_is_refused_and_the_victim_is_not_reached(
    spelling: str, victim: InternalService
) -> None:
    target = spelling.format(p=victim.port)
    before = victim.connections
    with serving(lambda visit: visit.redirect(target)) as front:
        policy = front.policy(
            allowed_networks=(OpenedOnce(),), ports=frozenset({80, front.port, victim.port})
        )
        exchange = fetch(front.url, policy=policy)
        assert front.connections == 1
    assert victim.connections == before
    assert exchange.problem is not None


@pytest.mark.parametrize(
    "spelling",
    [
        "http://127.0.0.1:{p}/",
        "http://2130706433:{p}/",
        "http://localhost:{p}/",
        "http://[::ffff:127.0.0.1]:{p}/",
    ],
)
def test_the_same_spelling_reaches_the_victim_once_its_network_is_named(spelling: str) -> None:
    with serving() as server:
        exchange = fetch(spelling.format(p=server.port), policy=server.policy())
        assert (exchange.problem, exchange.body) == (None, b"hello")
        assert server.connections == 1


def test_a_redirect_from_a_named_network_to_another_address_is_refused() -> None:
    def to_the_second_loopback(visit: Visit) -> None:
        visit.redirect(f"http://127.0.0.2:{front.port}/")

    with serving(to_the_second_loopback) as front:
        exchange = fetch(
            front.url, policy=front.policy(allowed_networks=(ip_network("127.0.0.1/32"),))
        )
        assert exchange.problem is FetchProblem.refused_by_policy
        assert "127.0.0.2" in exchange.reason
        assert [hop.location for hop in exchange.hops] == [f"http://127.0.0.2:{front.port}/"]
        assert front.connections == 1


def test_a_port_outside_the_policy_is_refused_at_the_first_hop_and_at_the_second() -> None:
    with serving() as inner, serving(lambda visit: visit.redirect(inner.url)) as front:
        direct = fetch(inner.url, policy=front.policy())
        redirected = fetch(front.url, policy=front.policy())
        assert direct.problem is redirected.problem is FetchProblem.refused_by_policy
        assert f"port {inner.port}" in direct.reason
        assert not inner.reached


def test_the_default_ports_are_those_of_the_web() -> None:
    with serving() as server:
        exchange = fetch(server.url, policy=server.policy(ports=frozenset({80, 443})))
        assert exchange.problem is FetchProblem.refused_by_policy
        assert not server.reached


# --- names: what a resolver says is decided by whoever owns the name, and may change
# between two
# questions ---

SECOND_ANSWERS = [
    "127.0.0.1",
    "::1",
    "::ffff:127.0.0.1",
    "0.0.0.0",
    "169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::127.0.0.1",
]


def _resolving(monkeypatch: pytest.MonkeyPatch, answers: list[str], port: int) -> None:
    """A resolver of the test's: each transfer's `rebind.example` has the next of these
    addresses.
    """
    prepare = Transfer.prepare

    def prepared(self: Transfer, url: str, *, seconds: float) -> None:
        prepare(self, url, seconds=seconds)
        told = answers.pop(0) if len(answers) > 1 else answers[0]
        self.curl.setopt(pycurl.DNS_CACHE_TIMEOUT, 0)
        self.curl.setopt(
            pycurl.RESOLVE, [f"-rebind.example:{port}", f"rebind.example:{port}:{told}"]
        )

    monkeypatch.setattr(Transfer, "prepare", prepared)


def _crawled(urls: list[str], policy: FetchPolicy) -> dict[str, FetchResult]:
    """Through the machine of the stream, in which connections are kept and used
    again.
    """
    crawl: Crawl[str] = Crawl(policy, politeness=Politeness(delay=0, redis=None), connections=4)
    found: dict[str, FetchResult] = {}
    try:
        for url in urls:
            crawl.add(url, url, retry=False)
        while crawl.pending:
            found.update(
                (key, ended) for key, ended in crawl.turn(1) if isinstance(ended, FetchResult)
            )
    finally:
        crawl.close()
    return found


@pytest.mark.parametrize("answer", SECOND_ANSWERS)
def test_a_name_that_resolves_to_a_closed_address_is_refused(
    answer: str, victim: InternalService, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = victim.connections
    url = f"http://rebind.example:{victim.port}/"
    _resolving(monkeypatch, [answer], victim.port)
    assert (
        fetch(url, policy=victim.policy(allowed_networks=())).problem
        is FetchProblem.refused_by_policy
    )
    assert (
        _crawled([url], victim.policy(allowed_networks=()))[url].problem
        is FetchProblem.refused_by_policy
    )
    assert victim.connections == before


def test_a_name_that_changes_its_address_between_two_hops_is_refused_at_the_second(
    victim: InternalService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """127.0.0.2 stands for the public machine that the name has at first; the policy
    opens that address only.
    """
    seen: list[str] = []

    def again(visit: Visit) -> None:
        seen.append(visit.path)
        visit.redirect("/second")

    with serving(again, host="127.0.0.2", port=victim.port):
        before = victim.connections
        _resolving(monkeypatch, ["127.0.0.2", "127.0.0.1"], victim.port)
        policy = victim.policy(allowed_networks=(ip_network("127.0.0.2/32"),))
        exchange = fetch(f"http://rebind.example:{victim.port}/", policy=policy)
    assert (exchange.problem, len(exchange.hops)) == (FetchProblem.refused_by_policy, 1)
    assert seen == ["/"]
    assert victim.connections == before


def test_the_stream_refuses_every_hostile_spelling_at_once(victim: InternalService) -> None:
    before = victim.connections
    urls = [spelling.format(p=victim.port) for spelling in HOSTILE]
    found = _crawled(urls, victim.policy(allowed_networks=()))
    assert {url for url, exchange in found.items() if exchange.problem not in REFUSED} == set()
    assert len(found) == len(urls)
    assert victim.connections == before


def test_a_connection_is_used_again_only_under_the_policy_that_opened_it() -> None:
    """libcurl asks the guard when a connection is opened and not when one is used
    again: so no two policies share any.
    """

    def stay(visit: Visit) -> None:
        for _ in range(3):
            visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
            visit.connection.recv(65_536)

    with serving(stay) as server:
        urls = [f"{server.url}/{number}" for number in range(3)]
        crawl: Crawl[str] = Crawl(
            server.policy(), politeness=Politeness(delay=0, redis=None), connections=1
        )
        for url in urls:
            crawl.add(url, url)
        while crawl.pending:
            assert all(
                isinstance(ended, FetchResult) and ended.body == b"hello"
                for _, ended in crawl.turn(1)
            )
        assert server.connections == 1, "the connection was meant to be used again"
        closed = _crawled(urls, server.policy(allowed_networks=()))
        assert (
            fetch(urls[0], policy=server.policy(allowed_networks=())).problem
            is FetchProblem.refused_by_policy
        )
        crawl.close()
        assert {exchange.problem for exchange in closed.values()} == {
            FetchProblem.refused_by_policy
        }
        assert server.connections == 1
