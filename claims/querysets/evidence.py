"""Evidence and what belongs to it: interviews, waivers, replies, changed sources."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from claims.choices import SourceChangeDecision
from claims.querysets.access import own_work_keys, reached, signed_by
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where, desks_where_related

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import (  # noqa: F401
        ConfidentialIdentity,
        Evidence,
        ReplyRequest,
        SourceChange,
        Waiver,
    )


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> "EvidenceQuerySet":
        return self.filter(reached(user, "evidence.view", "claim__"))

    def active(self) -> "EvidenceQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class IdentityQuerySet(models.QuerySet["ConfidentialIdentity"]):
    def visible_to(self, user: User) -> "IdentityQuerySet":
        """Those that this person knows of: who may read them is
        recorded there too. Without the name, which `read_identity`
        alone hands out.
        """
        related = Q(by=user) | Q(
            grants__person=user, grants__revoked_at=None, grants__ends_at__gt=clock.now()
        )
        return (
            self.filter(
                Q(interview__desk__in=desks_where(user, "identity.reads"))
                | (Q(interview__desk__in=desks_where_related(user, "identity.reads")) & related)
            )
            .distinct()
            .defer("name", "contact")
        )


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def visible_to(self, user: User) -> "WaiverQuerySet":
        """Waivers describe the evidence, so whoever may read that may read them."""
        return self.filter(reached(user, "evidence.view", "claim__"))


class ReplyRequestQuerySet(models.QuerySet["ReplyRequest"]):
    def visible_to(self, user: User) -> "ReplyRequestQuerySet":
        return self.filter(reached(user, "evidence.view", "claim__"))


class SourceChangeQuerySet(models.QuerySet["SourceChange"]):
    def visible_to(self, user: User) -> "SourceChangeQuerySet":
        return self.filter(reached(user, "evidence.view", "evidence__claim__"))

    def pending(self) -> "SourceChangeQuerySet":
        return self.filter(decision=SourceChangeDecision.PENDING)

    def to_decide_by(self, user: User) -> "SourceChangeQuerySet":
        return self.pending().filter(reached(user, "source_change.decide", "evidence__claim__"))

    def of_own_claims(self, user: User) -> "SourceChangeQuerySet":
        return self.filter(evidence__claim__in=own_work_keys(user))

    def of_other_claims(self, user: User) -> "SourceChangeQuerySet":
        # EXISTS, because PostgreSQL can turn it into a join; it would evaluate NOT IN
        # for every evidence row.
        signed = signed_by(user).filter(claim=OuterRef("evidence__claim"))
        return self.exclude(evidence__claim__assignee=user).filter(~Exists(signed))
