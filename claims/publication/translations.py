"""Making a claim the translation of another one, and its own again; only before readers have it,
for they are told of it.
"""

import re

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.choices import Status
from claims.models import Claim
from claims.rules.translation_of import signed_as_translation
from claims.workflow import StaleError
from claims.workflow.editable import lock
from factcheck.ledger.audit_log import changed_values, log_change
from factcheck.newsroom.models import User

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def set_original(
    claim: Claim,
    *,
    by: User,
    original: Claim | None,
    language: str,
    expected_version: int | None = None,
) -> Claim:
    """`language` is this claim's own. The same again changes nothing."""
    with transaction.atomic():
        _hold(claim, original)
        locked = lock(claim, by, "claim.edit")
        said = language.strip()
        if not _LANGUAGE.fullmatch(said) or len(said) > 16:
            raise ValidationError(
                {"language": "Give the language of this claim as a code such as en, de or pt-BR."}
            )
        if locked.translations.filter(language__iexact=said).exists():
            raise ValidationError(
                {
                    "language": (
                        f"A translation of this claim is in that language ({said}) already. Mend"
                        " the language of that first."
                    )
                }
            )
        found = _original(locked, original, by, said) if original else None
        before, after = (
            _told(locked),
            {"translation_of": str(found.public_id) if found else "", "language": said},
        )
        if before == after:
            return locked
        if expected_version is not None and expected_version != locked.version:
            raise StaleError("This claim", expected=expected_version, found=locked.version)
        locked.translation_of, locked.language, locked.version = found, said, locked.version + 1
        locked.save(update_fields=["translation_of", "language", "version"])
        log_change("claim.translation", locked, by=by, changes=changed_values(before, after))
    return locked


def _hold(claim: Claim, original: Claim | None) -> None:
    """Both, and in one order: of two claims that are made translations of each other at once, the
    second sees the first.
    """
    wanted = {claim.pk, original.pk} if original else {claim.pk}
    list(
        Claim.objects.filter(pk__in=wanted)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )


def _original(claim: Claim, chosen: Claim, by: User, language: str) -> Claim:
    """What it is a translation of already stays so for somebody too who does not see that; it is
    not named to them.
    """
    found = Claim.objects.get(pk=chosen.pk)
    seen = Claim.objects.visible_to(by).filter(pk=chosen.pk).exists()
    if not seen and found.pk != claim.translation_of_id:
        raise ValidationError(
            {"original": "There is no such claim, or it is not yours to see. Choose another one."}
        )
    if why := _unfit(claim, found, language, f"“{found}”" if seen else "Its original"):
        raise ValidationError({"original": why})
    return found


def _unfit(claim: Claim, original: Claim, language: str, name: str) -> str:
    if original.pk == claim.pk:
        return "A claim is not a translation of itself. Choose another one."
    if original.translation_of_id:
        return f"{name} is a translation itself. Choose the claim it was translated from."
    if signed_as_translation().filter(claim=original).exists():
        return (
            f"Readers have {name} as a translation itself, until its correction is published."
            " Choose the claim it was translated from."
        )
    if claim.translations.exists() or signed_as_translation(of=claim.public_id).exists():
        return "Other claims are translations of this one. It cannot be a translation as well."
    if original.status in {Status.DECLINED, Status.MERGED}:
        return f"{name} is {original.get_status_display()}. Choose another one."
    if original.language.lower() == language.lower():
        return (
            f"{name} is in the same language ({original.language}). Say in “language” which one"
            " this claim is in."
        )
    return ""


def _told(claim: Claim) -> dict[str, str]:
    original = claim.translation_of
    return {
        "translation_of": str(original.public_id) if original else "",
        "language": claim.language,
    }
