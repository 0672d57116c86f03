"""The mailbox of a desk: its address for a provider of e-mail, and its
secret, which is shown once.
"""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.exchange.mail import mailboxes
from claims.models import Mailbox
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin, RowPageAdmin
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where

_NAME = "claims_mailbox"


class NewMailboxForm(forms.Form):
    desk = forms.ModelChoiceField(
        label=gettext_lazy("Desk"), queryset=Desk.objects.none(), empty_label=None
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data, label_suffix="")
        desks = Desk.objects.filter(pk__in=desks_where(by, mailboxes.ACTION), mailbox=None)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]


@admin.register(Mailbox)
class MailboxAdmin(AddPageAdmin, RowPageAdmin):
    view_action = add_action = mailboxes.ACTION
    add_refusal = gettext_lazy("Only editors and admins of a desk manage its mailbox.")
    read_only_page = True
    fields = ("desk",)
    list_display = ["desk", "active", "created_at"]
    list_select_related = ["desk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mailbox]:
        return mailboxes.managed_by(person(request))

    def get_urls(self) -> list[URLPattern]:
        posts = {"rotate": self.rotate_view, "switch": self.switch_view}
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"{_NAME}_{name}",
            )
            for name, view in posts.items()
        ]
        return [*own, *super().get_urls()]

    def add_page(self, request: HttpRequest) -> HttpResponse:
        by = person(request)
        form = NewMailboxForm(request.POST if request.method == "POST" else None, by=by)
        if form.is_valid():
            try:
                row, secret = mailboxes.create(form.cleaned_data["desk"], by=by)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                return self._page(request, row, secret=secret)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Open a mailbox"),
            "opts": self.opts,
            "form": form,
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/claims/mailbox/add.html", context, status=status)

    def row_page(self, request: HttpRequest, row: Mailbox) -> HttpResponse:
        return self._page(request, row)

    def rotate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row: Mailbox = self.visible_row(request, pk)
        secret = mailboxes.rotate(row, by=person(request))
        row.refresh_from_db()
        return self._page(request, row, secret=secret)

    def switch_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row: Mailbox = self.visible_row(request, pk)
        mailboxes.switch(row, by=person(request), active=request.POST.get("active") == "on")
        return HttpResponseRedirect(reverse(f"admin:{_NAME}_change", args=[row.pk]))

    def _page(self, request: HttpRequest, row: Mailbox, *, secret: str = "") -> HttpResponse:
        # Without a redirect: a message would carry the secret through a cookie.
        address = settings.SITE_URL + reverse("claims:inbound_mail", args=[row.public_id])
        site = urlsplit(address)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Mailbox of %(desk)s") % {"desk": row.desk},
            "opts": self.opts,
            "mailbox": row,
            "address": address,
            "plain": secret,
            "whole": f"{site.scheme}://mail:{secret}@{site.netloc}{site.path}" if secret else "",
        }
        return TemplateResponse(request, "admin/claims/mailbox/page.html", context)
