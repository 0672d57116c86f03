"""What was found for a sentence, stored, and shown to those who may see it."""

from collections.abc import Sequence
from typing import Any

from claims.matching import lookup
from claims.matching.differences import Difference
from claims.matching.lookup import Match
from claims.matching.model import Likeness
from claims.models import KnownClaim, LiveSentence
from factcheck.newsroom.models import User


def stored(match: Match) -> dict[str, Any]:
    """Without a word of the entry but those that differ: it is asked
    for again whenever somebody looks.
    """
    return {
        "entry": match.entry.pk,
        "rank": round(match.rank, 4),
        "closeness": round(match.closeness, 4),
        "likeness": match.likeness.value,
        "shared": sorted(match.shared),
        "differences": [[one.kind, one.here, one.there] for one in match.differences],
    }


def for_sentences(sentences: Sequence[LiveSentence], *, by: User) -> list[list[Match]]:
    """The matches of each that this person may see at this moment, in
    as many queries as for one.
    """
    keys = {one["entry"] for sentence in sentences for one in sentence.matches}
    if not keys:
        return [[] for _ in sentences]
    entries = lookup.entries_seen(keys, by=by)
    found = [
        [_match(one, entry) for one in sentence.matches if (entry := entries.get(one["entry"]))]
        for sentence in sentences
    ]
    return lookup.with_claims(found, by=by)


def _match(one: dict[str, Any], entry: KnownClaim) -> Match:
    return Match(
        entry,
        one["rank"],
        one["closeness"],
        Likeness(one["likeness"]),
        frozenset(one["shared"]),
        [Difference(*parts) for parts in one["differences"]],
    )
