"""One GET of one URL with libcurl, behind the address guard. Only used
by fetch.py and multi.py.
"""

from __future__ import annotations

import contextlib
import errno
import re
import socket
import time
from typing import Any, NamedTuple

import pycurl

from sources.fetch_types import FetchPolicy, FetchProblem
from sources.ip_addresses import is_permitted, parsed

HEADERS = [
    "Accept: text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language: en,*;q=0.5",
]
# Bytes per read, shared by all transfers of one CurlMulti; the default of 16 kB needs
# eight times the calls for a long page.
BUFFER = 128 * 2**10
TOO_MUCH_HEADER = 100  # CURLE_TOO_LARGE, a code pycurl has no name for
# Code 1, "unsupported protocol", has no entry: other schemes never get here, but
# HTTP/0.9 answers cause it.
PROBLEMS: dict[int, tuple[FetchProblem, str]] = {
    pycurl.E_URL_MALFORMAT: (FetchProblem.bad_url, "The address is malformed."),
    pycurl.E_COULDNT_RESOLVE_HOST: (FetchProblem.dns, "The host name has no address."),
    pycurl.E_COULDNT_CONNECT: (FetchProblem.connect, "The server does not accept connections."),
    pycurl.E_SEND_ERROR: (FetchProblem.connect, "The connection broke while the request was sent."),
    pycurl.E_RECV_ERROR: (FetchProblem.connect, "The connection broke while the answer was read."),
    pycurl.E_GOT_NOTHING: (
        FetchProblem.connect,
        "The server closed the connection without an answer.",
    ),
    pycurl.E_OPERATION_TIMEDOUT: (
        FetchProblem.timeout,
        "The server did not finish its answer in time.",
    ),
    pycurl.E_SSL_CACERT_BADFILE: (
        FetchProblem.our_ca_file,
        "Our file of certificate authorities cannot be read. Check its setting.",
    ),
    pycurl.E_PARTIAL_FILE: (FetchProblem.protocol, "The answer ended before its announced length."),
    pycurl.E_BAD_CONTENT_ENCODING: (FetchProblem.protocol, "The answer's compression is broken."),
    pycurl.E_FILESIZE_EXCEEDED: (FetchProblem.too_large, "The answer is too large."),
    TOO_MUCH_HEADER: (FetchProblem.too_large, "The answer's headers are too large."),
    pycurl.E_OUT_OF_MEMORY: (
        FetchProblem.internal_error,
        "Our machine ran out of memory during the fetch.",
    ),
    pycurl.E_FAILED_INIT: (
        FetchProblem.internal_error,
        "The fetch could not be started on our machine.",
    ),
}
TLS_CODES = frozenset(
    {
        pycurl.E_SSL_CONNECT_ERROR,
        pycurl.E_PEER_FAILED_VERIFICATION,
        pycurl.E_SSL_CIPHER,
        pycurl.E_SSL_CERTPROBLEM,
        pycurl.E_USE_SSL_FAILED,
        pycurl.E_SSL_SHUTDOWN_FAILED,
        pycurl.E_SSL_ISSUER_ERROR,
        pycurl.E_SSL_PINNEDPUBKEYNOTMATCH,
        pycurl.E_SSL_INVALIDCERTSTATUS,
        pycurl.E_SSL_CRL_BADFILE,
    }
)

_controls = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class ServerResponse(NamedTuple):
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    problem: FetchProblem | None
    reason: str
    address: str
    seconds: float


class Meter:
    """Counts the bytes of bodies in flight, of all transfers that share it."""

    buffered_bytes = 0


