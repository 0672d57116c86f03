"""The home panels about claims: mine, unassigned, what waits for a
signature, what is late, and what is to be confirmed.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.claim_work import claims_of, list_of
from claims.admin.home.blockers import blockers_of, sent_back, sent_back_first, with_blockers
from claims.admin.home.rows import claim_row, claim_rows, with_people
from claims.admin.home.take_next import take_next_button
from claims.choices import Status
from claims.models import Claim
from claims.querysets.claims import BY_DEADLINE, BY_PRIORITY
from factcheck.newsroom.badges import badge
from factcheck.newsroom.home_panels import Entry, Panel, Row, add_entry, add_panel
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where, desks_where_assigned


def mine(user: User) -> Panel | None:
    """Claims assigned to the person, each with what holds it up; None
    for those who could never take one.
    """
    claims = claims_of(user, "mine")
    may_work = desks_where(user, "claim.take") or desks_where_assigned(user, "claim.take")
    empty = _(
        "No claims assigned to you. Take an unassigned claim or review the suggestions of an"
        " article."
    )
    return Panel(
        _("My claims by priority"),
        sent_back_first(claims),
        lambda found: [_my_row(claim) for claim in found],
        list_of("mine", assignee__id__exact=user.pk),
        empty if may_work else "",
        read=with_blockers,
    )


def _my_row(claim: Claim) -> Row:
    back = badge("failed", _("sent back")) if sent_back(claim) else None
    return claim_row(claim, why=blockers_of(claim), state=back)


def unassigned(user: User) -> Panel | None:
    """Open claims on the desks where the person may take them: editors
    see the oldest first, because they assign; checkers what is next.
    """
    if not desks_where(user, "claim.take"):
        return None
    by_age = bool(desks_where(user, "claim.assign"))
    claims = claims_of(user, "unassigned")
    return Panel(
        _("Unassigned, oldest first") if by_age else _("Unassigned"),
        claims.order_by("created_at", "pk") if by_age else claims.order_by(*BY_PRIORITY),
        claim_rows(),
        list_of("unassigned", status__exact=Status.OPEN.value),
        _("No unassigned claims. Accept one from an article."),
        button=take_next_button,
        read=with_people,
    )


def to_sign(user: User) -> Panel | None:
    """What waits for the second person of a verdict, who is this one."""
    if not desks_where(user, "claim.approve"):
        return None
    return Panel(
        _("Awaiting my signature"),
        claims_of(user, "to_sign").order_by(*BY_PRIORITY),
        claim_rows(),
        list_of("to_sign", status__exact=Status.IN_REVIEW.value),
        _("No claims await your signature."),
        read=with_people,
    )


def awaiting_review(user: User) -> Panel | None:
    """For checkers: what waits for an editor, by day."""
    if not desks_where(user, "claim.sign") - desks_where(user, "claim.approve"):
        return None
    return Panel(
        _("Awaiting review"),
        claims_of(user, "in_review").order_by(*BY_PRIORITY),
        claim_rows(),
        list_of("in_review", status__exact=Status.IN_REVIEW.value),
        _("No claims await review."),
        read=with_people,
    )


def overdue(user: User) -> Panel | None:
    """Whoever works on it: only an editor can give it to somebody else."""
    return Panel(
        _("Overdue"),
        claims_of(user, "overdue").order_by(*BY_DEADLINE),
        claim_rows(lambda claim: str(claim.assignee) if claim.assignee else _("Unassigned")),
        list_of("overdue"),
        read=with_people,
    )


def corrections(user: User) -> Panel | None:
    """Readers have been told that these verdicts are under review."""
    return Panel(
        _("Corrections open"),
        claims_of(user, "correction").order_by(*BY_DEADLINE),
        claim_rows(lambda claim: str(claim.assignee) if claim.assignee else _("Unassigned")),
        list_of("correction"),
        read=with_people,
    )


def unconfirmed(user: User) -> Panel | None:
    """Shown to editors until a second one has confirmed each retraction."""
    return Panel(
        _("Retractions awaiting confirmation"),
        claims_of(user, "retraction").order_by(*BY_DEADLINE),
        claim_rows(),
        list_of("retraction", status__exact=Status.RETRACTED.value),
        read=with_people,
    )


add_entry(20, Entry(gettext_lazy("Add claim"), "admin:claims_claim_add", "claim.create"))
add_panel(2, to_sign)
add_panel(4, overdue)
add_panel(10, mine)
add_panel(11, unassigned)
add_panel(16, unconfirmed)
add_panel(17, corrections)
add_panel(40, awaiting_review)
