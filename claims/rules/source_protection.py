"""The names that are kept: looked for in whatever others may read, so that no slip of the pen tells
who a confidential source is.

What is found is never repeated in the refusal: whoever reads that may not be one of those who know.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from claims.models import Claim, ConfidentialIdentity, Evidence
from claims.rules.unmet import UnmetRequirement
from sources.choices import CaptureKind
from sources.folding import folded

NAME_EXPOSED = (
    "These words contain the name or the contact of a confidential source of this claim. "
    "Word them so that nobody can tell who it is; the editors of the desk know the name."
)
_SHORTEST = 3  # shorter ones stand in every text
_SHORTEST_NUMBER = 6
_BREAKS = re.compile(r"[^\w]+|_")
_ENDS = re.compile(r"^[\W_]+|[\W_]+$")
_PARTS = re.compile(r"[,;|\n]")
_ADDRESS = re.compile(r"@|://|\w\.[^\W\d_]{2,}")
_BETWEEN = r"[^\w]{0,3}"


@dataclass(frozen=True, slots=True)
class Secret:
    """What gives one person away: the spellings of the name, the addresses, and the digits of
    telephone numbers.

    Of a contact only what is an address or a number: “in the canteen” and “since 2019” stand in
    other texts too. What has several words is folded. A single one is as it was written: “Mark” is
    a name, “mark” and “market” are not.
    """

    names: frozenset[str]
    addresses: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, contact: str = "") -> "Secret":
        words = _plain(name).split()
        turned = {" ".join([*words[turn:], *words[:turn]]) for turn in range(len(words))}
        parts = [part.strip() for part in _PARTS.split(contact)]
        digits = {part: "".join(sign for sign in part if sign.isdecimal()) for part in parts}
        numbers = {part: found for part, found in digits.items() if len(found) >= _SHORTEST_NUMBER}
        addresses = {
            _phrase(part, part) for part in parts if part in numbers or _ADDRESS.search(part)
        }
        return cls(
            _long_enough(turned if len(words) > 1 else {_phrase(name, _ENDS.sub("", name))}),
            _long_enough(addresses),
            frozenset(numbers.values()),
        )

    def appears_in(self, words: str) -> bool:
        plain = _plain(words)
        if any(_stands(name, words, plain) for name in self.names):
            return True
        if any(_stands(address, words, plain, re.IGNORECASE) for address in self.addresses):
            return True
        return any(re.search(_BETWEEN.join(number), words) for number in self.numbers)

    def beside(self, words: str) -> "Secret":
        """What is still secret where these words are known: whatever they name may be named beside
        them.
        """
        plain = _plain(words)
        return replace(
            self, names=frozenset(name for name in self.names if not _stands(name, words, plain))
        )


def _phrase(text: str, single: str) -> str:
    plain = _plain(text)
    return plain if " " in plain else single


def _long_enough(phrases: set[str]) -> frozenset[str]:
    return frozenset(one for one in phrases if len(one) >= _SHORTEST)


def _stands(phrase: str, words: str, plain: str, flags: int = 0) -> bool:
    """Several words with whatever ending: a name is declined, and gets an apostrophe. One only as
    the whole word.
    """
    if " " not in phrase:
        whole = rf"(?<!\w){re.escape(unicodedata.normalize('NFC', phrase))}(?:['\u2019]?s)?(?!\w)"
        return re.search(whole, unicodedata.normalize("NFC", words), flags) is not None
    return f" {phrase}" in f" {plain}" if len(phrase) > _SHORTEST else f" {phrase} " in f" {plain} "


def _plain(text: str) -> str:
    """One spelling for case, accents, blanks and whatever joins the parts of a name."""
    bare = "".join(sign for sign in folded(text) if not unicodedata.combining(sign))
    return " ".join(_BREAKS.sub(" ", bare).split())


def refuse(secret: Secret, words: Mapping[str, str]) -> None:
    """Raise for the first field that gives the person away."""
    for field, text in words.items():
        if secret.appears_in(text):
            raise ValidationError({field: NAME_EXPOSED})


def refuse_exposed_names_in(
    claim: Claim, words: Mapping[str, str], *, of_note: bool = False
) -> None:
    """The same for all confidential sources of a claim, also those no longer cited.

    Somebody whom the claim itself names may be named beside it, but not in the words of a note
    (`of_note`) of theirs.
    """
    for secret in _kept(claim, of_note=of_note):
        refuse(secret, words)


def refuse_exposed_names_in_any(claims: QuerySet[Claim], words: Mapping[str, str]) -> None:
    for claim in (
        claims.filter(evidence__capture__interview__confidential=True).distinct().order_by("pk")
    ):
        refuse_exposed_names_in(claim, words)


def missing_in(claim: Claim, field: str, text: str) -> list[UnmetRequirement]:
    found = text.strip() and any(secret.appears_in(text) for secret in _kept(claim))
    return [UnmetRequirement("secrecy", NAME_EXPOSED, field)] if found else []


def is_confidential(item: Evidence) -> bool:
    capture = item.capture
    return (
        capture is not None and capture.kind == CaptureKind.NOTE and capture.interview.confidential
    )


def names_exposed_in_content(claim: Claim, content: Callable[[], str]) -> list[UnmetRequirement]:
    """In what is about to be signed, whatever was written first: the words or the note. `content`
    is asked only where it matters.
    """
    kept = _kept(claim)
    signed = content() if kept else ""
    return _gaps(kept, json.loads(signed)) if signed else []


def _gaps(kept: list[Secret], content: Mapping[str, Any]) -> list[UnmetRequirement]:
    where = {
        "short_answer": ("the short answer", "verdict"),
        "explanation": ("the explanation", "verdict"),
        "correction": ("what was wrong", "verdict"),
        "waivers": ("a waiver", "evidence"),
        "replies": ("what the claimant was asked and answered", "reply_requests"),
    }
    told = [(name, place, content.get(part)) for part, (name, place) in where.items()]
    told += [(f"evidence {item['number']}", "evidence", item) for item in content["evidence"]]
    return [
        UnmetRequirement("secrecy", f"{name[:1].upper()}{name[1:]}: {NAME_EXPOSED}", place)
        for name, place, part in told
        if any(secret.appears_in(text) for secret in kept for text in _texts(part))
    ]


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for name, value in part.items():
            yield from (
                ()
                if "sha256" in name or name in {"id", "url"} or name.endswith("_at")
                else _texts(value)
            )
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)


def _kept(claim: Claim, *, of_note: bool = False) -> list[Secret]:
    rows = (
        ConfidentialIdentity.objects.filter(interview__capture__evidence__claim=claim)
        .distinct()
        .order_by("pk")
    )
    secrets = [Secret.of(row.name, row.contact) for row in rows]
    if of_note or not secrets:
        return secrets
    named = f"{claim.text}\n{claim.claimant or ''}"
    return [secret.beside(named) for secret in secrets]
