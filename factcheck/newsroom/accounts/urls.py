"""The pages of allauth that a newsroom uses, by name: signing up,
changing one's own address and signing in by a mailed code stay closed
because they have no address.
"""

from allauth.account import views as account
from allauth.socialaccount import views as socialaccount
from django.urls import URLPattern, URLResolver, include, path

from factcheck.newsroom.accounts import single_sign_on
from factcheck.newsroom.choose_password import ChoosePasswordView

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/choose/<uidb64>/<token>/",
        ChoosePasswordView.as_view(),
        name="choose_password",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("oidc/<slug:provider_id>/login/", single_sign_on.login, name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        single_sign_on.callback,
        name="openid_connect_callback",
    ),
    path(
        "sso/cancelled/",
        socialaccount.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
]
