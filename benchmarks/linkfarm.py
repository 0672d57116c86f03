"""Sites on loopback for the link benchmark:
`python -m benchmarks.linkfarm PORT`, as many processes as wanted.

Every address 127.1.a.b answers on the port. What a page does is decided
by its number alone, so all clients meet the same.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import socket
import sys
from collections.abc import Callable

HOSTS = 200
# seconds every client is given; the pages that never answer stand first in the list, so
# that no run ends with waiting for them
TIMEOUT = 2
LATENCY = (0.05, 0.2)
MIXED = {
    "ok": 718,
    "moved": 50,
    "found": 30,
    "chain": 10,
    "missing": 60,
    "gone": 20,
    "forbidden": 30,
    "slow_down": 10,
    "broken": 20,
    "away": 10,
    "reset": 10,
    "soft_404": 10,
    "loop": 6,
    "bad_chunk": 4,
    "short": 4,
    "endless": 2,
    "bomb": 2,
    "headers": 2,
    "silent": 2,
}
CAPTURED = frozenset({"ok", "moved", "found", "chain"})
ENDLESS = frozenset({"endless"})
WAITS = frozenset({"silent"})
PARAGRAPH = (
    "The harbour of page {n} counted {n} ships in week {week}, and the keeper wrote each of them"
    " down by hand. "
)
BOMB = gzip.compress(b"\0" * 20_000_000, 9)


def kind_of(number: int) -> str:
    return random.Random(number).choices(list(MIXED), list(MIXED.values()))[0]


def addresses(count: int, port: int) -> list[str]:
    """The list, shuffled, with the pages that wait for the timeout at its head."""
    numbers = list(range(count))
    random.Random(1).shuffle(numbers)
    numbers.sort(key=lambda number: kind_of(number) not in WAITS)
    return [address(number, port) for number in numbers]


def address(number: int, port: int) -> str:
    return f"http://127.1.{number % HOSTS // 100 + 1}.{number % 100 + 1}:{port}/page/{number}"


def number_of(url: str) -> int:
    return int(url.rpartition("/")[2])


def page(number: int) -> bytes:
    text = "".join(
        f"<p>{PARAGRAPH.format(n=number, week=week)}</p>" for week in range(10 + number % 60)
    )
    return (
        "<!doctype html><html lang=en><title>Ships of"
        f" {number}</title><article><h1>Ships</h1>{text}</article>".encode()
    )


def news_page(number: int) -> bytes:
    """A page as newspapers send it: 30 to 290 kB, most of it menus,
    scripts and teasers.
    """
    draw = random.Random(number)
    menu = "".join(
        f'<li class="nav-item"><a class="link" data-track="nav-{n}" href="/section/{n}/">Part {n}'
        "</a></li>"
        for n in range(draw.randint(60, 220))
    )
    script = f"<script>{'window.dataLayer.push({a:1});' * draw.randint(300, 2500)}</script>"
    style = f"<style>{'.a{b:c}' * draw.randint(200, 3000)}</style>"
    text = "".join(
        f'<p class="text css-{n}">{PARAGRAPH.format(n=number, week=n) * 3}<a href="/{n}">Boats</a>'
        f" were counted.</p>{f'<figure><img src=/{n}.jpg></figure>' if n % 6 == 0 else ''}"
        for n in range(draw.randint(15, 60))
    )
    teasers = "".join(
        f'<div class=teaser><a href="/t{n}"><img src=/t{n}.jpg><h3>Another story, {n}</h3></a>'
        "<p>Short words about it.</p></div>"
        for n in range(draw.randint(20, 60))
    )
    return (
        f"<!doctype html><html lang=en><head><title>Boats of {number} | Post</title>{style}{script}"
        f"</head><body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>Boats of"
        f" {number}</h1>{text}</article><section>{teasers}</section></main><footer><ul>{menu}</ul>"
        f"</footer>{script}"
    ).encode()


class Site(asyncio.Protocol):
    transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            method, path = head.split(b" ", 2)[:2]
            delay = random.Random(path).uniform(*LATENCY)
            asyncio.get_running_loop().call_later(
                delay, self.respond, path.decode(), method == b"HEAD"
            )

    def respond(self, path: str, bodiless: bool) -> None:
        if self.transport.is_closing():
            return
        place, _, rest = path.strip("/").partition("/")
        if place != "page" or not rest.isdigit():
            self.answer(404, b"no", bodiless)
            return
        number = int(rest)
        kind = kind_of(number)
        if kind in SPECIAL:
            SPECIAL[kind](self, number)
            return
        status, headers = PLAIN.get(kind, (200, ""))
        body = page(number) if status == 200 else f"<title>Answer {status}</title>".encode()
        if kind == "soft_404":
            body = b"<title>Page not found</title><h1>Page not found</h1><p>Sorry.</p>"
        self.answer(
            status,
            body,
            bodiless,
            headers.format(host=self.transport.get_extra_info("sockname")[0], n=number),
        )

    def answer(
        self,
        status: int,
        body: bytes,
        bodiless: bool = False,
        headers: str = "",
    ) -> None:
        head = (
            f"HTTP/1.1 {status} x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length:"
            f" {len(body)}\r\n{headers}\r\n"
        )
        self.transport.write(head.encode() + (b"" if bodiless else body))

    def raw(self, data: bytes) -> None:
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + data)
        self.transport.close()

    def reset(self, _number: int) -> None:
        self.transport.abort()

    def silent(self, _number: int) -> None:
        """Never answers."""

    def pour(self, _number: int) -> None:
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        self.flood()

    def flood(self) -> None:
        if self.transport.is_closing():
            return
        if self.transport.get_write_buffer_size() < 500_000:
            self.transport.write(b"x" * 262_144)
        asyncio.get_running_loop().call_later(0.002, self.flood)

    def hop(self, number: int) -> None:
        self.answer(302, b"", headers=f"Location: /page/{number}\r\n")


def _location(path: str) -> str:
    return f"Location: {path}\r\n"


# Redirects lead to /end/, which is a page too.
PLAIN: dict[str, tuple[int, str]] = {
    "moved": (301, _location("/end/{n}")),
    "found": (302, _location("/end/{n}")),
    "chain": (301, _location("/way/{n}")),
    "missing": (404, ""),
    "gone": (410, ""),
    "forbidden": (403, ""),
    "slow_down": (429, ""),
    "broken": (500, ""),
    "away": (503, ""),
}
SPECIAL: dict[str, Callable[[Site, int], None]] = {
    "reset": Site.reset,
    "silent": Site.silent,
    "endless": Site.pour,
    "loop": Site.hop,
    "bad_chunk": lambda site, _: site.raw(
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"
    ),
    "short": lambda site, _: site.raw(b"Content-Length: 5000\r\n\r\nhalf of it"),
    "bomb": lambda site, _: site.raw(
        f"Content-Encoding: gzip\r\nContent-Length: {len(BOMB)}\r\n\r\n".encode() + BOMB
    ),
    "headers": lambda site, _: site.raw(b"X-A: b\r\n" * 100_000 + b"\r\n"),
}


class Sites(Site):
    """With the pages that redirects lead to."""

    def respond(self, path: str, bodiless: bool) -> None:
        place, _, rest = path.strip("/").partition("/")
        if place == "end" and rest.isdigit():
            self.answer(200, page(int(rest)), bodiless)
        elif place == "way" and rest.isdigit():
            self.answer(301, b"", bodiless, _location(f"/end/{rest}"))
        else:
            super().respond(path, bodiless)


async def serve(port: int) -> None:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(("0.0.0.0", port))
    server = await asyncio.get_running_loop().create_server(Sites, sock=listener, backlog=4096)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
