"""Making a claim the translation of another one, and detaching it
again; only before publication, as the signed content names the
original.
"""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import Status
from claims.models import Claim
from claims.rules.translation_of import signed_as_translation
from claims.workflow.editable import check_version, lock
from factcheck.ledger.audit_log import changed_values, log_change
from factcheck.newsroom.models import User

# A BCP 47 tag as browsers take it in `lang`, without its rarer forms.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def set_original(
    claim: Claim,
    *,
    by: User,
    original: Claim | None,
    language: str,
    expected_version: int | None = None,
) -> Claim:
    """Set the original (None detaches the claim) and the language of
    this claim itself; setting the same again changes nothing.

    Raise what `editable.lock` raises, and ValidationError for
    "language" or "original".
    """
    with transaction.atomic():
        _lock_both(claim, original)
        locked = lock(claim, by, "claim.edit")
        code = language.strip()
        if not _LANGUAGE.fullmatch(code) or len(code) > 16:
            raise ValidationError(
                {
                    "language": _(
                        "Enter the language of this claim as a code such as en, de or pt-BR."
                    )
                }
            )
        if locked.translations.filter(language__iexact=code).exists():
            message = _(
                "One of the translations of this claim already has this language (%(language)s)."
                " Change the language of that translation first."
            )
            raise ValidationError({"language": message % {"language": code}})
        original_claim = _suitable_original(locked, original, by, code) if original else None
        before, after = (
            _audited_values(locked),
            {
                "translation_of": str(original_claim.public_id) if original_claim else "",
                "language": code,
            },
        )
        if before == after:
            return locked
        check_version(locked, expected_version)
        locked.translation_of, locked.language = original_claim, code
        locked.version += 1
        locked.save(update_fields=["translation_of", "language", "version"])
        log_change("claim.translation", locked, by=by, changes=changed_values(before, after))
    return locked


def _lock_both(claim: Claim, original: Claim | None) -> None:
    # By key: of two claims that are made translations of each other at once, the second
    # request waits, then sees the first.
    pks = {claim.pk, original.pk} if original else {claim.pk}
    list(
        Claim.objects.filter(pk__in=pks)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )


def _suitable_original(claim: Claim, chosen: Claim, by: User, language: str) -> Claim:
    original = Claim.objects.get(pk=chosen.pk)
    visible = Claim.objects.visible_to(by).filter(pk=chosen.pk).exists()
    # Somebody with assigned work only may save the form of a translation whose original
    # they do not see: it stays the original, and messages do not name it.
    if not visible and original.pk != claim.translation_of_id:
        raise ValidationError(
            {
                "original": _(
                    "This claim does not exist or is not visible to you. Choose another claim."
                )
            }
        )
    name = f"“{original}”" if visible else _("The original")
    if message := _why_unsuitable(claim, original, language, name):
        raise ValidationError({"original": message})
    return original


def _why_unsuitable(claim: Claim, original: Claim, language: str, name: str) -> str:
    """Why this cannot be the original of the claim; empty if it can."""
    if original.pk == claim.pk:
        return _("A claim cannot be a translation of itself. Choose another claim.")
    if original.translation_of_id:
        return _("%(name)s is a translation itself. Choose the claim it was translated from.") % {
            "name": name
        }
    # The row is detached already, but readers still have the version signed as a
    # translation.
    if signed_as_translation().filter(claim=original).exists():
        return _(
            "%(name)s is published as a translation until its correction is published. Choose the"
            " claim it was translated from."
        ) % {"name": name}
    if claim.translations.exists() or signed_as_translation(of=claim.public_id).exists():
        return _("Other claims are translations of this one, so it cannot be a translation.")
    if original.status in {Status.DECLINED, Status.MERGED}:
        return _("%(name)s is %(status)s. Choose another claim.") % {
            "name": name,
            "status": original.get_status_display(),
        }
    if original.language.lower() == language.lower():
        return _(
            "%(name)s has the same language (%(language)s). Enter the language of this claim in"
            " “Language”."
        ) % {"name": name, "language": original.language}
    return ""


def _audited_values(claim: Claim) -> dict[str, str]:
    original = claim.translation_of
    return {
        "translation_of": str(original.public_id) if original else "",
        "language": claim.language,
    }
