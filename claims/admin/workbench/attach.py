"""A file or a note attached on the workbench, a kept file handed out, and the page on which an item
is worded anew.
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from claims.admin.workbench.forms import Part, reads_shared_tables
from claims.admin.workbench.page import Kept, address, show
from claims.admin.workbench.posts import INCOMPLETE, STALE, with_version
from claims.admin.workbench.refusal import REFUSED, Refusal, refusal_of
from claims.admin.workbench.sources import AmendForm, FileForm, NoteForm
from claims.evidence import editing, files, interviews
from claims.evidence.downloads import download
from claims.models import Claim, Evidence
from claims.workflow import editable
from factcheck.newsroom.screens import person
from sources.filestore import Bounded
from sources.naming import named_publishers, publisher_names


def add_file(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = FileForm(request.POST, request.FILES, too_large=getattr(request, Bounded.flag, False))
    return _attach(
        request,
        claim,
        form,
        lambda: files.attach_file(claim, by=person(request), sent=form.sent(), item=form.item()),
    )


def add_note(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = NoteForm(request.POST)
    return _attach(
        request,
        claim,
        form,
        lambda: interviews.attach_note(
            claim, by=person(request), note=form.note(claim.desk), item=form.item()
        ),
    )


def _attach(
    request: HttpRequest, claim: Claim, form: Part, save: Callable[[], Evidence]
) -> HttpResponse:
    """No transaction round it: reading a document takes seconds, and meanwhile nobody must wait for
    a lock.
    """
    try:
        editable.check_open(claim, person(request), "evidence.attach")
        if not form.is_valid():
            return show(request, claim, Kept(INCOMPLETE, {form.part: form}))
        item = save()
    except Claim.DoesNotExist:
        raise Http404("There is no such claim.") from None
    except REFUSED as error:
        claim = Claim.objects.select_related("desk").get(pk=claim.pk)
        return show(request, claim, Kept(refusal_of(error), {form.part: form}))
    messages.success(request, f"Evidence {item.number} is attached.")
    return HttpResponseRedirect(address(claim, f"evidence-{item.number}"))


def kept_file(request: HttpRequest, claim: Claim, number: int) -> HttpResponseBase:
    item = _item(request, claim, number)
    try:
        found = download(item)
    except REFUSED as error:
        return show(request, claim, Kept(refusal_of(error)))
    if found is None:
        raise Http404("This item stands on no file.")
    return found


def amend(request: HttpRequest, claim: Claim, number: int) -> HttpResponse:
    """The form of one item on a page of its own; a refused save shows what stands there now beside
    what was typed.
    """
    item = _item(request, claim, number)
    form = (
        AmendForm(request.POST)
        if request.method == "POST"
        else AmendForm.of(item, quote=item.nearest if "nearest" in request.GET else "")
    )
    try:
        editable.check_open(claim, person(request), "evidence.edit")
        if request.method != "POST":
            return _page(request, claim, item, form)
        if not form.is_valid():
            return _page(request, claim, item, form, INCOMPLETE)
        _save(request, claim, item, form)
    except Claim.DoesNotExist:
        raise Http404("There is no such claim.") from None
    except REFUSED as error:
        now = _item(request, claim, number)
        again = (
            AmendForm(with_version(request.POST, now.version)) if request.method == "POST" else form
        )
        return _page(request, claim, now, again, refusal_of(error))
    messages.success(request, f"Evidence {number} was saved.")
    return HttpResponseRedirect(address(claim, f"evidence-{number}"))


def _save(request: HttpRequest, claim: Claim, item: Evidence, form: AmendForm) -> None:
    with transaction.atomic():
        Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        editing.hold(item)
        named = named_publishers(form.cleaned_data["origin"], desk=claim.desk)
        words, version = form.words(named.publishers[0]), form.cleaned_data["version"]
        editing.edit_evidence(item, by=person(request), words=words, expected_version=version)
        named.record(by=person(request))


def _page(
    request: HttpRequest,
    claim: Claim,
    item: Evidence,
    form: AmendForm,
    refusal: Refusal | None = None,
) -> HttpResponse:
    conflict = refusal is not None and refusal.status == STALE
    context = {
        **admin.site.each_context(request),
        "title": f"Edit evidence {item.number}",
        "opts": Claim._meta,
        "claim": claim,
        "item": item,
        "form": form,
        "publishers": (
            publisher_names(person(request)) if reads_shared_tables(person(request)) else []
        ),
        "kept": Kept(refusal, {form.part: form} if form.is_bound else None, conflict=conflict),
        "closed": refusal is not None and refusal.status in {403, 409},
        "back": address(claim, f"evidence-{item.number}"),
    }
    with timezone.override(ZoneInfo(claim.desk.time_zone)):
        return render(
            request,
            "admin/claims/claim/amend.html",
            context,
            status=refusal.status if refusal else 200,
        )


def _item(request: HttpRequest, claim: Claim, number: int) -> Evidence:
    readable = Evidence.objects.visible_to(person(request)).filter(claim=claim, number=number)
    item = readable.select_related(
        "claim", "link__publisher", "origin", "capture", "edited_by"
    ).first()
    if item is None:
        raise Http404("There is no such evidence, or it is not yours to see.")
    return item
