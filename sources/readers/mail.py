"""The reader of e-mails, as a provider sends them on: who wrote, which
words, and how much hangs on it. Attachments are counted, not read.
"""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from html.parser import HTMLParser
from typing import Any

MOST_PARTS = 200
MOST_TEXT = 20_000
LONGEST_LINE = 1_000


def prepare() -> None:
    """Before a reader may open no file any more: codecs are modules."""
    read(b"From: =?utf-8?q?A?= <a@b.example>\r\nContent-Type: text/html\r\n\r\n<p>x")
    for charset in ("iso-8859-1", "iso-8859-15", "windows-1252", "utf-16", "koi8-r", "gb18030"):
        b"x".decode(charset, "replace")


def read(body: bytes) -> dict[str, Any]:
    """`refused` names what cannot be read, empty for a message with
    `message_id`, `name`, `email`, `subject`, `text`, `attachments`.
    """
    try:
        message = message_from_bytes(body, policy=policy.compat32)
        if not message.keys():
            return {"refused": "no_headers"}
        return _content(message)
    except RecursionError:
        return {"refused": "nested"}
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError):
        # The parser of the standard library ends on some damaged headers like this.
        return {"refused": "damaged"}


def _content(message: Message) -> dict[str, Any]:
    plain: list[str] = []
    marked_up: list[str] = []
    attachments = 0
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return {"refused": "nested"}
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_filename() or kind not in {"text/plain", "text/html"}:
            attachments += 1
        else:
            (plain if kind == "text/plain" else marked_up).append(_text_of(part))
    text = "\n\n".join(filter(None, plain)) or "\n\n".join(map(_words_of, marked_up))
    name, address = parseaddr(_header(message, "From"))
    return {
        "refused": "",
        "message_id": _header(message, "Message-ID"),
        "name": name,
        "email": address,
        "subject": _header(message, "Subject"),
        "text": text.strip()[:MOST_TEXT],
        "attachments": attachments,
    }


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))[:LONGEST_LINE]
    try:
        parts = decode_header(raw)
    except (MessageError, ValueError):
        parts = [(raw, None)]
    return _line("".join(_decoded(words, charset) for words, charset in parts))


def _decoded(words: bytes | str, charset: str | None) -> str:
    if isinstance(words, str):
        return words
    try:
        return words.decode(charset or "utf-8", "replace")
    except LookupError:
        return words.decode("utf-8", "replace")


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    body = payload if isinstance(payload, bytes) else b""
    text = _decoded(body[: 4 * MOST_TEXT], part.get_content_charset())
    return "\n".join(_plain(line).rstrip() for line in text.splitlines()).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in {"script", "style"}:
            self.hidden += 1
        elif tag in {"p", "br", "div", "tr", "li"}:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"} and self.hidden:
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def _words_of(markup: str) -> str:
    parser = _Words()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.words).splitlines())
    return "\n".join(filter(None, lines))


def _line(text: str) -> str:
    return " ".join(_plain(text).split())


def _plain(text: str) -> str:
    """Without control characters and halves of characters, which no row
    of the database takes.
    """
    return "".join(
        one for one in text if one == "\t" or (one >= " " and not "\ud800" <= one <= "\udfff")
    )
