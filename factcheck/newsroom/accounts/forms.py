"""allauth's forms with the newsroom's limits."""

from typing import Any

from allauth.account.forms import LoginForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from factcheck.newsroom import sign_in_limits


class SignInForm(LoginForm):
    """Signs in anybody who is active; the admin site checks memberships."""

    request: HttpRequest

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        login = self.fields["login"]
        login.label = gettext_lazy("Username or email address")
        login.widget.attrs = {"autocomplete": "username", "autofocus": True, "spellcheck": "false"}
        self.fields["password"].widget.attrs.pop("placeholder", None)

    def clean(self) -> Any:
        name = str(self.cleaned_data.get("login", ""))
        # Before the password is tried: otherwise the answer would tell a guesser when
        # one is right.
        if sign_in_limits.must_wait(self.request, name):
            raise ValidationError(sign_in_limits.too_many_failures(), code="waits")
        try:
            cleaned = super().clean()
        except ValidationError:
            sign_in_limits.record_failure(self.request, name)
            raise
        if self.user is not None:
            sign_in_limits.clear_failures(self.request, name)
        return cleaned
