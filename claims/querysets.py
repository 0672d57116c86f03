"""Reads that start from what a person may see, or from what is public."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When

from claims.choices import (
    Category,
    Meanwhile,
    RecheckDecision,
    SourceChangeDecision,
    Status,
    SuggestionState,
    VerdictState,
)
from factcheck.newsroom.models import Membership, User
from factcheck.newsroom.permissions import (
    DeskAccess,
    desks_where,
    desks_where_assigned,
    desks_where_related,
)

if TYPE_CHECKING:
    from claims.models import (  # noqa: F401 (names in annotations only)
        Claim,
        ConfidentialIdentity,
        Evidence,
        Interest,
        Methodology,
        Query,
        Recheck,
        Repetition,
        ReplyRequest,
        SourceChange,
        Suggestion,
        Topic,
        Verdict,
        Waiver,
    )

UNSIGNED = (Status.OPEN, Status.IN_PROGRESS)
BANDS = (("0.75", "0.75 and more"), ("0.5", "0.50 to 0.74"), ("0.25", "0.25 to 0.49"))
LOWEST_BAND = "0.00 to 0.24"
UNFINISHED = (Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED, Status.ON_HOLD)


def own_work(user: User) -> models.QuerySet["Claim"]:
    """The claims a person is assigned to, and those under which their signature stands: the
    relations in ASSIGNED.
    """
    signed = (
        apps.get_model("claims", "Verdict")
        ._default_manager.filter(author=user)
        .exclude(author_hash="")
    )
    claims: models.QuerySet[Claim] = apps.get_model("claims", "Claim")._default_manager.order_by()
    return claims.filter(Q(assignee=user) | Q(pk__in=signed.order_by().values("claim")))


def _reached(user: User, action: str, prefix: str, reach: DeskAccess | None = None) -> Q:
    """What `may` allows outright: all of some desks, and one's own work on others."""
    reach = reach or DeskAccess.of(user)
    whole = Q(**{f"{prefix}desk__in": reach.where(action)})
    desks = reach.assigned(action)
    return (
        whole | Q(**{f"{prefix}desk__in": desks, f"{prefix}pk__in": own_work(user).values("pk")})
        if desks
        else whole
    )


