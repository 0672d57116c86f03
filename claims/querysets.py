"""Querysets that start from what a person may see, or from what is public.

Each visible_to() is the SQL form of the permission that `may` checks on one object.
They stay in the database, so that lists, counts and pages never hold a row that is
filtered out afterwards.
"""

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
from factcheck.ledger import clock
from factcheck.newsroom.models import Membership, User
from factcheck.newsroom.permissions import (
    DeskAccess,
    desks_where,
    desks_where_assigned,
    desks_where_related,
)

if TYPE_CHECKING:
    # At run time this would be a circular import: the models import their querysets
    # from here.
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

# Statuses in which a claim has no signature.
UNSIGNED = (Status.OPEN, Status.IN_PROGRESS)
# Least score and name of each band of the accuracy table, best first.
BANDS = (("0.75", "0.75 and more"), ("0.5", "0.50 to 0.74"), ("0.25", "0.25 to 0.49"))
LOWEST_BAND = "0.00 to 0.24"
UNFINISHED = (Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED, Status.ON_HOLD)


def own_work(user: User) -> models.QuerySet["Claim"]:
    """The claims a person is assigned to or has signed: the relations in
    permissions.ASSIGNED.
    """
    # order_by() without arguments: a subquery need not be sorted by the model's
    # ordering.
    signed = (
        apps.get_model("claims", "Verdict")
        ._default_manager.filter(author=user)
        .exclude(author_hash="")
    )
    claims: models.QuerySet[Claim] = apps.get_model("claims", "Claim")._default_manager.order_by()
    return claims.filter(Q(assignee=user) | Q(pk__in=signed.order_by().values("claim")))


def _reached(user: User, action: str, prefix: str, reach: DeskAccess | None = None) -> Q:
    """What a person's roles allow: everything on some desks, their own work on others.

    `prefix` is the path to the claim, such as "claim__"; `reach` the desks if already
    read.
    """
    reach = reach or DeskAccess.of(user)
    whole = Q(**{f"{prefix}desk__in": reach.where(action)})
    desks = reach.assigned(action)
    # The subquery on one's own work is left out for people who have no assigned-only
    # role: it is the costly part, and almost nobody has one.
    return (
        whole | Q(**{f"{prefix}desk__in": desks, f"{prefix}pk__in": own_work(user).values("pk")})
        if desks
        else whole
    )


