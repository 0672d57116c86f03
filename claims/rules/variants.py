"""Verdicts that were copied from the canonical claim: whether what was
copied is still what readers have there.
"""

from django.utils.translation import gettext as _

from claims.choices import Category, VerdictState
from claims.models import Claim, Verdict, VerdictCopy
from claims.rules.unmet import UnmetRequirement


def newest_copy(claim: Claim) -> VerdictCopy | None:
    copies = VerdictCopy.objects.filter(variant__claim=claim)
    return copies.select_related("variant", "source").order_by("-pk").first()


def open_correction_of(canonical: int) -> bool:
    """Whether it is being corrected in substance; a typo changes nothing
    that was copied.
    """
    corrections = Verdict.objects.filter(claim=canonical).open_corrections()
    return corrections.exclude(category=Category.TYPO).exists()


def changed_since(copy: VerdictCopy) -> bool:
    """Whether the verdict was corrected or retracted since somebody
    copied it, or read it and kept their own.
    """
    verdicts = Verdict.objects.filter(claim=copy.variant.canonical_id)
    if verdicts.listed_corrections().filter(number__gt=copy.source.number).exists():
        return True
    return not copy.was_retracted and verdicts.filter(state=VerdictState.RETRACTED).exists()


def missing_current_copy(claim: Claim, verdict: Verdict | None) -> list[UnmetRequirement]:
    """A verdict is not published first with what was wrong where it was
    copied from. Of a published one a recheck asks, see `citations`.

    Messages name no claim: not everybody who reads them sees it.
    """
    if verdict is None or verdict.corrects_id is not None:
        return []
    copy = newest_copy(claim)
    if copy is None:
        return []
    if open_correction_of(copy.variant.canonical_id):
        message = _(
            "This verdict was copied from another version of the claim, which is being corrected."
            " Wait until its correction is published or dropped."
        )
    elif changed_since(copy):
        message = _(
            "This verdict was copied from another version of the claim, which was corrected or"
            " retracted since. Copy it again, or say why this verdict stands."
        )
    else:
        return []
    return [UnmetRequirement("copied_verdict", message, "variants")]
