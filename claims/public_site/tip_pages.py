"""Where readers send in a claim or ask for a correction, and the page
that tells its sender the stage.

No cookie and no session: the pages are the same for everyone, and a
form that says nothing about who is signed in needs no token against
other sites. A form that another site sends is refused by what the
browser says of where it comes from.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from claims.choices import TipStage
from claims.intake import received_tips
from claims.matching import lookup
from claims.matching.lookup import Match
from claims.matching.model import Likeness
from claims.public_site.addresses import address_of
from claims.public_site.decorators import View, for_one_reader, public, with_search_form
from claims.public_site.site_texts import text_of
from claims.public_site.tip_forms import ClaimForm, CorrectionForm, TipForm
from claims.workflow import WorkflowError
from factcheck.newsroom.models import Desk
from factcheck.newsroom.post_limits import RETRY_AFTER, may_post
from factcheck.newsroom.sign_in_limits import MINUTES, network

# Sent with the form once its sender has seen what we checked.
SEEN, SHOWN = "seen", 3
# Those that a tip goes through; “closed” ends it at any of them.
_WAY = (TipStage.RECEIVED, TipStage.IN_WORK, TipStage.ANSWERED)


def _form_page(kind: type[TipForm]) -> View:
    @public
    def blank(request: HttpRequest) -> HttpResponse:
        return _page(request, kind(initial=kind.asked_for(request.GET)))

    @csrf_exempt
    @with_search_form
    def page(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return blank(request)  # type: ignore[return-value]
        response = _answer(request, kind)
        response["Cache-Control"] = "no-store"
        return response

    return page


def _answer(request: HttpRequest, kind: type[TipForm]) -> HttpResponse:
    # Before anything is read or looked up: a robot costs next to nothing.
    if not may_post(request, "tip") or received_tips.too_many():
        return _refused(request, kind, 429, _too_many())
    if _is_of_another_site(request):
        return _refused(request, kind, 403, _("Nothing was sent. Send the form on this page."))
    form = kind(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    checked = [] if SEEN in request.POST else _checked(form)
    if checked:
        return _page(request, form, checked=checked)
    sent = form.sent(network(request))
    desk = sent.verdict.claim.desk if sent.verdict else _desk()
    try:
        token = received_tips.token_of(received_tips.receive(sent, desk=desk))
    except WorkflowError as refused:
        return _refused(request, kind, 409, str(refused))
    if not token:
        return _refused(request, kind, 409, _("We have this from you already."))
    return HttpResponseRedirect(reverse("claims:tip", args=[token]))


def _checked(form: TipForm) -> list[Match]:
    """Published verdicts on what somebody is about to send."""
    if not isinstance(form, ClaimForm) or not form.cleaned_data["text"]:
        return []
    matches = lookup.for_readers(form.cleaned_data["text"], settings.SITE_LANGUAGE, limit=SHOWN)
    return [one for one in matches if one.verdict and one.likeness != Likeness.RELATED]


def _refused(request: HttpRequest, kind: type[TipForm], status: int, reason: str) -> HttpResponse:
    """The page with what was typed, and why it was not taken."""
    form = kind(initial=kind.typed(request.POST))
    response = _page(request, form, status=status, refused=reason)
    if status == 429:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _page(
    request: HttpRequest,
    form: TipForm,
    *,
    status: int = 200,
    refused: str = "",
    checked: Sequence[Match] = (),
) -> HttpResponse:
    intro = text_of(form.page)
    context = {
        "form": form,
        "text": intro.version,
        "refused": refused,
        "checked": checked,
        "days": _days(form),
        "canonical": settings.SITE_URL + request.path,
    }
    return intro.kept_until_then(render(request, form.template, context, status=status))


def _days(form: TipForm) -> int:
    """How long what is sent is kept; a request goes to the desk of its
    verdict, so by the desk that keeps it longest.
    """
    if isinstance(form, ClaimForm):
        return _desk().tip_retention_days
    return max(Desk.objects.values_list("tip_retention_days", flat=True), default=0)


def _desk() -> Desk:
    desk = received_tips.desk_for_tips()
    if desk is None:
        raise Http404(_("This newsroom is not open yet."))
    return desk


def _is_of_another_site(request: HttpRequest) -> bool:
    # Old browsers say less; what is no browser says nothing, and has nobody's cookies.
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


def _too_many() -> str:
    text = ngettext(
        "Nothing was sent: too much came at once. Wait %(minutes)s minute and send it again.",
        "Nothing was sent: too much came at once. Wait %(minutes)s minutes and send it again.",
        MINUTES,
    )
    return text % {"minutes": MINUTES}


submit = _form_page(ClaimForm)
request_correction = _form_page(CorrectionForm)


@for_one_reader
def tip(request: HttpRequest, tip_token: str) -> HttpResponse:
    """The stage, and nothing of what was sent: whoever gets hold of the
    link learns no more.
    """
    found = received_tips.by_token(tip_token)
    if found is None:
        raise Http404(_("This link is not complete. Copy it once more."))
    stage, verdict = received_tips.stage_of(found)
    context = {
        "stage": stage,
        "way": _WAY,
        "is_closed": stage == TipStage.CLOSED,
        "answer": address_of(verdict) if verdict else "",
    }
    return render(request, "claims/tip.html", context)