def _seen_by(user: User, prefix: str = "") -> Q:
    """The one rule of who sees a claim, for a query on claims or on rows that belong to
    one.

    Every action and page uses it, so a condition that the person's roles cannot need is
    left out.
    """
    reach = DeskAccess.of(user)
    seen = _reached(user, "claim.view", prefix, reach)
    if submitted := reach.related("article.view"):
        seen |= Q(
            **{
                f"{prefix}desk__in": submitted,
                f"{prefix}suggestion__version__article__submitted_by": user,
            }
        )
    # Legal sees only the claims that were shared with it.
    if advised := reach.where("query.privileged"):
        seen |= Q(**{f"{prefix}desk__in": advised, f"{prefix}shared_with_legal": True})
    return seen


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: User) -> "ClaimQuerySet":
        return self.filter(_seen_by(user))

    def unfinished(self) -> "ClaimQuerySet":
        return self.filter(status__in=UNFINISHED)

    def unsigned(self) -> "ClaimQuerySet":
        """Those without a signature, also if they are on hold or merged: these count by
        the status they return to.
        """
        on_hold = Q(status=Status.ON_HOLD) | Q(status=Status.MERGED, merged_from=Status.ON_HOLD)
        merged = Q(status=Status.MERGED, merged_from__in=UNSIGNED)
        return self.filter(Q(status__in=UNSIGNED) | merged | (on_hold & Q(held_from__in=UNSIGNED)))

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

    def settled(self) -> "SuggestionQuerySet":
        """Decided or passed over."""
        return self.exclude(state=SuggestionState.PROPOSED, finished_article=None)

    def decision_counts(self) -> list[dict[str, Any]]:
        """How many were accepted, declined, passed over or not looked at yet, per
        extractor version and band of scores.

        Undecided ones count as passed over once somebody finished the article or
        decided another suggestion of it: otherwise the extractor would look better the
        more people leave undone.
        """
        others = self.model._default_manager.filter(article=OuterRef("article")).settled()
        undecided = Q(state=SuggestionState.PROPOSED)
        counted = (
            self.annotate(
                article_read=Exists(others),
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
                passed_over=Count("pk", filter=undecided & Q(article_read=True)),
                not_looked_at=Count("pk", filter=undecided & Q(article_read=False)),
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
        """Those that this person knows of: who may read them is recorded there too.
        Without the name, which `read_identity` alone hands out.
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


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def published(self) -> "VerdictQuerySet":
        """What readers have now: one version per claim at most."""
        return self.filter(state=VerdictState.PUBLISHED)

    def readable(self) -> "VerdictQuerySet":
        """Published ones whose text is not withheld while a correction is open."""
        return self.published().exclude(self._under_correction(Meanwhile.WITHHELD))

    def citable(self) -> "VerdictQuerySet":
        """Published ones without any reservation: for feeds, ClaimReview and search
        engines, which would repeat a verdict without the notice beside it.

        Left out is a verdict under correction, and a translation whose original is
        under correction, retracted, or corrected since the translation was signed.
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

    def changes(self) -> "models.QuerySet[Verdict, tuple[datetime, int, str]]":
        """(time, id, kind) of all published corrections and retractions, newest
        first.
        """
        # A UNION, so that the database sorts and pages the two together. SQLite refuses
        # an ORDER BY inside the parts of one: hence order_by().
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
        """Signed by night without an editor, and not confirmed by one since."""
        shown = {
            "state__in": (VerdictState.APPROVED, VerdictState.PUBLISHED),
            "claim__status__in": (Status.APPROVED, Status.PUBLISHED),
        }
        return self.filter(by_night=True, night_confirmed_at__isnull=True, **shown)

    def unconfirmed(self) -> "VerdictQuerySet":
        """Retracted by one editor, and not confirmed by a second."""
        return self.filter(state=VerdictState.RETRACTED, retraction_confirmed_at__isnull=True)

    def _under_correction(self, *meanwhile: Meanwhile) -> Q:
        return Q(
            pk__in=self.model._default_manager.open_corrections()
            .filter(meanwhile__in=meanwhile)
            .values("corrects_id")
        )

    def on_public_record(self) -> "VerdictQuerySet":
        """Published ones, and retracted ones, whose page says that they were
        retracted.
        """
        return self.filter(state__in=(VerdictState.PUBLISHED, VerdictState.RETRACTED))

    def visible_to(self, user: User) -> "VerdictQuerySet":
        return self.filter(_seen_by(user, "claim__"))


class ReplyRequestQuerySet(models.QuerySet["ReplyRequest"]):
    def visible_to(self, user: User) -> "ReplyRequestQuerySet":
        return self.filter(_reached(user, "evidence.view", "claim__"))


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user: User) -> "InterestQuerySet":
        """One's own; editors and admins see those of the people of their desks too."""
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
        """Waivers describe the evidence, so whoever may read that may read them."""
        return self.filter(_reached(user, "evidence.view", "claim__"))


class QueryQuerySet(models.QuerySet["Query"]):
    def visible_to(self, user: User) -> "QueryQuerySet":
        """Everyday ones for the desk; privileged ones for legal and editors only. Legal
        also reads the everyday ones of a claim that was shared with it, a reporter
        those that mention them.
        """
        advising = _reached(user, "query.privileged", "claim__")
        everyday = _reached(user, "query.view", "claim__") & Q(privileged=False)
        return self.filter(
            everyday
            | self._mentioned(user)
            | (advising & (Q(privileged=True) | Q(claim__shared_with_legal=True)))
        )

    @staticmethod
    def _mentioned(user: User) -> Q:
        """Those that mention a reporter, on a claim from their own article."""
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

    def to_decide_by(self, user: User) -> "SourceChangeQuerySet":
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
        """Confirmed by a second person and not withdrawn: what readers see."""
        return self.filter(confirmed_at__isnull=False, withdrawn_at__isnull=True)

    def waiting(self) -> "RepetitionQuerySet":
        """Those to confirm. Without a published verdict nobody can: the guard would
        refuse it.
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


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: User) -> "TopicQuerySet":
        return self.filter(desk__in=desks_where(user, "claim.view"))


class MethodologyQuerySet(models.QuerySet["Methodology"]):
    def in_force(self, at: datetime) -> "MethodologyQuerySet":
        """What is or was in force at that moment, newest first. The first one is the
        version that applies; the older ones were in force before it.
        """
        return self.filter(in_force_from__lte=at).order_by("-number")
