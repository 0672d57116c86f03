"""What is asked of who starts a stream, or types what is said."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.live import streams
from claims.live.streams import LONGEST_CHUNK, Begun, Chunk
from claims.models import LiveStream
from claims.models.live import SPEAKER_LENGTH, TIME_CODE_LENGTH
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where
from sources.canonical_urls import UrlError


class StartForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=300, help_text=_("The article will have it in the end.")
    )
    source_url = forms.CharField(
        label=_("Address of the broadcast"),
        max_length=2000,
        required=False,
        help_text=_("Where claims are said to have been made."),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    language = forms.CharField(label=_("Language"), max_length=16)
    key = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, data: Any = None, *, by: User) -> None:
        initial = {"language": settings.SITE_LANGUAGE, "key": uuid4()}
        super().__init__(data, label_suffix="", initial=initial)
        self.by = by
        desks = Desk.objects.filter(pk__in=desks_where(by, "article.submit")).order_by("name")
        field = forms.ModelChoiceField(desks, label=_("Desk"), empty_label=None)
        if len(desks) == 1:
            field.widget, field.initial = forms.HiddenInput(), desks[0].pk
        self.fields["desk"] = field

    def started(self) -> LiveStream | None:
        """None if it was refused, with the reason at its field."""
        values = dict(self.cleaned_data)
        try:
            return streams.start(values.pop("desk"), Begun(**values), by=self.by)
        except UrlError as error:
            self.add_error("source_url", str(error))
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                self.add_error(name if name in self.fields else None, texts)
        return None


class ChunkForm(forms.Form):
    """By hand, where nothing sends the text."""

    speaker = forms.CharField(label=_("Speaker"), max_length=SPEAKER_LENGTH, required=False)
    time_code = forms.CharField(label=_("Time code"), max_length=TIME_CODE_LENGTH, required=False)
    text = forms.CharField(
        label=_("What was said"),
        max_length=LONGEST_CHUNK,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # Of the page as it was: the same form sent twice is one chunk.
    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput())

    def chunk(self) -> Chunk:
        return Chunk(**self.cleaned_data)
