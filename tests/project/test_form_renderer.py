"""Forms are drawn by the quicker engine, and read as Django's own draws them."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.contrib.admin import widgets
from django.forms.renderers import DjangoTemplates, get_default_renderer

NASTY = """"><script>alert('1')</script>&amp;"""
CHOICES = [("a", "first"), ("More", [("b", NASTY), (1000, "a thousand")])]


class Every(forms.Form):
    text = forms.CharField(help_text="In <b>one</b> line.", widget=forms.TextInput({"size": 1000}))
    words = forms.CharField(widget=forms.Textarea)
    secret = forms.CharField(widget=forms.PasswordInput)
    number = forms.DecimalField(localize=True)
    ticked = forms.BooleanField()
    chosen = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    one = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    file = forms.FileField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput)
    at = forms.SplitDateTimeField(widget=widgets.AdminSplitDateTime)


def _drawn(renderer: Any, data: dict[str, Any] | None) -> str:
    initial = {
        **dict.fromkeys(("text", "words", "hidden"), NASTY),
        "number": 1234567,
        "chosen": 1000,
        "several": ["a", "b"],
        "at": datetime(2026, 11, 30, 12, tzinfo=UTC),
    }
    form = Every(data, initial=initial, renderer=renderer, prefix="of")
    fields = "".join(field.as_field_group() for field in form)
    # Only space at tags may differ, and how a quotation mark is escaped.
    drawn = re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", f"{form}{fields}{form.errors}"))
    return drawn.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")


@pytest.mark.parametrize("data", [None, {"of-text": "", "of-number": NASTY, "of-words": NASTY}])
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_kind_of_field_reads_as_before(
    data: dict[str, Any] | None, language: str, settings: Any
) -> None:
    settings.LANGUAGE_CODE = language
    drawn = _drawn(get_default_renderer(), data)
    assert drawn == _drawn(DjangoTemplates(), data)
    assert "<script" not in drawn and "&lt;script&gt;" in drawn
