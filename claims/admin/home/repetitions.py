"""The home panel of repetitions that wait for a second person to confirm them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.home.claims import ROWS
from claims.models import Repetition
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where


def repetitions_to_confirm(user: User) -> Panel | None:
    """For people who may confirm one; None while there is none. Nobody confirms their
    own.
    """
    desks = desks_where(user, "repetition.confirm")
    waiting = (
        Repetition.objects.visible_to(user)
        .waiting()
        .filter(claim__desk__in=desks)
        .exclude(added_by=user)
    )
    first = waiting.select_related("claim", "added_by").order_by("added_at", "pk")[:ROWS]
    rows = [_row(repetition) for repetition in first] if desks else []
    if not rows:
        return None
    return Panel(
        _("Repetitions to confirm"),
        rows,
        waiting.count() if len(rows) == ROWS else len(rows),
    )


def _row(repetition: Repetition) -> Row:
    return Row(
        text=str(repetition.claim),
        url=reverse("admin:claims_claim_change", args=[repetition.claim_id]) + "#repetitions",
        badge=badge("in_review", _("repetition")),
        note=_("%(claimant)s, added by %(person)s")
        % {"claimant": repetition.claimant_name, "person": repetition.added_by},
        moment=ago(repetition.added_at),
    )


add_panel(18, repetitions_to_confirm)
