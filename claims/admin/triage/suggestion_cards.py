"""The cards beside an article: what was found, why, and what a person may do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from claims.admin.triage.decision_form import DecisionForm
from claims.admin.triage.highlights import Mark
from claims.choices import DeclineReason, SuggestionState
from claims.intake.similar_claims import SimilarTexts
from claims.models import Claim, Suggestion
from factcheck.newsroom.models import User
from sources.models import Article, ArticleVersion

SHOWN = 12
LIKELY = 0.5  # below this score a mark in the text is faint
REASONS = [("", "Choose a reason"), *DeclineReason.choices]


@dataclass(frozen=True, slots=True)
class Card:
    """`form` is there where the person's last try was refused: the card opens with what they typed.

    The fields of the others are written by the template alone: a form each would cost a second on a
    long article.
    """

    suggestion: Suggestion
    form: DecisionForm | None
    claim: Claim | None
    marked: bool
    said: str = ""
    echoes: SimilarTexts = field(default_factory=SimilarTexts)

    @property
    def typed(self) -> Mapping[str, Any]:
        as_read = {
            "text": self.suggestion.text,
            "claimant": self.suggestion.speaker,
            "reason": "",
            "note": "",
            "checked_in": "",
        }
        return as_read | dict(self.form.data.items()) if self.form else as_read

    @property
    def told(self) -> dict[str, Any]:
        """What the extractor noted, without what older rows may lack."""
        found: dict[str, Any] = self.suggestion.details
        return {
            "figures": [figure["text"] for figure in found.get("quantities", [])],
            "dates": found.get("dates", []),
            "behind": found.get("chain", [])[1:],
            "cue": found.get("cue", ""),
            "untrained": not found.get("trained", True),
            "repeated_at": found.get("repeated_at", []),
            "conflicting_figures": found.get("conflicting_figures", []),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """The cards of one article on the page, best first: a dozen, and the rest folded."""

    number: int
    cards: list[Card]
    proposed: int
    shown: list[Card] = field(init=False)
    folded: list[Card] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shown", self.cards[:SHOWN])
        object.__setattr__(self, "folded", self.cards[SHOWN:])


def suggestions_of(article: Article, by: User) -> list[Suggestion]:
    found = Suggestion.objects.visible_to(by).filter(article=article)
    return list(
        found.select_related("claim", "decided_by", "checked_in", "done__by").order_by(
            "part", "rank", "pk"
        )
    )


def in_view(found: list[Suggestion]) -> list[Suggestion]:
    """Those that wait and are not folded away: only beside these is shown what stands elsewhere,
    for looking that up takes its time.
    """
    grouped = groupby(found, key=lambda one: one.part)
    return [
        one
        for _, group in grouped
        for one in islice(group, SHOWN)
        if one.state == SuggestionState.PROPOSED
    ]


def parts(
    found: list[Suggestion],
    marks: Mapping[int, Mark],
    refused: Mapping[int, DecisionForm],
    heard: Mapping[int, SimilarTexts] | None = None,
) -> list[Part]:
    """`heard` is what stands elsewhere, by suggestion."""
    made = []
    for number, group in groupby(found, key=lambda one: one.part):
        cards = [
            card_of(one, marked=one.pk in marks, form=refused.get(one.pk), heard=heard)
            for one in group
        ]
        waiting = sum(card.suggestion.state == SuggestionState.PROPOSED for card in cards)
        made.append(Part(number + 1, cards, waiting))
    return made


def highlights_in(version: ArticleVersion | None, found: list[Suggestion]) -> dict[int, Mark]:
    """Where each suggestion stands in the shown version. One that an earlier version proposed keeps
    its old offsets, so it is looked up by its words, and has no mark where they are gone.
    """
    if version is None:
        return {}
    placed: dict[int, Mark] = {}
    for one in found:
        start = one.start if one.version_id == version.pk else version.text.find(one.text)
        if start >= 0:
            placed[one.pk] = Mark(
                one.pk, start, start + len(one.text), one.state, faint=one.score < LIKELY
            )
    return placed


def card_of(
    one: Suggestion,
    *,
    marked: bool,
    form: DecisionForm | None = None,
    said: str = "",
    heard: Mapping[int, SimilarTexts] | None = None,
) -> Card:
    return Card(
        one,
        form,
        getattr(one, "claim", None),
        marked,
        said,
        (heard or {}).get(one.pk, SimilarTexts()),
    )
