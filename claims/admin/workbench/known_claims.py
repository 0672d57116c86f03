"""What is known of a claim, on its workbench: claims and verdicts that
resemble it, why, and what to do about each.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.admin.matches import MatchRow, rows_of
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.choices import Stance, Status
from claims.matching import decisions
from claims.matching.model import Likeness
from claims.models import Claim, ImportedFactCheck
from claims.publication import repetitions
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

_LOOKED_UP = (Status.OPEN, Status.IN_PROGRESS, Status.ON_HOLD)
_LEAST = (Likeness.SAME, Likeness.SIMILAR)
# What others concluded is first of all what was said of it; a person may say more.
_STANCES = (Stance.CONTEXT, Stance.SUPPORTS, Stance.REFUTES)


@dataclass(frozen=True, slots=True)
class KnownClaimRow:
    """`other` names the claim in addresses, seen or not, and is None of
    an imported fact check; `merge_url`, `may_repeat` and `may_group`
    are for those who may do that. `finding` is what a citation may say
    of it.
    """

    match: MatchRow
    other: UUID | None
    merge_url: str
    may_repeat: bool
    may_group: bool = False
    finding: str = ""


@dataclass(frozen=True, slots=True)
class KnownClaims:
    rows: list[KnownClaimRow]
    related: list[KnownClaimRow]
    different: list[Claim]
    may_decide: bool
    stances: list[tuple[str, str]]


def known_claims_of(claim: Claim, by: User) -> KnownClaims | None:
    """None from the signature on: what is known was of use before."""
    if claim.status not in _LOOKED_UP:
        return None
    different = decisions.different_from(claim)
    matches = decisions.matches_of(claim, by)
    may_decide = may(by, "match.decide", claim)
    may_merge = may(by, "claim.merge", claim)
    rows = [
        _row(claim, row, may_merge=may_merge, may_decide=may_decide) for row in rows_of(matches)
    ]
    seen = Claim.objects.visible_to(by).filter(pk__among=[other.pk for other in different])
    return KnownClaims(
        [row for row in rows if row.match.likeness in _LEAST],
        [row for row in rows if row.match.likeness not in _LEAST],
        list(seen),
        may_decide,
        [(one.value, str(one.label)) for one in _STANCES],
    )


def _row(claim: Claim, row: MatchRow, *, may_merge: bool, may_decide: bool) -> KnownClaimRow:
    if row.match.fact_check is not None:
        return KnownClaimRow(row, None, "", False, finding=_finding(row.match.fact_check))
    other, published = row.match.claim, row.match.verdict is not None
    own = other is not None and other.desk_id == claim.desk_id
    is_open = own and other is not None and other.status != Status.DECLINED
    address = reverse("admin:claims_claim_move", args=[claim.pk, "merge"])
    target = other.public_id if other else ""
    known = row.match.entry.claim
    return KnownClaimRow(
        row,
        other.public_id if other else known.public_id if known else claim.public_id,
        f"{address}?q={target}" if may_merge and is_open else "",
        may_repeat=may_decide and own and published,
        may_group=may_decide and is_open,
    )


def _finding(fact_check: ImportedFactCheck) -> str:
    """Who concluded it, when, and in their words: never as ours."""
    words = {
        "publisher": fact_check.publisher,
        "rating": fact_check.rating,
        "date": date_format(fact_check.published_date) if fact_check.published_date else "",
    }
    if fact_check.published_date:
        return _("%(publisher)s rated this “%(rating)s” on %(date)s.") % words
    return _("%(publisher)s rated this “%(rating)s”.") % words


def context(state: PageState) -> Context:
    return {"known_claims": known_claims_of(state.claim, state.by)}


def mark_different(request: HttpRequest, claim: Claim, other: UUID) -> Answer:
    row = _known(request, claim, other)

    def save() -> str:
        decisions.mark_different(claim, row, by=person(request))
        return _("Marked as not the same. It is not proposed here again.")

    return respond(request, claim, None, save, section="known-claims")


def unmark_different(request: HttpRequest, claim: Claim, other: UUID) -> Answer:
    row = _known(request, claim, other)

    def save() -> str:
        decisions.unmark_different(claim, row, by=person(request))
        return _("Taken back. It may be proposed here again.")

    return respond(request, claim, None, save, section="known-claims")


def add_repetition(request: HttpRequest, claim: Claim, other: UUID) -> Answer:
    row = _known(request, claim, other)

    def save() -> str:
        repetitions.repeat(claim, row, by=person(request))
        return _("Added as a repetition there. Public once a second person confirms it.")

    return respond(request, claim, None, save, section="known-claims")


def _known(request: HttpRequest, claim: Claim, other: UUID) -> Claim:
    """A claim that this person may be told of. Raises 404 for any other."""
    known = decisions.known_to(person(request), claim, other)
    if known is None:
        raise Http404(_("Claim not found, or you do not have access to it."))
    return known


PANEL = Panel(
    context,
    (
        Route("known/<uuid:other>/different/", mark_different, "known_different"),
        Route("known/<uuid:other>/again/", unmark_different, "known_again"),
        Route("known/<uuid:other>/repetition/", add_repetition, "known_repetition"),
    ),
)
