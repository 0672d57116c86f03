"""Adding a version to a text that is published in versions. Who may is
decided by the module of that text.
"""

from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.models.text_version import TextVersion
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.models import AuditHead
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User

LONGEST = 100_000
Version = TypeVar("Version", bound=TextVersion)
Changes = dict[str, list[Any]]


def add_version(
    blank: Version, *, by: User, text: str, in_force_from: datetime | None, **series: str
) -> tuple[Version, Changes]:
    """Save `blank` as the next version of its series, in force at once
    or from a later time, in the caller's transaction; return it with
    what the audit log is to hold of it. The text of the newest version
    again returns that version, and no changes. `series` are the fields
    that tell one series from another.
    """
    clean_text = _clean(text)
    # There is no desk to lock: the audit head keeps two publications apart.
    AuditHead.objects.select_for_update().get(pk=1)
    last = type(blank)._default_manager.filter(**series).order_by("-number").first()
    if last and last.text == clean_text:
        return last, {}
    now = clock.now()
    begins = in_force_from or now
    _check(begins, now, last)
    blank.number = last.number + 1 if last else 1
    blank.text, blank.in_force_from = clean_text, begins
    blank.made_by, blank.made_at = by, now
    clean_values(blank)
    blank.save(force_insert=True)
    changes: Changes = {name: ["", value] for name, value in series.items()}
    changes |= {"number": ["", blank.number], "in_force_from": ["", begins.isoformat()]}
    return blank, changes


def _clean(text: str) -> str:
    # Browsers send line ends as CRLF, the API as typed: the same text must be the same
    # version.
    clean = text.replace("\r\n", "\n").strip()
    if not clean:
        raise ValidationError({"text": _("Write the text.")})
    if len(clean) > LONGEST:
        message = _("The text has %(length)s characters. Shorten it to %(limit)s or fewer.")
        raise ValidationError({"text": message % {"length": len(clean), "limit": LONGEST}})
    return clean


def _check(begins: datetime, now: datetime, last: TextVersion | None) -> None:
    # What readers were told of the past does not change afterwards.
    if begins < now:
        raise ValidationError(
            {"in_force_from": _("This time has passed. Choose a later time, or leave it empty.")}
        )
    if last and begins < last.in_force_from:
        raise WorkflowError(
            _("Version %(number)s comes into force on %(day)s. Choose a time after that.")
            % {"number": last.number, "day": date_format(last.in_force_from, "DATE_FORMAT")}
        )
