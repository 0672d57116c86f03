"""Live streams in the admin: started, followed and decided while they
are heard. Without a script each button loads the page anew.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from claims.admin.live.cards import cards_of
from claims.admin.live.forms import ChunkForm, StartForm
from claims.live import decisions, streams
from claims.live.following import Following, sentences_after, with_matches
from claims.models import LiveStream
from claims.workflow import WorkflowError
from factcheck.drf.server_sent import MEDIA_TYPE, BusyError, answer
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin, RowPageAdmin
from factcheck.newsroom.badges import ago
from factcheck.newsroom.filters import DeskFilter
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_on_desk

SHOWN = 100
_LARGEST = 10**9
Decide = Callable[..., object]
DECISIONS: dict[str, Decide] = {
    "accept": decisions.accept,
    "dismiss": decisions.dismiss,
    "reopen": decisions.reopen,
}


@admin.register(LiveStream)
class LiveStreamAdmin(AddPageAdmin, RowPageAdmin):
    view_action, add_action = "article.view", "article.submit"
    add_refusal = _("Your role does not allow you to send text. Ask an editor of your desk.")
    read_only_page = True
    fields = ("title",)
    list_display = ("title", "desk", "started_by", "started", "ended")
    list_filter = (DeskFilter,)
    list_select_related = ("desk", "started_by")

    @admin.display(description=_("started"), ordering="started_at")
    def started(self, stream: LiveStream) -> SafeString:
        return ago(stream.started_at)

    @admin.display(description=_("ended"), ordering="ended_at")
    def ended(self, stream: LiveStream) -> SafeString | str:
        return ago(stream.ended_at) if stream.ended_at else str(_("live"))

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "claims_livestream"
        return [
            path("<int:pk>/sentences/", wrap(self.sentences_view), name=f"{name}_sentences"),
            path("<int:pk>/chunks/", wrap(self.chunk_view), name=f"{name}_chunk"),
            path("<int:pk>/end/", wrap(self.end_view), name=f"{name}_end"),
            *(
                path(
                    f"<int:pk>/sentences/<int:number>/{word}/",
                    wrap(self.decide_view),
                    {"word": word},
                    name=f"{name}_{word}",
                )
                for word in DECISIONS
            ),
            *super().get_urls(),
        ]

    def add_page(self, request: HttpRequest) -> HttpResponse:
        form = StartForm(request.POST if request.method == "POST" else None, by=person(request))
        if form.is_valid() and (stream := form.started()):
            return HttpResponseRedirect(_page(stream))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Start a live stream"),
            "opts": self.opts,
            "form": form,
        }
        template = "admin/claims/livestream/add.html"
        return TemplateResponse(request, template, context, status=400 if form.errors else 200)

    def row_page(self, request: HttpRequest, row: LiveStream) -> HttpResponse:
        return self._shown(request, row, ChunkForm(initial={"number": row.last_number + 1}))

    def _shown(self, request: HttpRequest, stream: LiveStream, form: ChunkForm) -> HttpResponse:
        by, before = person(request), _number(request, "before") or _LARGEST
        rows = stream.sentences.filter(number__lt=before, change__lte=stream.change_count)
        newest = list(rows.with_people().order_by("-number")[:SHOWN])
        context = {
            **self.admin_site.each_context(request),
            "title": stream.title,
            "opts": self.opts,
            "stream": stream,
            "cards": cards_of(stream, with_matches(newest, by=by), by=by),
            "earlier": newest[-1].number if len(newest) == SHOWN else 0,
            "newest": before == _LARGEST,
            "form": form,
            "may_send": may_on_desk(by, "article.submit", stream.desk_id),
            "failed": stream.job_state == JobState.FAILED,
        }
        template = "admin/claims/livestream/page.html"
        return TemplateResponse(request, template, context, status=400 if form.errors else 200)

    @method_decorator(require_safe)
    def sentences_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What changed after a number, for the script of the page; or
        server-sent events that say when something does.
        """
        stream, by, after = self._stream(request, pk), person(request), _number(request, "after")
        if MEDIA_TYPE in request.headers.get("Accept", ""):
            return _followed(request, stream, after)
        found = sentences_after(stream, after, by=by, most=SHOWN)
        more = len(found) == SHOWN
        context = {
            "stream": stream,
            "cards": cards_of(stream, found, by=by),
            "cursor": found[-1].change if more else max(after, stream.change_count),
            "more": more,
        }
        return _fresh(render(request, "admin/claims/livestream/_sentences.html", context))

    @method_decorator(require_POST)
    def chunk_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        stream, form = self._stream(request, pk), ChunkForm(request.POST)
        if form.is_valid():
            try:
                streams.add_chunk(stream, form.chunk(), by=person(request))
            except (ValidationError, WorkflowError) as error:
                form.add_error("text", _text(error))
            else:
                return HttpResponseRedirect(f"{_page(stream)}#say")
        # What was typed goes behind what came meanwhile.
        form.data = {**request.POST.dict(), "number": str(stream.last_number + 1)}
        return self._shown(request, stream, form)

    @method_decorator(require_POST)
    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        stream = self._stream(request, pk)
        streams.end(stream, by=person(request))
        return HttpResponseRedirect(_page(stream))

    @method_decorator(require_POST)
    def decide_view(self, request: HttpRequest, pk: int, number: int, word: str) -> HttpResponse:
        stream, by = self._stream(request, pk), person(request)
        sentence = stream.sentences.filter(number=number).first()
        if sentence is None:
            raise Http404
        refusal = ""
        try:
            DECISIONS[word](sentence, by=by)
        except (ValidationError, WorkflowError) as error:
            refusal = _text(error)
        if request.headers.get("X-Wanted") == "card":
            return _card(request, stream, number, by, refusal)
        if refusal:
            messages.error(request, refusal)
        return HttpResponseRedirect(f"{_page(stream)}#sentence-{number}")

    def _stream(self, request: HttpRequest, pk: int) -> LiveStream:
        stream: LiveStream = self.visible_row(request, pk)
        return stream


def _card(
    request: HttpRequest, stream: LiveStream, number: int, by: User, refusal: str
) -> HttpResponse:
    rows = stream.sentences.filter(number=number).with_people()
    [card] = cards_of(stream, with_matches(list(rows), by=by), by=by)
    context: dict[str, Any] = {"stream": stream, "card": card, "refusal": refusal}
    status = 409 if refusal else 200
    template = "admin/claims/livestream/_sentence.html"
    return _fresh(render(request, template, context, status=status))


def _followed(request: HttpRequest, stream: LiveStream, after: int) -> HttpResponseBase:
    last = _whole(request.headers.get("Last-Event-ID", ""))
    rows = LiveStream.objects.visible_to(person(request)).filter(pk=stream.pk)
    try:
        return answer(Following(last or after, find=rows.all().first, write=_changed))
    except BusyError as busy:
        # The script asks now and then instead.
        return _fresh(HttpResponse(status=503, headers={"Retry-After": str(busy.wait)}))


def _changed(stream: LiveStream, _after: int) -> Iterator[bytes]:
    yield f"id: {stream.change_count}\nevent: change\ndata: {stream.change_count}\n\n".encode()


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _text(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _number(request: HttpRequest, name: str) -> int:
    """A parameter of the address; what is no number counts as none."""
    return _whole(request.GET.get(name, ""))


def _whole(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _page(stream: LiveStream) -> str:
    return reverse("admin:claims_livestream_change", args=[stream.pk])
