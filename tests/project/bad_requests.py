"""Bad requests without end, from a seed: valid ones of the API with something wrong in
them, forms of the admin with something else typed in, and addresses of the public pages
with parts exchanged. The same seed makes the same requests.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from django.test import Client

from tests.project.api import ROOT
from tests.project.every_url import addresses, filled
from tests.project.valid_requests import MULTIPART, Request

TEXTS: tuple[str, ...] = (
    "", " ", "\0", "a\0b", "\ud800", "²", "\u0663", "½", "-1", "0", "1", "1.5", "1e400", "NaN", "-0", "+1", " 1 ", "1_0", "0x10",
    str(2**31), str(2**63 - 1), str(2**63), "9" * 30, "9" * 5000, "None", "null", "true", "[]", "{}", "{x}", "[[", "%ZZ", "%00", "%", "%s",
    "'", "\"'><b>", "'; DROP TABLE claims_claim; --", "\\", "../../etc/passwd", "..", "a/b", "*", "?", "(", "[a-", "a" * 201, "x" * 3000,
    "\u202e\u2066", "\ufeff", "a" + "\u0301" * 200, "\u0130ß\ufb01", "\U0010ffff", "\U0001f333", "\r\n", "\r\nX: y", "\t", "\x1b[31m", "\x7f",
    "//[caption] x", "https://[link] y", "//\u2100", "http://[::1", "http://[fe80::1%eth0]/", "https://" + "a." * 200, "https://xn--\u00fc/",
    "https://\u0130.example/", "https://1.1.1.1.1/", "https://0x/", "https://a.example:99999999999/", "javascript:alert(1)", "data:,x", "mailto:x",
    "https://a.example/" + "%" * 50, "https://" + "\u0300" * 40 + ".example", "0000-00-00", "2026-02-30", "0001-01-01", "9999-12-31", "10000-01-01",
    "2026-1-1", "20260101", "2026-W01-1", "0001-01-01T00:00:00-14:00", "9999-12-31T23:59:59+14:00", "2026-06-01T06:00:00", "2026-03-29T02:30:00+01:00",
    "2026-06-01T24:00:00Z", "2026-06-01T06:00:60Z", "2026-06-01T06:00:00+99:99", "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0661", "now", "00000000-0000-0000-0000-000000000000",
    "{00000000-0000-0000-0000-000000000000}", "urn:uuid:00000000-0000-0000-0000-000000000000", "Europe/Nowhere", "../UTC", "/etc/localtime",
    "en-", "x-", "de_DE.UTF-8", "=1+1", "@colleague", "@" * 300, "#1", "id:1", "claims.claim", "__class__", "pk__in", "a__b__c__d", "*/*;q=x",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.5, -0.0, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63), 10**19, [], [[]], [None], [1], ["x"], ["x"] * 50, {}, {"a": 1},
    {"": ""}, {"name": None}, {"name": "x", "name2": 1}, [{"a": [{}]}], {"id": "1"},
)  # fmt: skip
RAW: tuple[bytes, ...] = (
    b"", b" ", b"null", b"[]", b"0", b'"x"', b"{", b"{}", b"\xff\xfe", b"\xef\xbb\xbf{}", b'{"a":1}{', b'{"text":"\\ud800"}', b'{"text":"\xed\xa0\x80"}',
    b'{"text":NaN}', b'{"text":1e999}', b'{"a":1,"a":2}', b"[" * 5000, b'{"a":' * 3000, b"9" * 6000, b'{"version":' + b"9" * 6000 + b"}", bytes(range(256)),
)  # fmt: skip
HEADERS: tuple[tuple[str, str], ...] = (
    ("Accept", "text/html"), ("Accept", "*/*;q=x"), ("Accept-Language", "xx-\u00e9"), ("Accept-Language", "a" * 400), ("If-Match", '"v²"'),
    ("If-Match", '"v99999999999"'), ("If-Match", "*"), ("If-Match", 'W/"v1"'), ("If-None-Match", '"'), ("If-None-Match", "*"),
    ("If-Modified-Since", "Mon, 99 Foo 0000 99:99:99 GMT"), ("If-Modified-Since", "x" * 300), ("If-Modified-Since", "Fri, 31 Dec 9999 23:59:59 GMT"),
    ("Range", "bytes=99999999999999999999-"), ("Range", "bytes=-"), ("Content-Encoding", "gzip"), ("X-Request-ID", "\x1b[31m'"), ("X-Forwarded-Proto", "ftp"),
    ("X-Forwarded-For", "999.1.1.1, x"), ("X-HTTP-Method-Override", "DELETE"), ("Referer", "http://[x"), ("Referer", "//["), ("Origin", "null"),
    ("Origin", "http://["), ("Cookie", "sessionid=\x01; csrftoken=;;="), ("Authorization", "Bearer"), ("Authorization", "Bearer fc_\u00e9"),
    ("Authorization", "Basic x"), ("Content-Length", "x"), ("Transfer-Encoding", "chunked"), ("Content-Type", "application/json; charset=klingon"),
    ("Content-Type", "multipart/form-data"), ("Content-Type", "multipart/form-data; boundary=" + "x" * 300), ("Content-Type", "a/b; =\u00e9"),
)  # fmt: skip
PARAMETERS = (
    "cursor", "page_size", "desk", "status", "assignee", "q", "article", "state", "domain", "claim", "cause", "decision", "first", "last", "claimant",
    "topic", "tag", "priority", "risk", "reason", "evidence", "page", "o", "p", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters", "next", "term", "app_label",
    "model_name", "field_name", "id__in", "pk__in", "id__exact", "created_at__gte", "published_date__year", "desk__id__exact", "password__startswith",
    "update_of", "review", "scale__id__exact", "\0", "a[]", "format", "lang", "language", "since", "until",
)  # fmt: skip
_FIELD = re.compile(r"<(input|textarea|select)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"', re.IGNORECASE)
_OPTION = re.compile(r'<option value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Bad:
    """A request as it is sent: `send` sends it and returns the answer."""

    door: str
    words: str
    send: Callable[[], Any]
    # The address where its path and headers are as they should be: what is wrong then
    # stands behind the door. Empty otherwise.
    route: str = ""


class Deck:
    """Cards without end, each once before one comes again."""

    def __init__(self, random: Random, cards: list[Any]) -> None:
        self._random, self._cards, self._rest = random, cards, list[Any]()
        self.dealt = 0

    def deal(self) -> tuple[Any, bool]:
        """The next card, and whether it comes for the first time."""
        if not self._rest:
            self._rest = self._random.sample(self._cards, len(self._cards))
        self.dealt += 1
        return self._rest.pop(), self.dealt <= len(self._cards)


def admin_paths() -> dict[str, list[str]]:
    """The paths of each address of the admin but the one that ends the session."""
    return {
        one.route: filled(one)
        for one in addresses()
        if one.entry_point == "admin" and "logout" not in one.route
    }


def closed_to_everybody(route: str) -> bool:
    """Nobody deletes a row, and some rows are never added by hand: reviewed as 403."""
    return route.endswith("/delete/") or route in _closed()


@cache
def _closed() -> frozenset[str]:
    lines = Path(__file__).with_name("urls.txt").read_text("utf-8").splitlines()
    reviewed = (line.split() for line in lines if line.startswith("/"))
    return frozenset(path[1:] for path, _anonymous, *others in reviewed if {*others} == {"403"})


class Source:
    """Each address of API and admin is sent once with its own path and plain headers
    before anything else happens to it, so that something reaches the code behind.
    """

    def __init__(self, seed: int, api: Client, pages: Client, valid: list[Request]) -> None:
        self._random = Random(seed)
        self._api, self._pages = api, pages
        self._valid = Deck(self._random, valid)
        self._admin = Deck(
            self._random, [(route, paths) for route, paths in admin_paths().items() if paths]
        )
        self._public = [
            path for one in addresses() if one.entry_point == "public" for path in filled(one)
        ]
        self._forms: dict[str, dict[str, str]] = {}
        self._ids = re.findall(r"[0-9a-f-]{36}", " ".join(one.path for one in valid))

    def requests(self, number: int) -> Iterator[Bad]:
        """Half of them of the API, a third of the admin."""
        doors = (self._of_api,) * 3 + (self._of_admin,) * 2 + (self._of_public,)
        for _ in range(number):
            yield self._random.choice(doors)()

    def _text(self) -> str:
        random = self._random
        if random.random() < 0.15:
            return "".join(chr(random.choice((random.randrange(32, 127), random.randrange(0x110000)))) for _ in range(random.randrange(1, 40)))  # fmt: skip
        if random.random() < 0.1 and self._ids:
            return random.choice(self._ids)
        return random.choice(TEXTS)

    def _value(self) -> Any:
        # A copy: a value that was put into a body may be changed itself.
        drawn = self._random.random() < 0.6
        return self._text() if drawn else copy.deepcopy(self._random.choice(VALUES))

    def _query(self) -> str:
        if self._random.random() < 0.5:
            return ""
        pairs = (
            f"{_quoted(self._random.choice(PARAMETERS))}={_quoted(self._text())}"
            for _ in range(self._random.randrange(1, 4))
        )
        return "?" + "&".join(pairs)

    def _headers(self, *, plain: bool = False) -> dict[str, str]:
        if plain or self._random.random() < 0.8:
            return {}
        return dict([self._random.choice(HEADERS)])

    def _with_a_part_exchanged(self, path: str) -> str:
        parts = path.split("/")
        place = self._random.randrange(1, max(len(parts) - 1, 2))
        parts[place % len(parts)] = _quoted(self._text()) or "x"
        return "/".join(parts)

    def _of_api(self) -> Bad:
        random, (valid, first) = self._random, self._valid.deal()
        path, headers = f"{ROOT}{valid.path}", self._headers(plain=first)
        if exchanged := not first and random.random() < 0.1:
            path = self._with_a_part_exchanged(path)
        route = "" if headers or exchanged else f"{valid.method} {valid.template}"
        if valid.body is None or random.random() < 0.1:
            method = valid.method if first or random.random() < 0.95 else random.choice(("put", "patch", "options", "head", "trace"))  # fmt: skip
            path += self._query()
            return Bad("api", f"{method} {path} {headers}", lambda: getattr(self._api, method)(path, headers=headers), route)  # fmt: skip
        if random.random() < 0.1:
            raw = random.choice(RAW)
            return Bad("api", f"{valid.method} {path} {raw[:80]!r} {headers}", lambda: getattr(self._api, valid.method)(path, raw, content_type="application/json", headers=headers), route)  # fmt: skip
        body = self._changed(valid.body)
        if valid.template.endswith(MULTIPART):
            sent = _sendable(body) | {"file": self._file()}
            return Bad("api", f"post {path} {body!r:.600}", lambda: self._api.post(path, sent), route)  # fmt: skip
        raw = json.dumps(body).encode()
        return Bad("api", f"{valid.method} {path} {raw[:600]!r} {headers}", lambda: getattr(self._api, valid.method)(path, raw, content_type="application/json", headers=headers), route)  # fmt: skip

    def _changed(self, body: dict[str, Any]) -> dict[str, Any]:
        random, changed = self._random, json.loads(json.dumps(body))
        for _ in range(random.randrange(1, 3)):
            names = [*changed, "version", self._text()]
            name = random.choice(names)
            if isinstance(changed.get(name), dict) and changed[name] and random.random() < 0.6:
                changed[name][random.choice([*changed[name]])] = self._value()
            elif random.random() < 0.15:
                changed.pop(name, None)
            else:
                changed[name] = self._value()
        return changed

    def _file(self) -> BytesIO:
        content = self._random.choice([*RAW, b"%PDF-1.7\n%%EOF", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"PK\x03\x04", b"\xff\xd8\xff", b"A text.\n"])  # fmt: skip
        file = BytesIO(content)
        file.name = _plain(self._text()[:100])
        return file

    def _of_admin(self) -> Bad:
        random, ((route, paths), first) = self._random, self._admin.deal()
        path, headers = random.choice(paths), self._headers(plain=first)
        if exchanged := not first and random.random() < 0.15:
            path = self._with_a_part_exchanged(path)
        if headers or exchanged:
            route = ""
        if random.random() < 0.45:
            path += self._query()
            return Bad("admin", f"get {path} {headers}", lambda: self._pages.get(path, headers=headers), route)  # fmt: skip
        fields = self._typed(path)
        return Bad("admin", f"post {path} {fields!r:.900} {headers}", lambda: self._pages.post(path, fields, headers=headers), route)  # fmt: skip

    def _typed(self, path: str) -> dict[str, Any]:
        """The fields of the page's own forms as they stand there, some with something
        else; or those that other pages have.
        """
        if path not in self._forms:
            self._forms[path] = self._fields(path)
        random, fields = self._random, dict(self._forms[path])
        if random.random() < 0.3:
            fields |= {"action": random.choice(["approve", "take", *fields.values(), self._text()]), "_selected_action": self._text(), "index": "0"}  # fmt: skip
        for name in random.sample(sorted(fields), min(len(fields), random.randrange(1, 4))):
            fields[name] = self._text()
        if random.random() < 0.2:
            fields[random.choice(PARAMETERS)] = self._text()
        fields.pop("_method", None)
        return _sendable(fields)

    def _fields(self, path: str) -> dict[str, str]:
        page = self._pages.get(path)
        if page.status_code != 200 or page.streaming:
            names = ("text", "note", "reason", "version", "content_hash", "seen", "into", "evidence", "query", "claimant", "quote", "stance", "url", "waiver")  # fmt: skip
            return {name: self._text() for name in self._random.sample(names, 4)}
        html, found = page.content.decode(errors="replace"), {}
        for tag in _FIELD.finditer(html):
            attributes = dict(_ATTRIBUTE.findall(tag[2]))
            if not (name := attributes.get("name")) or name == "csrfmiddlewaretoken":
                continue
            value = unescape(attributes.get("value", ""))
            if tag[1] == "select":
                options = _OPTION.findall(html[tag.end() : html.find("</select>", tag.end())])
                value = unescape(self._random.choice(options)) if options else ""
            found[name] = value or ("Words." if tag[1] == "textarea" else "")
        return found

    def _of_public(self) -> Bad:
        path, headers = self._random.choice(self._public), self._headers()
        if self._random.random() < 0.5:
            path = self._with_a_part_exchanged(path)
        path += self._query()
        method = "get" if self._random.random() < 0.9 else self._random.choice(("post", "head", "options", "put"))  # fmt: skip
        return Bad("public", f"{method} {path} {headers}", lambda: getattr(self._pages, method)(path, headers=headers))  # fmt: skip


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _sendable(fields: dict[str, Any]) -> dict[str, Any]:
    # As a browser would: a lone surrogate cannot be sent in a form.
    return {_plain(name): _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> str:
    return str(value).encode("utf-8", "replace").decode()
