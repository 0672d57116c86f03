"""The forms by which readers send in a claim, and ask for a correction."""

import re
import unicodedata
from typing import Any
from urllib.parse import unquote

from django import forms
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import SitePage, VerdictState
from claims.intake.received_tips import SentTip
from claims.models import Verdict
from claims.models.tip import PLACE_LENGTH, TEXT_LENGTH, URL_LENGTH
from claims.public_site.addresses import address_of, on_public_record

_VERDICT = re.compile(r"(?:.*/)?verdicts/([^/?#]+)|([^/?#]+)")
_WEB = ("https://", "http://")


def _text(label: Any, *, length: int, rows: int = 0, **kwargs: Any) -> forms.CharField:
    attrs = {"dir": "auto"}
    widget = forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
    return forms.CharField(label=label, max_length=length, widget=widget, **kwargs)


def _url(label: Any, **kwargs: Any) -> forms.URLField:
    widget = forms.URLInput({"dir": "ltr"})
    return forms.URLField(
        label=label,
        max_length=URL_LENGTH,
        required=False,
        assume_scheme="https",
        widget=widget,
        **kwargs,
    )


def _email() -> forms.EmailField:
    return forms.EmailField(
        label=gettext_lazy("Email (optional)"),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}),
        help_text=gettext_lazy("Only in case we have a question. We do not publish it."),
    )


def _trap() -> forms.CharField:
    """Robots fill it in; people neither see it nor are asked for
    anything in it.
    """
    attrs = {"autocomplete": "off", "tabindex": "-1"}
    label = gettext_lazy("Leave this field empty")
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs))


class TipForm(forms.Form):
    """What both have in common. `trap` is the field for robots."""

    template = ""
    page: SitePage
    trap = "homepage"

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")

    @classmethod
    def asked_for(cls, query: QueryDict) -> dict[str, str]:
        """What the address of the page fills in."""
        return {}

    @classmethod
    def typed(cls, posted: QueryDict) -> dict[str, str]:
        """What somebody typed, for a page that does not look at it."""
        return {name: posted.get(name, "")[:TEXT_LENGTH] for name in cls.base_fields}

    @property
    def shown(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != self.trap]

    @property
    def trapped(self) -> forms.BoundField:
        return self[self.trap]

    def clean_homepage(self) -> str:
        if self.cleaned_data[self.trap]:
            raise forms.ValidationError(_("Leave this field empty: it is there for robots."))
        return ""

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url and not url.startswith(_WEB):
            raise forms.ValidationError(_("Enter a web address, such as https://example.org/page."))
        return url

    def sent(self, client: str) -> SentTip:
        """Of a valid form."""
        words = {name: value for name, value in self.cleaned_data.items() if name != self.trap}
        for name, value in words.items():
            if isinstance(value, str):
                words[name] = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
        return SentTip(client=client, **words)


class ClaimForm(TipForm):
    template = "claims/submit.html"
    page = SitePage.SUBMIT

    text = _text(
        gettext_lazy("The claim"),
        length=TEXT_LENGTH,
        rows=5,
        required=False,
        help_text=gettext_lazy("In the words in which you heard or read it."),
    )
    url = _url(
        gettext_lazy("Address of the page, post or video"),
        help_text=gettext_lazy("If it is on the web."),
    )
    place = _text(
        gettext_lazy("Where and when did you see or hear it? (optional)"),
        length=PLACE_LENGTH,
        required=False,
    )
    email = _email()
    homepage = _trap()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wrong = {"text", "url"} & set(self.errors)
        if not wrong and not cleaned.get("text") and not cleaned.get("url"):
            self.add_error("text", _("Enter the claim, or the address where it is."))
        return cleaned


class CorrectionForm(TipForm):
    template = "claims/request_correction.html"
    page = SitePage.REQUEST_CORRECTION

    verdict = _text(gettext_lazy("Address of the fact check"), length=URL_LENGTH)
    text = _text(gettext_lazy("What is wrong?"), length=TEXT_LENGTH, rows=6)
    url = _url(
        gettext_lazy("Address of a source that shows it (optional)"),
        help_text=gettext_lazy("A source that we can look up helps us most."),
    )
    name = _text(
        gettext_lazy("Name (optional)"),
        length=200,
        required=False,
    )
    email = _email()
    homepage = _trap()

    @classmethod
    def asked_for(cls, query: QueryDict) -> dict[str, str]:
        verdict = _readable(query.get("verdict", ""))
        return {"verdict": address_of(verdict)} if verdict else {}

    def clean_verdict(self) -> Verdict:
        verdict = _readable(self.cleaned_data["verdict"])
        if verdict is None:
            raise forms.ValidationError(
                _("We have no fact check at this address. Copy the address of its page.")
            )
        return verdict


def _readable(typed: str) -> Verdict | None:
    """The published verdict that an address or the end of one names,
    unless readers cannot read it at the moment.
    """
    match = _VERDICT.match(unquote(typed.strip()))
    if match is None:
        return None
    try:
        verdict = on_public_record(match[1] or match[2])
    except Http404:
        return None
    if verdict.state != VerdictState.PUBLISHED:
        return None
    return verdict if Verdict.objects.readable().filter(pk=verdict.pk).exists() else None
