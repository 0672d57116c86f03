"""What the operator does about an account with a command: every way in
is loud, because no account of the newsroom stands behind it.
"""

from django.db import transaction

from factcheck.ledger.audit_log import log_change
from factcheck.newsroom import account_links, account_states, mail
from factcheck.newsroom.account_notices import editors_of
from factcheck.newsroom.models import User


def recover(user: User, *, reason: str, address: str = "") -> None:
    """Unlock the account, end its sessions, send it a reset link (or
    the invitation again), and tell the person and the editors of their
    desks.

    `address` replaces the e-mail address; the old one is told, too.
    """
    old_address = user.email
    with transaction.atomic():
        log_change("user.recover", user, by=None, changes={"reason": ["", reason]})
        changed = []
        if address and address != user.email:
            user.email = address
            changed.append("email")
        if not user.is_active:
            user.is_active = True
            changed.append("is_active")
        if changed:
            user.save(update_fields=changed)
        account_states.end_sessions(user, by=None)
        user.refresh_from_db()
        if user.has_usable_password():
            account_links.send_reset_link(user, by=None)
        else:
            account_links.send_invitation(user, by=None)
        _tell_everybody(user, old_address, reason)


def _tell_everybody(user: User, old_address: str, reason: str) -> None:
    for address in {user.email, old_address} - {""}:
        mail.send_later(user, "recovery", address=address, receiver=user.username, reason=reason)
    for editor in editors_of(user).exclude(email=""):
        mail.send_later(editor, "recovery", receiver=user.username, reason=reason)
