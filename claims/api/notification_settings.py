"""How you are told of what, over the API: at once, in a daily letter, or not by
e-mail.
"""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.notifications import SettingsOut, SettingsPatch
from claims.choices import Delivery, NotificationKind
from claims.desk.notifications import mailing
from factcheck.drf.auth import caller
from factcheck.newsroom.models import User


def _answer(user: User) -> Response:
    now = mailing.settings_of([user.pk])
    return Response(SettingsOut({kind.value: now(user.pk, kind) for kind in NotificationKind}).data)


class NotificationSettings(ClaimsView):
    http_method_names = ["get", "head", "patch"]
    scopes = {"GET": ("read",), "PATCH": ("claims:write",)}

    @extend_schema(operation_id="read_notification_settings", responses=SettingsOut)
    def get(self, request: Request) -> Response:
        """For each kind of notification, how you get it by e-mail. All of them are in
        `notifications/` in any case.
        """
        return _answer(caller(request))

    @extend_schema(
        operation_id="edit_notification_settings", request=SettingsPatch, responses=SettingsOut
    )
    def patch(self, request: Request) -> Response:
        """Change some of them, from the next notification on."""
        user, data = caller(request), self.validated(SettingsPatch)
        chosen = {NotificationKind(name): Delivery(value) for name, value in data.items()}
        mailing.choose(user, chosen)
        return _answer(user)
