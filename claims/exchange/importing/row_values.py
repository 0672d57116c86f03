"""One row: its values, or what is wrong with which field."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.exchange.importing.claim_reviews import ITEM
from claims.exchange.importing.tables import FAULT, LONGEST_CELL, Record
from claims.models.imported_fact_check import (
    LONGEST_ADDRESS,
    LONGEST_CLAIM,
    LONGEST_NAME,
    LONGEST_RATING,
    LONGEST_TITLE,
)
from sources.canonical_urls import UrlError, canonical_url
from sources.plaintext import TextError, stored_text

Values = dict[str, str | date | None]
LENGTHS = {
    "claim": LONGEST_CLAIM,
    "rating": LONGEST_RATING,
    "claimant": LONGEST_NAME,
    "publisher": LONGEST_NAME,
    "author": LONGEST_NAME,
    "title": LONGEST_TITLE,
    "explanation": LONGEST_CELL,
}
# Stored by their code, and read in the language of whoever looks.
SENTENCES: dict[str, str | Promise] = {
    "cells": _("The row has more cells than there are columns. Put its text in quotation marks."),
    "long": _("A cell has more than 100,000 characters. Shorten it."),
    "no_object": _("This is not a JSON object. Write one object for each fact check."),
    "no_review": _("This is not a ClaimReview like the others. Import it from a file of its own."),
    "no_page": _("The page could not be read. Open it in a browser, and check its address."),
    "none_on_page": _("The page has no ClaimReview. Import it from a file instead."),
    "missing": _("This is missing. Fill it in, or choose another column."),
    "too_long": _("This is longer than %(most)s characters. Shorten it."),
    "text": _("This has characters that cannot be stored. Paste it anew as plain text."),
    "markup": _("This holds a program or a frame (<%(name)s>). Give plain text."),
    "address": _("This is not the address of a web page. It begins with https:// or http://."),
    "date": _("“%(text)s” is not a date. Write it like 2024-05-31."),
    "day_order": _("“%(text)s” may be two days. Say whether the day or the month comes first."),
    "future": _("“%(text)s” is in the future. Correct the date."),
    "language": _("“%(text)s” is not a language tag. Write it like en or pt-BR."),
}
EARLIEST = date(1800, 1, 1)
_active = re.compile(
    r"<\s*/?\s*(script|style|iframe|object|embed|svg|img|link|meta|form|base)\b", re.IGNORECASE
)
_iso = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].{0,40})?", re.ASCII)
_dotted = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_slashed = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.ASCII)
_language = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
LONGEST_LANGUAGE = 16
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """`field` is empty where the whole row is at fault."""

    field: str
    code: str
    text: str = ""

    @property
    def stored(self) -> dict[str, str]:
        return {"field": self.field, "code": self.code, "text": self.text}


def sentence_of(stored: dict[str, str]) -> str:
    text = stored["text"]
    return str(SENTENCES[stored["code"]]) % {"text": text, "most": text, "name": text}


class _FaultError(Exception):
    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(code)
        self.code, self.text = code, text


def values_of(
    record: Record, mapping: dict[str, str], defaults: dict[str, str], *, today: date
) -> tuple[Values, list[Fault]]:
    """`today` is the last day that a date may have."""
    if code := record.get(FAULT):
        return {}, [Fault("", code)]
    values: Values = {"record": record.get(ITEM, "")}
    faults = []
    order = defaults.get("day_order", "")
    reads: dict[str, Callable[[str, str], str | date | None]] = {
        "address": _address,
        "language": _language_tag,
        "stated_date": lambda text, _field: _day(text, order, today),
        "published_date": lambda text, _field: _day(text, order, today),
    }
    for field in (*LENGTHS, *reads):
        given = record.get(mapping.get(field, ""), "").strip() or defaults.get(field, "")
        try:
            values[field] = reads.get(field, _line)(given, field)
        except _FaultError as error:
            faults.append(Fault(field, error.code, error.text))
    if not faults:
        values["site"] = _site(str(values["address"]))
        values["publisher"] = values["publisher"] or values["site"]
    return values, faults


def _line(given: str, field: str) -> str:
    if not given and field in {"claim", "rating"}:
        raise _FaultError("missing")
    if found := _active.search(given):
        raise _FaultError("markup", found[1].lower())
    if len(given) > LENGTHS[field]:
        raise _FaultError("too_long", f"{LENGTHS[field]:,}")
    try:
        text = stored_text(given).strip() if given else ""
    except TextError as error:
        raise _FaultError("text") from error
    # NFC may lengthen a text, and what it leaves may be nothing.
    if len(text) > LENGTHS[field]:
        raise _FaultError("too_long", f"{LENGTHS[field]:,}")
    if not text and field in {"claim", "rating"}:
        raise _FaultError("missing")
    return text if field == "explanation" else " ".join(text.split())


def _address(given: str, _field: str) -> str:
    if not given:
        raise _FaultError("missing")
    if len(given) > LONGEST_ADDRESS:
        raise _FaultError("too_long", f"{LONGEST_ADDRESS:,}")
    try:
        address = canonical_url(given)
    except UrlError as error:
        raise _FaultError("address") from error
    # A fragment tells apart the fact checks of one page; canonical addresses have none.
    part = given.partition("#")[2]
    whole = f"{address}#{part}" if part and re.fullmatch(r"[\w.~:-]{1,200}", part) else address
    if len(whole) > LONGEST_ADDRESS:
        raise _FaultError("too_long", f"{LONGEST_ADDRESS:,}")
    return whole


def _site(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _language_tag(given: str, _field: str) -> str:
    tag = given.replace("_", "-")
    if not _language.fullmatch(tag) or len(tag) > LONGEST_LANGUAGE:
        raise _FaultError("language", given[:_QUOTED])
    return tag


def _day(given: str, order: str, today: date) -> date | None:
    if not given:
        return None
    day = _read_day(given, order)
    if day is None or day < EARLIEST:
        raise _FaultError("date", given[:_QUOTED])
    if day > today:
        raise _FaultError("future", given[:_QUOTED])
    return day


def _read_day(given: str, order: str) -> date | None:
    if found := _iso.fullmatch(given):
        return _date(found[1], found[2], found[3])
    if found := _dotted.fullmatch(given):
        return _date(found[3], found[2], found[1])
    if found := _slashed.fullmatch(given):
        first, second = int(found[1]), int(found[2])
        # 31/5 can be one day only.
        if not order and first <= 12 and second <= 12 and first != second:
            raise _FaultError("day_order", given[:_QUOTED])
        if order == "mdy" or (not order and second > 12):
            return _date(found[3], found[1], found[2])
        return _date(found[3], found[2], found[1])
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
