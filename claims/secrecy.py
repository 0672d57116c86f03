"""The names that are kept: looked for in whatever others may read, so that no slip of the pen tells who a confidential source is.

What is found is never repeated in the refusal: whoever reads that may not be one of those who know.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from claims.gates import Missing
from claims.models import Claim, ConfidentialIdentity, Evidence
from sources.choices import CaptureKind
from sources.folding import folded

CLASH = (
    "These words contain the name or the contact of a confidential source of this claim. "
    "Word them so that nobody can tell who it is; the editors of the desk know the name."
)
_SHORTEST = 3  # shorter ones stand in every text
_SHORTEST_NUMBER = 6
_BREAKS = re.compile(r"[^\w]+|_")
_PARTS = re.compile(r"[,;|\n]")
_ADDRESS = re.compile(r"[\d@./]")
_BETWEEN = r"[^\w]{0,3}"


@dataclass(frozen=True, slots=True)
class Secret:
    """The phrases that give one person away, folded, and the digits of telephone numbers, whatever stands between them.

    Of a contact only what is an address: “in the canteen” stands in other texts too.
    """

    phrases: frozenset[str]
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, contact: str = "") -> "Secret":
        words = _plain(name).split()
        spellings = {" ".join([*words[turn:], *words[:turn]]) for turn in range(len(words))}
        addresses = [part for part in _PARTS.split(contact) if _ADDRESS.search(part)]
        spellings |= {_plain(part) for part in addresses}
        digits = {"".join(sign for sign in part if sign.isdecimal()) for part in addresses}
        phrases = {one for one in spellings if len(one) >= _SHORTEST}
        return cls(frozenset(phrases), frozenset(one for one in digits if len(one) >= _SHORTEST_NUMBER))

    def stands_in(self, words: str) -> bool:
        """With whatever ending: a name is declined, and gets an apostrophe."""
        plain = f" {_plain(words)}"
        if any(f" {phrase}" in plain if len(phrase) > _SHORTEST else f" {phrase} " in f"{plain} " for phrase in self.phrases):
            return True
        return any(re.search(_BETWEEN.join(number), words) for number in self.numbers)


def _plain(text: str) -> str:
    """One spelling for case, accents, blanks and whatever joins the parts of a name."""
    bare = "".join(sign for sign in folded(text) if not unicodedata.combining(sign))
    return " ".join(_BREAKS.sub(" ", bare).split())


def refuse(secret: Secret, words: Mapping[str, str]) -> None:
    """Raise for the first field that gives the person away."""
    for field, text in words.items():
        if secret.stands_in(text):
            raise ValidationError({field: CLASH})


def refuse_in(claim: Claim, words: Mapping[str, str], *, of_note: bool = False) -> None:
    """The same for all confidential sources of a claim, also those no longer cited.

    Somebody whom the claim itself names may be named beside it, but not in the words of a note (`of_note`) of theirs.
    """
    for secret in _kept(claim, of_note=of_note):
        refuse(secret, words)


def missing_in(claim: Claim, field: str, text: str) -> list[Missing]:
    found = text.strip() and any(secret.stands_in(text) for secret in _kept(claim))
    return [Missing("secrecy", CLASH, field)] if found else []


def is_confidential(item: Evidence) -> bool:
    capture = item.capture
    return capture is not None and capture.kind == CaptureKind.NOTE and capture.conversation.confidential


def missing_in_content(claim: Claim, evidence: Iterable[Evidence], content: Callable[[], str]) -> list[Missing]:
    """In what is about to be signed, whatever was written first: the words or the note. `content` is asked only where it matters."""
    signed = content() if any(is_confidential(item) for item in evidence) else ""
    return _gaps(_kept(claim), json.loads(signed)) if signed else []


def _gaps(kept: list[Secret], content: Mapping[str, Any]) -> list[Missing]:
    where = {
        "short_answer": ("the short answer", "verdict"), "explanation": ("the explanation", "verdict"), "correction": ("what was wrong", "verdict"),
        "waivers": ("a waiver", "evidence"), "replies": ("what the claimant was asked and answered", "contacts"),
    }  # fmt: skip
    told = [(name, place, content.get(part)) for part, (name, place) in where.items()]
    told += [(f"evidence {item['number']}", "evidence", item) for item in content["evidence"]]
    return [
        Missing("secrecy", f"{name[:1].upper()}{name[1:]}: {CLASH}", place)
        for name, place, part in told
        if any(secret.stands_in(text) for secret in kept for text in _texts(part))
    ]


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for name, value in part.items():
            yield from () if "sha256" in name or name in {"id", "url"} or name.endswith("_at") else _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)


def _kept(claim: Claim, *, of_note: bool = False) -> list[Secret]:
    rows = ConfidentialIdentity.objects.filter(conversation__capture__evidence__claim=claim).distinct().order_by("pk")
    secrets = [Secret.of(row.name, row.contact) for row in rows]
    if of_note or not secrets:
        return secrets
    named = f"{claim.text} {claim.claimant or ''}"
    return [secret for secret in secrets if not secret.stands_in(named)]
