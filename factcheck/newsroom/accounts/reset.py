"""“Forgot your password?” on the sign-in page, by our own links and letters."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from factcheck.newsroom import account_links, sign_in_limits
from factcheck.newsroom.models import User


class ForgottenPasswordForm(ResetPasswordForm):
    """allauth's would make a link of its own, and send it to any
    address that it has ever seen with the account.

    Sends nothing once too many were asked for, and answers as always:
    the page never tells who has an account.
    """

    def save(self, request: HttpRequest, **_: Any) -> str:
        address = str(self.cleaned_data["email"])
        if not sign_in_limits.may_send_reset(request, address):
            return address
        for user in User.objects.filter(email__iexact=address, is_active=True):
            # Whoever asks is not known, but the letter goes to the person alone.
            if user.has_usable_password():
                account_links.send_reset_link(user, by=user)
            else:
                account_links.send_invitation(user, by=user)
        return address
