"""What a desk thinks of a publisher: the newest note counts, and every earlier one stays with who
wrote it, when and why.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

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
    """Say how far the desk trusts it, and why; saying the same again changes nothing."""
    if not may_on_desk(by, "publisher.note", desk.pk):
        raise PermissionDenied(
            f"Only checkers and editors of {desk} say how far the desk trusts a publisher."
        )
    said = reason.strip()
    if level not in Reliability.values:
        raise ValidationError({"level": "Choose how far it is trusted."})
    if not said:
        raise ValidationError({"reason": "Say why: whoever cites it next wants to know."})
    if len(said) > REASON_LENGTH:
        raise ValidationError(
            {"reason": f"This has {len(said)} characters. Say it in {REASON_LENGTH}."}
        )
    with transaction.atomic():
        row = (
            Publisher.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=publisher.pk)
        )
        before = row.reliability_notes.filter(desk=desk).first()
        if before and (before.level, before.reason) == (level, said):
            return before
        note = ReliabilityNote.objects.create(
            publisher=row, desk=desk, level=level, reason=said, by=by, at=clock.now()
        )
        was = {"level": before.level, "reason": before.reason} if before else {}
        changes = {
            "publisher": ["", str(row.public_id)],
            "level": [was.get("level", ""), level],
            "reason": [was.get("reason", ""), said],
        }
        log_change("publisher.note", note, by=by, changes=changes)
    return note


def notes_in_force(publishers: Iterable[int], *, desk: int) -> dict[int, ReliabilityNote]:
    """The desk's newest note of each publisher, by the publisher's key."""
    notes = (
        ReliabilityNote.objects.filter(publisher__in=set(publishers), desk=desk)
        .select_related("by")
        .order_by("at", "pk")
    )
    return {note.publisher_id: note for note in notes}
