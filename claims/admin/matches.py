"""Matches as the screens show them: in words, with the shared ones
marked and the differences side by side.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.matching import words
from claims.matching.differences import Difference
from claims.matching.lookup import Match
from claims.matching.model import Likeness

_LIKENESS: dict[Likeness, Promise] = {
    Likeness.SAME: pgettext_lazy("match", "Same"),
    Likeness.SIMILAR: pgettext_lazy("match", "Similar"),
    Likeness.RELATED: pgettext_lazy("match", "Related"),
}
_KINDS: dict[str, Promise] = {
    "figure": _("Figure"),
    "unit": _("Unit"),
    "period": _("Date"),
    "name": _("Name"),
    "word": _("Word"),
    "denial": _("One of the two denies it."),
    "direction": _("They say the opposite of each other."),
}


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    label: Promise
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class MatchRow:
    """`pieces` are the text, each with whether both share it. `url` is
    the claim for those who see it, else the page for readers; of others'
    fact checks the imported one.
    """

    match: Match
    word: Promise
    pieces: list[tuple[str, bool]]
    differences: list[DifferenceRow]
    url: str

    @property
    def likeness(self) -> Likeness:
        return self.match.likeness


def rows_of(matches: Iterable[Match]) -> list[MatchRow]:
    return [
        MatchRow(
            match,
            _LIKENESS[match.likeness],
            words.marked(match.entry.text, match.shared),
            [_difference(one) for one in match.differences],
            _url(match),
        )
        for match in matches
    ]


def _difference(one: Difference) -> DifferenceRow:
    return DifferenceRow(_KINDS[one.kind], one.here, one.there)


def _url(match: Match) -> str:
    if match.fact_check is not None:
        return reverse("admin:claims_importedfactcheck_change", args=[match.fact_check.pk])
    if match.claim is not None:
        return reverse("admin:claims_claim_change", args=[match.claim.pk])
    return reverse("claims:verdict", args=[match.verdict.claim.address]) if match.verdict else ""
