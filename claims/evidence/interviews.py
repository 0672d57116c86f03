"""A conversation as evidence: the note of it, signed by who held it, and the name that is kept from
everybody else.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

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
from factcheck.newsroom.models import User
from sources.choices import CaptureKind
from sources.models import OFFLINE, Capture
from sources.plaintext import stored_text
from sources.publisher_lookup import get_or_create_publishers
from sources.readable import text_fingerprint

SCHEMA = 1
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Note:
    """`person` and `role` are what readers are told. `real_name` and `contact` are of a
    confidential source only.

    `speaks_for` is whose voice it counts as, where that is not the person's own.
    """

    person: str
    channel: str
    held_at: datetime
    text: str
    role: str = ""
    speaks_for: str = ""
    confidential: bool = False
    real_name: str = ""
    contact: str = ""


def attach_note(claim: Claim, *, by: User, note: Note, item: EvidenceDetails) -> Evidence:
    """Sign the note of a conversation and attach it; the same note and item again
    return the first.
    """
    check_evidence_text(item)
    told = _checked(note, item)
    with transaction.atomic():
        locked = lock(claim, by, "evidence.attach")
        public = {
            "person": told.person,
            "role": told.role,
            "speaks_for": told.speaks_for,
            "text": told.text,
        }
        source_protection.refuse_exposed_names_in(locked, public, of_note=told.confidential)
        named = get_or_create_publishers(told.speaks_for or told.person, desk=locked.desk)
        interview = _known(locked, by, told) or _sign(locked, by, told)
        link = source_of(interview.capture, named.publishers[0], by=by)
        made = attach_evidence(locked, link, by=by, details=replace(item, origin=None))
        named.log_changes(by=by)
    return made


def signed_form(interview: Interview) -> str:
    """The canonical JSON under the signature: anybody with the rows can make it again and compare
    the hash.
    """
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
    told = replace(
        note,
        text=stored_text(note.text, limit=_LONGEST),
        person=_line(note.person),
        role=_line(note.role),
        speaks_for=_line(note.speaks_for),
        real_name=_line(note.real_name),
        contact=_line(note.contact),
    )
    if not told.person:
        raise ValidationError(
            {
                "person": (
                    "Say with whom, as readers are told: a name, or “a person in the ministry known"
                    " to the desk”."
                )
            }
        )
    if told.channel not in Channel.values:
        raise ValidationError({"channel": "Say how you spoke."})
    if told.held_at > clock.now():
        raise ValidationError(
            {"held_at": "This lies in the future. Sign the note after the conversation."}
        )
    if not told.confidential and (told.real_name or told.contact):
        raise ValidationError(
            {
                "confidential": (
                    "A name that is kept apart belongs to a confidential source. Tick that, or"
                    " empty both fields."
                )
            }
        )
    if told.confidential:
        _check_confidentiality(told, item)
    return told


def _line(words: str) -> str:
    return " ".join(words.split())


def _check_confidentiality(told: Note, item: EvidenceDetails) -> None:
    """The commonest slip: the name stands in what everybody reads."""
    if not told.real_name:
        raise ValidationError(
            {"real_name": "Say who it was: only you and the editors of the desk can read it."}
        )
    public = {
        "person": told.person,
        "role": told.role,
        "speaks_for": told.speaks_for,
        "text": told.text,
        **item.texts(),
    }
    source_protection.refuse_exposed_names(ProtectedName.of(told.real_name, told.contact), public)


def _known(claim: Claim, by: User, told: Note) -> Interview | None:
    rows = Interview.objects.filter(
        desk=claim.desk_id,
        by=by,
        person=told.person,
        role=told.role,
        channel=told.channel,
        held_at=told.held_at,
        confidential=told.confidential,
        capture__text=told.text,
    ).select_related("capture")
    if told.confidential:
        rows = rows.filter(identity__name=told.real_name, identity__contact=told.contact)
    return rows.first()


def _sign(claim: Claim, by: User, told: Note) -> Interview:
    now = clock.now()
    interview = Interview(
        desk_id=claim.desk_id,
        person=told.person,
        role=told.role,
        channel=told.channel,
        held_at=told.held_at,
        confidential=told.confidential,
        by=by,
        signed_at=now,
    )
    capture = Capture(
        desk_id=claim.desk_id,
        kind=CaptureKind.NOTE,
        title=f"Conversation with {told.person}"[:500],
        text=told.text,
        text_sha256=text_fingerprint(told.text),
        content_type="text/plain",
        captured_at=now,
    )
    interview.capture = capture
    interview.sha256 = capture.body_sha256 = sha256(signed_form(interview))
    capture.url = f"{OFFLINE}{interview.sha256}"
    capture.save(force_insert=True)
    interview.capture = capture
    clean_values(interview)
    interview.save(force_insert=True)
    if told.confidential:
        identity = ConfidentialIdentity(
            interview=interview, name=told.real_name, contact=told.contact, by=by, at=now
        )
        clean_values(identity)
        identity.save(force_insert=True)
    changes = {
        "person": ["", told.person],
        "channel": ["", told.channel],
        "confidential": [None, told.confidential],
        "sha256": ["", interview.sha256],
    }
    log_change("interview.sign", interview, by=by, changes=changes)
    return interview
