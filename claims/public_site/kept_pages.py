"""Pages for readers, as they were made once, until something changes.

A page is kept for one version of what readers see, which the database
counts (`PublicChange`): a page of an earlier one is never found again.
"""

import hashlib
import hmac
import json
import logging
import secrets
import time
import zlib
from dataclasses import dataclass
from typing import NamedTuple, cast

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.http import parse_http_date_safe
from redis.exceptions import RedisError

from claims.models import PublicChange

logger = logging.getLogger(__name__)
LARGEST = 2**20
# So long Redis is not asked again after it failed.
PAUSE_SECONDS = 5
_SIGNATURE_BYTES = hashlib.sha256().digest_size
# The body of a 304 is the one that the reader has.
_OF_BODY = ("Content-Type", "Content-Length")
# Of this start of the server, made before its processes are: what is kept was made by
# the same code, templates and settings.
_START = secrets.token_hex(16)


class Unchanged:
    """How Redis gets what we keep: bytes. By default Django pickles, and
    whoever can write to Redis could run code here.
    """

    def dumps(self, value: bytes) -> bytes:
        return value

    def loads(self, value: bytes) -> bytes:
        return value


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    headers: dict[str, str]
    body: bytes

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or a 304 where the reader has it."""
        whole = HttpResponse(self.body, status=self.status, headers=self.headers)
        return conditional(request, whole)


def conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response, or the 304 or 412 that the request asked for, with
    all headers that the response has.
    """
    changed = response.headers.get("Last-Modified", "")
    answer = get_conditional_response(
        request,
        etag=response.headers.get("ETag"),
        last_modified=parse_http_date_safe(changed) if changed else None,
        # It looks at the status alone, so a stream may be one too.
        response=cast(HttpResponse, response),
    )
    if answer is None or answer is response:
        return response
    for name, value in response.headers.items():
        if name not in _OF_BODY:
            answer.headers[name] = value
    return answer


class _Known(NamedTuple):
    version: str
    until: float


_known = _Known("", 0.0)


def current_version() -> str:
    """The version of what readers see, read a few times a second at
    most in each process, however many readers there are.
    """
    global _known  # noqa: PLW0603 (each process has its own)
    # Taken before the query, so that no answer counts for longer than it should.
    now = time.monotonic()
    if now >= _known.until:
        version = str(PublicChange.objects.version())
        _known = _Known(version, now + settings.PUBLIC_VERSION_SECONDS)
    return _known.version


class _Shared:
    """What the processes have in common, in Redis. A page is signed
    together with its key, so that whoever can write there cannot
    publish. Redis may be away: then pages are made anew.
    """

    def __init__(self) -> None:
        self._paused_until = 0.0

    def get(self, key: str) -> Page | None:
        if time.monotonic() < self._paused_until:
            return None
        try:
            found = caches["pages"].get(key)
            return _unpacked(key, found) if found else None
        except (RedisError, OSError):
            self._pause()
            return None

    def set(self, key: str, page: Page) -> None:
        if time.monotonic() < self._paused_until:
            return
        try:
            caches["pages"].set(key, _packed(key, page), settings.PAGE_SECONDS)
        except (RedisError, OSError):
            self._pause()

    def _pause(self) -> None:
        logger.warning("pages.unshared")
        self._paused_until = time.monotonic() + PAUSE_SECONDS


_shared = _Shared()


def kept(address: str, version: str) -> Page | None:
    key = _key(address, version)
    page: Page | None = caches["pages_at_hand"].get(key)
    if page is None and _is_shared(address):
        page = _shared.get(key)
        if page:
            caches["pages_at_hand"].set(key, page, settings.PAGE_SECONDS)
    return page


def keep(address: str, version: str, response: HttpResponse) -> None:
    if len(response.content) > LARGEST:
        return
    key = _key(address, version)
    page = Page(response.status_code, dict(response.headers), response.content)
    caches["pages_at_hand"].set(key, page, settings.PAGE_SECONDS)
    if _is_shared(address):
        _shared.set(key, page)


def _is_shared(address: str) -> bool:
    # Anybody can think of searches without an end. Redis, which also holds the queues,
    # gets pages alone of which there are as many as verdicts.
    return address.endswith("?")


def _key(address: str, version: str) -> str:
    return hashlib.sha256(f"{_START}\n{version}\n{address}".encode()).hexdigest()


def _packed(key: str, page: Page) -> bytes:
    head = json.dumps([page.status, page.headers]).encode()
    packed = zlib.compress(head + b"\n" + page.body, 1)
    return _signature(key, packed) + packed


def _unpacked(key: str, found: bytes) -> Page | None:
    signature, packed = found[:_SIGNATURE_BYTES], found[_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(key, packed)):
        return None
    head, _, body = zlib.decompress(packed).partition(b"\n")
    status, headers = json.loads(head)
    return Page(status, headers, body)


def _signature(key: str, packed: bytes) -> bytes:
    salt = f"claims.public_site.kept_pages {key}"
    return salted_hmac(salt, packed, algorithm="sha256").digest()
