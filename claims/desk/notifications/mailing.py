"""Notifications by e-mail: at once, or in a daily digest.

A letter names its notifications by their ids. What it says is made when
it is sent: what was read by then, or may no longer be seen, is left
out, and a letter with nothing left is not sent.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from claims.choices import Delivery, NotificationKind
from claims.desk.notifications import reading
from claims.desk.notifications.sentences import address, claim_words, sentence
from claims.models import Notification, NotificationSetting
from claims.querysets.notifications import NotificationQuerySet
from factcheck.ledger import clock
from factcheck.newsroom import mail
from factcheck.newsroom.models import Mail, Membership, User
from factcheck.newsroom.permissions import remember_roles

ONE, DIGEST = "notification", "notification_digest"
# In the time zone of the person's first desk.
DIGEST_HOUR = 7
MOST_IN_A_DIGEST = 200
# What somebody waits for comes at once.
DEFAULTS = dict.fromkeys(NotificationKind, Delivery.DIGEST) | {
    NotificationKind.ASSIGNED: Delivery.AT_ONCE,
    NotificationKind.MENTION: Delivery.AT_ONCE,
    NotificationKind.CHANGES: Delivery.AT_ONCE,
    NotificationKind.SIGNATURE: Delivery.AT_ONCE,
    NotificationKind.DEADLINE_NEAR: Delivery.AT_ONCE,
    NotificationKind.SCHEDULE_FAILED: Delivery.AT_ONCE,
}


def settings_of(people: Iterable[int]) -> Callable[[int, NotificationKind], str]:
    """How each of these people wants each kind."""
    rows = NotificationSetting.objects.filter(user__in=people)
    chosen = {(row.user_id, row.kind): row.delivery for row in rows}
    return lambda user, kind: chosen.get((user, kind), DEFAULTS[kind])


def choose(user: User, chosen: dict[NotificationKind, Delivery]) -> None:
    """Counts from the next notification on."""
    for kind, delivery in chosen.items():
        NotificationSetting.objects.update_or_create(
            user=user, kind=kind, defaults={"delivery": delivery}
        )


def send_at_once(told: Iterable[Notification]) -> None:
    """In the transaction that wrote them."""
    rows = {row.user_id: row for row in told if row.delivery == Delivery.AT_ONCE}
    # Without an address or a mail server there is nowhere to go, and the row stays.
    if not rows or not mail.has_server():
        return
    for user in User.objects.filter(pk__in=rows, is_active=True).exclude(email=""):
        row = rows[user.pk]
        mail.send_later(user, ONE, key=f"{ONE}:{row.pk}", notifications=[row.pk])
    Notification.objects.filter(pk__in=[row.pk for row in rows.values()]).update(
        mailed_at=clock.now()
    )


def write_digests() -> int:
    """Write the digest of each person whose morning has come; return
    how many. Safe to run at any time, again, and several at once.
    """
    if not mail.has_server():
        return 0
    waiting = _waiting().order_by("user").values_list("user", flat=True).distinct()
    return sum(_write_digest(pk) for pk in waiting)


def _waiting() -> NotificationQuerySet:
    return Notification.objects.unread().filter(delivery=Delivery.DIGEST, mailed_at=None)


def _write_digest(pk: int) -> bool:
    with transaction.atomic():
        # Two beats write one digest.
        user = User.objects.select_for_update(no_key=True).get(pk=pk)
        morning = _last_morning(user)
        key = f"{DIGEST}:{pk}:{morning:%Y-%m-%d}"
        rows = _waiting().filter(user=user, at__lt=morning)
        # How many more there are must not tell of what the person may not see any more.
        seen = rows.visible_to(user)
        found = list(seen.order_by("-pk").values_list("pk", flat=True)[:MOST_IN_A_DIGEST])
        if not found or not user.email or Mail.objects.filter(key=key).exists():
            return False
        more = seen.count() - len(found)
        rows.update(mailed_at=clock.now())
        mail.send_later(user, DIGEST, key=key, notifications=found, more=more)
    return True


def _last_morning(user: User) -> datetime:
    first = Membership.objects.filter(user=user).select_related("desk").order_by("pk").first()
    now = clock.now().astimezone(ZoneInfo(first.desk.time_zone if first else "UTC"))
    today = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if now >= today else today - timedelta(days=1)


def _content(letter: Mail) -> dict[str, Any]:
    remember_roles(letter.user)
    rows = reading.of(letter.user).unread().filter(pk__in=letter.data["notifications"])
    told = [
        {"sentence": sentence(row), "claim": claim_words(row), "address": address(row)}
        for row in rows
    ]
    if not told:
        raise mail.OutdatedError
    return {"told": told, "first": told[0], "count": len(told)}


for _event in (ONE, DIGEST):
    mail.made_when_sent(_event, _content)
    mail.at_most_once(_event)
    mail.to_present_address(_event)
