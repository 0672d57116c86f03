"""Files as evidence: stored byte for byte, with the text that quotes are checked in."""

from dataclasses import dataclass, replace
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

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
from sources.stored_pictures import keep_picture


@dataclass(frozen=True, slots=True)
class FileUpload:
    """`publisher` is a name or a domain; `origin` is the original
    source, where it is another one.

    `transcript` is the text of a picture or scan, typed by a person.
    """

    content: bytes
    name: str
    publisher: str
    title: str = ""
    transcript: str = ""
    origin: str = ""


def attach_file(
    claim: Claim,
    *,
    by: User,
    sent: FileUpload,
    item: EvidenceDetails,
) -> Evidence:
    """Attach a file; the same evidence again returns the first, and its
    source is the same link.
    """
    check_evidence_text(item)
    if not sent.publisher.strip():
        raise ValidationError({"publisher": _("Name the publisher of the document.")})
    check_open(Claim.objects.visible_to(by).get(pk=claim.pk), by, "evidence.attach")
    # Read and stored before the transaction: a row never names a file that is not
    # there, and no lock is held for the seconds that a long PDF takes.
    document = uploads.receive(
        sent.content, name=sent.name, title=sent.title, transcript=_transcript(claim, sent, by)
    )
    if document.picture:
        keep_picture(document.sha256, document.picture)
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
        # Somebody who sends the same new file at the same moment waits here, on the
        # unique index.
        capture = uploads.keep(document, desk=locked.desk)
        _lock_link(capture.url, desk=locked.desk)
        lookup = get_or_create_publishers(sent.publisher, sent.origin, desk=locked.desk)
        publisher, origin = lookup.publishers
        link = source_of(capture, publisher, by=by)
        evidence = attach_evidence(locked, link, by=by, details=replace(item, origin=origin))
        lookup.log_changes(by=by)
    return evidence


def _lock_link(address: str, *, desk: Desk) -> None:
    """Lock the link of the file, where the desk has it already."""
    # Before the audit head, which a new publisher locks: a publication takes the link
    # first and the audit head last, and the other order would deadlock with it.
    list(
        Link.objects.filter(desk=desk, url=address)
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )


def _transcript(claim: Claim, upload: FileUpload, by: User) -> str:
    """The transcript entered, or that of the same picture or scan on this desk."""
    if upload.transcript.strip():
        return upload.transcript
    # visible_to: sending a picture must not reveal what others transcribed on a claim
    # that this person may not see.
    link = (
        Link.objects.visible_to(by)
        .filter(desk=claim.desk_id, url=uploads.address_of(upload.content))
        .select_related("latest_capture")
        .first()
    )
    capture = link.latest_capture if link else None
    typed = capture and (capture.content_type in uploads.PICTURES or capture.note == uploads.TYPED)
    return capture.text if capture and typed else ""


def source_of(capture: Capture, publisher: Publisher | None, *, by: User) -> Link:
    """The link that evidence on a file or a note cites: one for each
    capture and desk.

    One source, so that it never counts twice under two publishers.
    Raises WorkflowError where it is in use under another publisher.
    """
    if publisher is None:
        raise ValidationError({"publisher": _("Name the organisation the person speaks for.")})
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
            # Nothing about the evidence in use: it may be of a claim hidden from this
            # person.
            raise WorkflowError(
                _(
                    "This file cannot be attached as a document of %(publisher)s. Ask an"
                    " editor of %(desk)s, who can see why."
                )
                % {"publisher": publisher, "desk": link.desk}
            )
        raise WorkflowError(
            _(
                "This file is already attached as a document of %(publisher)s. Name"
                " %(publisher)s as its publisher; or, if that is wrong, withdraw the evidence"
                " that cites it and attach it again."
            )
            % {"publisher": link.publisher}
        )
    log_change(
        "link.publisher", link, by=by, changes={"publisher": [str(link.publisher), str(publisher)]}
    )
    link.publisher = publisher


def evidence_file(evidence: Evidence) -> IO[bytes] | None:
    """The bytes as they were uploaded; None where the evidence has no file."""
    capture = evidence.capture
    return filestore.opened(capture.body_sha256) if capture and capture.file_name else None
