"""Refusals of `sources` in the language of who reads them."""

from django.utils.formats import number_format
from django.utils.translation import gettext

from sources.refusals import RefusedError


def in_words(error: RefusedError) -> str:
    text = gettext(error.text)
    values = {
        name: number_format(value, force_grouping=True) if isinstance(value, int) else value
        for name, value in error.values.items()
    }
    return text % values if values else text
