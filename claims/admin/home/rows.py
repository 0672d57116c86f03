"""How the home screen shows a claim in one line."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.admin.claim_list import is_late, raised
from claims.choices import Status
from claims.models import Claim
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Row


def with_people(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """What `claim_row` and its notes name. One function, so that the
    rows of most panels come in one query.
    """
    return claims.select_related("claimant", "assignee")


def page_of(claim_pk: int) -> str:
    return reverse("admin:claims_claim_change", args=[claim_pk])


def claim_row(
    claim: Claim, *, note: str | None = None, why: str = "", state: SafeString | None = None
) -> Row:
    """With the claimant as its note, unless another is given; a priority
    that is not the normal one stands beside the status.
    """
    late = is_late(claim)
    claimant = claim.claimant.name if note is None and claim.claimant else ""
    # get_status_display() translates every status there is.
    shown = state or badge(claim.status, str(Status(claim.status).label))
    return Row(
        text=str(claim),
        url=page_of(claim.pk),
        badge=format_html("{}{}", shown, raised(claim)),
        note=note or claimant,
        why=why,
        moment=_due(claim.due_at, late=late),
        late=late,
    )


def claim_rows(note: Callable[[Claim], str] | None = None) -> Callable[[list[Claim]], list[Row]]:
    return lambda claims: [claim_row(claim, note=note(claim) if note else None) for claim in claims]


def _due(moment: datetime | None, *, late: bool) -> SafeString:
    if moment is None:
        return SafeString()
    # Whole phrases with a gap for the time: word order differs between languages.
    return format_html(_("was due {}") if late else _("due {}"), ago(moment))
