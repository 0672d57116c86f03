"""Canonical URLs: one spelling for each page, and the site it belongs to."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

import idna
import tldextract

from sources import url_parts
from sources.refusals import RefusedError, gettext_noop

MAX_URL = 2_000
DEFAULT_PORTS = {"http": 80, "https": 443}

# White space and invisible characters; bidirectional marks could make one URL look like
# another.
_forbidden = re.compile(
    "[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200b\u200e\u200f"
    "\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff\ud800-\udfff]"
    # Persian and Indic words need joiners, and so do emoji; nothing else does.
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_ampersand = re.compile(r"&(?:amp;|#0*38;|#x0*26;)+", re.IGNORECASE)
_scheme = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_bad_percent = re.compile(r"%(?![0-9A-Fa-f]{2})")
_escape = re.compile(r"%([0-9A-Fa-f]{2})")
# Most paths are canonical already: no escapes, and no segment that begins with a dot.
_settled_path = re.compile(r"(?:/(?!\.)[A-Za-z0-9:@!$&'()*+,;=._~-]*)+")
_label = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_number = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\Z")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
PATH_SAFE = "%/:@!$&'()*+,;=-._~"
QUERY_SAFE = PATH_SAFE + "?"
# Browsers and sites write these both ways and mean the same (the “marks” of RFC 2396).
_mark = re.compile(r"%(?:21|27|28|29|2A)")

# Only the bundled public-suffix list: with a cold cache tldextract would fetch it, past
# the guard.
_suffixes = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


_TOO_LONG = gettext_noop(
    "The URL is longer than %(most)s characters. Use the short URL or permalink of the page."
)
_FORBIDDEN = gettext_noop(
    "The URL contains a space or an invisible character. Copy it again, or write a space as %20."
)
_NO_SCHEME = gettext_noop("The URL has no scheme. Begin it with https:// or http://.")


class UrlError(RefusedError):
    """The URL cannot be used; the message says what to do about it."""


class SchemeError(UrlError):
    """The URL is well formed, but not of the web."""


class Target(NamedTuple):
    """A URL as it is requested, and its server; `host` is an IPv6
    address without brackets.
    """

    url: str
    host: str
    port: int

    @property
    def server(self) -> str:
        """The unit of politeness: the host, with its port unless that is 80 or 443."""
        return self.host if self.port in DEFAULT_PORTS.values() else f"{self.host}:{self.port}"


def canonical_url(raw: str) -> str:
    """The identity of a page: a URL that can be requested, without
    tracking. Raises UrlError.

    A route behind # is part of it, though no server is told:
    `#/report/1` and `#/report/2` are two pages. A place in a page is
    not (`place_in`).
    """
    address, _, fragment = _ampersand.sub("&", raw.strip(" \t\r\n")).partition("#")
    address, host = target(address)[:2]
    # An archive finds a page by the address that it was given, letter by letter.
    if url_parts.kept_from(address[address.index("/", len("https://")) :], host=host) is None:
        head, _, query = address.partition("?")
        address = _mark.sub(_character, head + url_parts.without_tracking(query))
    return address + _route(fragment)


def place_in(raw: str) -> str:
    """The place in the page that a pasted URL names, in words; nothing
    if it names none.
    """
    return url_parts.place_of(_ampersand.sub("&", raw).partition("#")[2])


def target(raw: str) -> Target:
    """The URL as it is requested: with all parameters, as redirects may
    depend on them. Raises UrlError.
    """
    text = raw.strip(" \t\r\n")
    # Checked before any parsing; tracking and escapes may bring a long URL below the
    # limit.
    if len(text) > 10 * MAX_URL:
        raise UrlError(_TOO_LONG, most=MAX_URL)
    if _forbidden.search(text):
        raise UrlError(_FORBIDDEN)
    scheme, rest = _split_scheme(text)
    authority, path, query = _split_rest(rest)
    host, port = _split_authority(authority, DEFAULT_PORTS[scheme])
    host = _normal_host(host)
    suffix = "" if port == DEFAULT_PORTS[scheme] else f":{port}"
    kept = url_parts.kept_from(path, host=host)
    path = _normal_path(path) if kept is None else _escaped_only(path)
    url = f"{scheme}://{host}{suffix}{path}"
    if query:
        escaped = _escaped(query, safe=QUERY_SAFE) if kept is None else _escaped_only(query)
        url += f"?{escaped}"
    if len(url) > MAX_URL:
        raise UrlError(_TOO_LONG, most=MAX_URL)
    return Target(url, host.strip("[]"), port)


def _route(fragment: str) -> str:
    route = url_parts.route_of(fragment)
    if not route:
        return ""
    if _forbidden.search(route):
        raise UrlError(_FORBIDDEN)
    head, _, query = route.partition("?")
    return "#" + _escaped(head + url_parts.without_tracking(query), safe=QUERY_SAFE)


def _character(match: re.Match[str]) -> str:
    return chr(int(match[0][1:], 16))


def site(url: str) -> str:
    """The registrable domain of a URL, such as bbc.co.uk or someone.github.io."""
    host = target(url).host
    return (
        host if ":" in host else _suffixes.extract_str(host).top_domain_under_public_suffix or host
    )


def _split_scheme(text: str) -> tuple[str, str]:
    match = _scheme.match(text)
    if match is None:
        raise UrlError(_NO_SCHEME)
    scheme, rest = match[1].lower(), text[match.end() :]
    # “example.org:8080/page” parses as the scheme “example.org”.
    if scheme not in DEFAULT_PORTS and not (rest[:1].isdigit() and "." in scheme):
        raise SchemeError(
            gettext_noop(
                "URLs that begin with %(scheme)s: cannot be checked. Use one that begins with"
                " https:// or http://."
            ),
            scheme=scheme[:20],
        )
    if scheme not in DEFAULT_PORTS:
        raise UrlError(_NO_SCHEME)
    if not rest.startswith("//"):
        raise UrlError(
            gettext_noop("The URL lacks // after %(scheme)s:. Write %(scheme)s://host/path."),
            scheme=scheme,
        )
    return scheme, rest[2:]


def _split_rest(rest: str) -> tuple[str, str, str]:
    before_query, _, query = rest.partition("#")[0].partition("?")
    # Browsers read a backslash as a slash, other clients as part of the host: one URL,
    # two servers.
    if "\\" in before_query:
        raise UrlError(gettext_noop("The URL contains a backslash. Write / instead."))
    authority, slash, path = before_query.partition("/")
    return authority, slash + path, query


def _split_authority(authority: str, default_port: int) -> tuple[str, int]:
    if "@" in authority:
        raise UrlError(
            gettext_noop("The URL contains a user name or password. Remove them and the @.")
        )
    host, port = authority, ""
    if authority.startswith("["):
        host, bracket, after = authority.partition("]")
        host += bracket
        if after and not after.startswith(":"):
            raise UrlError(
                gettext_noop(
                    "The URL has something between ] and the path. Write [IPv6 address]:port."
                )
            )
        port = after[1:]
    elif ":" in authority:
        host, _, port = authority.partition(":")
    if not port:
        return host, default_port
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65_536):
        raise UrlError(
            gettext_noop(
                "The port in the URL is not a number from 1 to 65535. Correct or remove it."
            )
        )
    return host, int(port)


@lru_cache(maxsize=4096)  # IDNA is slow, and links of one host come together
def _normal_host(host: str) -> str:
    if host.startswith("["):
        try:
            address = IPv6Address(host[1:-1] if host.endswith("]") else "")
        except ValueError as error:
            raise UrlError(
                gettext_noop(
                    "The IPv6 address in the URL is not valid. Check it against its source."
                )
            ) from error
        if address.scope_id is not None:
            raise UrlError(
                gettext_noop("The IPv6 address in the URL has a zone (after %). Remove the zone.")
            )
        return f"[{address.compressed}]"
    name = _ascii_name(host).removesuffix(".")
    if not name:
        raise UrlError(gettext_noop("The URL has no host. Write https://host/path."))
    labels = name.split(".")
    if _number.match(labels[-1]):
        return str(_ipv4(labels))
    if len(name) > 253 or not all(map(_label.match, labels)):
        raise UrlError(
            gettext_noop("The host “%(name)s” in the URL is not a valid name. Check its spelling."),
            name=name[:60],
        )
    return name


def _ascii_name(host: str) -> str:
    try:
        name = unquote_to_bytes(host).decode("utf-8")
        if name.isascii():
            return name.lower()
        mapped = idna.uts46_remap(name, std3_rules=True, transitional=False)
        return ".".join(map(_ascii_label, mapped.split(".")))
    except UnicodeError as error:  # idna.IDNAError is one
        raise UrlError(
            gettext_noop(
                "The host in the URL is not a valid name. Check its spelling, or write it in its"
                " xn-- form."
            )
        ) from error


def _ascii_label(label: str) -> str:
    """The label as the DNS knows it. IDNA 2008 has no emoji, but
    registries sold them and browsers go there.
    """
    try:
        return idna.alabel(label).decode("ascii").lower() if label else ""
    except idna.IDNAError:
        others = "".join(
            character
            for character in label
            if unicodedata.category(character) not in ("So", "Sk") and character != "\u200d"
        )
        if others == label or not (others.isascii() or idna.alabel(others)):
            raise
        return f"xn--{label.encode('punycode').decode('ascii')}"


def _ipv4(labels: list[str]) -> IPv4Address:
    """The address of a host whose last label is a number. Browsers and
    libcurl read octal and hex too, so 0x7f.1 is 127.0.0.1 and must not
    slip past the guard.
    """
    try:
        if not all(map(_number.match, labels)):
            raise ValueError(labels)
        numbers = [_part(label) for label in labels]
        *head, last = numbers
        if (
            len(numbers) > 4
            or any(number > 255 for number in head)
            or last >= 256 ** (5 - len(numbers))
        ):
            raise ValueError(labels)
        return IPv4Address(
            sum(number << (24 - 8 * place) for place, number in enumerate(head)) + last
        )
    except ValueError as error:
        raise UrlError(
            gettext_noop(
                "The numeric host in the URL is not a valid IPv4 address. Write it as four numbers"
                " up to 255."
            )
        ) from error


def _part(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8) if label.startswith("0") and len(label) > 1 else int(label)


def _normal_path(path: str) -> str:
    if _settled_path.fullmatch(path):
        return path
    resolved: list[str] = []
    segments = _escaped(path, safe=PATH_SAFE).split("/")[1:] or [""]
    for segment in segments:
        if segment == "..":
            resolved = resolved[:-1]
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return "/" + "/".join(resolved)


def _escaped_only(text: str) -> str:
    """With nothing changed but what no request can carry."""
    return quote(_bad_percent.sub("%25", text), safe=QUERY_SAFE)


def _escaped(text: str, *, safe: str) -> str:
    text = _escape.sub(_normal_escape, _bad_percent.sub("%25", text))
    return quote(text, safe=safe)


def _normal_escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in UNRESERVED else match[0].upper()
