"""What is asked of who imports: the file or the addresses, and then
which column means what.
"""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Origin
from claims.exchange.importing.addresses import addresses_in
from claims.exchange.importing.claim_reviews import FIELDS_READ
from claims.exchange.importing.running import Begun, begin, begin_addresses, read
from claims.exchange.importing.tables import ImportFileError
from claims.models import Import, ImportedFactCheck
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where
from sources.filestore import LARGEST_FILE

DAY_ORDERS = (
    ("", gettext_lazy("Refuse what may be two days")),
    ("dmy", gettext_lazy("The day first: 31/05/2024")),
    ("mdy", gettext_lazy("The month first: 05/31/2024")),
)
SHOWN_OF_A_CELL = 60


def label_of(field: str) -> str:
    """The name of a field of a fact check, as its list shows it."""
    return str(ImportedFactCheck._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


class DefaultsForm(forms.Form):
    """What stands for all rows that do not say it."""

    publisher = forms.CharField(
        label=gettext_lazy("Publisher, where the row names none"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Else the site of its address."),
    )
    language = forms.CharField(
        label=gettext_lazy("Language, where the row names none"), max_length=16
    )
    day_order = forms.ChoiceField(
        label=gettext_lazy("Dates like 05/06/2024"), choices=DAY_ORDERS, required=False
    )

    def defaults(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in DefaultsForm.base_fields}


class BeginForm(DefaultsForm):
    """Takes exactly one of a file and addresses."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("CSV, JSON, JSON Lines, or ClaimReview as a feed or file."),
    )
    addresses = forms.CharField(
        label=gettext_lazy("Addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "https://"}),
        help_text=gettext_lazy("Pages with ClaimReview, one address on each line."),
    )
    origin = forms.ChoiceField(label=gettext_lazy("These fact checks are of"), choices=Origin)
    key = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, data: Any = None, files: Any = None, *, by: User, too_large: bool) -> None:
        initial = {"language": settings.SITE_LANGUAGE, "key": uuid.uuid4()}
        super().__init__(data, files, label_suffix="", initial=initial)
        self.by, self.too_large = by, too_large
        desks = Desk.objects.filter(pk__in=desks_where(by, "fact_check.import"))
        self.fields["desk"] = forms.ModelChoiceField(
            label=_("Desk"), queryset=desks, empty_label=None
        )
        # Most people have one desk: no field then, and nothing to get wrong.
        self.only_desk = desks[0] if len(desks) == 1 else None
        if self.only_desk:
            self.fields["desk"].required = False
            self.fields["desk"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["desk"] = cleaned.get("desk") or self.only_desk
        file, addresses = cleaned.get("file"), cleaned.get("addresses", "").split()
        if self.too_large:
            self.add_error(
                "file",
                _("The file is larger than %(size)d MB. Split it, and import the parts.")
                % {"size": LARGEST_FILE // 2**20},
            )
        elif bool(file) == bool(addresses) and not self.errors:
            self.add_error("file", _("Choose a file or enter addresses, not both."))
        cleaned["addresses"] = addresses
        return cleaned

    def clean_addresses(self) -> str:
        typed = str(self.cleaned_data["addresses"])
        try:
            addresses_in(typed)
        except ImportFileError as error:
            raise ValidationError(str(error)) from error
        return typed

    def begun(self) -> Import | None:
        """The import, or None where its file is refused."""
        cleaned = self.cleaned_data
        file, desk, origin = cleaned["file"], cleaned["desk"], Origin(cleaned["origin"])
        begun = Begun(file.name if file else "", origin, self.defaults(), cleaned["key"])
        if not file:
            return begin_addresses(desk, cleaned["addresses"], begun, by=self.by)
        try:
            return begin(desk, read(file.read()), begun, by=self.by)
        except ImportFileError as error:
            self.add_error("file", str(error))
            return None


class MappingForm(DefaultsForm):
    """A choice of column for each field, with what its first row says."""

    def __init__(self, data: Any = None, *, made: Import) -> None:
        initial = {f"column_{field}": column for field, column in made.mapping.items()}
        super().__init__(data, label_suffix="", initial={**initial, **made.defaults})
        row = made.rows.order_by("pk").first()
        first = row.record if row else {}
        columns = [(name, _with_example(name, first.get(name, ""))) for name in made.columns]
        for field in FIELDS_READ:
            self.fields[f"column_{field}"] = forms.ChoiceField(
                label=capfirst(label_of(field)), choices=[("", _("none")), *columns], required=False
            )
        self.order_fields([f"column_{field}" for field in FIELDS_READ])

    def mapping(self) -> dict[str, str]:
        return {field: self.cleaned_data[f"column_{field}"] for field in FIELDS_READ}


def _with_example(name: str, text: str) -> str:
    short = " ".join(text[:SHOWN_OF_A_CELL].split())
    return f"{name}: {short}" if short else name
