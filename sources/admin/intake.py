"""The form through which articles come in: a pasted text, or an address that a worker fetches."""

from typing import Any

from django import forms

from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where
from sources.canonical import UrlError
from sources.choices import ArticleKind
from sources.ingest import TITLE_LENGTH, ArticleDetails, submit_text, submit_url
from sources.models import Article
from sources.plaintext import TextError

ADDRESS_LENGTH = 2000
EITHER = "Paste the text or give the address; one of them is needed."
NOT_BOTH = "Give either the text or the address, not both: what the address says may differ from what you pasted."


class ArticleForm(forms.Form):
    """Exactly one of text and address. Title, date and kind describe a pasted text; of a page they are read."""

    text = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 11, "dir": "auto"}),
        help_text="The whole article, as plain text or as the source of its page (HTML).",
    )
    url = forms.CharField(
        label="Address",
        required=False,
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text="Instead of a text: we fetch the page and read title and date from it.",
    )
    title = forms.CharField(label="Title", required=False, max_length=TITLE_LENGTH, help_text="The first line of the text if left empty.")
    published_on = forms.DateField(
        label="Published on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Tells what “yesterday” in the text means.",
    )
    kind = forms.ChoiceField(label="Kind", required=False, choices=ArticleKind, initial=ArticleKind.PUBLISHED)

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data, label_suffix="")
        self.by = by
        self.fields["text"].validators = []  # ingest says about a NUL what to do; Django's own check only forbids it
        desks = list(Desk.objects.filter(pk__in=desks_where(by, "article.submit")))
        field = forms.ModelChoiceField(label="Desk", queryset=Desk.objects.filter(pk__in=[desk.pk for desk in desks]), empty_label=None)
        if len(desks) == 1:
            field.initial, field.required, field.widget = desks[0], False, forms.HiddenInput()
        self.fields["desk"] = field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        text, url = given.get("text", "").strip(), given.get("url", "")
        if text and url:
            self.add_error("url", NOT_BOTH)
        elif not (text or url) and not self.errors:
            self.add_error("text", EITHER)
        given["desk"] = given.get("desk") or self.fields["desk"].initial
        return given

    def submit(self) -> tuple[Article, bool] | None:
        """(article, was it new); None where the text or the address was refused, with the reason on the form."""
        given = self.cleaned_data
        try:
            if given["url"]:
                return submit_url(given["desk"], by=self.by, url=given["url"])
            told = ArticleDetails(given["title"], "", given["kind"] or ArticleKind.PUBLISHED, given["published_on"])
            return submit_text(given["desk"], by=self.by, text=given["text"], details=told)
        except TextError as error:
            self.add_error("text", str(error))
        except UrlError as error:
            self.add_error("url", str(error))
        return None
