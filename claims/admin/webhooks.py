"""The webhooks of a desk: where its events are sent, what was sent last,
and sending again. A secret is shown once.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from claims.admin.webhook_deliveries import NAME as _NAME
from claims.admin.webhook_deliveries import Line, address_of, state_of
from claims.choices import EventType
from claims.exchange.webhooks import endpoints, sending
from claims.models import WebhookDelivery, WebhookEndpoint
from claims.workflow import WorkflowError
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import desks_where, may
from factcheck.newsroom.stale_forms import StaleCheckForm

SHOWN = 25


class WebhookForm(StaleCheckForm):
    url = forms.CharField(
        label=gettext_lazy("URL"),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
        help_text=gettext_lazy("Where the messages are sent. Stored encrypted."),
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("Events"),
        choices=EventType.choices,
        initial=EventType.values,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Messages name claims and verdicts by their ids and addresses, without their words."
            " Nothing is sent about claims under embargo, shared with legal or with a"
            " confidential source, but that their verdict was published."
        ),
    )

    class Meta:
        model = WebhookEndpoint
        fields = ("desk", "name", "url", "types", "active")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("url") and (data.get("active", True) or "url" in self.changed_data):
            try:
                data["url"] = endpoints.check_url(data["url"])
            except ValidationError as error:
                self.add_error("url", error.message_dict["url"])
        return data

    def clean_desk(self) -> Desk:
        desk: Desk = self.cleaned_data["desk"]
        endpoints.check_room(desk)
        return desk


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(NewsroomAdmin):
    view_action = add_action = change_action = "webhook.manage"
    form = WebhookForm
    change_form_template = "admin/claims/webhookendpoint/change_form.html"
    list_display = ["name", "desk", "state", "failed"]
    list_select_related = ["desk"]
    list_filter = ["active"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        failed = Q(deliveries__job_state=JobState.FAILED)
        managed = rows.filter(desk__in=desks_where(person(request), "webhook.manage"))
        counted: QuerySet[Any] = managed.annotate(failed_count=Count("deliveries", filter=failed))
        return counted

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return (
            ["desk", "name", "url", "types", "active"] if obj else ["desk", "name", "url", "types"]
        )

    def get_readonly_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> list[str]:
        # Its readers may know of the one desk, and not of another.
        return ["desk"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        desks = desks_where(person(request), "webhook.manage")
        return {"desk": next(iter(desks))} if len(desks) == 1 else {}

    def formfield_for_foreignkey(
        self,
        db_field: Any,
        request: HttpRequest,
        **kwargs: Any,
    ) -> Any:
        if db_field.name == "desk":
            desks = desks_where(person(request), "webhook.manage")
            kwargs["queryset"] = Desk.objects.filter(pk__in=desks)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("state"), ordering="active")
    def state(self, row: WebhookEndpoint) -> SafeString:
        return state_of(row)

    @admin.display(description=gettext_lazy("failed"))
    def failed(self, row: Any) -> int:
        return int(row.failed_count)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            words = {name: form.cleaned_data[name] for name in ("name", "url", "types", "active")}
            endpoints.change(obj, by=person(request), **words)
            return
        words = {name: form.cleaned_data[name] for name in ("name", "url", "types")}
        made, secret = endpoints.create(obj.desk, by=person(request), **words)
        obj.pk, obj.public_id, obj.secret = made.pk, made.public_id, secret

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._secret_page(request, obj, obj.secret)

    def _secret_page(self, request: HttpRequest, row: WebhookEndpoint, secret: str) -> HttpResponse:
        # Without a redirect: a message would carry the secret through a cookie.
        context = {
            **self.admin_site.each_context(request),
            "title": row.name,
            "webhook": row,
            "plain": secret,
        }
        return TemplateResponse(request, "admin/claims/webhookendpoint/secret.html", context)

    def get_urls(self) -> list[URLPattern]:
        posts = {
            "test": self.test_view,
            "rotate": self.rotate_view,
            "replay": self.replay_view,
        }
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"{_NAME}_{name}",
            )
            for name, view in posts.items()
        ]
        delivery = "<int:pk>/deliveries/<uuid:delivery>/"
        own += [
            path(
                delivery, self.admin_site.admin_view(self.delivery_view), name=f"{_NAME}_delivery"
            ),
            path(
                f"{delivery}replay/",
                self.admin_site.admin_view(require_POST(self.replay_one_view)),
                name=f"{_NAME}_replay_one",
            ),
        ]
        return [*own, *super().get_urls()]

    def _row(self, request: HttpRequest, pk: int) -> WebhookEndpoint:
        row: WebhookEndpoint = self.visible_row(request, pk)
        if not may(person(request), "webhook.manage", row):
            raise PermissionDenied
        return row

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.visible_row(request, object_id)
        last = endpoints.deliveries(row)[:SHOWN]
        context = {
            "state": state_of(row),
            "deliveries": [Line.of(one) for one in last],
            "failed": row.deliveries.filter(job_state=JobState.FAILED).count(),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def test_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(request, pk)
        with _told(request, _("A test is sent. Reload the page for the answer.")):
            endpoints.send_test(row, by=person(request))
        return _back(row)

    def rotate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(request, pk)
        return self._secret_page(request, row, endpoints.rotate(row, by=person(request)))

    def replay_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(request, pk)
        with _told(request):
            count = endpoints.send_failed_again(row, by=person(request))
            words = ngettext(
                "%(count)s message is sent again.", "%(count)s messages are sent again.", count
            )
            messages.info(request, words % {"count": count})
        return _back(row)

    def _delivery(self, row: WebhookEndpoint, delivery: Any) -> WebhookDelivery:
        found = endpoints.deliveries(row).filter(public_id=delivery).first()
        if found is None:
            raise Http404
        return found

    def delivery_view(self, request: HttpRequest, pk: int, delivery: Any) -> HttpResponse:
        row = self._row(request, pk)
        one = self._delivery(row, delivery)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Message to %(name)s") % {"name": row.name},
            "webhook": row,
            "delivery": one,
            "line": Line.of(one),
            "message": json.dumps(sending.message_of(one), indent=2, ensure_ascii=False),
        }
        return TemplateResponse(request, "admin/claims/webhookendpoint/delivery.html", context)

    def replay_one_view(self, request: HttpRequest, pk: int, delivery: Any) -> HttpResponse:
        row = self._row(request, pk)
        one = self._delivery(row, delivery)
        with _told(request, _("The message is sent again.")):
            endpoints.send_again(one, by=person(request))
        return HttpResponseRedirect(address_of(one))


@contextmanager
def _told(request: HttpRequest, done: str = "") -> Iterator[None]:
    """Tell the person what was done, or why it was not."""
    try:
        yield
    except WorkflowError as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.info(request, done)


def _back(row: WebhookEndpoint) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"admin:{_NAME}_change", args=[row.pk]))
