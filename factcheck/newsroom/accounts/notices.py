"""Letters about one's own account, so that nobody uses it unnoticed."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from factcheck.newsroom import languages, mail, sign_in_limits
from factcheck.newsroom.models import User

_LONGEST = 200


def tell_of_browser(request: HttpRequest, user: User) -> None:
    """A sign-in from a browser where this person has not signed in before."""
    with languages.speaking_to(user):
        now = f"{date_format(timezone.now(), 'DATETIME_FORMAT')} UTC"
    mail.notify(user, "new_browser", time=now, **_where(request))


def tell_of_change(request: HttpRequest, user: User, change: str) -> None:
    """`change` is a sentence, such as that a security key was added."""
    mail.notify(user, "account_changed", change=change, **_where(request))


def _where(request: HttpRequest) -> dict[str, str]:
    return {
        "address_of_network": sign_in_limits.client_address(request),
        "browser": request.headers.get("User-Agent", "")[:_LONGEST],
    }
