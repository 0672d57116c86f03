"""Odd and hostile requests, and what a web server makes of each of them."""

import re
from collections.abc import Callable

HOST = b"Host: localhost\r\n"
CLOSE = b"Connection: close\r\n"
ECHO = b"POST /measured/echo HTTP/1.1\r\n" + HOST
LIVE = b"GET /healthz/live HTTP/1.1\r\n"
ODDITIES = {
    "chunked": ECHO + CLOSE + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "expect-100": ECHO + CLOSE + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
    "two lengths": ECHO + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "length twice": ECHO + CLOSE + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
    "TE and CL": ECHO + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "TE identity": ECHO + b"Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc",
    "TE xchunked": ECHO + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunk size 0x3": ECHO + b"Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n",
    "length +3": ECHO + b"Content-Length: +3\r\n\r\nabc",
    "space before colon": ECHO + b"Content-Length : 3\r\n\r\nabc",
    "folded header": ECHO + CLOSE + b"X-One: a\r\n b\r\n\r\n",
    "underscores": ECHO + CLOSE + b"X-Forwarded-For: 192.0.2.1\r\n"
    b"X_Forwarded_For: 192.0.2.2\r\nContent-Length: 0\r\n\r\n",
    "forwarded": ECHO + CLOSE + b"X-Forwarded-For: 192.0.2.1\r\n"
    b"X-Forwarded-Proto: https\r\nContent-Length: 0\r\n\r\n",
    "bare LF": b"GET /healthz/live HTTP/1.1\nHost: localhost\nConnection: close\n\n",
    "HTTP/1.0": b"GET /healthz/live HTTP/1.0\r\nHost: localhost\r\n\r\n",
    "no Host": b"GET /healthz/live HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two Hosts": LIVE + HOST + b"Host: other\r\n" + CLOSE + b"\r\n",
    "long line": b"GET /api/v1/" + b"x" * 70_000 + b" HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n",
    "large header": LIVE + HOST + CLOSE + b"X-One: " + b"x" * 300_000 + b"\r\n\r\n",
    "many headers": b"GET /api/v1/ HTTP/1.1\r\n" + HOST + CLOSE + b"X-One: x\r\n" * 500 + b"\r\n",
    "bad line": b"NONSENSE\r\n\r\n",
    "NUL in path": b"GET /a\x00b HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n",
    "length 1 TB": ECHO + b"Content-Length: 1000000000000\r\n\r\n",
}  # fmt: skip


TOLD_IN_FULL = ("chunked", "forwarded", "underscores", "expect-100")


def manners(say: Callable[..., bytes]) -> dict[str, str]:
    """The status lines of each odd request; two of them where one was smuggled in."""
    told = {}
    for name, request in ODDITIES.items():
        said = say(request, patience=2)
        lines = re.findall(rb"HTTP/1\.[01] (\d{3})", said)
        kind = re.search(rb"content-type: ([^\r;]+)", said, re.I)
        told[name] = " ".join(line.decode() for line in lines) or "closed"
        if name not in TOLD_IN_FULL:
            told[name] += f" {kind[1].decode()}" if kind else ""
        else:
            told[name] += f" {said[-140:].split(b'{')[-1].decode(errors='replace')}"
    return told
