"""Reads that start from what a person may see, or from what is public."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When

from claims.choices import Category, Meanwhile, Status, SuggestionState, VerdictState
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where, desks_where_related

if TYPE_CHECKING:
    from claims.models import Claim, ContactAttempt, Evidence, Suggestion, Thread, Verdict  # noqa: F401 (names in annotations only)

UNSIGNED = (Status.OPEN, Status.IN_PROGRESS)
BANDS = (("0.75", "0.75 and more"), ("0.5", "0.50 to 0.74"), ("0.25", "0.25 to 0.49"))
LOWEST_BAND = "0.00 to 0.24"
UNFINISHED = (Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED, Status.ON_HOLD)


def _seen_by(user: User, prefix: str = "") -> Q:
    """The one rule of who sees a claim, for a query on claims or on what hangs on them."""
    whole = Q(**{f"{prefix}desk__in": desks_where(user, "claim.view")})
    own = Q(
        **{
            f"{prefix}desk__in": desks_where_related(user, "article.view"),
            f"{prefix}suggestion__version__article__submitted_by": user,
        }
    )
    consulted = Q(**{f"{prefix}desk__in": desks_where(user, "thread.privileged"), f"{prefix}shared_with_legal": True})
    return whole | own | consulted


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
        """Published verdicts, and nothing else."""
        return self.filter(state=VerdictState.PUBLISHED)

    def readable(self) -> "VerdictQuerySet":
        """Published ones whose words readers may see now."""
        return self.published().exclude(self._under_correction(Meanwhile.WITHHELD))

    def undoubted(self) -> "VerdictQuerySet":
        """Those we stand by without a mark: what machines and feeds are given."""
        return self.published().exclude(self._under_correction(Meanwhile.WITHHELD, Meanwhile.UNDER_REVIEW))

    def open_corrections(self) -> "VerdictQuerySet":
        return self.filter(corrects__isnull=False, state__in=(VerdictState.WORKING, VerdictState.APPROVED))

    def listed_corrections(self) -> "VerdictQuerySet":
        """Corrected versions that readers were told of: everything but typos."""
        return self.filter(corrects__isnull=False, published_at__isnull=False).exclude(category=Category.TYPO)

    def changes(self) -> "models.QuerySet[Verdict, tuple[datetime, int, str]]":
        """(when, id, correction or retraction) of all that changed in public, newest first."""
        corrected = self.listed_corrections().order_by()
        retracted = self.filter(state=VerdictState.RETRACTED).order_by()
        columns = ("at", "id", "kind")
        return (
            corrected.annotate(at=F("published_at"), kind=Value("correction")).values_list(*columns)
            .union(retracted.annotate(at=F("retracted_at"), kind=Value("retraction")).values_list(*columns))
            .order_by("-at", "-id")
        )  # fmt: skip

    def unconfirmed(self) -> "VerdictQuerySet":
        """Retracted by one editor, and not looked at by a second."""
        return self.filter(state=VerdictState.RETRACTED, retraction_confirmed_at__isnull=True)

    def _under_correction(self, *meanwhile: Meanwhile) -> Q:
        return Q(pk__in=self.model._default_manager.open_corrections().filter(meanwhile__in=meanwhile).values("corrects_id"))

    def on_public_record(self) -> "VerdictQuerySet":
        """Published ones, and the tombstones of retracted ones."""
        return self.filter(state__in=(VerdictState.PUBLISHED, VerdictState.RETRACTED))

    def visible_to(self, user: User) -> "VerdictQuerySet":
        return self.filter(_seen_by(user, "claim__"))


class ContactQuerySet(models.QuerySet["ContactAttempt"]):
    def visible_to(self, user: User) -> "ContactQuerySet":
        return self.filter(claim__desk__in=desks_where(user, "evidence.view"))


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: User) -> "ThreadQuerySet":
        """Privileged ones only to legal and editors; legal reads the others of a claim that was shared with it."""
        advising = Q(claim__desk__in=desks_where(user, "thread.privileged"))
        everyday = Q(claim__desk__in=desks_where(user, "thread.view"), privileged=False)
        return self.filter(everyday | (advising & (Q(privileged=True) | Q(claim__shared_with_legal=True))))

    def blocking(self) -> "ThreadQuerySet":
        return self.filter(blocking=True, resolved_at__isnull=True)
