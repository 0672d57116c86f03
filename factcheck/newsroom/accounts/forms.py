"""allauth's forms with the newsroom's limits."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.webauthn import forms as key_forms
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.newsroom import sign_in_limits
from factcheck.newsroom.models import User


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
        name = _username(str(self.cleaned_data.get("login", "")))
        # Before the password is tried: otherwise the answer would tell a guesser when
        # one is right.
        if not sign_in_limits.may_try(self.request, name):
            raise ValidationError(sign_in_limits.too_many_failures(), code="waits")
        cleaned = super().clean()
        if self.user is not None:
            sign_in_limits.succeeded(self.request, name)
        return cleaned


def _username(login: str) -> str:
    """The name whose failures are counted: a person is not tried twice
    as often because they also have an address.
    """
    login = login.strip()
    if "@" in login:
        found = User.objects.filter(email__iexact=login).values_list("username", flat=True).first()
        return found or login
    return login


class CountedCode:
    """A mixin: wrong codes are counted, and a right one works once."""

    user: User
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "autofocus": True}

    def clean_code(self) -> str:
        request, name = context.request, self.user.get_username()
        if not sign_in_limits.may_try_code(request, name):
            raise ValidationError(sign_in_limits.too_many_codes(), code="waits")
        code: str = super().clean_code()  # type: ignore[misc]
        if not sign_in_limits.is_unused_code(name, code):
            raise ValidationError(_("This code was used already. Wait for the next one."))
        sign_in_limits.code_succeeded(request, name)
        return code


class CodeForm(CountedCode, mfa_forms.AuthenticateForm):
    """At the sign-in."""


class ConfirmCodeForm(CountedCode, mfa_forms.ReauthenticateForm):
    """Signed in, before something that needs a fresh proof."""


def _name_fields(form: forms.Form, **labels: Any) -> None:
    """Our labels, and no placeholders: these vanish while one types."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


class NewPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_fields(
            self,
            oldpassword=gettext_lazy("Current password"),
            password1=gettext_lazy("New password"),
            password2=gettext_lazy("New password again"),
        )


class CredentialField(forms.JSONField):
    """What a key answered, as JSON from the browser. Anything else is
    an error of the form: deeply nested JSON ends in a RecursionError
    that Django's field lets through.
    """

    widget = forms.HiddenInput
    _LONGEST = 50_000

    def to_python(self, value: Any) -> Any:
        try:
            if len(str(value)) > self._LONGEST:
                raise ValueError
            return super().to_python(value)
        except (RecursionError, ValueError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        # What was sent is never shown again: a key answers anew.
        return None


class CredentialForm:
    """A mixin for forms with the answer of a key."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def clean(self) -> Any:
        try:
            return super().clean()  # type: ignore[misc]
        except (KeyError, TypeError, ValueError, AttributeError):
            # fido2 reads the answer trusting its shape.
            raise ValidationError(_("The answer of the key was not understood.")) from None

    def clean_credential(self) -> Any:
        inherited = getattr(super(), "clean_credential", None)
        if inherited is None:
            return self.cleaned_data["credential"]  # type: ignore[attr-defined]
        try:
            return inherited()
        except (KeyError, TypeError, ValueError, AttributeError):
            raise ValidationError(_("The answer of the key was not understood.")) from None


class AddKeyForm(CredentialForm, key_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.label = gettext_lazy("Sign in with this key alone")
        alone.help_text = gettext_lazy(
            "A passkey: it asks for its PIN or your fingerprint, and you need no password."
        )


class KeyForm(CredentialForm, key_forms.AuthenticateWebAuthnForm):
    pass


class PasskeyForm(CredentialForm, key_forms.LoginWebAuthnForm):
    pass


class ConfirmKeyForm(CredentialForm, key_forms.ReauthenticateWebAuthnForm):
    pass


class ConfirmPasswordForm(ReauthenticateForm):
    def clean_password(self) -> str:
        request, name = context.request, self.user.get_username()
        if not sign_in_limits.may_try_code(request, name):
            raise ValidationError(sign_in_limits.too_many_codes(), code="waits")
        password: str = super().clean_password()
        sign_in_limits.code_succeeded(request, name)
        return password
