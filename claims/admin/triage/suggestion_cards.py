"""The cards beside an article: each suggestion with the reasons for it
and its decision form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from claims.admin.triage.decision_form import DecisionForm
from claims.admin.triage.highlights import Highlight
from claims.choices import DeclineReason, SuggestionState
from claims.extraction.claimant_names import ClaimantName
from claims.intake.similar_claims import SimilarTexts
from claims.models import Claim, Suggestion
from factcheck.newsroom.models import User
from sources.choices import ClaimantKind
from sources.models import Article, ArticleVersion

SHOWN = 12
LIKELY = 0.5  # a highlight below this score is drawn fainter
REASONS = [("", _("Choose a reason")), *DeclineReason.choices]
CLAIMANT_KINDS = ClaimantKind.choices


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion as the page shows it.

    `form` is the refused form of the person's last try: the card opens
    with what they typed. `highlighted` says whether the text shows it,
    `message` why a decision was refused, and `similar` what resembles
    it in other articles and claims.
    """

    suggestion: Suggestion
    # None on most cards: their fields are written by the template alone, because a
    # Django form for each of several hundred cards takes a second.
    form: DecisionForm | None
    claim: Claim | None
    highlighted: bool
    message: str = ""
    similar: SimilarTexts = field(default_factory=SimilarTexts)

    @property
    def typed(self) -> Mapping[str, Any]:
        """The values of the fields: what was typed last, over what the
        suggestion proposes.
        """
        proposed = {
            "text": self.suggestion.text,
            "claimant": self.proposed.name if self.proposed else "",
            "claimant_kind": self.proposed.kind if self.proposed else ClaimantKind.PERSON,
            "reason": "",
            "note": "",
            "checked_in": "",
        }
        return proposed | dict(self.form.data.items()) if self.form else proposed

    @property
    def proposed(self) -> ClaimantName | None:
        return self.suggestion.proposed_claimant

    @property
    def proposed_kind(self) -> str:
        return str(ClaimantKind(self.proposed.kind).label) if self.proposed else ""

    @property
    def details(self) -> dict[str, Any]:
        """What the extractor noted about the sentence."""
        # JSON of the extractor's version at the time: older rows lack keys that were
        # added later.
        details: dict[str, Any] = self.suggestion.details
        return {
            "figures": [figure["text"] for figure in details.get("quantities", [])],
            "dates": details.get("dates", []),
            # The first of the chain is the speaker, who has a line of their own.
            "based_on": details.get("chain", [])[1:],
            "cue": details.get("cue", ""),
            "untrained": not details.get("trained", True),
            "repeated_at": details.get("repeated_at", []),
            "conflicting_figures": details.get("conflicting_figures", []),
        }


@dataclass(frozen=True, slots=True)
class ArticleSuggestions:
    """The cards of one article on the page, best first: a dozen, and
    the others collapsed.
    """

    number: int
    cards: list[Card]
    proposed: int
    shown: list[Card] = field(init=False)
    collapsed: list[Card] = field(init=False)

    def __post_init__(self) -> None:
        # A frozen dataclass has no other way to set what follows from its fields.
        object.__setattr__(self, "shown", self.cards[:SHOWN])
        object.__setattr__(self, "collapsed", self.cards[SHOWN:])


def suggestions_of(article: Article, by: User) -> list[Suggestion]:
    """The article's suggestions in the order of the page."""
    suggestions = Suggestion.objects.visible_to(by).filter(article=article)
    return list(
        suggestions.select_related(
            "claim", "decided_by", "checked_in", "chosen_by", "finished_article__by"
        )
        # What a person chose stands first: somebody asked for it.
        .order_by("part", F("chosen_at").asc(nulls_last=True), "rank", "pk")
    )


def in_view(suggestions: list[Suggestion]) -> list[Suggestion]:
    """The undecided ones that are not collapsed. Only these are
    compared with other articles and claims, which takes time.
    """
    # groupby needs equal keys side by side: suggestions_of sorts by part first.
    grouped = groupby(suggestions, key=lambda suggestion: suggestion.part)
    return [
        suggestion
        for _part, group in grouped
        for suggestion in islice(group, SHOWN)
        if suggestion.state == SuggestionState.PROPOSED
    ]


def by_article(
    suggestions: list[Suggestion],
    highlights: Mapping[int, Highlight],
    refused: Mapping[int, DecisionForm],
    similar: Mapping[int, SimilarTexts] | None = None,
) -> list[ArticleSuggestions]:
    """The cards, grouped by the articles of the page: a pasted page may
    hold several. The mappings are keyed by suggestion.
    """
    groups = []
    for number, group in groupby(suggestions, key=lambda suggestion: suggestion.part):
        cards = [
            card_of(
                suggestion,
                highlighted=suggestion.pk in highlights,
                form=refused.get(suggestion.pk),
                similar=similar,
            )
            for suggestion in group
        ]
        undecided = sum(card.suggestion.state == SuggestionState.PROPOSED for card in cards)
        groups.append(ArticleSuggestions(number + 1, cards, undecided))
    return groups


def highlights_in(
    version: ArticleVersion | None, suggestions: list[Suggestion]
) -> dict[int, Highlight]:
    """Where each suggestion stands in the shown version, by suggestion;
    those whose text is gone are left out.
    """
    if version is None:
        return {}
    placed: dict[int, Highlight] = {}
    for suggestion in suggestions:
        pk, text = suggestion.pk, suggestion.text
        # A suggestion of an earlier version keeps its offsets there; here it is found
        # by its text.
        same_version = suggestion.version_id == version.pk
        start = suggestion.start if same_version else version.text.find(text)
        if start >= 0:
            low_score = suggestion.score < LIKELY
            placed[pk] = Highlight(
                pk, start, start + len(text), suggestion.state, low_score=low_score
            )
    return placed


def card_of(
    suggestion: Suggestion,
    *,
    highlighted: bool,
    form: DecisionForm | None = None,
    message: str = "",
    similar: Mapping[int, SimilarTexts] | None = None,
) -> Card:
    """The card of one suggestion; `similar` may hold those of others, too."""
    return Card(
        suggestion,
        form,
        # The reverse side of a one-to-one raises where no claim was made of it.
        getattr(suggestion, "claim", None),
        highlighted,
        message,
        (similar or {}).get(suggestion.pk, SimilarTexts()),
    )
