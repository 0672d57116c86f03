"""Decoding of pages by the rules of browsers. Never raises."""

from __future__ import annotations

import codecs
import re

START = 2_048
# A closed list: the server chooses the label, and Python would also decode punycode or
# rot13. Browsers read Latin-1 and ASCII as Windows-1252, so these labels map to it.
LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "x-cp1252": "cp1252",
    "iso-8859-9": "cp1254",
    "latin5": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "macintosh": "mac_roman",
    "ibm866": "cp866",
    "cp866": "cp866",
    **{
        f"windows-{number}": f"cp{number}"
        for number in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)
    },
    **{
        f"iso-8859-{number}": f"iso8859_{number}"
        for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)
    },
}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_header = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_meta = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})",
    re.IGNORECASE,
)


def decoded(body: bytes, *, content_type: str) -> str:
    for mark, encoding in MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    candidates = [*_declared(body, content_type=content_type), "utf-8", "cp1252"]
    for encoding in candidates:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    # Truncated or mixed: as the server declares it, with the broken bytes marked.
    return body.decode(candidates[0], "replace")


def _declared(body: bytes, *, content_type: str) -> list[str]:
    header, meta = _header.search(content_type), _meta.search(body[:START])
    labels = [header[1]] if header else []
    # A meta tag that is readable as ASCII cannot be in UTF-16.
    if meta and not meta[1].lower().startswith(b"utf-16"):
        labels.append(meta[1].decode("ascii"))
    return [LABELS[label.lower()] for label in labels if label.lower() in LABELS]
