"""The form through which articles come in: a pasted text, or an address that a worker fetches."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where
from sources.canonical_urls import UrlError
from sources.choices import ArticleKind
from sources.ingest import TITLE_LENGTH, ArticleDetails, submit_text, submit_url
from sources.models import Article
from sources.plaintext import TextError

ADDRESS_LENGTH = 2000
UPDATED_WITHIN = timedelta(days=3)
EITHER = "Paste the text or give the address; one of them is needed."
NOT_BOTH = (
    "Give either the text or the address, not both: what the address says may differ from what you"
    " pasted."
)


class ArticleForm(forms.Form):
    """Exactly one of text and address. Title, date and kind describe a pasted text; of a page they
    are read.
    """

    text = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
        help_text="The whole article, as plain text or as the source of its page (HTML).",
    )
    url = forms.CharField(
        label="Address",
        required=False,
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text="Instead of a text: we fetch the page and read title and date from it.",
    )
    title = forms.CharField(
        label="Title",
        required=False,
        max_length=TITLE_LENGTH,
        help_text="The first line of the text if left empty.",
    )
    published_date = forms.DateField(
        label="Published on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Tells what “yesterday” in the text means.",
    )
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=ArticleKind, initial=ArticleKind.PUBLISHED
    )

    def __init__(
        self, data: Any = None, *, by: User, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, label_suffix="", initial=initial)
        self.by = by
        self.fields[
            "text"
        ].validators = []  # ingest says about a NUL what to do; Django's own check only forbids it
        desks = list(Desk.objects.filter(pk__in=desks_where(by, "article.submit")))
        field = forms.ModelChoiceField(
            label="Desk",
            queryset=Desk.objects.filter(pk__in=[desk.pk for desk in desks]),
            empty_label=None,
        )
        if len(desks) == 1:
            field.initial, field.required, field.widget = desks[0], False, forms.HiddenInput()
        self.fields["desk"] = field
        recent = Article.objects.visible_to(by).filter(desk__in=desks)
        lately = recent.filter(
            Q(created_at__gte=timezone.now() - UPDATED_WITHIN)
            | Q(pk=_number((initial or data or {}).get("update_of")))
        )
        if not lately.exists():
            return
        self.fields["update_of"] = forms.ModelChoiceField(
            label="Update of",
            queryset=lately.order_by("-created_at", "-pk"),
            required=False,
            empty_label="nothing: a new article",
            help_text=(
                "Of a text that an agency has sent before: it becomes the next version, and nothing"
                " is proposed twice."
            ),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        text, url = given.get("text", "").strip(), given.get("url", "")
        if text and url:
            self.add_error("url", NOT_BOTH)
        elif not (text or url) and not self.errors:
            self.add_error("text", EITHER)
        given["desk"] = given.get("desk") or self.fields["desk"].initial
        story = given.get("update_of")
        if story and url:
            self.add_error(
                "update_of",
                "Paste the text of an update. An address alone is an article of its own.",
            )
        elif story and story.desk != given["desk"]:
            self.add_error(
                "update_of",
                f"This is an article of {story.desk}. Choose that desk, or send the text as a new"
                " article.",
            )
        return given

    def submit(self) -> tuple[Article, bool] | None:
        """(article, was it new); None where the text or the address was refused, with the reason on
        the form.
        """
        given = self.cleaned_data
        try:
            if given["url"]:
                return submit_url(given["desk"], by=self.by, url=given["url"])
            told = ArticleDetails(
                given["title"],
                "",
                given["kind"] or ArticleKind.PUBLISHED,
                given["published_date"],
                given.get("update_of"),
            )
            return submit_text(given["desk"], by=self.by, text=given["text"], details=told)
        except TextError as error:
            self.add_error("text", str(error))
        except UrlError as error:
            self.add_error("url", str(error))
        return None


def _number(typed: Any) -> int | None:
    return (
        int(typed)
        if str(typed).isascii() and str(typed).isdigit() and len(str(typed)) < 18
        else None
    )
