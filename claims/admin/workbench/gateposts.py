"""What the buttons of the gates do: check the input, call the domain, come back with a message or
with the reason.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from claims.admin.workbench.forms import Part
from claims.admin.workbench.gates import AnswerForm, AskForm, SettleForm, WaiveForm, query_form
from claims.admin.workbench.page import Kept, address, show
from claims.admin.workbench.posts import INCOMPLETE, with_version
from claims.admin.workbench.refusal import REFUSED, refusal_of
from claims.desk import queries, right_of_reply, waivers
from claims.desk.queries import Question
from claims.evidence import attaching
from claims.models import Claim, ContactAttempt, Evidence, Repetition, Thread
from factcheck.newsroom.screens import person


def ask(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = AskForm(request.POST)

    def save() -> str:
        attempt = right_of_reply.ask(claim, by=person(request), asked=form.asked(claim.desk))
        return f"Attempt {attempt.number} is written down."

    return answer(request, claim, form, save)


def settle(request: HttpRequest, claim: Claim, number: int) -> HttpResponse:
    form = SettleForm(request.POST)
    attempt = (
        ContactAttempt.objects.visible_to(person(request))
        .filter(claim=claim, number=number)
        .select_related("claim")
        .first()
    )
    if attempt is None:
        raise Http404("There is no such attempt.")

    def save() -> str:
        done = right_of_reply.settle(attempt, by=person(request), told=form.told(claim.desk))
        return f"Attempt {number}: {done.get_outcome_display()}{', late' if done.late else ''}."

    return answer(request, claim, form, save)


def open_query(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = query_form(claim, person(request), request.POST)

    def save() -> str:
        # Whoever ticks what their page does not offer is refused: a privileged query must not come
        # out as a plain one.
        said = {
            **form.cleaned_data,
            **{name: name in request.POST for name in ("privileged", "sign_off")},
        }
        said["evidence"] = _item(request, claim, said["evidence"])
        queries.open_thread(claim, by=person(request), question=Question(**said))
        return "The query is open."

    return answer(request, claim, form, save)


def answer_query(request: HttpRequest, claim: Claim, thread: UUID) -> HttpResponse:
    form, row = AnswerForm(request.POST), _thread(request, claim, thread)

    def save() -> str:
        queries.post(row, by=person(request), text=form.cleaned_data["text"])
        return "Your answer stands in the query."

    return answer(request, claim, form, save)


def resolve_query(request: HttpRequest, claim: Claim, thread: UUID) -> HttpResponse:
    row = _thread(request, claim, thread)

    def do() -> str:
        queries.resolve(row, by=person(request), seen_hash=request.POST.get("content_hash", ""))
        return "The query is resolved."

    return done(request, claim, do, "queries")


def waive(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = WaiveForm(request.POST)

    def save() -> str:
        item = _item(request, claim, form.cleaned_data["evidence"])
        waiver = waivers.waive(
            claim, by=person(request), reason=form.cleaned_data["reason"], evidence=item
        )
        return f"Waived: {waiver.get_kind_display()}. Whoever signed before signs again."

    return answer(request, claim, form, save)


def revoke(request: HttpRequest, claim: Claim, waiver: UUID) -> HttpResponse:
    row = claim.waivers.filter(public_id=waiver).select_related("claim").first()
    if row is None:
        raise Http404("There is no such waiver.")

    def do() -> str:
        waivers.revoke(row, by=person(request))
        return "The waiver is revoked."

    return done(request, claim, do, "evidence")


def use(request: HttpRequest, claim: Claim, evidence: UUID) -> HttpResponse:
    """Evidence of a duplicate, attached here as well."""
    readable = Evidence.objects.visible_to(person(request)).filter(
        public_id=evidence, claim__desk=claim.desk_id
    )
    item = readable.select_related("claim", "link", "origin").first()
    if item is None:
        raise Http404("There is no such evidence.")

    def do() -> str:
        copy = attaching.use_evidence(claim, by=person(request), evidence=item)
        return f"Evidence {copy.number} is attached: the same source, in the same words."

    return done(request, claim, do, "evidence")


def _item(request: HttpRequest, claim: Claim, number: int | None) -> Evidence | None:
    if number is None:
        return None
    item = Evidence.objects.visible_to(person(request)).filter(claim=claim, number=number).first()
    if item is None:
        raise Http404("There is no such evidence.")
    return item


def _thread(request: HttpRequest, claim: Claim, thread: UUID) -> Thread:
    row = (
        Thread.objects.visible_to(person(request))
        .filter(claim=claim, public_id=thread)
        .select_related("claim")
        .first()
    )
    if row is None:
        raise Http404("There is no such query, or it is not yours to see.")
    return row


def answer(request: HttpRequest, claim: Claim, form: Part, save: Callable[[], str]) -> HttpResponse:
    """Save one form, or show the page again with everything typed in it."""
    if not form.is_valid():
        return show(request, claim, Kept(INCOMPLETE, {form.part: form}))
    return done(request, claim, save, form.place, form)


def done(
    request: HttpRequest, claim: Claim, do: Callable[[], str], place: str, form: Part | None = None
) -> HttpResponse:
    try:
        with transaction.atomic():
            said = do()
    except (Claim.DoesNotExist, Thread.DoesNotExist, Repetition.DoesNotExist):
        raise Http404("It is not there, or not yours to see.") from None
    except REFUSED as error:
        claim = Claim.objects.select_related("desk").get(pk=claim.pk)
        if form and "version" in form.fields:
            form.data = with_version(request.POST, claim.version)
        return show(request, claim, Kept(refusal_of(error), {form.part: form} if form else None))
    messages.success(request, said)
    return HttpResponseRedirect(address(claim, place))
