"""Translations: which claim is the original, as it is signed, and the
state of that original now.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from claims.choices import Meanwhile, ReferenceKind, VerdictState
from claims.models import Claim, Reference, Verdict
from claims.models.reference import SHORT_ID
from claims.querysets.verdicts import VerdictQuerySet
from claims.rules.unmet import UnmetRequirement


def original_content(claim: Claim) -> dict[str, Any]:
    """The part of the signed content that names the original; empty for
    a claim of its own.

    It holds the version that was translated: once the original is
    corrected, the content differs, so the translation has to be signed
    again.
    """
    if claim.translation_of_id is None:
        return {}
    original = Claim.objects.get(pk=claim.translation_of_id)
    version = (
        Verdict.objects.published().filter(claim=original).values_list("number", flat=True).first()
    )
    return {
        "translation_of": {
            "id": original.public_id,
            "language": original.language,
            "version": version,
        }
    }


# How the signed content of a translation names its original. Typed text cannot match:
# canonical JSON escapes its quotation marks.
SIGNED_ORIGINAL = '"translation_of":{"id":"'


def signed_as_translation(of: UUID | None = None) -> VerdictQuerySet:
    """The published verdicts signed as translations, of one claim or of
    any, whatever their claims have become since.
    """
    signed = Reference.objects.filter(kind=ReferenceKind.TRANSLATION)
    if of:
        signed = signed.filter(short_id=of.hex[:SHORT_ID])
    # The rows find the few, and the text decides: it may have been signed anew since.
    return Verdict.objects.published().filter(
        pk__in=signed.values("verdict"), content__contains=f"{SIGNED_ORIGINAL}{of or ''}"
    )


def missing_original(claim: Claim) -> list[UnmetRequirement]:
    """A translation refers readers to its original, so they must be
    able to read that: published, and neither withheld nor retracted.
    """
    if (
        claim.translation_of_id is None
        or Verdict.objects.readable().filter(claim=claim.translation_of_id).exists()
    ):
        return []
    message = _(
        "The original of this translation has no published verdict that readers can see. Publish"
        " the original first, or detach this claim from it."
    )
    return [UnmetRequirement("translation", message, "translation")]


@dataclass(frozen=True, slots=True)
class Original:
    """What readers of a translation learn about its original; without
    an `address` there is nothing for them to read.

    `moments` are all times that can change this, for the Last-Modified
    of the page.
    """

    language: str
    address: str = ""
    retracted_at: datetime | None = None
    under_review_since: datetime | None = None
    corrected_at: datetime | None = None
    moments: tuple[datetime | None, ...] = ()

    @property
    def is_in_question(self) -> bool:
        return any((self.retracted_at, self.under_review_since, self.corrected_at))


def current_original(content: dict[str, Any]) -> Original | None:
    """The original named in signed content, as it is now; None if the
    content names none.

    Read for each request, so that a correction or retraction of the
    original marks its translations at once.
    """
    signed = content.get("translation_of")
    if not signed:
        return None
    rows = (
        Verdict.objects.on_public_record()
        .filter(claim__public_id=UUID(signed["id"]))
        .select_related("claim")
    )
    latest = max(rows, key=lambda row: row.number, default=None)
    if latest is None:
        return Original(signed["language"])
    opened = (
        latest.corrections.all().open_corrections().exclude(meanwhile=Meanwhile.UNCHANGED).first()
    )
    # Not a typo: those are not listed, and leave the meaning of the original as it was
    # translated.
    newer = (
        latest.claim.verdicts.all()
        .listed_corrections()
        .filter(number__gt=signed["version"] or 0)
        .order_by("-number")
        .first()
    )
    moments = latest.claim.verdicts.exclude(meanwhile=Meanwhile.UNCHANGED, published_at=None)
    times = moments.values_list("published_at", "retracted_at", "opened_at", "closed_at")
    return Original(
        language=signed["language"],
        address=latest.claim.address,
        retracted_at=latest.retracted_at if latest.state == VerdictState.RETRACTED else None,
        under_review_since=opened.opened_at if opened else None,
        corrected_at=newer.published_at if newer else None,
        moments=tuple(moment for row in times for moment in row),
    )
