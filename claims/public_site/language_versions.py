"""A verdict in several languages: the original and its translations,
which name each other to search engines.
"""

from dataclasses import dataclass

from django.db.models import Q

from claims.models import Claim, Verdict
from claims.public_site.addresses import address_of
from claims.querysets.verdicts import VerdictQuerySet

# What search engines show where none of the languages fits.
DEFAULT = "x-default"


@dataclass(frozen=True, slots=True)
class LanguageVersion:
    language: str
    url: str


def verdicts_in_all_languages(claim: Claim) -> VerdictQuerySet:
    """All versions of the verdicts on the claim, its original and the
    translations of that.
    """
    original = claim.translation_of_id or claim.pk
    # The claims first: asked over both tables at once, PostgreSQL reads all verdicts.
    claims = Claim.objects.filter(Q(pk=original) | Q(translation_of=original))
    return Verdict.objects.filter(claim__in=claims.order_by().values("pk"))


def language_versions(verdict: Verdict) -> list[LanguageVersion]:
    """This verdict and the same in other languages, with the original
    as default; empty where there is one language only.
    """
    readable = verdicts_in_all_languages(verdict.claim).readable().select_related("claim")
    # the original first, the rest by language
    rows = sorted(readable, key=lambda row: (row.claim.translation_of_id or 0, row.claim.language))
    if len(rows) < 2:
        return []
    default = LanguageVersion(DEFAULT, address_of(rows[0]))
    return [default, *(LanguageVersion(row.claim.language, address_of(row)) for row in rows)]
