"""The home panel of repetitions that wait for a second person to confirm them."""

from django.utils.translation import gettext as _

from claims.admin.claim_work import claims_of, list_of, repetitions_for
from claims.admin.home.rows import page_of, with_people
from claims.models import Claim, Repetition
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def repetitions_to_confirm(user: User) -> Panel:
    """A line for each claim with its oldest repetition; none while there is none."""
    claims = claims_of(user, "repetition").order_by("created_at", "pk")
    return Panel(
        _("Repetitions to confirm"),
        claims,
        lambda found: _rows(found, user),
        list_of("repetition"),
        read=with_people,
    )


def _rows(claims: list[Claim], user: User) -> list[Row]:
    oldest: dict[int, Repetition] = {}
    waiting = repetitions_for(user).filter(claim__in=claims).select_related("claim", "added_by")
    for repetition in waiting.order_by("added_at", "pk"):
        oldest.setdefault(repetition.claim_id, repetition)
    return [_row(repetition) for repetition in oldest.values()]


def _row(repetition: Repetition) -> Row:
    return Row(
        text=str(repetition.claim),
        url=f"{page_of(repetition.claim_id)}#repetitions",
        badge=badge("in_review", _("repetition")),
        note=_("%(claimant)s, added by %(person)s")
        % {"claimant": repetition.claimant_name, "person": repetition.added_by},
        moment=ago(repetition.added_at),
    )


add_panel(22, repetitions_to_confirm)
