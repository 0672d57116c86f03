"""The rows that the API shows, with all that their serializers read."""

from django.db.models import Prefetch, QuerySet

from claims.evidence.source_changes import with_unchanged_at
from claims.models import Claim, Evidence, ScheduledPublication, Verdict
from claims.querysets.claims import ClaimQuerySet
from factcheck.newsroom.models import User


def shown_claims(user: User) -> ClaimQuerySet:
    """The claims the user may see, with everything a list row and `legal_moves` need:
    the number of queries does not depend on the number of rows.
    """
    authored = (
        Verdict.objects.defer("content", "explanation")
        .select_related("author")
        .prefetch_related("author__memberships")
    )
    # Related claims are shown through visible_to: a translation or duplicate on
    # another desk must not leak through this one. Beside the relation and never in
    # its place: the gates read it, and what this person may not see counts there.
    seen = Claim.objects.visible_to(user)
    claims = Claim.objects.visible_to(user).select_related(
        "desk", "claimant", "assignee", "topic", "suggestion__article"
    )
    return claims.prefetch_related(
        Prefetch("verdicts", authored),
        "tags",
        Prefetch("translation_of", seen, to_attr="visible_original"),
        Prefetch("merged_into", seen, to_attr="visible_survivor"),
        Prefetch("duplicates", seen.order_by("pk"), to_attr="visible_duplicates"),
        "duplicates",
        Prefetch("schedules", ScheduledPublication.objects.filter(ended_at=None)),
    )


def shown_verdicts(verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
    return verdicts.select_related(
        "claim",
        "rating",
        "author",
        "approver",
        "corrects",
        "retraction_confirmed_by",
        "night_confirmed_by",
    )


def shown_evidence(evidence: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """With all that EvidenceOut reads, but without the texts of the captures, which may
    have millions of characters.
    """
    return (
        with_unchanged_at(evidence)
        .select_related(
            "claim__desk", "link__publisher__owner", "origin__owner", "capture__interview__by"
        )
        .defer("capture__text", "capture__page_text")
    )


def visible_evidence(user: User) -> QuerySet[Evidence]:
    return shown_evidence(Evidence.objects.visible_to(user))
