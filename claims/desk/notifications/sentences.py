"""What a notification says. Never a word of a query, a reply or a
source; of the claim only where it may be quoted.
"""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.choices import Action, NotificationKind, Status
from claims.models import ChannelPost, Notification
from factcheck.newsroom.time_zones import format_local

Told = Notification | ChannelPost
Says = Callable[[Told], str]


def sentence(told: Told) -> str:
    says = _SAYS[NotificationKind(told.kind)](told)
    names = {"person": str(told.by) if told.by else _("Somebody"), "due": _due(told)}
    return says % (names | _move(told))


def claim_words(told: Notification) -> str:
    """The claim as a line of its own, or where tips stand: no word of a
    reader. Rows come `with_quotable`.
    """
    if told.claim is None:
        return _("Tips of %(desk)s") % {"desk": told.tip.desk if told.tip else ""}
    if told.quotable:  # type: ignore[attr-defined]
        return _("“%(text)s”") % {"text": told.claim}
    return _("A protected claim of %(desk)s") % {"desk": told.claim.desk}


def address(told: Told) -> str:
    """Where to look: the claim, or the query on its page; all tips that
    wait, as one tells of more.
    """
    if told.kind == NotificationKind.TIP:
        return f"{reverse('admin:claims_tip_changelist')}?state=waiting"
    place = f"#query-{told.query.public_id}" if told.query else ""
    return reverse("admin:claims_claim_change", args=[told.claim_id]) + place


def _due(told: Told) -> str:
    if told.due_at is None or told.claim is None:
        return ""
    return format_local(told.due_at, told.claim.desk.time_zone)


def _move(told: Told) -> dict[str, str]:
    if not told.transition:
        return {}
    step = told.transition
    return {
        "action": str(Action(step.action).label),
        "status": str(Status(step.to_status).label),
    }


def _mention(told: Told) -> str:
    if told.query and told.query.is_comment:
        return _("%(person)s mentioned you in a comment on a verdict.")
    return _("%(person)s mentioned you in a query.")


def _message(told: Told) -> str:
    if told.query and told.query.is_comment:
        return _("%(person)s wrote in a comment on a verdict.")
    return _("%(person)s wrote in a query.")


def _signature(told: Told) -> str:
    if told.query:
        return _("%(person)s asks for your sign-off.")
    if told.transition and told.transition.action == Action.RETRACT:
        return _("%(person)s retracted a verdict. A second editor has to confirm it.")
    return _("%(person)s submitted a verdict. It needs a second signature.")


def _tip(told: Told) -> str:
    if told.by:
        return _("%(person)s passed a tip of a reader to your desk.")
    return _("A reader sent in a tip.")


_SAYS: dict[NotificationKind, Says] = {
    NotificationKind.ASSIGNED: lambda _told: _("%(person)s assigned a claim to you."),
    NotificationKind.MENTION: _mention,
    NotificationKind.QUERY: _message,
    NotificationKind.CHANGES: lambda _told: _("%(person)s requested changes."),
    NotificationKind.SIGNATURE: _signature,
    NotificationKind.DEADLINE_NEAR: lambda _told: _("The deadline is near: %(due)s."),
    NotificationKind.DEADLINE_MISSED: lambda _told: _("The deadline was missed: %(due)s."),
    NotificationKind.SOURCE_CHANGED: lambda _told: _(
        "A cited source no longer says what our capture says."
    ),
    NotificationKind.SOURCE_DEAD: lambda _told: _("A cited source is gone."),
    NotificationKind.RECHECK: lambda _told: _("The published verdict is due for a recheck."),
    NotificationKind.SCHEDULE_FAILED: lambda _told: _("The scheduled publication failed."),
    NotificationKind.TIP: _tip,
    NotificationKind.REPEATED: lambda _told: _(
        "Somebody seems to have said again what was fact-checked."
    ),
    NotificationKind.WATCHED: lambda _told: _("%(action)s by %(person)s: now %(status)s."),
}
