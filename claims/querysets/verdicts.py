"""Verdicts, and what becomes of them after they are published."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value

from claims.choices import Category, Meanwhile, RecheckDecision, Status, VerdictState
from claims.querysets.access import reached, seen_by
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Recheck, Repetition, Verdict  # noqa: F401


# The kinds of a change that readers are told of.
CORRECTION, RETRACTION = "correction", "retraction"


def _older(time: str, before: tuple[datetime, int] | None) -> Q:
    """In each part of a UNION: a condition on the whole would read all of it."""
    if before is None:
        return Q()
    at, key = before
    return Q(**{f"{time}__lt": at}) | Q(**{time: at, "pk__lt": key})


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def published(self) -> "VerdictQuerySet":
        """What readers have now: one version per claim at most."""
        return self.filter(state=VerdictState.PUBLISHED)

    def readable(self) -> "VerdictQuerySet":
        """Published ones whose text is not withheld while a correction is open."""
        return self.published().exclude(self._under_correction(Meanwhile.WITHHELD))

    def citable(self) -> "VerdictQuerySet":
        """Published ones without any reservation: for feeds,
        ClaimReview and search engines, which would repeat a verdict
        without the notice beside it.

        Left out is a verdict under correction, and a translation whose
        original is under correction, retracted, or corrected since the
        translation was signed.
        """
        under_correction = self._under_correction(Meanwhile.WITHHELD, Meanwhile.UNDER_REVIEW)
        original = self.model._default_manager.filter(claim=OuterRef("claim__translation_of"))
        corrected = original.listed_corrections().filter(
            published_at__gt=OuterRef("author_signed_at")
        )
        original_changed = (
            Exists(original.filter(under_correction))
            | Exists(original.filter(state=VerdictState.RETRACTED))
            | Exists(corrected)
        )
        return self.published().exclude(under_correction).exclude(original_changed)

    def open_corrections(self) -> "VerdictQuerySet":
        return self.filter(
            corrects__isnull=False, state__in=(VerdictState.WORKING, VerdictState.APPROVED)
        )

    def listed_corrections(self) -> "VerdictQuerySet":
        """Published corrections that are listed for readers: all but typos."""
        return self.filter(corrects__isnull=False, published_at__isnull=False).exclude(
            category=Category.TYPO
        )

    def changes(
        self, *, before: tuple[datetime, int] | None = None
    ) -> "models.QuerySet[Verdict, tuple[datetime, int, str]]":
        """(time, id, kind) of all published corrections and
        retractions, newest first, or of those that follow one of them.
        """
        # A UNION, so that the database sorts and pages the two together. SQLite refuses
        # an ORDER BY inside the parts of one: hence order_by().
        corrected = self.listed_corrections().filter(_older("published_at", before)).order_by()
        is_retracted = Q(state=VerdictState.RETRACTED)
        retracted = self.filter(is_retracted, _older("retracted_at", before)).order_by()
        columns = ("at", "id", "kind")
        return (
            corrected.annotate(at=F("published_at"), kind=Value(CORRECTION))
            .values_list(*columns)
            .union(
                retracted.annotate(at=F("retracted_at"), kind=Value(RETRACTION)).values_list(
                    *columns
                )
            )
            .order_by("-at", "-id")
        )

    def night_work_unconfirmed(self) -> "VerdictQuerySet":
        """Signed by night without an editor, and not confirmed by one since."""
        shown = {
            "state__in": (VerdictState.APPROVED, VerdictState.PUBLISHED),
            "claim__status__in": (Status.APPROVED, Status.PUBLISHED),
        }
        return self.filter(by_night=True, night_confirmed_at__isnull=True, **shown)

    def unconfirmed(self) -> "VerdictQuerySet":
        """Retracted by one editor, and not confirmed by a second."""
        return self.filter(state=VerdictState.RETRACTED, retraction_confirmed_at__isnull=True)

    def withholding(self) -> "VerdictQuerySet":
        """Open corrections that keep what they correct from readers."""
        return self.open_corrections().filter(meanwhile=Meanwhile.WITHHELD)

    def _under_correction(self, *meanwhile: Meanwhile) -> Q:
        return Q(
            pk__in=self.model._default_manager.open_corrections()
            .filter(meanwhile__in=meanwhile)
            .values("corrects_id")
        )

    def on_public_record(self) -> "VerdictQuerySet":
        """Published ones, and retracted ones, whose page says that they
        were retracted.
        """
        return self.filter(state__in=(VerdictState.PUBLISHED, VerdictState.RETRACTED))

    def visible_to(self, user: User) -> "VerdictQuerySet":
        return self.filter(seen_by(user, "claim__"))


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def visible_to(self, user: User) -> "RecheckQuerySet":
        return self.filter(claim__desk__in=desks_where(user, "recheck.view"))

    def pending(self) -> "RecheckQuerySet":
        return self.filter(decision=RecheckDecision.PENDING)

    def to_decide_by(self, user: User) -> "RecheckQuerySet":
        return self.pending().filter(claim__desk__in=desks_where(user, "recheck.decide"))


class RepetitionQuerySet(models.QuerySet["Repetition"]):
    def visible_to(self, user: User) -> "RepetitionQuerySet":
        return self.filter(reached(user, "evidence.view", "claim__"))

    def shown(self) -> "RepetitionQuerySet":
        """Confirmed by a second person and not withdrawn: what readers see."""
        return self.filter(confirmed_at__isnull=False, withdrawn_at__isnull=True)

    def waiting(self) -> "RepetitionQuerySet":
        """Those to confirm. Without a published verdict nobody can: the
        guard would refuse it.
        """
        published = (
            apps.get_model("claims", "Verdict")
            ._default_manager.order_by()
            .filter(state=VerdictState.PUBLISHED)
        )
        return self.filter(
            confirmed_at__isnull=True,
            withdrawn_at__isnull=True,
            claim__in=published.values("claim"),
        )
