"""What the buttons of the records do: choose a topic, erase who sent the claim in."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from claims.admin.workbench.page import Kept, address, show
from claims.admin.workbench.records import TopicForm
from claims.admin.workbench.refusal import REFUSED, refusal_of
from claims.intake import submitters, topics
from claims.models import Claim
from factcheck.newsroom.screens import person


def save_topic(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = TopicForm.of(claim, request.POST)

    def do() -> str:
        if not form.is_valid():
            raise ValidationError(
                "Choose a topic of the list. An editor adds new ones under “Topics”."
            )
        topics.set_topic(claim, by=person(request), topic=form.cleaned_data["topic"])
        return "The topic was saved."

    return _do(request, claim, do, "claim")


def erase_sender(request: HttpRequest, claim: Claim) -> HttpResponse:
    def do() -> str:
        submitters.erase(claim, by=person(request))
        return "What the sender told us is erased."

    return _do(request, claim, do, "sender")


def _do(request: HttpRequest, claim: Claim, do: Callable[[], str], place: str) -> HttpResponse:
    try:
        messages.success(request, do())
    except Claim.DoesNotExist:
        raise Http404("There is no such claim.") from None
    except REFUSED as error:
        return show(request, claim, Kept(refusal_of(error)))
    return HttpResponseRedirect(address(claim, place))
