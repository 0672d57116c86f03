"""What was found for a sentence, stored, and shown to those who may see it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from claims.choices import Status
from claims.matching.comparing import Difference
from claims.matching.lookup import Match
from claims.matching.model import Likeness
from claims.models import Claim, KnownClaim, LiveSentence, Verdict
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
    seen = KnownClaim.objects.visible_to(by).filter(pk__among=keys).order_by().values("pk")
    rows: QuerySet[KnownClaim] = KnownClaim.objects.filter(pk__in=seen).select_related("claim")
    entries = {entry.pk: entry for entry in rows} if keys else {}
    claims, verdicts = _claims_and_verdicts(entries.values(), by) if entries else ({}, {})
    return [
        [
            _match(one, entry, claims, verdicts)
            for one in sentence.matches
            if (entry := entries.get(one["entry"]))
        ]
        for sentence in sentences
    ]


def _claims_and_verdicts(
    entries: Iterable[KnownClaim], by: User
) -> tuple[dict[int, Claim], dict[int, Verdict]]:
    keys = sorted({key for entry in entries if (key := _claim_of(entry))})
    claims = Claim.objects.visible_to(by).select_related("desk").in_bulk(keys)
    readable = Verdict.objects.readable().filter(claim__among=keys).select_related("claim")
    return claims, {one.claim_id: one for one in readable}


def _match(
    one: dict[str, Any],
    entry: KnownClaim,
    claims: dict[int, Claim],
    verdicts: dict[int, Verdict],
) -> Match:
    key = _claim_of(entry) or 0
    return Match(
        entry,
        one["rank"],
        one["closeness"],
        Likeness(one["likeness"]),
        frozenset(one["shared"]),
        [Difference(*parts) for parts in one["differences"]],
        claim=claims.get(key),
        verdict=verdicts.get(key),
    )


def _claim_of(entry: KnownClaim) -> int | None:
    """Of a duplicate what it was merged into: that is the one to work with."""
    claim = entry.claim
    if claim is not None and claim.status == Status.MERGED:
        return claim.merged_into_id
    return entry.claim_id
