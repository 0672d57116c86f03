"""Reads that start from what a person may see, or from what is public."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When

from claims.choices import Status, SuggestionState, VerdictState
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where, desks_where_related

if TYPE_CHECKING:
    from claims.models import Claim, Evidence, Suggestion, Verdict  # noqa: F401 (names in annotations only)

UNSIGNED = (Status.OPEN, Status.IN_PROGRESS)
BANDS = (("0.75", "0.75 and more"), ("0.5", "0.50 to 0.74"), ("0.25", "0.25 to 0.49"))
LOWEST_BAND = "0.00 to 0.24"
UNFINISHED = (Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED, Status.ON_HOLD)


def _seen_by(user: User, prefix: str = "") -> Q:
    """The one rule of who sees a claim, for a query on claims or on what hangs on them."""
    whole = Q(**{f"{prefix}desk__in": desks_where(user, "claim.view")})
    own = Q(
        **{
            f"{prefix}desk__in": desks_where_related(user, "claim.view"),
            f"{prefix}suggestion__version__article__submitted_by": user,
        }
    )
    return whole | own


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: User) -> "ClaimQuerySet":
        return self.filter(_seen_by(user))

    def unfinished(self) -> "ClaimQuerySet":
        return self.filter(status__in=UNFINISHED)

    def unsigned(self) -> "ClaimQuerySet":
        """Those on which nobody's signature stands, on hold or not."""
        return self.filter(Q(status__in=UNSIGNED) | Q(status=Status.ON_HOLD, held_from__in=UNSIGNED))

    def mine(self, user: User) -> "ClaimQuerySet":
        return self.unfinished().filter(assignee=user)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: User) -> "SuggestionQuerySet":
        return self.filter(
            Q(version__article__desk__in=desks_where(user, "article.view"))
            | Q(
                version__article__desk__in=desks_where_related(user, "article.view"),
                version__article__submitted_by=user,
            )
        )


    def fared(self) -> list[dict[str, Any]]:
        """Per extractor version and band of score, how many were accepted, declined, passed over and not yet looked at.

        Passed over is what nobody decided although somebody decided another suggestion of the same article.
        """
        others = self.model._default_manager.filter(article=OuterRef("article")).exclude(state=SuggestionState.PROPOSED)
        waiting = Q(state=SuggestionState.PROPOSED)
        counted = (
            self.annotate(
                looked_at=Exists(others),
                band=Case(*(When(score__gte=least, then=Value(name)) for least, name in BANDS), default=Value(LOWEST_BAND)),
                extractor=F("extraction__extractor"),
                extractor_version=F("extraction__extractor_version"),
            )
            .values("extractor", "extractor_version", "band")
            .annotate(
                accepted=Count("pk", filter=Q(state=SuggestionState.ACCEPTED)),
                declined=Count("pk", filter=Q(state=SuggestionState.DECLINED)),
                passed_over=Count("pk", filter=waiting & Q(looked_at=True)),
                not_looked_at=Count("pk", filter=waiting & Q(looked_at=False)),
            )
            .order_by("extractor", "-extractor_version", "-band")
        )
        return [dict(row) for row in counted]


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> "EvidenceQuerySet":
        return self.filter(claim__desk__in=desks_where(user, "evidence.view"))

    def standing(self) -> "EvidenceQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def published(self) -> "VerdictQuerySet":
        """What readers may see: published verdicts, and nothing else."""
        return self.filter(state=VerdictState.PUBLISHED)

    def on_public_record(self) -> "VerdictQuerySet":
        """Published ones, and the tombstones of retracted ones."""
        return self.filter(state__in=(VerdictState.PUBLISHED, VerdictState.RETRACTED))

    def visible_to(self, user: User) -> "VerdictQuerySet":
        return self.filter(_seen_by(user, "claim__"))
