"""Who may be told of which entry of the index of known claims."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Q, Value, When

from claims.choices import KnownKind, ProposalState
from claims.querysets.access import reached, seen_by
from claims.querysets.imports import on_their_desks
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import DeskAccess

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import KnownClaim, MatchAnswer, RepetitionProposal  # noqa: F401


class KnownClaimQuerySet(models.QuerySet["KnownClaim"]):
    """All of it is asked of the rows as they are now and not of the
    entry: what was retracted or closed to somebody a moment ago is in no
    match, whether or not a worker has come to it.
    """

    def visible_to(self, user: User, keys: Collection[int] | None = None) -> "KnownClaimQuerySet":
        """What this person sees of the claims and of others' fact checks,
        and what readers have; of the entries with these keys, if given.
        """
        reach = DeskAccess.of(user)
        own = Q(kind=KnownKind.CLAIM) & seen_by(user, "claim__", reach)
        said_again = (
            Q(kind=KnownKind.REPETITION)
            & reached(user, "evidence.view", "claim__", reach)
            & Q(repetition__withdrawn_at__isnull=True)
        )
        others = Q(kind=KnownKind.FACT_CHECK) & on_their_desks(user, "fact_check__", reach)
        return self._among(keys).filter(own | said_again | others | self._public(keys))

    def public(self, keys: Collection[int] | None = None) -> "KnownClaimQuerySet":
        """What every reader may be told; of the entries with these keys, if given."""
        return self._among(keys).filter(self._public(keys))

    def _among(self, keys: Collection[int] | None) -> "KnownClaimQuerySet":
        return self if keys is None else self.filter(pk__among=keys)

    def _public(self, keys: Collection[int] | None) -> Q:
        readable = apps.get_model("claims", "Verdict")._default_manager.readable().order_by()
        shown = apps.get_model("claims", "Repetition")._default_manager.shown().order_by()
        verdicts, of_claims = readable, readable
        if keys is not None:
            # Or PostgreSQL would list all that readers have, anew for each look-up.
            verdicts = readable.filter(known_claims__pk__among=keys)
            of_claims = readable.filter(claim__known_claims__pk__among=keys)
            shown = shown.filter(known_claims__pk__among=keys)
        return Q(kind=KnownKind.VERDICT, verdict__in=verdicts.values("pk")) | Q(
            kind=KnownKind.REPETITION,
            repetition__in=shown.values("pk"),
            claim__in=of_claims.values("claim"),
        )


# Least closeness and name of each band of the table, best first.
BANDS = (
    ("0.85", "0.85 and more"),
    ("0.7", "0.70 to 0.84"),
    ("0.55", "0.55 to 0.69"),
    ("0.4", "0.40 to 0.54"),
)
LOWEST_BAND = "0.25 to 0.39"


class MatchAnswerQuerySet(models.QuerySet["MatchAnswer"]):
    def visible_to(self, user: User) -> "MatchAnswerQuerySet":
        """Those about claims that this person sees."""
        # Subqueries instead of joins: an answer has a claim or a proposal, and an
        # inner join to both would drop it.
        claims = apps.get_model("claims", "Claim")._default_manager.visible_to(user)
        seen = claims.order_by().values("pk")
        return self.filter(Q(claim__in=seen) | Q(proposal__claim__in=seen))

    def counts(self) -> list[dict[str, Any]]:
        """How many matches were accepted and how many refused, by version
        of the matcher and closeness. `accepted_apart` and `refused_apart`
        count those among them for which a difference was found.
        """
        bands = (When(closeness__gte=float(least), then=Value(name)) for least, name in BANDS)
        banded = self.order_by().annotate(band=Case(*bands, default=Value(LOWEST_BAND)))
        rows = banded.values("matcher", "band").annotate(
            accepted=Count("pk", filter=Q(taken=True)),
            refused=Count("pk", filter=Q(taken=False)),
            accepted_apart=Count("pk", filter=Q(taken=True, apart=True)),
            refused_apart=Count("pk", filter=Q(taken=False, apart=True)),
        )
        return [dict[str, Any](one) for one in rows.order_by("-matcher", "-band")]


class RepetitionProposalQuerySet(models.QuerySet["RepetitionProposal"]):
    def visible_to(self, user: User) -> "RepetitionProposalQuerySet":
        """Those of claims whose repetitions this person reads; of tips
        only with access to the tips.
        """
        tips = apps.get_model("claims", "Tip")._default_manager.visible_to(user)
        return self.filter(reached(user, "evidence.view", "claim__")).filter(
            Q(tip__isnull=True) | Q(tip__in=tips.order_by().values("pk"))
        )

    def waiting(self) -> "RepetitionProposalQuerySet":
        return self.filter(state=ProposalState.OPEN)
