"""Cookies of one chain of redirects. Many sites send a visitor back to
the same page to see whether a cookie returns; nothing is kept beyond
the chain (RFC 6265).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from sources.canonical_urls import Target, UrlError, site

MOST = 50
LONGEST = 4_096  # of one cookie, as browsers limit it
LONGEST_HEADER = 8_192


@dataclass(frozen=True, slots=True)
class _Cookie:
    name: str
    value: str
    domain: str
    exact: bool
    path: str
    secure: bool

    def goes_to(self, host: str, path: str, *, secure: bool) -> bool:
        at_home = host == self.domain or (not self.exact and host.endswith(f".{self.domain}"))
        under = path == self.path or path.startswith(self.path.rstrip("/") + "/")
        return at_home and under and (secure or not self.secure)


@dataclass(slots=True)
class Cookies:
    kept: list[_Cookie] = field(default_factory=list)

    def take(self, headers: tuple[tuple[str, str], ...], *, of: Target) -> None:
        """Keep the cookies that this server may set for itself."""
        for name, value in headers:
            if name.lower() != "set-cookie" or len(value) > LONGEST:
                continue
            if not (value.isascii() and value.isprintable()):
                continue
            self._set(value, of)

    def header(self, going: Target) -> str:
        """The value of the Cookie header for this address; empty if none goes there."""
        if not self.kept:
            return ""
        parts = urlsplit(going.url)
        secure = parts.scheme == "https"
        header = ""
        for cookie in self.kept:
            if cookie.goes_to(going.host, parts.path, secure=secure):
                longer = f"{header}; {cookie.name}={cookie.value}" if header else ""
                longer = longer or f"{cookie.name}={cookie.value}"
                header = longer if len(longer) <= LONGEST_HEADER else header
        return header

    def _set(self, value: str, of: Target) -> None:
        pair, *rest = value.split(";")
        name, mark, content = pair.partition("=")
        if not mark or not name.strip():
            return
        attributes = {
            key.strip().lower(): word.strip()
            for key, _, word in (attribute.partition("=") for attribute in rest)
        }
        domain = attributes.get("domain", "").lower().lstrip(".")
        if domain and not _may_name(domain, host=of.host):
            return
        path = attributes.get("path", "")
        if not path.startswith("/"):
            path = urlsplit(of.url).path.rpartition("/")[0] or "/"
        cookie = _Cookie(
            name.strip(),
            content.strip(),
            domain or of.host,
            exact=not domain,
            path=path,
            secure="secure" in attributes,
        )
        same = (cookie.name, cookie.domain, cookie.path)
        self.kept = [each for each in self.kept if (each.name, each.domain, each.path) != same]
        if not _ended(attributes) and len(self.kept) < MOST:
            self.kept.append(cookie)


def _may_name(domain: str, *, host: str) -> bool:
    """A site speaks for itself and its own parts, never for a suffix such as co.uk."""
    if domain == host:
        return True
    try:
        return host.endswith(f".{domain}") and site(f"http://{domain}/") == site(f"http://{host}/")
    except UrlError:
        return False


def _ended(attributes: dict[str, str]) -> bool:
    age = attributes.get("max-age", "")
    if age.lstrip("-").isdigit():
        return age.startswith("-") or not int(age[:12])
    try:
        until = parsedate_to_datetime(attributes["expires"].replace("-", " "))
    except (KeyError, ValueError, TypeError, IndexError, OverflowError):
        return False
    return (until if until.tzinfo else until.replace(tzinfo=UTC)) < datetime.now(UTC)