def _seen_by(user: User, prefix: str = "") -> Q:
    """The one rule of who sees a claim, for a query on claims or on what hangs on them.

    Every move and page asks it: a part that nobody of this person's roles can need is not built.
    """
    reach = DeskAccess.of(user)
    seen = _reached(user, "claim.view", prefix, reach)
    if sent_in := reach.related("article.view"):
        seen |= Q(
            **{
                f"{prefix}desk__in": sent_in,
                f"{prefix}suggestion__version__article__submitted_by": user,
            }
        )
    if consulted := reach.where("query.privileged"):
        seen |= Q(**{f"{prefix}desk__in": consulted, f"{prefix}shared_with_legal": True})
    return seen


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: User) -> "ClaimQuerySet":
        return self.filter(_seen_by(user))

    def unfinished(self) -> "ClaimQuerySet":
        return self.filter(status__in=UNFINISHED)

    def unsigned(self) -> "ClaimQuerySet":
        """Those on which nobody's signature stands, on hold or merged or not."""
        held = Q(status=Status.ON_HOLD) | Q(status=Status.MERGED, merged_from=Status.ON_HOLD)
        merged = Q(status=Status.MERGED, merged_from__in=UNSIGNED)
        return self.filter(Q(status__in=UNSIGNED) | merged | (held & Q(held_from__in=UNSIGNED)))

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
            | Q(
                article__desk__in=desks_where_assigned(user, "article.view"),
                pk__in=own_work(user).values("suggestion"),
            )
        )

    def night_confirmed_at(self) -> "SuggestionQuerySet":
        """Decided, or passed over."""
        return self.exclude(state=SuggestionState.PROPOSED, done=None)

    def decision_counts(self) -> list[dict[str, Any]]:
        """Per extractor version and band of score, how many were accepted, declined, passed over
        and not yet looked at.

        Passed over is what nobody decided although somebody finished with the article, or decided
        another suggestion of it.
        """
        others = self.model._default_manager.filter(
            article=OuterRef("article")
        ).night_confirmed_at()
        waiting = Q(state=SuggestionState.PROPOSED)
        counted = (
            self.annotate(
                night_confirmed_at=Exists(others),
                band=Case(
                    *(When(score__gte=least, then=Value(name)) for least, name in BANDS),
                    default=Value(LOWEST_BAND),
                ),
                extractor=F("extraction__extractor"),
                extractor_version=F("extraction__extractor_version"),
            )
            .values("extractor", "extractor_version", "band")
            .annotate(
                accepted=Count("pk", filter=Q(state=SuggestionState.ACCEPTED)),
                declined=Count("pk", filter=Q(state=SuggestionState.DECLINED)),
                already_checked=Count("pk", filter=Q(state=SuggestionState.ALREADY_CHECKED)),
                passed_over=Count("pk", filter=waiting & Q(night_confirmed_at=True)),
                not_looked_at=Count("pk", filter=waiting & Q(night_confirmed_at=False)),
            )
            .order_by("extractor", "-extractor_version", "-band")
        )
        return [dict(row) for row in counted]


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> "EvidenceQuerySet":
        return self.filter(_reached(user, "evidence.view", "claim__"))

    def active(self) -> "EvidenceQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class IdentityQuerySet(models.QuerySet["ConfidentialIdentity"]):
    def visible_to(self, user: User) -> "IdentityQuerySet":
        whole = Q(interview__desk__in=desks_where(user, "evidence.identity"))
        return self.filter(
            whole | Q(interview__desk__in=desks_where_related(user, "evidence.identity"), by=user)
        )


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def published(self) -> "VerdictQuerySet":
        """Published verdicts, and nothing else."""
        return self.filter(state=VerdictState.PUBLISHED)

    def readable(self) -> "VerdictQuerySet":
        """Published ones whose words readers may see now."""
        return self.published().exclude(self._under_correction(Meanwhile.WITHHELD))

    def citable(self) -> "VerdictQuerySet":
        """Those we stand by without a mark: what machines and feeds are given."""
        doubt = self._under_correction(Meanwhile.WITHHELD, Meanwhile.UNDER_REVIEW)
        original = self.model._default_manager.filter(claim=OuterRef("claim__translation_of"))
        corrected = original.listed_corrections().filter(
            published_at__gt=OuterRef("author_signed_at")
        )
        shaken = (
            Exists(original.filter(doubt))
            | Exists(original.filter(state=VerdictState.RETRACTED))
            | Exists(corrected)
        )
        return self.published().exclude(doubt).exclude(shaken)

    def open_corrections(self) -> "VerdictQuerySet":
        return self.filter(
            corrects__isnull=False, state__in=(VerdictState.WORKING, VerdictState.APPROVED)
        )

    def listed_corrections(self) -> "VerdictQuerySet":
        """Corrected versions that readers were told of: everything but typos."""
        return self.filter(corrects__isnull=False, published_at__isnull=False).exclude(
            category=Category.TYPO
        )

    def changes(self) -> "models.QuerySet[Verdict, tuple[datetime, int, str]]":
        """(when, id, correction or retraction) of all that changed in public, newest first."""
        corrected = self.listed_corrections().order_by()
        retracted = self.filter(state=VerdictState.RETRACTED).order_by()
        columns = ("at", "id", "kind")
        return (
            corrected.annotate(at=F("published_at"), kind=Value("correction"))
            .values_list(*columns)
            .union(
                retracted.annotate(at=F("retracted_at"), kind=Value("retraction")).values_list(
                    *columns
                )
            )
            .order_by("-at", "-id")
        )

    def night_work_unconfirmed(self) -> "VerdictQuerySet":
        """Signed by night without an editor, and not looked at by one since."""
        shown = {
            "state__in": (VerdictState.APPROVED, VerdictState.PUBLISHED),
            "claim__status__in": (Status.APPROVED, Status.PUBLISHED),
        }
        return self.filter(by_night=True, night_confirmed_at__isnull=True, **shown)

    def unconfirmed(self) -> "VerdictQuerySet":
        """Retracted by one editor, and not looked at by a second."""
        return self.filter(state=VerdictState.RETRACTED, retraction_confirmed_at__isnull=True)

    def _under_correction(self, *meanwhile: Meanwhile) -> Q:
        return Q(
            pk__in=self.model._default_manager.open_corrections()
            .filter(meanwhile__in=meanwhile)
            .values("corrects_id")
        )

    def on_public_record(self) -> "VerdictQuerySet":
        """Published ones, and the tombstones of retracted ones."""
        return self.filter(state__in=(VerdictState.PUBLISHED, VerdictState.RETRACTED))

    def visible_to(self, user: User) -> "VerdictQuerySet":
        return self.filter(_seen_by(user, "claim__"))


