"""A conversation as evidence: the note of it, signed by who held it, and the name that is kept from
everybody else.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.choices import Channel
from claims.evidence.attaching import EvidenceDetails, add_item, check_words
from claims.evidence.files import source_of
from claims.models import Claim, ConfidentialIdentity, Conversation, Evidence
from claims.rules import source_protection
from claims.rules.source_protection import Secret
from claims.workflow.editable import lock
from factcheck.ledger import clock
from factcheck.ledger.audit_log import record
from factcheck.ledger.canonical_json import canonical_json, sha256
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from sources.choices import CaptureKind
from sources.models import OFFLINE, Capture
from sources.plaintext import stored_text
from sources.publisher_lookup import named_publishers
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
    check_words(item)
    told = _checked(note, item)
    with transaction.atomic():
        locked = lock(claim, by, "evidence.attach")
        public = {
            "person": told.person,
            "role": told.role,
            "speaks_for": told.speaks_for,
            "text": told.text,
        }
        source_protection.refuse_in(locked, public, of_note=told.confidential)
        named = named_publishers(told.speaks_for or told.person, desk=locked.desk)
        conversation = _known(locked, by, told) or _sign(locked, by, told)
        link = source_of(conversation.capture, named.publishers[0], by=by)
        made = add_item(locked, link, by=by, details=replace(item, origin=None))
        named.record(by=by)
    return made


def signed_form(conversation: Conversation) -> str:
    """The canonical JSON under the signature: anybody with the rows can make it again and compare
    the hash.
    """
    return canonical_json(
        {
            "schema": SCHEMA,
            "person": conversation.person,
            "role": conversation.role,
            "channel": conversation.channel,
            "held_at": conversation.held_at,
            "confidential": conversation.confidential,
            "note": conversation.capture.text,
            "signed_by": conversation.by_id,
            "signed_at": conversation.signed_at,
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
        _check_secrecy(told, item)
    return told


def _line(words: str) -> str:
    return " ".join(words.split())


def _check_secrecy(told: Note, item: EvidenceDetails) -> None:
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
    source_protection.refuse(Secret.of(told.real_name, told.contact), public)


def _known(claim: Claim, by: User, told: Note) -> Conversation | None:
    rows = Conversation.objects.filter(
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


def _sign(claim: Claim, by: User, told: Note) -> Conversation:
    now = clock.now()
    conversation = Conversation(
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
    conversation.capture = capture
    conversation.sha256 = capture.body_sha256 = sha256(signed_form(conversation))
    capture.url = f"{OFFLINE}{conversation.sha256}"
    capture.save(force_insert=True)
    conversation.capture = capture
    clean_values(conversation)
    conversation.save(force_insert=True)
    if told.confidential:
        identity = ConfidentialIdentity(
            conversation=conversation, name=told.real_name, contact=told.contact, by=by, at=now
        )
        clean_values(identity)
        identity.save(force_insert=True)
    changes = {
        "person": ["", told.person],
        "channel": ["", told.channel],
        "confidential": [None, told.confidential],
        "sha256": ["", conversation.sha256],
    }
    record("conversation.sign", conversation, by=by, changes=changes)
    return conversation
