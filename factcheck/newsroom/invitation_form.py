"""The form that invites a colleague: who they are, and their first role."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.newsroom.choices import PEOPLE_ROLES, Role
from factcheck.newsroom.inviting import FirstRole
from factcheck.newsroom.models import ASSIGNABLE, Desk, Membership, User
from factcheck.newsroom.widgets import DayInput

_not_in_names = re.compile(r"[^\w.+-]+")


class AddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """Asks for an e-mail address that no other account has: links go there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" in self.fields:
            self.fields["email"].required = True

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        others = User.objects.filter(email__iexact=address).exclude(pk=self.instance.pk)
        if others.exists():
            # One mailbox behind two accounts would be one person with two signatures.
            raise ValidationError(
                _("Another account has this e-mail address. Each person needs one of their own.")
            )
        return address


class InvitationForm(AddressForm):
    order: ClassVar[tuple[str, ...]] = (
        "byline",
        "email",
        "username",
        "desk",
        "role",
        "end_date",
        "assigned_only",
    )
    desk = forms.ModelChoiceField(queryset=Desk.objects.none())
    role = forms.ChoiceField(
        choices=[(role.value, role.label) for role in PEOPLE_ROLES], initial=Role.CHECKER
    )
    end_date = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Leave empty for no end."),
    )
    assigned_only = forms.BooleanField(
        label=gettext_lazy("Limit to assigned work"),
        required=False,
        help_text=gettext_lazy("For example for freelancers."),
    )

    class Meta:
        model = User
        fields = ("username", "byline", "email")
        labels = {"byline": gettext_lazy("Name")}
        help_texts = {
            "byline": gettext_lazy("Published under verdicts."),
            "username": gettext_lazy(
                "For signing in and for mentions (@name). Leave empty to make it of the e-mail"
                " address."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].required = False

    def clean_end_date(self) -> Any:
        day = self.cleaned_data["end_date"]
        if day and not Membership(end_date=day).counts_on(timezone.now().date()):
            raise ValidationError(_("This day is over. Choose a later one, or none."))
        return day

    def first_role(self) -> FirstRole:
        """What a valid form gives the person."""
        given = self.cleaned_data
        return FirstRole(
            given["desk"],
            given["role"],
            end_date=given["end_date"],
            assigned_only=given["assigned_only"],
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("assigned_only") and given.get("role") not in ASSIGNABLE:
            self.add_error(
                "assigned_only",
                _("Only reporters, checkers and editors can be limited to assigned work."),
            )
        if not given.get("username") and given.get("email"):
            given["username"] = _free_name(given["email"])
        return given


def _free_name(address: str) -> str:
    """Of the part before the @; with a number where somebody has it."""
    name = _not_in_names.sub("", address.partition("@")[0])[:140] or "colleague"
    taken = set(User.objects.filter(username__istartswith=name).values_list("username", flat=True))
    number, free = 1, name
    while free.lower() in {one.lower() for one in taken}:
        number += 1
        free = f"{name}{number}"
    return free


def invitation_help() -> SafeString:
    return format_html(
        '<span class="quiet">{} {} <a href="{}">{}</a></span>',
        _("They receive an e-mail with a link and choose their own password."),
        _("For somebody who has an account:"),
        reverse("admin:newsroom_membership_add"),
        _("Assign role"),
    )
