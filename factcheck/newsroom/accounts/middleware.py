"""Says when the person of a request last showed their second factor,
and asks for it where the domain needs it anew.
"""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.http import HttpRequest, HttpResponse

from factcheck.newsroom import second_factor
from factcheck.newsroom.models import User
from factcheck.newsroom.second_factor import ProofRequired


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with second_factor.session(lambda user: _shown_at(request, user)):
            return self.get_response(request)

    def process_exception(
        self,
        request: HttpRequest,
        error: Exception,
    ) -> HttpResponse | None:
        """Lead to the page that asks for the factor. The request waits
        in the session, and is done as it was sent once the factor is
        shown: nothing typed is lost.
        """
        if not isinstance(error, ProofRequired):
            return None
        methods = get_adapter().get_reauthentication_methods(request.user)
        return suspend_request(request, methods[0]["url"])


def _shown_at(request: HttpRequest, user: User) -> float | None:
    # allauth keeps the records with the name of their owner: those of somebody who was
    # signed in before in the same browser do not count.
    shown = [
        record["at"]
        for record in get_authentication_records(request, user)
        if record.get("method") == "mfa"
    ]
    return max(shown, default=None)
