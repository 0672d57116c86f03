"""The language in which somebody is spoken to: their own choice."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from factcheck.newsroom.admin_base import person
from factcheck.newsroom.languages import language_of


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[("", gettext_lazy("As my browser asks")), *settings.LANGUAGES],
        widget=forms.RadioSelect,
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    by = person(request)
    sent = request.POST if request.method == "POST" else None
    form = LanguageForm(sent, initial={"language": by.language})
    if form.is_bound and form.is_valid():
        by.language = form.cleaned_data["language"]
        by.save(update_fields=["language"])
        # Said in the language that was chosen just now.
        with translation.override(language_of(request)):
            messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("language"))
    context = {**admin.site.each_context(request), "form": form}
    status = 400 if form.is_bound else 200
    return render(request, "account/language.html", context, status=status)
