"""Keys of every staff screen: those that lead somewhere, and the page
where a person switches them off. The apps above register theirs.

Single letters get in the way of people who speak to their computer or
whose hands shake: WCAG 2.1.4 asks for a way to switch them off.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from factcheck.newsroom.admin_base import allowed, person
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys that are pressed one after the other, and where they lead
    those whom `action` is allowed.
    """

    keys: tuple[str, ...]
    text: str | Promise
    address: Callable[[User], str]
    action: str = ""


@dataclass(frozen=True, slots=True)
class ShownShortcut:
    """`pressed` is how the script compares them."""

    keys: tuple[str, ...]
    text: str | Promise
    url: str

    @property
    def pressed(self) -> str:
        return " ".join(self.keys)


_shortcuts: list[Shortcut] = []


def add_shortcut(shortcut: Shortcut) -> None:
    _shortcuts.append(shortcut)


def shortcuts_of(request: HttpRequest) -> list[ShownShortcut]:
    """Those of the person, on any page."""
    user = person(request)
    return [
        ShownShortcut(one.keys, one.text, one.address(user))
        for one in _shortcuts
        if not one.action or allowed(request, one.action)
    ]


class ShortcutsForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("shortcuts",)
        labels = {"shortcuts": gettext_lazy("Use keyboard shortcuts")}
        help_texts = {
            "shortcuts": gettext_lazy("Off: letters, digits, / and ? do nothing outside of fields.")
        }


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = ShortcutsForm(sent, instance=person(request))
    if form.is_valid():
        row = form.instance
        row.save(update_fields=["shortcuts"])
        on = _("Keyboard shortcuts are on. Press ? on any page to see them.")
        messages.success(request, on if row.shortcuts else _("Keyboard shortcuts are off."))
        return HttpResponseRedirect(reverse("shortcuts"))
    context = {**admin.site.each_context(request), "form": form}
    return render(request, "account/shortcuts.html", context)


add_shortcut(Shortcut(("g", "h"), gettext_lazy("home"), lambda _user: reverse("admin:index")))
