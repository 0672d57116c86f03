"""Translations: which claim this one is a translation of, as it is signed, and how that original
stands now.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from claims.choices import Meanwhile, VerdictState
from claims.models import Claim, Verdict
from claims.querysets import VerdictQuerySet
from claims.rules.unmet import UnmetRequirement

UNPUBLISHED = (
    "The claim that this one is a translation of has no published verdict now that readers see."
    " Publish that first, or make this a claim of its own."
)


def original_content(claim: Claim) -> dict[str, Any]:
    """With the version that was translated: a corrected original is another one, and is translated
    and signed anew.
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


def signed_as_translation(of: UUID | None = None) -> VerdictQuerySet:
    """The verdicts readers have that say so, whatever their claims are by now. In canonical JSON no
    typed words read like this.
    """
    told = f'"translation_of":{{"id":"{of}"' if of else '"translation_of":{'
    return Verdict.objects.published().filter(content__contains=told)


def missing_original(claim: Claim) -> list[UnmetRequirement]:
    """A translation tells readers that there is an original: so not before they have it, and no
    more while it is withheld or once it is retracted.
    """
    if (
        claim.translation_of_id is None
        or Verdict.objects.readable().filter(claim=claim.translation_of_id).exists()
    ):
        return []
    return [UnmetRequirement("translation", UNPUBLISHED, "translation")]


@dataclass(frozen=True, slots=True)
class Original:
    """What readers of a translation are told of its original. Without an address it is not there
    for them.
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
    """Asked when the page is read: so a correction or retraction of the original marks its
    translations at once.
    """
    told = content.get("translation_of")
    if not told:
        return None
    rows = (
        Verdict.objects.on_public_record()
        .filter(claim__public_id=UUID(told["id"]))
        .select_related("claim")
    )
    present = max(rows, key=lambda row: row.number, default=None)
    if present is None:
        return Original(told["language"])
    opened = (
        present.corrections.all().open_corrections().exclude(meanwhile=Meanwhile.UNCHANGED).first()
    )
    newer = (
        present.claim.verdicts.all()
        .listed_corrections()
        .filter(number__gt=told["version"] or 0)
        .order_by("-number")
        .first()
    )
    moments = present.claim.verdicts.exclude(meanwhile=Meanwhile.UNCHANGED, published_at=None)
    times = moments.values_list("published_at", "retracted_at", "opened_at", "closed_at")
    return Original(
        language=told["language"],
        address=present.claim.address,
        retracted_at=present.retracted_at if present.state == VerdictState.RETRACTED else None,
        under_review_since=opened.opened_at if opened else None,
        corrected_at=newer.published_at if newer else None,
        moments=tuple(moment for row in times for moment in row),
    )
