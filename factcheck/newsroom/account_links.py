"""Links by which people choose their own password: an invitation, or a
reset.

Nobody else ever sees one. Asking for it writes a letter in the same
transaction; the link is made when that letter is sent, and stands in it
alone. It is a keyed hash over the account's state, so that it is dead
after its use, after a newer one was asked for, after a change of the
address, and while the account is locked.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from factcheck.ledger import change_context, clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom import mail
from factcheck.newsroom.choices import GrantKind
from factcheck.newsroom.models import AccessGrant, Mail, User

INVITATION, RESET = "invitation", "reset_link"
# Whoever resets a password waits for the letter; an invitation lies over a weekend.
RESET_HOURS = 4


class LinkTokens(PasswordResetTokenGenerator):
    key_salt = "factcheck.newsroom.account_links"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        state = (user.pk, user.password, user.email, user.link_number, user.is_active, timestamp)
        return "\n".join(map(str, state))

    def check_token(self, user: Any, token: str | None) -> bool:
        return bool(
            user
            and user.is_active
            and user.link_expires_at
            and clock.now() < user.link_expires_at
            and super().check_token(user, token)
        )


link_tokens = LinkTokens()


def hours(event: str) -> int:
    return settings.INVITATION_HOURS if event == INVITATION else RESET_HOURS


def send_invitation(user: User, *, by: User | None) -> None:
    """Ask for the link by which a new person chooses their first
    password.

    Raises ValidationError for somebody who has one already, is locked
    or has no address.
    """
    if user.has_usable_password():
        raise ValidationError(
            _("%(user)s has accepted the invitation. Send a reset link instead.") % {"user": user}
        )
    _ask_for(user, INVITATION, by=by)


def send_reset_link(user: User, *, by: User | None) -> None:
    """Ask for a link to choose a new password. `by` is an admin; None
    for a command; or the person themselves where somebody asks on the
    sign-in page, which gives nobody else a way in.
    """
    _ask_for(user, RESET, by=by)


def _ask_for(user: User, event: str, *, by: User | None) -> None:
    with transaction.atomic(), change_context.acting_as(by):
        row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        _check_reachable(row)
        row.link_number += 1
        row.link_expires_at = None
        row.save(update_fields=["link_number", "link_expires_at"])
        # Who asks on the sign-in page is not known.
        log_change(f"user.{event}", row, by=None if by and by.pk == row.pk else by)
        AccessGrant.note(row, GrantKind.LINK)
        mail.send_later(
            row, event, number=row.link_number, hours=hours(event), username=row.username
        )
    user.link_number, user.link_expires_at = row.link_number, row.link_expires_at


def _check_reachable(user: User) -> None:
    if not user.is_active:
        raise ValidationError(
            _("The account of %(user)s is locked. Unlock it first.") % {"user": user}
        )
    if not user.email:
        raise ValidationError(
            _("%(user)s has no e-mail address. Enter one, then send the link.") % {"user": user}
        )


def make_link(user: User, number: int, *, event: str) -> str:
    """The link itself, and from now on its time runs. For the letter
    that it stands in, and for the terminal of an operator whose
    newsroom has no mail yet.

    Raises OutdatedError where a newer one was asked for or the account
    is locked.
    """
    with transaction.atomic():
        row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if row.link_number != number or not row.is_active:
            raise mail.OutdatedError
        row.link_expires_at = clock.now() + timedelta(hours=hours(event))
        row.save(update_fields=["link_expires_at"])
    uid = urlsafe_base64_encode(force_bytes(row.pk))
    address = reverse("choose_password", args=[uid, link_tokens.make_token(row)])
    return f"{settings.SITE_URL}{address}"


def _link_of(letter: Mail) -> dict[str, Any]:
    # A letter goes to the address of its moment; of the one before, nobody may get in.
    if letter.address != letter.user.email:
        raise mail.OutdatedError
    return {"link": make_link(letter.user, letter.data["number"], event=letter.event)}


for _event in (INVITATION, RESET):
    mail.made_when_sent(_event, _link_of)
