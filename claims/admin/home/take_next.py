"""The button “Take next”: the claim that should be worked on next is theirs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.workbench.refusal import Refusal, attempt
from claims.admin.workbench.respond import address
from claims.desk.take_next import Next, newest_move, take_next
from claims.models import Claim
from factcheck.newsroom.admin_base import allowed, person
from factcheck.newsroom.home_panels import Button

# Bounded: int() of a forged value of thousands of digits raises.
_KEY_DIGITS = 18


def take_next_button(_found: list[Claim]) -> Button:
    since = newest_move().first() or 0
    url = reverse("admin:claims_claim_take_next")
    return Button(_("Take next"), url, {"since": since}, key="t")


def take_next_view(request: HttpRequest) -> HttpResponse:
    """To the page of the claim that was taken, or home with the reason why none was."""
    home = HttpResponseRedirect(reverse("admin:index"))
    if request.method != "POST":
        return home
    if not allowed(request, "claim.take"):
        raise PermissionDenied(_("Your role does not include taking claims."))
    taken = attempt(lambda: take_next(person(request), since=_since(request)))
    if isinstance(taken, Refusal):
        messages.error(request, str(taken.text))
        return home
    if taken.claim is None:
        messages.info(request, _nothing_left(taken))
        return home
    messages.success(request, _("You took this claim."))
    return HttpResponseRedirect(address(taken.claim))


def _since(request: HttpRequest) -> int | None:
    sent = request.POST.get("since", "")
    fits = sent.isascii() and sent.isdigit() and len(sent) <= _KEY_DIGITS
    return int(sent) if fits else None


def _nothing_left(taken: Next) -> str:
    if not taken.barred:
        return _("Nothing left to take: somebody works on every open claim of your desks.")
    return ngettext(
        "Nothing left to take: you have a conflict of interest in the one unassigned claim. An"
        " editor can assign it.",
        "Nothing left to take: you have a conflict of interest in all %(count)s unassigned claims."
        " An editor can assign them.",
        taken.barred,
    ) % {"count": taken.barred}
