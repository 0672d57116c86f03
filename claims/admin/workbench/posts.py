"""What the buttons of the workbench do: check the input, call the domain, come back with a message
or with the reason.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from claims.admin.rechecks.moves import prefilled
from claims.admin.workbench.claimform import WordsForm
from claims.admin.workbench.confirm import confirm
from claims.admin.workbench.forms import EvidenceForm, MoveForm, Part, VerdictForm, WithdrawForm
from claims.admin.workbench.merge import choose
from claims.admin.workbench.moves import ASKED_AGAIN
from claims.admin.workbench.page import PARTS, Kept, address, seen, show
from claims.admin.workbench.refusal import REFUSED, Refusal, refusal_of
from claims.admin.workbench.times import said_after
from claims.choices import Action
from claims.evidence import attaching
from claims.intake import claim_editing
from claims.models import Claim, Evidence
from claims.rules.content import hash_now, working_verdict
from claims.verdicts import writing
from claims.workflow import apply, editable, legal_moves
from factcheck.newsroom.permissions import may
from factcheck.newsroom.screens import person
from sources.watching.linkcheck import check_now

STALE = 412
INCOMPLETE = Refusal(400, "Nothing was saved yet: see the words in red.")


def move(request: HttpRequest, claim: Claim, name: str) -> HttpResponse:
    if name not in Action.values:
        raise Http404("There is no such move.")
    action, by = Action(name), person(request)
    ask = choose if action == Action.MERGE else confirm
    if request.method != "POST":
        wanted = action in ASKED_AGAIN and action in legal_moves(claim, by)
        return (
            ask(request, claim, action, prefilled(request, claim, action))
            if wanted
            else HttpResponseRedirect(address(claim))
        )
    form = MoveForm(action, claim, request.POST, by=by)
    data, version = form.answers()
    try:
        # 0 is no version: a form that names none is refused as one from an old page, after all that
        # comes before that.
        apply(
            claim, action, by=by, data=data, expected_version=version or 0, seen_hash=form.seen_hash
        )
    except REFUSED as error:
        claim = seen(
            request, claim.pk
        )  # its version first, then what is shown of it: never a version newer than the page
        kept = Kept(
            refusal_of(error, action),
            move=(action, MoveForm(action, claim, _as_shown(claim, request.POST))),
        )
        return (
            ask(request, claim, action, kept)
            if _ask_again(claim, action, request)
            else show(request, claim, kept)
        )
    messages.success(request, said_after(action, claim, data))
    return HttpResponseRedirect(
        address(claim) if _still_seen(claim, request) else reverse("admin:claims_claim_changelist")
    )


def _still_seen(claim: Claim, request: HttpRequest) -> bool:
    """Whoever sees assigned work alone and gives it back does not see it any more."""
    return Claim.objects.visible_to(person(request)).filter(pk=claim.pk).exists()


def _ask_again(claim: Claim, action: Action, request: HttpRequest) -> bool:
    return action in ASKED_AGAIN and action in legal_moves(claim, person(request))


def save_words(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = WordsForm(request.POST)

    def save() -> str:
        Claim.objects.select_for_update(no_key=True).get(
            pk=claim.pk
        )  # before the audit head, which a new claimant takes
        words = form.words(claim.desk, person(request))
        claim_editing.edit_claim(
            claim, by=person(request), words=words, expected_version=form.cleaned_data["version"]
        )
        return "The claim was saved."

    return _answer(
        request,
        claim,
        form,
        save,
        again=lambda data: WordsForm(with_version(data, _version(claim))),
    )


def save_verdict(request: HttpRequest, claim: Claim) -> HttpResponse:
    verdict = working_verdict(claim)
    form = VerdictForm(request.POST, verdict=verdict)

    def save() -> str:
        details, version = form.details(), form.cleaned_data["version"]
        saved = writing.write_verdict(
            claim, by=person(request), details=details, expected_version=version
        )
        return f"The verdict was saved as revision {saved.version}."

    def again(data: QueryDict) -> Part:
        now = working_verdict(claim)
        return VerdictForm(with_version(data, now.version if now else 0), verdict=now)

    return _answer(request, claim, form, save, again=again)


def add_evidence(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = EvidenceForm(request.POST, by=person(request))

    def save() -> str:
        item = attaching.attach(claim, by=person(request), details=form.details())
        return f"Evidence {item.number} is attached."

    return _answer(
        request, claim, form, save, again=lambda data: EvidenceForm(data, by=person(request))
    )


def _answer(
    request: HttpRequest,
    claim: Claim,
    form: Part,
    save: Callable[[], str],
    *,
    again: Callable[[QueryDict], Part],
) -> HttpResponse:
    """Save one form of the page, or show it again with everything typed; a wrong person hears that
    first.
    """
    try:
        editable.check_open(claim, person(request), PARTS[form.part])
        if not form.is_valid():
            return show(request, claim, Kept(INCOMPLETE, {form.part: form}))
        with transaction.atomic():
            said = save()
    except Claim.DoesNotExist:
        raise Http404("There is no such claim.") from None
    except REFUSED as error:
        claim = Claim.objects.select_related("desk").get(pk=claim.pk)
        refusal = refusal_of(error)
        return show(
            request,
            claim,
            Kept(refusal, {form.part: again(request.POST)}, conflict=refusal.status == STALE),
        )
    messages.success(request, said)
    return HttpResponseRedirect(address(claim, form.place))


def withdraw(request: HttpRequest, claim: Claim, number: int) -> HttpResponse:
    form = WithdrawForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""

    def do(item: Evidence) -> str:
        attaching.withdraw(item, by=person(request), note=note)
        return f"Evidence {number} is withdrawn. It stays in the history."

    return _on_item(request, claim, number, do)


def recheck(request: HttpRequest, claim: Claim, number: int) -> HttpResponse:
    def do(item: Evidence) -> str:
        read = attaching.recheck_quote(item, by=person(request))
        return f"Evidence {number}: read in the newest capture, {read.get_quote_state_display()}."

    return _on_item(request, claim, number, do)


def look_now(request: HttpRequest, claim: Claim, number: int) -> HttpResponse:
    def do(item: Evidence) -> str:
        if not may(person(request), "link.check", item.link):
            raise PermissionDenied(
                f"Your role on {claim.desk} does not allow you to have links checked."
            )
        check_now(item.link, by=person(request))
        return f"Evidence {number}: a look at its link is under way."

    return _on_item(request, claim, number, do)


def _on_item(
    request: HttpRequest, claim: Claim, number: int, do: Callable[[Evidence], str]
) -> HttpResponse:
    item = (
        Evidence.objects.visible_to(person(request))
        .filter(claim=claim, number=number)
        .select_related("claim", "link")
        .first()
    )
    if item is None:
        raise Http404("There is no such evidence.")
    try:
        messages.success(request, do(item))
    except REFUSED as error:
        return show(request, claim, Kept(refusal_of(error)))
    return HttpResponseRedirect(address(claim, "evidence"))


def _version(claim: Claim) -> int:
    return Claim.objects.values_list("version", flat=True).get(pk=claim.pk)


def _as_shown(claim: Claim, data: QueryDict) -> QueryDict:
    mine = with_version(data, claim.version)
    if "content_hash" in data:
        mine["content_hash"] = hash_now(claim, working_verdict(claim))
    return mine


def with_version(data: QueryDict, version: int) -> QueryDict:
    """What was typed, on top of the version that the page now shows: pressing again is then a
    choice, not an accident.
    """
    mine = data.copy()
    mine["version"] = str(version)
    return mine
