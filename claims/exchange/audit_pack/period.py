"""Which audit pack somebody asks for."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.choices import ExportKind
from claims.desk.dashboard import period
from factcheck.ledger import clock

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class AuditPeriod:
    """The days of an audit pack, both included, and the language of its pages."""

    first: date
    last: date
    language: str

    def __post_init__(self) -> None:
        # As long as the dashboard counts at once, and no longer.
        period(self.first, self.last)
        if self.language not in dict(settings.LANGUAGES):
            raise ValidationError({"language": _("The site is not shown in this language.")})

    def asked(self) -> dict[str, Any]:
        return {
            "kind": ExportKind.AUDIT,
            "first_date": self.first,
            "last_date": self.last,
            "language": self.language,
        }


def asked_for(first: date | None, last: date | None, language: str) -> AuditPeriod:
    """With a year up to today where nothing is said. Raises
    ValidationError by field name.
    """
    last = last or clock.now().date()
    # The calendar has no year before the year 1, which is refused as too far back.
    first = first or last - min(YEAR - timedelta(days=1), last - date.min)
    return AuditPeriod(first, last, language or settings.SITE_LANGUAGE)
