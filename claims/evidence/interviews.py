"""Interview notes as evidence, signed by their author, and the names of
confidential sources.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import Channel
from claims.evidence.attaching import EvidenceDetails, attach_evidence, check_evidence_text
from claims.evidence.files import source_of
from claims.models import Claim, ConfidentialIdentity, Evidence, Interview
from claims.rules import source_protection
from claims.rules.source_protection import ProtectedName
from claims.workflow.editable import lock
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.canonical_json import canonical_json, sha256
from factcheck.ledger.values import clean_values
from factcheck.newsroom import second_factor
from factcheck.newsroom.models import User
from sources.choices import CaptureKind
from sources.models import OFFLINE, Capture
from sources.plaintext import stored_text
from sources.publisher_lookup import get_or_create_publishers
from sources.readable import text_fingerprint

SCHEMA = 1
_MAX_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class Note:
    """`person` and `role` are published. `real_name` and `contact` are
    of confidential sources.

    `speaks_for` is the organisation that counts as the source, where it
    is not the person.
    """

    person: str
    channel: str
    held_at: datetime
    text: str
    role: str = ""
    speaks_for: str = ""
    confidential: bool = False
    # Kept out of what a traceback or a log might print of this.
    real_name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    # Who the source is opens for two people together only.
    two_people: bool = False


def attach_note(
    claim: Claim,
    *,
    by: User,
    note: Note,
    item: EvidenceDetails,
) -> Evidence:
    """Sign an interview note and attach it; the same note and evidence
    again return the first.
    """
    check_evidence_text(item)
    checked = _checked(note, item)
    with transaction.atomic():
        locked = lock(claim, by, "evidence.attach")
        second_factor.require(by, "interview.sign")
        public = {
            "person": checked.person,
            "role": checked.role,
            "speaks_for": checked.speaks_for,
            "text": checked.text,
        }
        source_protection.refuse_exposed_names_in(locked, public, of_note=checked.confidential)
        lookup = get_or_create_publishers(checked.speaks_for or checked.person, desk=locked.desk)
        interview = _existing(locked, by, checked) or _sign(locked, by, checked)
        link = source_of(interview.capture, lookup.publishers[0], by=by)
        evidence = attach_evidence(locked, link, by=by, details=replace(item, origin=None))
        lookup.log_changes(by=by)
    return evidence


def signed_form(interview: Interview) -> str:
    """The canonical JSON that is signed; it can be rebuilt from the
    rows to compare the hash.
    """
    # The real name of a confidential source is no part of it: whoever verifies the
    # signature must not need to know it.
    return canonical_json(
        {
            "schema": SCHEMA,
            "person": interview.person,
            "role": interview.role,
            "channel": interview.channel,
            "held_at": interview.held_at,
            "confidential": interview.confidential,
            "note": interview.capture.text,
            "signed_by": interview.by_id,
            "signed_at": interview.signed_at,
        }
    )


def _checked(note: Note, item: EvidenceDetails) -> Note:
    checked = replace(
        note,
        text=stored_text(note.text, limit=_MAX_LENGTH),
        person=_line(note.person),
        role=_line(note.role),
        speaks_for=_line(note.speaks_for),
        real_name=_line(note.real_name),
        contact=_line(note.contact),
    )
    if not checked.person:
        raise ValidationError(
            {
                "person": _(
                    "Enter the person as readers will see them: a name, or “a person in the"
                    " ministry known to the desk”."
                )
            }
        )
    if checked.channel not in Channel.values:
        raise ValidationError({"channel": _("Choose how the interview was held.")})
    if checked.held_at > clock.now():
        raise ValidationError(
            {"held_at": _("The date is in the future. Sign the note after the interview.")}
        )
    if not checked.confidential and (checked.real_name or checked.contact or checked.two_people):
        raise ValidationError(
            {
                "confidential": _(
                    "A real name, a contact and protection by two people are for confidential"
                    " sources only. Mark the source as confidential, or clear these fields."
                )
            }
        )
    if checked.confidential:
        _check_confidentiality(checked, item)
    return checked


def _line(words: str) -> str:
    return " ".join(words.split())


def _check_confidentiality(note: Note, item: EvidenceDetails) -> None:
    """Refuse the commonest slip: the real name in a text that everybody reads."""
    if not note.real_name:
        raise ValidationError(
            {
                "real_name": _(
                    "Enter the real name. Only you and people whom an editor gives access can read"
                    " it."
                )
            }
        )
    public = {
        "person": note.person,
        "role": note.role,
        "speaks_for": note.speaks_for,
        "text": note.text,
        **item.texts(),
    }
    source_protection.refuse_exposed_names(ProtectedName.of(note.real_name, note.contact), public)


def _existing(claim: Claim, by: User, note: Note) -> Interview | None:
    rows = Interview.objects.filter(
        desk=claim.desk_id,
        by=by,
        person=note.person,
        role=note.role,
        channel=note.channel,
        held_at=note.held_at,
        confidential=note.confidential,
        capture__text=note.text,
    ).select_related("capture", "identity")
    # The database cannot compare what it holds encrypted; the rows that are left are
    # few: the same words, written by the same person about the same moment.
    return next((row for row in rows if not note.confidential or _is_of(row, note)), None)


def _is_of(interview: Interview, note: Note) -> bool:
    identity = interview.identity
    stored = (identity.name, identity.contact, identity.two_people)
    return stored == (note.real_name, note.contact, note.two_people)


def _sign(claim: Claim, by: User, note: Note) -> Interview:
    now = clock.now()
    interview = Interview(
        desk_id=claim.desk_id,
        person=note.person,
        role=note.role,
        channel=note.channel,
        held_at=note.held_at,
        confidential=note.confidential,
        by=by,
        signed_at=now,
    )
    capture = Capture(
        desk_id=claim.desk_id,
        kind=CaptureKind.NOTE,
        title=f"Interview with {note.person}"[:500],
        text=note.text,
        text_sha256=text_fingerprint(note.text),
        content_type="text/plain",
        captured_at=now,
    )
    # The note is hashed before either row has an id: the signed form holds none of the
    # two, and the capture takes its URL from the hash.
    interview.capture = capture
    interview.sha256 = capture.body_sha256 = sha256(signed_form(interview))
    capture.url = f"{OFFLINE}{interview.sha256}"
    capture.save(force_insert=True)
    # Assigned again: Django copied the id at the first assignment, when there was none
    # yet.
    interview.capture = capture
    clean_values(interview)
    interview.save(force_insert=True)
    if note.confidential:
        identity = ConfidentialIdentity(
            interview=interview,
            name=note.real_name,
            contact=note.contact,
            two_people=note.two_people,
            by=by,
            at=now,
        )
        clean_values(identity)
        identity.save(force_insert=True)
    # The audit log is read by auditors and never erased: no real name, and no word of
    # the note.
    changes = {
        "person": ["", note.person],
        "channel": ["", note.channel],
        "confidential": [None, note.confidential],
        "sha256": ["", interview.sha256],
    }
    log_change("interview.sign", interview, by=by, changes=changes)
    return interview
