"""One spelling for each web address, and the site it belongs to."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

import idna
import tldextract

MAX_URL = 2_000
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING = frozenset(
    {
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "ysclid",
        "twclid",
        "ttclid",
        "li_fat_id",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "__hstc",
        "__hssc",
        "__hsfp",
        "hsctatracking",
        "vero_id",
        "vero_conv",
        "oly_anon_id",
        "oly_enc_id",
        "rb_clickid",
        "s_cid",
        "wickedid",
        "_openstat",
        "at_campaign",
        "at_medium",
        "at_custom1",
        "at_custom2",
        "at_custom3",
        "at_custom4",
        "ns_campaign",
        "ns_mchannel",
        "ns_source",
        "ns_linkname",
        "ns_fee",
        "cmpid",
        "xtor",
        "ref_src",
        "ref_url",
        "srsltid",
        "spm",
        "_ga",
        "_gl",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "pk_campaign",
        "pk_kwd",
        "pk_source",
        "pk_medium",
        "pk_content",
        "pk_cid",
    }
)
TRACKING_PREFIXES = ("utm_", "mtm_", "matomo_", "hsa_")

_forbidden = re.compile(
    "[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f"
    "\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff\ud800-\udfff]"
)
_scheme = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_bad_percent = re.compile(r"%(?![0-9A-Fa-f]{2})")
_escape = re.compile(r"%([0-9A-Fa-f]{2})")
# Most paths need nothing done to them: no escapes, and no segment that begins with a dot.
_settled_path = re.compile(r"(?:/(?!\.)[A-Za-z0-9:@!$&'()*+,;=._~-]*)+")
_label = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_number = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\Z")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
PATH_SAFE = "%/:@!$&'()*+,;=-._~"
QUERY_SAFE = PATH_SAFE + "?"

# The bundled public-suffix snapshot only: a cold cache must not make a request of its own.
_suffixes = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


class UrlError(ValueError):
    """The address cannot be used; the message says what to do about it."""


class SchemeError(UrlError):
    """The address is well formed, but not one of the web."""


class Target(NamedTuple):
    """An address that can be asked for: as it is sent, and whom it is sent to (an IPv6 address
    without its brackets).
    """

    url: str
    host: str
    port: int

    @property
    def server(self) -> str:
        """What is visited politely: the host, and its port where that is not the web's, for that is
        another server.
        """
        return self.host if self.port in DEFAULT_PORTS.values() else f"{self.host}:{self.port}"


def canonical_url(raw: str) -> str:
    """The identity of a page: requestable, and without what only says how a reader came to it."""
    head, mark, query = target(raw).url.partition("?")
    kept = [part for part in query.split("&") if part and not _is_tracking(part)] if mark else []
    return f"{head}?{'&'.join(kept)}" if kept else head


def target(raw: str) -> Target:
    """The address as it is sent: every parameter kept, for a redirect may depend on it."""
    text = raw.strip(" \t\r\n")
    if len(text) > 10 * MAX_URL:
        raise UrlError(
            f"The address is longer than {MAX_URL:,} characters. Use the page's short or permanent"
            " address."
        )
    if _forbidden.search(text):
        raise UrlError(
            "The address contains a space or an invisible character. Copy it again, or write a"
            " space as %20."
        )
    scheme, rest = _split_scheme(text)
    authority, path, query = _split_rest(rest)
    host, port = _split_authority(authority, DEFAULT_PORTS[scheme])
    host = _normal_host(host)
    suffix = "" if port == DEFAULT_PORTS[scheme] else f":{port}"
    url = f"{scheme}://{host}{suffix}{_normal_path(path)}"
    if query:
        url += "?" + _escaped(query, safe=QUERY_SAFE)
    if len(url) > MAX_URL:
        raise UrlError(
            f"The address is longer than {MAX_URL:,} characters. Use the page's short or permanent"
            " address."
        )
    return Target(url, host.strip("[]"), port)


def site(url: str) -> str:
    """The registrable domain (bbc.co.uk, someone.github.io): who answers for the page."""
    host = target(url).host
    return (
        host if ":" in host else _suffixes.extract_str(host).top_domain_under_public_suffix or host
    )


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _split_scheme(text: str) -> tuple[str, str]:
    found = _scheme.match(text)
    if found is None:
        raise UrlError("The address has no scheme. Begin it with https:// or http://.")
    scheme, rest = found[1].lower(), text[found.end() :]
    if scheme not in DEFAULT_PORTS and not (rest[:1].isdigit() and "." in scheme):
        raise SchemeError(
            f"Addresses of the kind {scheme[:20]}: cannot be checked. Use one that begins with"
            " https:// or http://."
        )
    if scheme not in DEFAULT_PORTS:
        raise UrlError("The address has no scheme. Begin it with https:// or http://.")
    if not rest.startswith("//"):
        raise UrlError(f"The address lacks // after {scheme}:. Write {scheme}://host/path.")
    return scheme, rest[2:]


def _split_rest(rest: str) -> tuple[str, str, str]:
    before_query, _, query = rest.partition("#")[0].partition("?")
    # Browsers read a backslash as a slash, other clients as part of the host: they would visit
    # different machines.
    if "\\" in before_query:
        raise UrlError("The address contains a backslash. Write / instead.")
    authority, slash, path = before_query.partition("/")
    return authority, slash + path, query


def _split_authority(authority: str, default_port: int) -> tuple[str, int]:
    if "@" in authority:
        raise UrlError(
            "The address contains a user name or password. Remove everything before the @."
        )
    host, port = authority, ""
    if authority.startswith("["):
        host, bracket, after = authority.partition("]")
        host += bracket
        if after and not after.startswith(":"):
            raise UrlError(
                "The address has something between ] and the path. Write [IPv6 address]:port."
            )
        port = after[1:]
    elif ":" in authority:
        host, _, port = authority.partition(":")
    if not port:
        return host, default_port
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65_536):
        raise UrlError(
            "The port in the address is not a number from 1 to 65535. Correct or remove it."
        )
    return host, int(port)


@lru_cache(maxsize=4096)  # links of one host come together
def _normal_host(host: str) -> str:
    if host.startswith("["):
        try:
            address = IPv6Address(host[1:-1] if host.endswith("]") else "")
        except ValueError as error:
            raise UrlError(
                "The IPv6 address in the brackets is not valid. Check it against its source."
            ) from error
        if address.scope_id is not None:
            raise UrlError("The IPv6 address names a network card (after %). Remove the zone.")
        return f"[{address.compressed}]"
    name = _ascii_name(host).removesuffix(".")
    if not name:
        raise UrlError("The address has no host. Write https://host/path.")
    labels = name.split(".")
    if _number.match(labels[-1]):
        return str(_ipv4(labels))
    if len(name) > 253 or not all(map(_label.match, labels)):
        raise UrlError(f"The host {name[:60]!r} is not a valid name. Check its spelling.")
    return name


def _ascii_name(host: str) -> str:
    try:
        name = unquote_to_bytes(host).decode("utf-8")
        return (
            name.lower()
            if name.isascii()
            else idna.encode(name, uts46=True).decode("ascii").lower()
        )
    except UnicodeError as error:  # idna.IDNAError is one
        raise UrlError(
            "The host in the address is not a valid name. Check its spelling, or write it in its"
            " xn-- form."
        ) from error


def _ipv4(labels: list[str]) -> IPv4Address:
    """A host whose last label is a number is an IPv4 address to browsers and libcurl, in octal and
    hex too.
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
            "The numeric host in the address is not a valid IPv4 address. Write it as four numbers"
            " up to 255."
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


def _escaped(text: str, *, safe: str) -> str:
    text = _escape.sub(_normal_escape, _bad_percent.sub("%25", text))
    return quote(text, safe=safe)


def _normal_escape(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character in UNRESERVED else found[0].upper()
