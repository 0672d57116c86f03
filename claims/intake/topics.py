"""Topics of a desk, and the topic of a claim, which the selection log counts by."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, Topic
from claims.workflow.editable import check_version
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may, may_on_desk


def add_topic(desk: Desk, *, by: User, name: str) -> tuple[Topic, bool]:
    """Create a topic; return it and whether it is new."""
    if not may_on_desk(by, "topic.manage", desk.pk):
        raise PermissionDenied(
            _("Only an editor can add topics. Ask an editor of %(desk)s.") % {"desk": desk}
        )
    clean_name = " ".join(name.split())
    if not clean_name:
        raise ValidationError({"name": _("Enter a name for the topic.")})
    with transaction.atomic():
        topic, new = Topic.objects.get_or_create(desk=desk, name=clean_name)
        if new:
            log_change("topic.add", topic, by=by, changes={"name": ["", clean_name]})
    return topic, new


def rename_topic(topic: Topic, *, by: User, name: str) -> Topic:
    """The claims keep it; the same name again changes nothing."""
    if not may(by, "topic.manage", topic):
        raise PermissionDenied(
            _("Only an editor can rename topics. Ask an editor of %(desk)s.") % {"desk": topic.desk}
        )
    with transaction.atomic():
        row = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
        before, row.name = row.name, " ".join(name.split())
        row.full_clean()
        if row.name != before:
            row.save(update_fields=["name"])
            log_change("topic.change", row, by=by, changes={"name": [before, row.name]})
    return row


def set_topic(
    claim: Claim,
    *,
    by: User,
    topic: Topic | None,
    expected_version: int | None = None,
) -> Claim:
    """Set or clear the topic, also after publication: it is not part of
    the signed content.
    """
    with transaction.atomic():
        locked = (
            Claim.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=claim.pk)
        )
        if not may(by, "claim.topic", locked):
            raise PermissionDenied(
                _("Your role on %(desk)s does not allow you to change the topic.")
                % {"desk": locked.desk}
            )
        if topic and topic.desk_id != locked.desk_id:
            raise ValidationError(
                {"topic": _("Choose a topic of %(desk)s.") % {"desk": locked.desk}}
            )
        if locked.topic_id != (topic.pk if topic else None):
            check_version(locked, expected_version)
            before = locked.topic.name if locked.topic else ""
            locked.topic, locked.version = topic, locked.version + 1
            locked.save(update_fields=["topic", "version"])
            log_change(
                "claim.topic",
                locked,
                by=by,
                changes={"topic": [before, topic.name if topic else ""]},
            )
    claim.refresh_from_db()
    return locked
