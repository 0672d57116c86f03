"""The form that adds an article: a pasted text, or an address that a worker fetches."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where
from factcheck.newsroom.widgets import DayInput
from sources.admin.refusals import in_words
from sources.article_details import TITLE_LENGTH, ArticleDetails
from sources.canonical_urls import UrlError
from sources.choices import ArticleKind
from sources.ingest import submit_text, submit_url
from sources.models import Article
from sources.plaintext import TextError

ADDRESS_LENGTH = 2000
UPDATED_WITHIN = timedelta(days=3)
EITHER = gettext_lazy("Paste the text or enter the address.")
NOT_BOTH = gettext_lazy(
    "Enter either the text or the address, not both: the page may differ from the pasted text."
)


class ArticleForm(forms.Form):
    """Takes exactly one of text and address. Title, date and kind
    describe a pasted text; for a fetched page they are read from it.
    """

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,  # spans of suggestions count from the first character that was sent
        widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
        help_text=gettext_lazy("The whole article, as plain text or HTML source."),
    )
    url = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text=gettext_lazy("Instead of a text. Title and date are read from the page."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=TITLE_LENGTH,
        help_text=gettext_lazy("Leave empty to use the first line of the text."),
    )
    published_date = forms.DateField(
        label=gettext_lazy("Published on"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Used to resolve relative dates such as “yesterday”."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=ArticleKind,
        initial=ArticleKind.PUBLISHED,
    )

    def __init__(
        self, data: Any = None, *, by: User, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, label_suffix="", initial=initial)
        self.by = by
        # Django's check of NUL characters only forbids them; ingest says what to do
        # about one.
        self.fields["text"].validators = []
        desks = list(Desk.objects.filter(pk__in=desks_where(by, "article.submit")))
        field = forms.ModelChoiceField(
            label=_("Desk"),
            queryset=Desk.objects.filter(pk__in=[desk.pk for desk in desks]),
            empty_label=None,
        )
        # Most people have one desk: no field then, and nothing to get wrong.
        if len(desks) == 1:
            field.initial, field.required, field.widget = desks[0], False, forms.HiddenInput()
        self.fields["desk"] = field
        self._offer_updates(desks, _number((initial or data or {}).get("update_of")))

    def _offer_updates(self, desks: list[Desk], chosen: int | None) -> None:
        """The field “Update of”, with recent articles and the one that was `chosen`."""
        articles = Article.objects.visible_to(self.by).filter(desk__in=desks)
        offered = articles.filter(Q(created_at__gte=timezone.now() - UPDATED_WITHIN) | Q(pk=chosen))
        if not offered.exists():
            return
        self.fields["update_of"] = forms.ModelChoiceField(
            label=_("Update of"),
            queryset=offered.order_by("-created_at", "-pk"),
            required=False,
            empty_label=_("None (new article)"),
            help_text=_(
                "Choose the article that an agency has updated. The text becomes its next version;"
                " no sentence is suggested twice."
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text, url = cleaned.get("text", "").strip(), cleaned.get("url", "")
        if text and url:
            self.add_error("url", NOT_BOTH)
        elif not (text or url) and not self.errors:
            self.add_error("text", EITHER)
        # The hidden field of people with one desk may be missing from a script's POST.
        cleaned["desk"] = cleaned.get("desk") or self.fields["desk"].initial
        updated = cleaned.get("update_of")
        if updated and url:
            self.add_error(
                "update_of",
                _("Paste the text of the update. An address always makes a new article."),
            )
        elif updated and updated.desk != cleaned["desk"]:
            self.add_error(
                "update_of",
                _(
                    "This article belongs to %(desk)s. Choose that desk, or add the text as a new"
                    " article."
                )
                % {"desk": updated.desk},
            )
        return cleaned

    def submit(self) -> tuple[Article, bool] | None:
        """The article and whether it is new; None where the text or the
        address was refused, with the error on the form.
        """
        cleaned = self.cleaned_data
        try:
            if cleaned["url"]:
                return submit_url(cleaned["desk"], by=self.by, url=cleaned["url"])
            details = ArticleDetails(
                cleaned["title"],
                "",
                cleaned["kind"] or ArticleKind.PUBLISHED,
                cleaned["published_date"],
                cleaned.get("update_of"),
            )
            return submit_text(cleaned["desk"], by=self.by, text=cleaned["text"], details=details)
        except TextError as error:
            self.add_error("text", in_words(error))
        except UrlError as error:
            self.add_error("url", in_words(error))
        return None


def _number(typed: Any) -> int | None:
    # From the address: isdigit() alone accepts “²”, and 18 digits are the most a key
    # can have.
    return (
        int(typed)
        if str(typed).isascii() and str(typed).isdigit() and len(str(typed)) < 18
        else None
    )
