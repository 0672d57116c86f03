"""What holds up a claim in somebody's work, in a word or two for each
reason.

A preview for a list: the page of the claim says all that is missing,
and `apply` decides.
"""

from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OrderBy,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.claim_list import ACTIVE_EVIDENCE
from claims.choices import Action, QuoteState, ReplyOutcome, Status, WaiverKind
from claims.models import Claim, Evidence, Query, ReplyRequest, Transition, Verdict, Waiver
from claims.querysets.claims import BY_PRIORITY, ClaimQuerySet
from claims.rules import independence
from claims.rules.content import IN_WORK
from claims.rules.gates import quote_waiver

# They change who works on the claim or when, and not whether it was sent back.
_NEUTRAL = (Action.REASSIGN, Action.HOLD, Action.RESUME, Action.MERGE, Action.UNMERGE)
_NOTE_LENGTH = 90
# No comma: the note of who sent it back ends with a mark of its own.
_BETWEEN = " · "


def sent_back_first(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Then by priority and deadline."""
    sent_back = Q(status=Status.IN_PROGRESS, last_action=Action.REQUEST_CHANGES)
    order: list[OrderBy | str] = [
        Case(When(sent_back, then=Value(0)), default=Value(1)).asc(),
        *BY_PRIORITY,
    ]
    return claims.annotate(last_action=Subquery(_moves().values("action")[:1])).order_by(*order)


def _moves() -> QuerySet[Transition]:
    """The newest first, of those that brought a claim on."""
    moves = Transition.objects.filter(claim=OuterRef("pk")).order_by("-number")
    return moves.exclude(action__in=_NEUTRAL)


def with_blockers(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """What `blockers_of` reads."""
    here, moves = OuterRef("pk"), _moves()
    verdicts = Verdict.objects.filter(claim=here, state__in=IN_WORK)
    blocking = Query.objects.blocking().order_by()
    annotated: QuerySet[Claim] = claims.annotate(
        last_action=Subquery(moves.values("action")[:1]),
        last_note=Subquery(moves.values("note")[:1]),
        comments=Subquery(_open_comments(), output_field=IntegerField()),
        # Two looks into an index; one with OR would join every claim there is.
        blocked=Exists(blocking.filter(claim=here))
        | Exists(blocking.filter(claim__merged_into=here)),
        awaits_reply=Exists(ReplyRequest.objects.filter(claim=here, outcome=ReplyOutcome.OPEN)),
        sources_waived=Exists(
            Waiver.objects.filter(claim=here, kind=WaiverKind.EVIDENCE, revoked_at=None)
        ),
        rated=Exists(verdicts.exclude(rating=None)),
        one_source=Exists(verdicts.filter(sole_source=True)),
    )
    return annotated.select_related("claimant", "desk").prefetch_related(ACTIVE_EVIDENCE)


def _open_comments() -> QuerySet[Query, Any]:
    """How many are open on the version in work."""
    rows = Query.objects.comments().filter(claim=OuterRef("pk"), resolved_at=None)
    on_work = rows.filter(verdict__state__in=IN_WORK).order_by().values("claim")
    return on_work.annotate(number=Count("pk")).values("number")


def sent_back(claim: Claim) -> bool:
    last = claim.last_action  # type: ignore[attr-defined]
    return claim.status == Status.IN_PROGRESS and last == Action.REQUEST_CHANGES


def blockers_of(claim: Claim) -> str:
    """All reasons in one line. Needs `with_blockers`."""
    if claim.status == Status.ON_HOLD:
        return _("on hold")
    if claim.status == Status.APPROVED:
        return _("waiting for publication")
    reasons = [*_sent_back(claim), *_comments(claim), *_gates(claim)]
    if claim.status == Status.IN_REVIEW:
        reasons.insert(0, _("waiting for a second signature"))
        return _BETWEEN.join(reasons)
    if not claim.rated:  # type: ignore[attr-defined]
        reasons.append(_("no rating yet"))
    return _BETWEEN.join(reasons) or _("ready to sign")


def _sent_back(claim: Claim) -> list[str]:
    if not sent_back(claim):
        return []
    note = " ".join(claim.last_note.split())  # type: ignore[attr-defined]
    shown = note if len(note) <= _NOTE_LENGTH else f"{note[: _NOTE_LENGTH - 1]}…"
    return [_("sent back: %(note)s") % {"note": shown}]


def _comments(claim: Claim) -> list[str]:
    count = claim.comments or 0  # type: ignore[attr-defined]
    words = ngettext("%(count)s open comment", "%(count)s open comments", count)
    return [words % {"count": count}] if count else []


def _gates(claim: Claim) -> list[str]:
    needed = claim.sources_needed
    items: list[Evidence] = claim.active_evidence  # type: ignore[attr-defined]
    found = independence.independent(items)
    # The waivers were read with the evidence.
    lost = any(one.quote_state == QuoteState.NOT_FOUND and not quote_waiver(one) for one in items)
    flags = vars(claim)
    reasons = {
        _("%(found)s of %(needed)s sources") % {"found": found, "needed": needed}: (
            found < needed and not flags["one_source"] and not flags["sources_waived"]
        ),
        _("quote not found"): lost,
        _("waiting for a reply"): flags["awaits_reply"],
        _("blocking query"): flags["blocked"],
    }
    return [words for words, holds in reasons.items() if holds]
