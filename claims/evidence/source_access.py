"""Reading who a confidential source is: by the writer of the note, or
with a grant; for a reason, and on record.

No entry, refusal or reason here ever holds the name.
"""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.models import ConfidentialIdentity, SourceGrant, SourceRead, SourceReadRequest
from claims.rules import source_protection
from claims.rules.source_protection import ProtectedName
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.account_control import AccountControl
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may, people_who

LONGEST_GRANT = timedelta(days=90)
LONGEST_REASON = 500
CONFIRM_WITHIN = timedelta(hours=1)


def read_identity(
    identity: ConfidentialIdentity, *, by: User, reason: str
) -> ConfidentialIdentity | SourceReadRequest:
    """The identity, with an entry of who read it and why.

    Where two people open it together: the request that the second one
    confirms. Asking again returns that request until then, and the
    identity once afterwards.
    """
    with transaction.atomic():
        row = _lock(identity)
        if not may(by, "evidence.identity", row):
            raise PermissionDenied(
                _(
                    "Only the author of the note and people with a grant in force can read who"
                    " the source is. Ask an editor of %(desk)s for one."
                )
                % {"desk": row.interview.desk}
            )
        now, text = clock.now(), _checked_reason(row, reason)
        request = _request(row, by, text, now) if row.two_people else None
        if request and request.confirmed_at is None:
            return request
        # The second person confirmed the reason that they read, and not a later one.
        read = SourceRead(
            identity=row,
            by=by,
            at=now,
            reason=request.reason if request else text,
            request=request,
        )
        read.save(force_insert=True)
        changes = {"reason": ["", read.reason]}
        if request:
            changes["confirmed_by"] = ["", str(request.confirmed_by)]
        log_change("identity.read", row.interview, by=by, changes=changes)
    return row


def confirm_read(request: SourceReadRequest, *, by: User) -> SourceReadRequest:
    """Let the other person read; confirming again changes nothing."""
    with transaction.atomic():
        _lock(request.identity)
        row = SourceReadRequest.objects.select_related("by", "identity__interview__desk").get(
            pk=request.pk
        )
        _check_second_person(row, by)
        if row.confirmed_at:
            return row
        now = clock.now()
        if row.expires_at <= now:
            raise WorkflowError(
                _("This request has expired. %(person)s has to ask again.") % {"person": row.by}
            )
        row.confirmed_by, row.confirmed_at = by, now
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        log_change(
            "identity.confirm",
            row.identity.interview,
            by=by,
            changes={"reader": ["", row.by.get_username()], "reason": ["", row.reason]},
        )
    return row


def grant_access(
    identity: ConfidentialIdentity, *, by: User, person: User, reason: str, ends_at: datetime
) -> SourceGrant:
    """Let a colleague of the desk read the identity until a time. The
    same grant again returns the first.
    """
    with transaction.atomic():
        row = _lock(identity)
        check_may_grant(row, by=by)
        _check_person(row, person, by)
        now, text = clock.now(), _checked_reason(row, reason)
        if not now < ends_at <= now + LONGEST_GRANT:
            raise ValidationError(
                {
                    "ends_at": _("Choose an end within the next %(days)s days.")
                    % {"days": LONGEST_GRANT.days}
                }
            )
        existing = row.grants.in_force(now).filter(person=person).first()
        if existing and (existing.ends_at, existing.reason) == (ends_at, text):
            return existing
        if existing:
            raise WorkflowError(
                _("%(person)s already has access. Revoke that grant first.") % {"person": person}
            )
        grant = SourceGrant(
            identity=row, person=person, reason=text, by=by, at=now, ends_at=ends_at
        )
        clean_values(grant)
        grant.save(force_insert=True)
        changes = {
            "person": ["", person.get_username()],
            "ends_at": ["", ends_at.isoformat()],
            "reason": ["", text],
        }
        log_change("identity.grant", row.interview, by=by, changes=changes)
    return grant


def revoke_access(grant: SourceGrant, *, by: User) -> SourceGrant:
    """End a grant at once; ending it again changes nothing."""
    with transaction.atomic():
        identity = _lock(grant.identity)
        _check_manager(identity, by)
        row = SourceGrant.objects.select_related("person").get(pk=grant.pk)
        if row.revoked_at is None:
            row.revoked_by, row.revoked_at = by, clock.now()
            row.save(update_fields=["revoked_by", "revoked_at"])
            changes = {"person": [row.person.get_username(), ""]}
            log_change("identity.revoke", identity.interview, by=by, changes=changes)
    return row


