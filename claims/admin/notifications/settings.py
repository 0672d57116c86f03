"""The page where a person chooses what comes by e-mail, and when."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.choices import Delivery, NotificationKind
from claims.desk.notifications import mailing
from factcheck.newsroom import mail
from factcheck.newsroom.admin_base import person


class SettingsForm(forms.Form):
    """One field for each kind, named as it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in NotificationKind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=Delivery.choices, widget=forms.RadioSelect
            )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    by = person(request)
    now = mailing.settings_of([by.pk])
    current = {kind.value: now(by.pk, kind) for kind in NotificationKind}
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=current)
    if form.is_bound and form.is_valid():
        chosen = {NotificationKind(name): Delivery(one) for name, one in form.cleaned_data.items()}
        mailing.choose(by, chosen)
        messages.success(request, _("Saved. It counts from the next notification on."))
        return HttpResponseRedirect(reverse("notification_settings"))
    context = {
        **admin.site.each_context(request),
        "form": form,
        "deliveries": [label for _value, label in Delivery.choices],
        "has_address": bool(by.email),
        "has_server": mail.has_server(),
        "digest_hour": mailing.DIGEST_HOUR,
    }
    status = 400 if form.is_bound else 200
    return render(request, "account/notifications.html", context, status=status)
