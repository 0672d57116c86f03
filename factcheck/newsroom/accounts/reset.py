"""“Forgot your password?” on the sign-in page, by our own links and letters."""

from datetime import timedelta
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from factcheck.ledger import clock
from factcheck.newsroom import account_links
from factcheck.newsroom.models import Mail, User

# Whoever knows an address can ask for a link; they should not fill the mailbox, nor
# make each letter's link dead by asking for the next one.
AT_MOST_EVERY = timedelta(minutes=5)


class ForgottenPasswordForm(ResetPasswordForm):
    """allauth's would make a link of its own, and send it to any address that it has
    ever seen with the account.
    """

    def save(self, request: HttpRequest, **_: Any) -> str:
        address = str(self.cleaned_data["email"])
        for user in User.objects.filter(email__iexact=address, is_active=True):
            if not _asked_lately(user):
                _send_link(user)
        return address


def _send_link(user: User) -> None:
    if user.has_usable_password():
        account_links.send_reset_link(user, by=user)
    else:
        account_links.send_invitation(user, by=user)


def _asked_lately(user: User) -> bool:
    links = (account_links.INVITATION, account_links.RESET)
    since = clock.now() - AT_MOST_EVERY
    return Mail.objects.filter(user=user, event__in=links, made_at__gt=since).exists()
