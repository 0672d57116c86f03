"""What a person has been told: how much is unread, and marking it read."""

from claims.models import Notification
from claims.querysets.notifications import NotificationQuerySet
from factcheck.ledger import clock
from factcheck.newsroom.models import User

MOST_COUNTED = 99


def of(user: User) -> NotificationQuerySet:
    """With what its sentence needs."""
    rows = Notification.objects.visible_to(user).with_quotable(clock.now())
    return rows.select_related("by", "transition", "claim__desk", "query", "tip__desk")


def counted(user: User) -> NotificationQuerySet:
    """The unread ones, and no more than it takes to say “more than
    MOST_COUNTED”: every staff page counts them.
    """
    rows = Notification.objects.visible_to(user).unread().order_by()
    return rows[: MOST_COUNTED + 1]


def unread_count(user: User) -> int:
    return counted(user).count()


def mark_read(notification: Notification) -> None:
    """Again is harmless: the first time stays."""
    rows = Notification.objects.filter(pk=notification.pk).unread()
    rows.update(read_at=clock.now())


def mark_all_read(user: User, *, until: int | None = None) -> int:
    """Up to the newest one that the person has seen, if given: what
    came meanwhile stays unread.
    """
    rows = Notification.objects.visible_to(user).unread()
    if until is not None:
        rows = rows.filter(pk__lte=until)
    return mark(rows)


def mark(unread: NotificationQuerySet) -> int:
    rows = Notification.objects.filter(pk__in=unread.order_by().values("pk"))
    return rows.update(read_at=clock.now())
