"""Decoding of pages in the order of browsers: byte order mark, header,
meta tag, and a guess where nothing is declared. Never raises.

What is declared decides, and a byte that does not fit becomes U+FFFD:
one bad byte must not turn every accent of a page into two other
characters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import chardetng_py
from webencodings import PYTHON_NAMES
from webencodings.labels import LABELS as _STANDARD

START = 2_048
# The standard looks at 1,024 bytes, but browsers begin again at a tag that comes later.
LONGEST_SEARCH = 16_384
# A page that claims UTF-8 and has this many bad bytes and not one good sequence is not.
SURELY_NOT_UTF8 = 3

# Browsers decode GBK as its superset. Those that browsers refuse to read have no label.
_CODECS = {**PYTHON_NAMES, "gbk": "gb18030"}
LABELS: dict[str, str] = {
    label: _CODECS.get(name, name)
    for label, name in _STANDARD.items()
    if name not in ("replacement", "x-user-defined")
}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# An XML declaration in UTF-16 without a byte order mark.
_WIDE = ((b"<\x00?\x00x\x00", "utf-16-le"), (b"\x00<\x00?\x00x", "utf-16-be"))
_MARKUP = frozenset({"", "text/html", "application/xhtml+xml"})
_BLANKS = "\t\n\f\r "

_charset = re.compile(
    r"charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r \"';]+))",
    re.IGNORECASE,
)
_token = re.compile(
    rb"<!(?=--).*?(?:-->|\Z)|<([A-Za-z][^\s/>]*+)|</[A-Za-z][^\s/>]*+|<[!/?][^>]*+>", re.DOTALL
)
_attribute = re.compile(
    rb"[\s/]*+([^\s/>][^\s/>=]*+)"
    rb"(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)?))?+"
)
_end = re.compile(rb"[\s/]*+>")
_xml = re.compile(rb"<\?xml\b[^>]*?\bencoding\s*=\s*(?:\"([^\">]*)\"|'([^'>]*)')")


def decoded(body: bytes, *, content_type: str, domain: str = "") -> str:
    """The text of a body. The end of its domain, such as `.cz`, helps the guess."""
    for mark, encoding in MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = declared_encoding(body, content_type=content_type)
    if declared and declared != "utf-8":
        return body.decode(declared, "replace")
    text = body.decode("utf-8", "replace")
    if "\ufffd" not in text or _is_utf8(body, text, declared=bool(declared)):
        return text
    return body.decode(_guess(body, domain), "replace")


def declared_encoding(body: bytes, *, content_type: str) -> str:
    """The codec that the header names, or else the page itself; empty if none does."""
    kind, _, parameters = content_type.partition(";")
    header = _charset.search(parameters)
    encoding = _codec_of(_value(header)) if header else ""
    if encoding or kind.strip().lower() not in _MARKUP:
        return encoding
    encoding = next((name for mark, name in _WIDE if body.startswith(mark)), "")
    return encoding or next(filter(None, _labels_in(body[:LONGEST_SEARCH])), "")


def _labels_in(page: bytes) -> Iterator[str]:
    """The codecs that meta tags name, as the prescan of the HTML
    standard finds them: not in comments, nor in attributes of other
    tags.
    """
    place = 0
    while match := _token.search(page, place):
        place = match.end()
        if match[0].startswith(b"<!") or match[0].startswith(b"<?"):
            continue
        attributes: dict[bytes, str] = {}
        while found := _attribute.match(page, place):
            place = found.end()
            value = found[2] or found[3] or found[4] or b""
            attributes.setdefault(found[1].lower(), value.decode("latin-1"))
        if match[1] and match[1].lower() == b"meta" and _end.match(page, place):
            yield _declared_by_page(_label_of_meta(attributes))
    if xml := _xml.match(page):
        yield _declared_by_page((xml[1] or xml[2] or b"").decode("latin-1"))


def _label_of_meta(attributes: dict[bytes, str]) -> str:
    if b"charset" in attributes:
        return attributes[b"charset"]
    if attributes.get(b"http-equiv", "").lower() != "content-type":
        return ""
    content = _charset.search(attributes.get(b"content", ""))
    return _value(content) if content else ""


def _declared_by_page(label: str) -> str:
    codec = _codec_of(label)
    # What can be read as ASCII is not in UTF-16.
    return "utf-8" if codec.startswith("utf-16") else codec


def _codec_of(label: str) -> str:
    plain = label.strip(_BLANKS).lower()
    return "windows-1252" if plain == "x-user-defined" else LABELS.get(plain, "")


def _value(match: re.Match[str]) -> str:
    return match[1] or match[2] or match[3] or ""


def _is_utf8(body: bytes, text: str, *, declared: bool) -> bool:
    bad = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return bad < SURELY_NOT_UTF8 or good > 0 if declared else good >= bad


def _guess(body: bytes, domain: str) -> str:
    """What the detector of Firefox says of bytes that are not UTF-8."""
    detector = chardetng_py.EncodingDetector()
    detector.feed(body, last=True)
    ending = domain.rpartition(".")[2].lower().encode("ascii", "ignore")
    # It raises for what cannot be the end of a domain.
    tld = ending if ending.isalpha() else None
    name: str = detector.guess(tld=tld, allow_utf8=False)
    return LABELS.get(name.lower(), "windows-1252")