class Transfer:
    """One libcurl handle, for one policy: a reused connection would
    bypass a stricter one.
    """

    def __init__(self, policy: FetchPolicy, *, meter: Meter | None = None) -> None:
        self.policy = policy
        self.meter = meter or Meter()
        self.curl = pycurl.Curl()
        self.cookies = ""
        self._begin()
        self._set_fixed_options()

    def _begin(self) -> None:
        self.began = time.monotonic()
        self.lines: list[bytes] = []
        self.header_bytes = 0
        self.body = bytearray()
        self.refused: list[str] = []
        self.opened: list[socket.socket] = []
        self.exhausted = False
        self.overflow = ""

    def close(self) -> None:
        self.curl.close()

    def get(self, url: str, *, seconds: float) -> ServerResponse:
        self.prepare(url, seconds=seconds)
        code, message = 0, ""
        try:
            self.curl.perform()
        except pycurl.error as error:
            code, message = int(error.args[0]), str(error.args[-1])
        return self.finish(code, message)

    def carry(self, cookies: str) -> None:
        """Send these cookies, and no others, with the next request."""
        if cookies != self.cookies:
            self.cookies = cookies
            more = [f"Cookie: {cookies}"] if cookies else []
            self.curl.setopt(pycurl.HTTPHEADER, HEADERS + more)

    def prepare(self, url: str, *, seconds: float) -> None:
        self._begin()
        milliseconds = max(1, int(seconds * 1000))
        self.curl.setopt(pycurl.URL, url)
        self.curl.setopt(pycurl.TIMEOUT_MS, milliseconds)
        self.curl.setopt(
            pycurl.CONNECTTIMEOUT_MS,
            min(milliseconds, max(1, int(self.policy.connect_seconds * 1000))),
        )

    def finish(self, code: int = 0, message: str = "") -> ServerResponse:
        """The response of the request; `code` is libcurl's, 0 for a complete answer."""
        seconds = time.monotonic() - self.began
        # libcurl uses duplicates of these descriptors; unclosed, ours would leak.
        for opened in self.opened:
            opened.close()
        problem, reason = self._problem(code, message) if code else (None, "")
        address = ""
        with contextlib.suppress(pycurl.error, UnicodeDecodeError):
            address = str(self.curl.getinfo(pycurl.PRIMARY_IP) or "")
        status, headers = _head(self.lines)
        answer = ServerResponse(
            status, headers, b"" if problem else bytes(self.body), problem, reason, address, seconds
        )
        self.meter.buffered_bytes -= len(self.body)
        self.body.clear()
        return answer

    def _set_fixed_options(self) -> None:
        curl, policy = self.curl, self.policy
        curl.setopt(pycurl.HTTPGET, 1)
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.REDIR_PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        # Redirects are followed by fetch.py, which checks each under the policy.
        curl.setopt(pycurl.FOLLOWLOCATION, 0)
        curl.setopt(pycurl.BUFFERSIZE, BUFFER)
        # Proxies from the environment or a .netrc would send requests or passwords past
        # the guard.
        curl.setopt(pycurl.PROXY, "")
        curl.setopt(pycurl.NOPROXY, "*")
        curl.setopt(pycurl.NETRC, pycurl.NETRC_IGNORED)
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.CAINFO, policy.ca_file)
        curl.setopt(pycurl.SSL_VERIFYPEER, 1)
        curl.setopt(pycurl.SSL_VERIFYHOST, 2)
        curl.setopt(pycurl.ACCEPT_ENCODING, "gzip, deflate, br")
        curl.setopt(pycurl.USERAGENT, policy.user_agent)
        curl.setopt(pycurl.HTTPHEADER, HEADERS)
        curl.setopt(pycurl.LOW_SPEED_LIMIT, policy.low_speed_bytes)
        curl.setopt(pycurl.LOW_SPEED_TIME, policy.low_speed_seconds)
        curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)
        curl.setopt(pycurl.HEADERFUNCTION, self._take_header)
        curl.setopt(pycurl.WRITEFUNCTION, self._take_body)

    def _open_socket(self, _purpose: int, target: Any) -> Any:
        """The guard: called for each resolved address, between DNS and
        connect. A check of the name before could be defeated by DNS
        rebinding.
        """
        address = (
            parsed(str(target.addr[0]))
            if target.family in (socket.AF_INET, socket.AF_INET6)
            else None
        )
        try:
            if address is None:
                self.refused.append("an address that is not of the internet")
            elif target.addr[1] not in self.policy.ports:
                self.refused.append(f"port {target.addr[1]}")
            elif not is_permitted(address, allowed=self.policy.allowed_networks):
                self.refused.append(f"the address {address}, which is not public")
            else:
                opened = socket.socket(target.family, target.socktype, target.protocol)
                self.opened.append(opened)
                return opened
        except OSError as error:
            self.exhausted = error.errno in (
                errno.EMFILE,
                errno.ENFILE,
                errno.ENOBUFS,
                errno.ENOMEM,
            )
        return pycurl.SOCKET_BAD

    def _take_header(self, raw: bytes) -> int | None:
        self.header_bytes += len(raw)
        if (
            self.header_bytes > self.policy.max_header_bytes
            or len(self.lines) >= self.policy.max_headers
        ):
            self.overflow = "The answer's headers are too large."
            return -1
        self.lines.append(raw)
        return None

    def _take_body(self, chunk: bytes) -> int | None:
        """Counts decompressed bytes: a decompression bomb is small on the wire."""
        if len(self.body) + len(chunk) > self.policy.max_bytes:
            self.overflow = f"The answer is larger than {self.policy.max_bytes:,} bytes."
            return -1
        self.body += chunk
        self.meter.buffered_bytes += len(chunk)
        return None

    def _problem(self, code: int, message: str) -> tuple[FetchProblem, str]:
        if self.overflow:
            return FetchProblem.too_large, self.overflow
        if self.refused and not self.opened:
            return (
                FetchProblem.refused_by_policy,
                f"The policy for outgoing requests refused {self.refused[0]}.",
            )
        if self.exhausted:
            return FetchProblem.internal_error, "Our machine had no free connections."
        if code in TLS_CODES:
            # A reset during the handshake says nothing about the certificate and may be
            # transient.
            if "reset by peer" in message.lower():
                return FetchProblem.connect, "The connection was reset while it was being secured."
            return (
                FetchProblem.tls,
                "The server's certificate or encryption is not valid for this address.",
            )
        return PROBLEMS.get(code, (FetchProblem.protocol, "The answer is not valid HTTP."))


def _head(lines: list[bytes]) -> tuple[int | None, tuple[tuple[str, str], ...]]:
    """Status and headers of the last response head; “100 Continue” and
    the like come before it.
    """
    status: int | None = None
    headers: list[tuple[str, str]] = []
    for line in map(header_text, lines):
        if line.startswith("HTTP/"):
            headers.clear()
            code = line.partition(" ")[2][:3]
            status = int(code) if code.isascii() and code.isdigit() else None
        elif ":" in line:
            name, _, value = line.partition(":")
            headers.append((name.strip(), value.strip()))
    return status, tuple(headers)


def header_text(raw: bytes) -> str:
    """A header as text: UTF-8 if it is, otherwise Latin-1, without
    control characters.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    text = text.strip()
    return text if text.isprintable() else _controls.sub("", text)
