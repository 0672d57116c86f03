"""Named parts of the claim list: the home screen counts them and the
list filters by them, so that a number and its list are one rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.choices import QuoteState, Status, VerdictState
from claims.models import Claim, Evidence, Query, Repetition, ScheduledPublication, Verdict, Waiver
from claims.querysets.claims import UNFINISHED, ClaimQuerySet
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where


@dataclass(frozen=True, slots=True)
class Work:
    label: str | Promise
    narrow: Callable[[ClaimQuerySet, User], ClaimQuerySet]


def mine(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    return claims.mine(user)


def unassigned(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    return claims.filter(status=Status.OPEN, desk__in=desks_where(user, "claim.take"))


def to_sign(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """In review where the person may approve, but for what they wrote themselves."""
    own = Verdict.objects.filter(claim=OuterRef("pk"), state=VerdictState.WORKING, author=user)
    desks = desks_where(user, "claim.approve")
    return claims.filter(~Exists(own), status=Status.IN_REVIEW, desk__in=desks)


def in_review(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """Where somebody else approves."""
    desks = desks_where(user, "claim.sign") - desks_where(user, "claim.approve")
    return claims.filter(status=Status.IN_REVIEW, desk__in=desks)


def overdue(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    desks = desks_where(user, "claim.assign")
    return claims.overdue(clock.now()).filter(desk__in=desks)


def correction_open(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    corrected = Verdict.objects.open_corrections().order_by().values("claim")
    return claims.filter(pk__in=corrected, desk__in=desks_where(user, "claim.correct"))


def night_work(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    # Not to the people who signed: the confirmation is the check they did without.
    waiting = Verdict.objects.night_work_unconfirmed().exclude(author=user).exclude(approver=user)
    desks = desks_where(user, "claim.confirm_night_work")
    return claims.filter(pk__in=waiting.order_by().values("claim"), desk__in=desks)


def retraction(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    waiting = Verdict.objects.unconfirmed().order_by().values("claim")
    return claims.filter(pk__in=waiting, desk__in=desks_where(user, "claim.confirm_retraction"))


def asked(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    return claims.filter(pk__in=queries_for(user).order_by().values("claim"))


def queries_for(user: User) -> Any:
    """Open queries that mention the person."""
    return Query.objects.visible_to(user).filter(resolved_at=None, messages__mentioned=user)


def sign_off(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    return claims.filter(pk__in=sign_offs_for(user).order_by().values("claim"))


def sign_offs_for(user: User) -> Any:
    desks = desks_where(user, "query.sign_off")
    waiting = Query.objects.visible_to(user).filter(sign_off=True, resolved_at=None)
    return waiting.filter(claim__desk__in=desks)


def schedule_failed(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    # The reason may quote the evidence, so only people who read evidence see the row.
    failed = ScheduledPublication.objects.filter(ended_at=None, job_state=JobState.FAILED)
    desks = desks_where(user, "evidence.view")
    return claims.filter(pk__in=failed.order_by().values("claim"), desk__in=desks)


def quote_not_found(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """A lost quote that can still be mended before somebody signs or publishes it."""
    lost = Evidence.objects.visible_to(user).active().filter(quote_state=QuoteState.NOT_FOUND)
    waived = Waiver.objects.filter(evidence=OuterRef("pk"), revoked_at=None)
    claims_of = lost.filter(~Exists(waived), claim__status__in=UNFINISHED).order_by()
    return claims.filter(pk__in=claims_of.values("claim"))


def repetition(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    return claims.filter(pk__in=repetitions_for(user).order_by().values("claim"))


def repetitions_for(user: User) -> Any:
    """Repetitions the person may confirm. Nobody confirms their own."""
    waiting = Repetition.objects.visible_to(user).waiting().exclude(added_by=user)
    return waiting.filter(claim__desk__in=desks_where(user, "repetition.confirm"))


def _from_my_articles(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    return claims.filter(suggestion__version__article__submitted_by=user)


def mine_checked(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    return _from_my_articles(claims, user).filter(status__in=UNFINISHED)


def mine_published(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """What readers have now, a corrected version among it."""
    published = Verdict.objects.published().order_by().values("claim")
    return _from_my_articles(claims, user).filter(pk__in=published)


def mine_corrected(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    corrected = Verdict.objects.published().filter(corrects__isnull=False)
    return _from_my_articles(claims, user).filter(pk__in=corrected.order_by().values("claim"))


WORK: dict[str, Work] = {
    "mine": Work(_("assigned to me, unfinished"), mine),
    "unassigned": Work(_("unassigned, for me to take"), unassigned),
    "to_sign": Work(_("awaiting my signature"), to_sign),
    "in_review": Work(_("awaiting an editor"), in_review),
    "overdue": Work(_("overdue"), overdue),
    "correction": Work(_("correction open"), correction_open),
    "night_work": Work(_("night work to confirm"), night_work),
    "retraction": Work(_("retraction to confirm"), retraction),
    "asked": Work(_("queries that mention me"), asked),
    "sign_off": Work(_("sign-off wanted"), sign_off),
    "schedule_failed": Work(_("scheduled publication failed"), schedule_failed),
    "quote_not_found": Work(_("quote not found"), quote_not_found),
    "article_checked": Work(_("from my articles, being checked"), mine_checked),
    "article_published": Work(_("from my articles, published"), mine_published),
    "article_corrected": Work(_("from my articles, corrected"), mine_corrected),
    "repetition": Work(_("repetition to confirm"), repetition),
}


def claims_of(user: User, work: str) -> ClaimQuerySet:
    return WORK[work].narrow(Claim.objects.visible_to(user), user)


def list_of(work: str, **more: object) -> str:
    """The address of the claim list with exactly these claims."""
    return f"{reverse('admin:claims_claim_changelist')}?{urlencode({**more, 'work': work})}"