class ReplyRequestQuerySet(models.QuerySet["ReplyRequest"]):
    def visible_to(self, user: User) -> "ReplyRequestQuerySet":
        return self.filter(_reached(user, "evidence.view", "claim__"))


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user: User) -> "InterestQuerySet":
        """One's own; and to editors and admins those of the people of their desks."""
        colleagues = (
            Membership.objects.current()
            .order_by()
            .filter(desk__in=desks_where(user, "interest.view"))
            .values("user")
        )
        return self.filter(Q(user=user) | Q(user__in=colleagues))

    def current(self) -> "InterestQuerySet":
        return self.filter(ended_date__isnull=True)


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def visible_to(self, user: User) -> "WaiverQuerySet":
        """Reasons speak of the evidence, so they go to those who may read it."""
        return self.filter(_reached(user, "evidence.view", "claim__"))


class QueryQuerySet(models.QuerySet["Query"]):
    def visible_to(self, user: User) -> "QueryQuerySet":
        """Privileged ones only to legal and editors; legal reads the others of a claim that was
        shared with it, and a reporter those that ask them.
        """
        advising = _reached(user, "query.privileged", "claim__")
        everyday = _reached(user, "query.view", "claim__") & Q(privileged=False)
        return self.filter(
            everyday
            | self._asked(user)
            | (advising & (Q(privileged=True) | Q(claim__shared_with_legal=True)))
        )

    @staticmethod
    def _asked(user: User) -> Q:
        """A reporter reads what they are asked about their own article."""
        mentions = (
            apps.get_model("claims", "QueryMessage")
            ._default_manager.order_by()
            .filter(mentioned=user)
        )
        return Q(
            privileged=False,
            claim__desk__in=desks_where_related(user, "query.view"),
            claim__suggestion__version__article__submitted_by=user,
            pk__in=mentions.values("query"),
        )

    def blocking(self) -> "QueryQuerySet":
        return self.filter(blocking=True, resolved_at__isnull=True)


class SourceChangeQuerySet(models.QuerySet["SourceChange"]):
    def visible_to(self, user: User) -> "SourceChangeQuerySet":
        return self.filter(_reached(user, "evidence.view", "evidence__claim__"))

    def pending(self) -> "SourceChangeQuerySet":
        return self.filter(decision=SourceChangeDecision.PENDING)

    def night_work_to_confirm_by(self, user: User) -> "SourceChangeQuerySet":
        return self.pending().filter(_reached(user, "source_change.decide", "evidence__claim__"))


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def visible_to(self, user: User) -> "RecheckQuerySet":
        return self.filter(claim__desk__in=desks_where(user, "recheck.view"))

    def pending(self) -> "RecheckQuerySet":
        return self.filter(decision=RecheckDecision.PENDING)

    def to_decide_by(self, user: User) -> "RecheckQuerySet":
        return self.pending().filter(claim__desk__in=desks_where(user, "recheck.decide"))


class RepetitionQuerySet(models.QuerySet["Repetition"]):
    def visible_to(self, user: User) -> "RepetitionQuerySet":
        return self.filter(_reached(user, "evidence.view", "claim__"))

    def shown(self) -> "RepetitionQuerySet":
        """What two people looked at, and nobody took back: for readers."""
        return self.filter(confirmed_at__isnull=False, withdrawn_at__isnull=True)

    def waiting(self) -> "RepetitionQuerySet":
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


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: User) -> "TopicQuerySet":
        return self.filter(desk__in=desks_where(user, "claim.view"))


class MethodologyQuerySet(models.QuerySet["Methodology"]):
    def in_force(self, at: datetime) -> "MethodologyQuerySet":
        """What is or was in force at that moment, the newest first."""
        return self.filter(in_force_from__lte=at).order_by("-number")
