"""Reliability notes of a desk on a publisher. The newest counts;
earlier ones stay on record.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may_on_desk
from sources.choices import Reliability
from sources.models import Publisher, ReliabilityNote
from sources.models.publisher import REASON_LENGTH


def note_reliability(
    publisher: Publisher, *, desk: Desk, by: User, level: str, reason: str
) -> ReliabilityNote:
    """Add a reliability note; repeating the current one changes
    nothing. Raises PermissionDenied or ValidationError.
    """
    if not may_on_desk(by, "publisher.note", desk.pk):
        raise PermissionDenied(
            _("Only checkers and editors of %(desk)s may rate the reliability of publishers.")
            % {"desk": desk}
        )
    reason_text = reason.strip()
    if level not in Reliability.values:
        raise ValidationError({"level": _("Choose a reliability.")})
    if not reason_text:
        raise ValidationError(
            {"reason": _("Enter a reason. Whoever cites this publisher next will read it.")}
        )
    if len(reason_text) > REASON_LENGTH:
        raise ValidationError(
            {
                "reason": _("The reason has %(length)s characters. At most %(limit)s are allowed.")
                % {"length": len(reason_text), "limit": REASON_LENGTH}
            }
        )
    with transaction.atomic():
        # Locked, so that of two equal notes at once the second sees the first.
        row = (
            Publisher.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=publisher.pk)
        )
        before = row.reliability_notes.filter(desk=desk).first()
        if before and (before.level, before.reason) == (level, reason_text):
            return before
        note = ReliabilityNote.objects.create(
            publisher=row, desk=desk, level=level, reason=reason_text, by=by, at=clock.now()
        )
        was = {"level": before.level, "reason": before.reason} if before else {}
        changes = {
            "publisher": ["", str(row.public_id)],
            "level": [was.get("level", ""), level],
            "reason": [was.get("reason", ""), reason_text],
        }
        log_change("publisher.note", note, by=by, changes=changes)
    return note


def notes_in_force(
    publishers: Iterable[int],
    *,
    desk: int,
) -> dict[int, ReliabilityNote]:
    """The desk's newest note of each publisher, by the publisher's key."""
    notes = (
        ReliabilityNote.objects.filter(publisher__in=set(publishers), desk=desk)
        .select_related("by")
        .order_by("at", "pk")
    )
    return {note.publisher_id: note for note in notes}
