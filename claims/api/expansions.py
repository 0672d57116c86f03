"""What `expand` puts into the rows of the API, where a client would otherwise make a
call for each: read through `visible_to` of what it shows, as its own address is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from claims.api.serializers.claims import ClaimOut
from claims.api.serializers.evidence import EvidenceOut
from claims.api.serializers.verdicts import VerdictOut
from claims.api.shown import shown_claims, shown_verdicts, visible_evidence
from claims.choices import VerdictState
from claims.models import Claim, Evidence, Suggestion, Verdict
from factcheck.drf.parts import Expansion
from factcheck.newsroom.models import User
from sources.api.articles import ArticleOut, shown
from sources.models import Article


class DeskNameOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    time_zone = serializers.CharField()


def _articles(user: User, by_row: Mapping[int, int | None]) -> dict[int, Article]:
    rows = shown(Article.objects.visible_to(user)).filter(pk__in=filter(None, by_row.values()))
    return _by_row(by_row, rows.in_bulk())


def _claims(user: User, by_row: Mapping[int, int | None]) -> dict[int, Claim]:
    rows = shown_claims(user).filter(pk__in=filter(None, by_row.values()))
    return _by_row(by_row, rows.in_bulk())


def _by_row(by_row: Mapping[int, int | None], found: Mapping[int, Any]) -> dict[int, Any]:
    return {row: found[pk] for row, pk in by_row.items() if pk is not None and pk in found}


def _articles_of_claims(user: User, claims: Sequence[Claim]) -> dict[int, Article]:
    suggested = {claim.pk: claim.suggestion for claim in claims}
    return _articles(user, {pk: row.article_id if row else None for pk, row in suggested.items()})


def _articles_of_suggestions(user: User, rows: Sequence[Suggestion]) -> dict[int, Article]:
    return _articles(user, {row.pk: row.article_id for row in rows})


def _claims_of_suggestions(user: User, rows: Sequence[Suggestion]) -> dict[int, Claim]:
    made = Claim.objects.filter(suggestion__in=rows).values_list("suggestion_id", "pk")
    return _claims(user, dict(made))


def _claims_of_verdicts(user: User, rows: Sequence[Verdict]) -> dict[int, Claim]:
    return _claims(user, {row.pk: row.claim_id for row in rows})


def _verdicts_of_claims(user: User, claims: Sequence[Claim]) -> dict[int, Verdict]:
    """The newest of each, as GET claims/<claim>/verdict/ answers."""
    rows = Verdict.objects.visible_to(user).filter(claim__in=claims)
    rows = rows.exclude(state=VerdictState.DROPPED).order_by("claim_id", "number")
    return {row.claim_id: row for row in shown_verdicts(rows).defer("content")}


def _evidence_of_claims(user: User, claims: Sequence[Claim]) -> dict[int, list[Evidence]]:
    items: dict[int, list[Evidence]] = {}
    for item in visible_evidence(user).filter(claim__in=claims).order_by("number"):
        items.setdefault(item.claim_id, []).append(item)
    return items


def _desks(user: User, claims: Sequence[Claim]) -> dict[int, Any]:
    return {claim.pk: claim.desk for claim in claims}


OF_CLAIMS = {
    "article": Expansion("articles:read", ArticleOut, _articles_of_claims),
    "desk": Expansion("claims:read", DeskNameOut, _desks),
    "evidence": Expansion("evidence:read", EvidenceOut, _evidence_of_claims, many=True),
    "verdict": Expansion("verdicts:read", VerdictOut, _verdicts_of_claims),
}
OF_SUGGESTIONS = {
    "article": Expansion("articles:read", ArticleOut, _articles_of_suggestions),
    "claim": Expansion("claims:read", ClaimOut, _claims_of_suggestions),
}
OF_VERDICTS = {"claim": Expansion("claims:read", ClaimOut, _claims_of_verdicts)}
