"""Looks for the names of confidential sources in any text that others
may read, so that a slip of the pen does not expose one.

A refusal never repeats the name: its reader may be somebody who must
not know it.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.models import Claim, ConfidentialIdentity, Evidence
from claims.rules.unmet import UnmetRequirement
from sources.choices import CaptureKind
from sources.folding import folded

_MIN_NAME_LENGTH = 3  # shorter ones occur in any text
_MIN_NUMBER_LENGTH = 6  # shorter runs of digits are years, sums and dates
_SEPARATORS = re.compile(r"[^\w]+|_")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_CONTACT_SEPARATORS = re.compile(r"[,;|\n]")
_ADDRESS = re.compile(r"@|://|\w\.[^\W\d_]{2,}")
_BETWEEN_DIGITS = r"[^\w]{0,3}"


@dataclass(frozen=True, slots=True, repr=False)
class ProtectedName:
    """What would expose one person: the spellings of the name, the
    addresses, and the digits of telephone numbers.

    Only addresses and numbers of a contact count: “in the canteen” and
    “since 2019” occur in other texts too. Phrases of several words are
    folded. A single word keeps its case: “Mark” is a name, “mark” and
    “market” are not.
    """

    names: frozenset[str]
    addresses: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, contact: str = "") -> "ProtectedName":
        words = _normalized(name).split()
        # Every rotation: lists and foreign papers put the family name first.
        rotations = {" ".join([*words[turn:], *words[:turn]]) for turn in range(len(words))}
        parts = [part.strip() for part in _CONTACT_SEPARATORS.split(contact)]
        digits = {part: "".join(char for char in part if char.isdecimal()) for part in parts}
        numbers = {part: run for part, run in digits.items() if len(run) >= _MIN_NUMBER_LENGTH}
        addresses = {
            _phrase(part, part) for part in parts if part in numbers or _ADDRESS.search(part)
        }
        return cls(
            _long_enough(rotations if len(words) > 1 else {_phrase(name, _EDGES.sub("", name))}),
            _long_enough(addresses),
            frozenset(numbers.values()),
        )

    def appears_in(self, text: str) -> bool:
        """Whether the text exposes the person, in any spelling known here."""
        normalized = _normalized(text)
        if any(_contains(name, text, normalized) for name in self.names):
            return True
        if any(_contains(address, text, normalized, re.IGNORECASE) for address in self.addresses):
            return True
        # Numbers are grouped differently in every country, so up to three signs may
        # stand between two digits.
        return any(re.search(_BETWEEN_DIGITS.join(number), text) for number in self.numbers)

    def without_names_in(self, text: str) -> "ProtectedName":
        """What is still to be protected next to a text that names the
        person openly: the addresses and numbers, and the names it does
        not contain.
        """
        normalized = _normalized(text)
        return replace(
            self,
            names=frozenset(name for name in self.names if not _contains(name, text, normalized)),
        )


def _phrase(text: str, single: str) -> str:
    normalized = _normalized(text)
    return normalized if " " in normalized else single


def _long_enough(phrases: set[str]) -> frozenset[str]:
    return frozenset(phrase for phrase in phrases if len(phrase) >= _MIN_NAME_LENGTH)


def _contains(phrase: str, text: str, normalized: str, flags: int = 0) -> bool:
    """A phrase of several words may have any ending, as names are
    declined; a single word must be the whole word.
    """
    if " " not in phrase:
        # NFC on both sides: macOS types “é” as two code points.
        whole = rf"(?<!\w){re.escape(unicodedata.normalize('NFC', phrase))}(?:['\u2019]?s)?(?!\w)"
        return re.search(whole, unicodedata.normalize("NFC", text), flags) is not None
    if len(phrase) > _MIN_NAME_LENGTH:
        return f" {phrase}" in f" {normalized}"
    return f" {phrase} " in f" {normalized} "


def _normalized(text: str) -> str:
    """One spelling for case, accents, white space and whatever joins
    the parts of a name.
    """
    bare = "".join(char for char in folded(text) if not unicodedata.combining(char))
    return " ".join(_SEPARATORS.sub(" ", bare).split())


def _exposed_message() -> str:
    return _(
        "This text contains the name or contact details of a confidential source. Rephrase it so"
        " the source cannot be identified; the author of the note knows the name."
    )


def refuse_exposed_names(name: ProtectedName, texts: Mapping[str, str]) -> None:
    """Raise ValidationError for the first field whose text exposes the person."""
    for field, text in texts.items():
        if name.appears_in(text):
            raise ValidationError({field: _exposed_message()})


def refuse_exposed_names_in(
    claim: Claim, texts: Mapping[str, str], *, of_note: bool = False
) -> None:
    """The same for all confidential sources of a claim, also those no
    longer cited.

    Somebody whom the claim itself names may be named next to it, but
    not in the text of their own interview note (`of_note`): that would
    tell who was the source.
    """
    for name in _protected_names(claim, of_note=of_note):
        refuse_exposed_names(name, texts)


def refuse_exposed_names_in_any(
    claims: QuerySet[Claim],
    texts: Mapping[str, str],
) -> None:
    """The same for a text that is shown on many claims."""
    # Most claims have no confidential source; only those that do are worth two queries
    # each.
    for claim in (
        claims.filter(evidence__capture__interview__confidential=True).distinct().order_by("pk")
    ):
        refuse_exposed_names_in(claim, texts)


def name_exposed_in(claim: Claim, field: str, text: str) -> list[UnmetRequirement]:
    """As an unmet requirement, for a text that comes with an action."""
    if text.strip() and any(name.appears_in(text) for name in _protected_names(claim)):
        return [UnmetRequirement("source_protection", _exposed_message(), field)]
    return []


def is_confidential(item: Evidence) -> bool:
    """Whether this is the interview note of a confidential source."""
    capture = item.capture
    return (
        capture is not None and capture.kind == CaptureKind.NOTE and capture.interview.confidential
    )


def names_exposed_in_content(
    claim: Claim,
    content: Callable[[], str],
) -> list[UnmetRequirement]:
    """What exposes a source in the content about to be signed.

    Each text was checked when it was saved, but a note may be added
    after it. `content` is called only where the claim has confidential
    sources.
    """
    names = _protected_names(claim)
    signed = content() if names else ""
    return _exposures(names, json.loads(signed)) if signed else []


def _exposures(
    names: list[ProtectedName],
    content: Mapping[str, Any],
) -> list[UnmetRequirement]:
    parts = [
        (_("Wording for readers"), "claim", content.get("wording")),
        (_("Short answer"), "verdict", content.get("short_answer")),
        (_("Explanation"), "verdict", content.get("explanation")),
        (_("What it shows"), "verdict", content.get("media_context")),
        (_("What was wrong"), "verdict", content.get("correction")),
        (_("Waiver"), "evidence", content.get("waivers")),
        (_("Right of reply"), "reply_requests", content.get("replies")),
        *(
            (_("Evidence %(number)s") % {"number": item["number"]}, "evidence", item)
            for item in content["evidence"]
        ),
    ]
    return [
        UnmetRequirement("source_protection", f"{label}: {_exposed_message()}", anchor)
        for label, anchor, part in parts
        if any(name.appears_in(text) for name in names for text in _texts(part))
    ]


def _texts(part: Any) -> Iterator[str]:
    """All texts a person wrote in this part of the content."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for name, value in part.items():
            yield from (
                # A hash or a URL may hold the digits of a telephone number by chance.
                ()
                if "sha256" in name or name in {"id", "url"} or name.endswith("_at")
                else _texts(value)
            )
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)


def _protected_names(claim: Claim, *, of_note: bool = False) -> list[ProtectedName]:
    # Withdrawn evidence too: a source stays protected when the desk no longer cites it.
    rows = (
        ConfidentialIdentity.objects.filter(interview__capture__evidence__claim=claim)
        .distinct()
        .order_by("pk")
    )
    names = [ProtectedName.of(row.name, row.contact) for row in rows]
    if of_note or not names:
        return names
    public = f"{claim.text}\n{claim.claimant or ''}"
    return [name.without_names_in(public) for name in names]
