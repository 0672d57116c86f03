"""Requests and responses for events and webhooks."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.choices import EventType
from claims.exchange.webhooks import sending
from claims.models import WebhookDelivery
from factcheck.drf.pages import DEFAULT_SIZE, LARGEST_SIZE
from factcheck.drf.serializers import LONGEST_CURSOR, Moment, PageQuery, Strict, Text
from factcheck.ledger.due_work import JobState

_URL_LENGTH, _NAME_LENGTH = 2000, 100


class EventQuery(Strict):
    after = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=LONGEST_CURSOR,
        help_text=(
            "The cursor of the last page or event you had; latest for what happens from now on."
            " Without one, from the oldest event there is."
        ),
    )
    type = serializers.ChoiceField(EventType.choices, required=False)
    desk = serializers.UUIDField(required=False)
    page_size = serializers.IntegerField(
        required=False, default=DEFAULT_SIZE, min_value=1, max_value=LARGEST_SIZE
    )


class EventOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Also the webhook-id of its deliveries.")
    type = serializers.ChoiceField(EventType.choices)
    timestamp = serializers.DateTimeField()
    data = serializers.DictField(  # type: ignore[assignment]
        help_text="By type; see docs/api.md."
    )


class EventPageOut(serializers.Serializer[Any]):
    next = serializers.URLField(
        allow_null=True, help_text="The next page; null where you have all there is by now."
    )
    cursor = serializers.CharField(help_text="Keep it: `after` for your next request.")
    results = EventOut(many=True)


def _types(**more: Any) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.ListField(
        child=serializers.ChoiceField(EventType.choices), allow_empty=False, **more
    )


class WebhookIn(Strict):
    desk = serializers.UUIDField(required=False, help_text="If you work on several.")
    name = Text(max_length=_NAME_LENGTH, help_text="What it is for.")
    url = Text(max_length=_URL_LENGTH, help_text="Where to send, with https.")
    types = _types(required=False, help_text="Which events; all by default.")


class WebhookPatch(Strict):
    name = Text(required=False, max_length=_NAME_LENGTH)
    url = Text(required=False, max_length=_URL_LENGTH)
    types = _types(required=False)
    active = serializers.BooleanField(required=False)


class WebhookOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    name = serializers.CharField()
    url = serializers.CharField()
    types = serializers.ListField(child=serializers.ChoiceField(EventType.choices))
    active = serializers.BooleanField()
    gone = serializers.BooleanField(
        help_text="It answered 410 Gone, and was switched off. Switching it on ends this."
    )
    previous_secret_until = serializers.DateTimeField(
        source="previous_until",
        allow_null=True,
        help_text="Until then the secret before signs as well.",
    )
    created_at = serializers.DateTimeField()


class WebhookSecretOut(WebhookOut):
    secret = serializers.SerializerMethodField(help_text="Shown in this answer only.")

    def get_secret(self, _webhook: Any) -> str:
        return str(self.context["secret"])


class ReplayIn(Strict):
    since = Moment(
        required=False,
        allow_null=True,
        default=None,
        help_text="Only those made since then.",
    )


class ReplayOut(serializers.Serializer[Any]):
    replayed = serializers.IntegerField(help_text="How many are sent again.")


class DeliveryQuery(PageQuery):
    state = serializers.ChoiceField(JobState.choices, required=False)


class DeliveryOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    message_id = serializers.CharField(help_text="The header webhook-id, the same at each try.")
    type = serializers.CharField(help_text="An event type, or webhook.test.")
    state = serializers.ChoiceField(JobState.choices, source="job_state")
    tries = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    tried_at = serializers.DateTimeField(allow_null=True)
    next_try_at = serializers.DateTimeField(source="next_attempt_at", allow_null=True)
    status = serializers.IntegerField(allow_null=True, help_text="Of the last answer.")
    answer = serializers.CharField(help_text="The beginning of its body.")
    error = serializers.CharField(source="last_error")
    message = serializers.SerializerMethodField(help_text="The body that is sent.")

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_message(self, delivery: WebhookDelivery) -> dict[str, Any]:
        return sending.message_of(delivery)
