"""Pictures as evidence, without a file that was read: rows alone."""

from claims.evidence.attaching import EvidenceDetails, attach_evidence
from claims.evidence.files import source_of
from claims.models import Claim, Evidence
from factcheck.newsroom.models import User
from sources import uploads
from sources.filestore import file_store
from sources.models import Picture, SimilarPictures
from sources.pictures import PictureReading
from sources.publisher_lookup import get_or_create_publishers
from sources.stored_pictures import keep_picture
from sources.uploads import JPEG, Document

BITS = 0x5A5A_3C3C_0F0F_9669
_DRAWN = b"\xff\xd8\xff\xe0a small copy"


def stored_picture(bits: int = BITS) -> Picture:
    """Of a file in the store, which is no picture."""
    reading = PictureReading(
        "", "JPEG", 480, 360, 1, {"whole": bits}, bits ^ (2**64 - 1), {"model": "Box"}, _DRAWN
    )
    return keep_picture(file_store().keep(_content(bits)), reading)


def similar_pictures() -> SimilarPictures:
    first, second = stored_picture(), stored_picture(BITS ^ 1)
    return SimilarPictures.objects.get(first=first, second=second)


def _content(bits: int) -> bytes:
    return b"\xff\xd8\xff\xe1" + bits.to_bytes(8)


def picture_evidence(claim: Claim, by: User, *, bits: int = BITS) -> tuple[Evidence, Picture]:
    """An item that is a picture of this hash."""
    picture, size = stored_picture(bits), len(_content(bits))
    text = "A square with people."
    document = Document("square.jpg", JPEG, size, picture.sha256, "A square", text, "", "")
    capture = uploads.keep(document, desk=claim.desk)
    publisher, _ = get_or_create_publishers("Agency", "", desk=claim.desk).publishers
    link = source_of(capture, publisher, by=by)
    details = EvidenceDetails(url="", stance="context", finding="It shows the square.")
    return attach_evidence(claim, link, by=by, details=details), picture
