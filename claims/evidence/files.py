"""A file as evidence: what somebody sent us, kept byte for byte, with the words that quotes are
looked up in.
"""

from dataclasses import dataclass, replace
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.evidence.attaching import EvidenceDetails, attach_evidence, check_evidence_text
from claims.models import Claim, Evidence
from claims.rules import source_protection
from claims.workflow import WorkflowError
from claims.workflow.editable import check_open, lock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import Desk, User
from sources import filestore, uploads
from sources.models import Capture, Link, Publisher
from sources.publisher_lookup import get_or_create_publishers


@dataclass(frozen=True, slots=True)
class FileUpload:
    """`publisher` is whose document it is, by name or domain; `origin` whose report, where that is
    somebody else's.

    `transcript` is what a picture or a scan shows, typed by a person.
    """

    content: bytes
    name: str
    publisher: str
    title: str = ""
    transcript: str = ""
    origin: str = ""


def attach_file(claim: Claim, *, by: User, sent: FileUpload, item: EvidenceDetails) -> Evidence:
    """Attach a file; the same file again is the same source, and the same item returns the first.

    It is read and stored before the transaction: a row never names a file that is not there, and
    nobody waits for a PDF.
    """
    check_evidence_text(item)
    if not sent.publisher.strip():
        raise ValidationError(
            {"publisher": "Say whose document this is: it counts as a source of theirs."}
        )
    check_open(Claim.objects.visible_to(by).get(pk=claim.pk), by, "evidence.attach")
    document = uploads.receive(
        sent.content, name=sent.name, title=sent.title, transcript=_transcript(claim, sent, by)
    )
    with transaction.atomic():
        locked = lock(claim, by, "evidence.attach")
        source_protection.refuse_exposed_names_in(
            locked,
            {
                "publisher": sent.publisher,
                "title": sent.title,
                "transcript": sent.transcript,
                "file": sent.name,
            },
        )
        capture = uploads.keep(
            document, desk=locked.desk
        )  # who sends the same new file at the same moment waits here
        _hold_link(capture.url, desk=locked.desk)
        named = get_or_create_publishers(sent.publisher, sent.origin, desk=locked.desk)
        publisher, origin = named.publishers
        link = source_of(capture, publisher, by=by)
        made = attach_evidence(locked, link, by=by, details=replace(item, origin=origin))
        named.log_changes(by=by)
    return made


def _hold_link(address: str, *, desk: Desk) -> None:
    """If the desk has the file already: before the audit head, which a new publisher takes, for a
    publication locks it so.
    """
    list(
        Link.objects.filter(desk=desk, url=address)
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )


def _transcript(claim: Claim, sent: FileUpload, by: User) -> str:
    """Who sends a picture again need not type its words again; what of the desk is not theirs to
    see, nobody learns by sending it.
    """
    if sent.transcript.strip():
        return sent.transcript
    known = (
        Link.objects.visible_to(by)
        .filter(desk=claim.desk_id, url=uploads.address_of(sent.content))
        .select_related("latest_capture")
        .first()
    )
    capture = known.latest_capture if known else None
    return capture.text if capture and capture.content_type in uploads.PICTURES else ""


def source_of(capture: Capture, publisher: Publisher | None, *, by: User) -> Link:
    """What evidence cites for a file or a note: one source, so that nobody counts it twice under
    two names.
    """
    if publisher is None:
        raise ValidationError({"publisher": "Say whose words these are."})
    link, new = uploads.link_to(capture, publisher=publisher)
    if new:
        log_change(
            "link.cite",
            link,
            by=by,
            changes={"url": ["", link.url], "publisher": ["", str(publisher)]},
        )
        return link
    link = (
        Link.objects.select_for_update(of=("self",), no_key=True)
        .select_related("publisher")
        .get(pk=link.pk)
    )
    fields = []
    if link.publisher_id != publisher.pk:
        _change_publisher(link, publisher, by)
        fields.append("publisher")
    if link.latest_capture_id != capture.pk:
        link.latest_capture = capture
        fields.append("latest_capture")
    if fields:
        link.save(update_fields=fields)
    return link


def _change_publisher(link: Link, publisher: Publisher, by: User) -> None:
    if link.published_since or Evidence.objects.active().filter(link=link).exists():
        if not Link.objects.visible_to(by).filter(pk=link.pk).exists():
            raise WorkflowError(
                f"This file cannot be attached as a document of {publisher}. Ask an editor of"
                f" {link.desk}, who can see why."
            )
        raise WorkflowError(
            f"This desk has this file already, as a document of {link.publisher}. Name"
            f" {link.publisher}; or, if that was wrong, withdraw the evidence that cites it, and"
            " attach it again."
        )
    log_change(
        "link.publisher", link, by=by, changes={"publisher": [str(link.publisher), str(publisher)]}
    )
    link.publisher = publisher


def evidence_file(evidence: Evidence) -> IO[bytes] | None:
    """The bytes as they were sent; None where the item stands on no file."""
    capture = evidence.capture
    return filestore.opened(capture.body_sha256) if capture and capture.file_name else None
