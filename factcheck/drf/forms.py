"""Forms of the screens, where the API takes what a screen takes: one rule for both."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


def checked(form: forms.BaseForm) -> dict[str, Any]:
    """What the form has read. Raises ValidationError by field name, which
    becomes a 400.
    """
    if form.is_valid():
        return dict(form.cleaned_data)
    raise ValidationError(dict(form.errors.as_data()))
