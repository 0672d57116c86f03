"""Strict input: no unknown fields, no coercion, and what all requests share."""

from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy
from rest_framework.serializers import (
    CharField,
    DateTimeField,
    IntegerField,
    Serializer,
    ValidationError,
)

from factcheck.drf.pages import DEFAULT_SIZE, LARGEST_SIZE
from factcheck.drf.remedies import with_remedies

LARGEST_VERSION = 2**31 - 1
# A cursor may hold a name of 200 characters, at up to four bytes each.
LONGEST_CURSOR = 2000


class Strict(Serializer[Any]):
    """Refuses unknown fields by name: a misspelt field that is ignored is an error
    nobody notices.
    """

    unknown_text: ClassVar[Any] = gettext_lazy("Unknown field. Known fields: %(field_names)s.")

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            field_names = ", ".join(self.fields) or "none"
            raise ValidationError(
                {
                    # Shortened: the name is the client's and goes into the answer.
                    name[:60]: [str(self.unknown_text) % {"field_names": field_names}]
                    for name in unknown
                },
                code="unknown",
            )
        try:
            return super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError(with_remedies(error.detail, self.fields, data)) from error


class Text(CharField):
    """A JSON string. CharField would also take numbers and turn 1.0 into “1.0”."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Moment(DateTimeField):
    """A time with its UTC offset. Without one, DRF would take the server's time zone,
    which the client does not know.
    """

    default_error_messages = {
        "naive": gettext_lazy(
            "Add the UTC offset, such as 2026-06-01T06:00:00+02:00 or 2026-06-01T04:00:00Z."
        ),
    }

    def enforce_timezone(self, value: datetime) -> datetime:
        if timezone.is_naive(value):
            self.fail("naive")
        return super().enforce_timezone(value)


class Version(IntegerField):
    """The version the caller has read; a newer one is answered with 412."""

    def __init__(self, *, lowest: int = 1, **kwargs: Any) -> None:
        # No larger number fits the column.
        super().__init__(min_value=lowest, max_value=LARGEST_VERSION, **kwargs)


class Query(Strict):
    """A query string."""

    unknown_text = gettext_lazy("Unknown parameter or filter. Known ones: %(field_names)s.")


class EmptyQuery(Query):
    """The query string of an operation without parameters."""


class EmptyBody(Strict):
    """An empty object, or nothing at all."""


class PageQuery(Query):
    cursor = CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=LONGEST_CURSOR,
        help_text="From “next” or “previous”; opaque.",
    )
    page_size = IntegerField(
        required=False, default=DEFAULT_SIZE, min_value=1, max_value=LARGEST_SIZE
    )


class ProblemField(Serializer[Any]):
    text = CharField()
    code = CharField(required=False)
    field = CharField(required=False, help_text="The field of the request.")
    anchor = CharField(required=False, help_text="Where on the claim it is fixed.")


class ProblemBody(Serializer[Any]):
    """RFC 9457."""

    type = CharField()
    title = CharField()
    status = IntegerField()
    detail = CharField()
    errors = ProblemField(many=True)  # type: ignore[assignment]