def require_two_people(
    identity: ConfidentialIdentity,
    *,
    by: User,
) -> ConfidentialIdentity:
    """From now on two people open it together. For good: the source may rely on it."""
    with transaction.atomic():
        row = _lock(identity)
        _check_manager(row, by)
        if not row.two_people:
            row.two_people = True
            row.save(update_fields=["two_people"])
            changes = {"two_people": [False, True]}
            log_change("identity.two_people", row.interview, by=by, changes=changes)
    return row


def check_may_grant(identity: ConfidentialIdentity, *, by: User) -> None:
    if not may(by, "identity.grant", identity):
        raise PermissionDenied(
            _("Only an editor of %(desk)s can give access to its sources.")
            % {"desk": identity.interview.desk}
        )


def people_for_grant(identity: ConfidentialIdentity, *, by: User) -> QuerySet[User]:
    """Whom this person could give access: checkers and editors of the
    desk, but neither themselves nor the author of the note.
    """
    return people_who("claim.take", identity.desk_id).exclude(pk__in={by.pk, identity.by_id})


def _lock(identity: ConfidentialIdentity) -> ConfidentialIdentity:
    # Nothing is decrypted before it is known that this person may.
    return (
        ConfidentialIdentity.objects.select_for_update(of=("self",), no_key=True)
        .select_related("interview__desk", "by")
        .defer("name", "contact")
        .get(pk=identity.pk)
    )


def _request(
    identity: ConfidentialIdentity, by: User, reason: str, now: datetime
) -> SourceReadRequest:
    """The request of this person that was not used yet, or a new one."""
    pending = identity.read_requests.filter(by=by, expires_at__gt=now, read__isnull=True).first()
    if pending:
        return pending
    request = SourceReadRequest(
        identity=identity, by=by, reason=reason, at=now, expires_at=now + CONFIRM_WITHIN
    )
    request.save(force_insert=True)
    log_change("identity.request", identity.interview, by=by, changes={"reason": ["", reason]})
    return request


def _checked_reason(identity: ConfidentialIdentity, reason: str) -> str:
    text = " ".join(reason.split())
    if not text:
        raise ValidationError({"reason": _("Enter why. The reason is kept in the audit log.")})
    if len(text) > LONGEST_REASON:
        raise ValidationError(
            {"reason": _("Keep the reason to %(limit)s characters.") % {"limit": LONGEST_REASON}}
        )
    name = ProtectedName.of(identity.name, identity.contact)
    source_protection.refuse_exposed_names(name, {"reason": text})
    return text


def _check_person(identity: ConfidentialIdentity, person: User, by: User) -> None:
    if person.pk == by.pk:
        refused = _("You cannot give yourself access. Ask another editor of %(desk)s.")
    elif person.pk == identity.by_id:
        refused = _("%(person)s wrote the note and can read it already.")
    elif not people_who("claim.take", identity.desk_id).filter(pk=person.pk).exists():
        refused = _("%(person)s is no checker or editor of %(desk)s.")
    elif AccountControl(clock.now()).connection(by, person):
        # Else an editor who can make accounts would read through one of them.
        refused = _(
            "One of you lately gave the other access to their account. Ask another editor of"
            " %(desk)s to give %(person)s access to this source."
        )
    else:
        return
    raise ValidationError({"person": refused % {"person": person, "desk": identity.interview.desk}})


def _check_second_person(request: SourceReadRequest, by: User) -> None:
    if request.by_id == by.pk or not may(by, "identity.confirm", request.identity):
        raise PermissionDenied(
            _("Another person who may read this source has to confirm the request.")
        )
    # As for signatures: an account somebody made may still be in their hands.
    if AccountControl(clock.now()).connection(request.by, by):
        raise PermissionDenied(
            _(
                "One of you lately gave the other access to their account, so the two of you"
                " cannot open a source together. Ask a third person."
            )
        )


def _check_manager(identity: ConfidentialIdentity, by: User) -> None:
    if not may(by, "identity.manage", identity):
        raise PermissionDenied(
            _("Only the author of the note and editors of %(desk)s can limit access to it.")
            % {"desk": identity.interview.desk}
        )
