"""The page behind the link of an invitation or a reset: people choose
their own password.
"""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from factcheck.ledger import change_context
from factcheck.newsroom.account_links import link_tokens
from factcheck.newsroom.models import User


class ChoosePasswordView(PasswordResetConfirmView):
    """Django's view: the secret moves from the address to the session
    at once, so that it stands in no history and no referrer. Signing in
    comes afterwards, with the second factor where there is one.
    """

    token_generator = link_tokens
    template_name = "account/choose_password.html"
    success_url = reverse_lazy("admin:index")

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        signed_in, user = self.request.user, self.get_user(kwargs["uidb64"])
        if isinstance(signed_in, User) and user and signed_in.pk != user.pk:
            # Else an admin could set it from their own session, and it would look like
            # the person's own act.
            return self._refusal(self.request, HTTPStatus.FORBIDDEN, signed_in=signed_in)
        response = super().dispatch(*args, **kwargs)
        if response.status_code == HTTPStatus.OK and not self.validlink:
            return self._refusal(self.request, HTTPStatus.GONE)
        return response

    def form_valid(self, form: "SetPasswordForm[User]") -> HttpResponse:
        token = self.request.session.get(INTERNAL_RESET_SESSION_TOKEN)
        with transaction.atomic():
            # Read again and locked: of two people with one link, one chooses.
            user = User.objects.select_for_update(no_key=True).get(pk=form.user.pk)
            if not link_tokens.check_token(user, token):
                return self._refusal(self.request, HTTPStatus.GONE)
            user.set_password(form.cleaned_data["new_password1"])
            user.link_expires_at = None
            with change_context.acting_as(user):
                user.save(update_fields=["password", "link_expires_at"])
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, _("Your password is set. Sign in with it now."))
        return super(PasswordResetConfirmView, self).form_valid(form)

    def _refusal(
        self,
        request: HttpRequest,
        status: HTTPStatus,
        **context: Any,
    ) -> HttpResponse:
        response = self.response_class(
            request=request,
            template="account/link_refused.html",
            context={"view": self, "title": "", **context},
            using=self.template_engine,
            status=status,
        )
        # Django logs the address of a refusal, and a link that is for somebody else
        # still lets its person in.
        vars(response)["_has_been_logged"] = True
        return response
