"""The cards beside an article: each suggestion with the reasons for it
and its decision form.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import F
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.admin.matches import MatchRow, rows_of
from claims.admin.stored_words import as_shown
from claims.admin.triage.decision_form import DecisionForm
from claims.admin.triage.highlights import Detail, Highlight, detailed_text
from claims.choices import DeclineReason, SuggestionState
from claims.extraction.claimant_names import ClaimantName
from claims.intake.similar_claims import SimilarText, SimilarTexts
from claims.matching import lookup
from claims.matching.lookup import Text
from claims.matching.model import Likeness
from claims.models import Claim, Suggestion
from factcheck.newsroom.models import Desk, User
from sources.choices import ClaimantKind
from sources.models import Article, ArticleVersion

SHOWN = 12
KNOWN = 3  # claims and verdicts beside a suggestion
LIKELY = 0.5  # a highlight below this score is drawn fainter
CHIPS = 3
# A reason that this share of an article's suggestions has distinguishes none of them.
COMMON = 0.6
FEW = 4
REASONS = [("", _("Choose a reason")), *DeclineReason.choices]
CLAIMANT_KINDS = ClaimantKind.choices


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion as the page shows it.

    `form` is the refused form of the person's last try: the card opens
    with what they typed. `highlighted` says whether the text shows it,
    `message` why a decision was refused, and `similar` what resembles
    it in other articles and claims; `known` what was said or checked
    before.
    """

    suggestion: Suggestion
    # None on most cards: their fields are written by the template alone, because a
    # Django form for each of several hundred cards takes a second.
    form: DecisionForm | None
    claim: Claim | None
    highlighted: bool
    message: str = ""
    similar: SimilarTexts = field(default_factory=SimilarTexts)
    known: list[MatchRow] = field(default_factory=list)
    # Reasons that most cards beside it have.
    common: frozenset[str] = frozenset()

    @property
    def undecided(self) -> bool:
        return self.suggestion.state == SuggestionState.PROPOSED

    @property
    def similar_texts(self) -> list[SimilarText]:
        """But those that stand below, to be decided together, or above,
        as what is known.
        """
        known = {row.match.claim for row in self.known if row.match.claim}
        near = self.similar.near_duplicates
        return [
            one for one in self.similar.similar_texts if one not in near and one.claim not in known
        ]

    @property
    def chips(self) -> list[str]:
        """The reasons that set this suggestion apart; the others are
        folded.
        """
        return [as_shown(reason) for reason in self._own_reasons()]

    @property
    def folded_reasons(self) -> list[str]:
        chips = self._own_reasons()
        return [as_shown(one) for one in self.suggestion.reasons if one not in chips]

    def _own_reasons(self) -> list[str]:
        own = [reason for reason in self.suggestion.reasons if reason not in self.common]
        return (own or self.suggestion.reasons)[:CHIPS]

    @property
    def words(self) -> SafeString:
        """The text with its speaker, figures and dates marked."""
        text, start = self.suggestion.text, self.suggestion.start
        places = [
            Detail(one.start - start, one.end - start, one.kind)
            for one in details_of(self.suggestion)
        ]
        return detailed_text(text, places)

    @property
    def typed(self) -> Mapping[str, Any]:
        """The values of the fields: what was typed last, over what the
        suggestion proposes.
        """
        proposed = {
            "text": self.suggestion.text,
            "wording": self.suggestion.proposed_wording,
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


@dataclass(slots=True)
class ArticleSuggestions:
    """The cards of one article on the page, best first: at most a
    dozen, and the others collapsed. One article is `open` at a time.
    """

    number: int
    shown: list[Card]
    collapsed: list[Card]
    open: bool = False

    @property
    def total(self) -> int:
        return len(self.shown) + len(self.collapsed)

    @property
    def proposed(self) -> int:
        return sum(card.undecided for card in (*self.shown, *self.collapsed))


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


def in_view(
    suggestions: list[Suggestion],
    threshold: Decimal | None = None,
) -> list[Suggestion]:
    """The undecided ones that are not collapsed. Only these are
    compared with other articles and claims, which takes time.
    """
    # groupby needs equal keys side by side: suggestions_of sorts by part first.
    grouped = groupby(suggestions, key=lambda suggestion: suggestion.part)
    return [
        suggestion
        for _part, group in grouped
        for suggestion in _shown(list(group), threshold)
        if suggestion.state == SuggestionState.PROPOSED
    ]


def _shown(group: list[Suggestion], threshold: Decimal | None) -> list[Suggestion]:
    """Not below the desk's score, and not more than a dozen; the best
    one always, so that no article looks empty.
    """
    good = [one for one in group if threshold is None or one.score >= threshold]
    return (good or group[:1])[:SHOWN]


def by_article(
    suggestions: list[Suggestion],
    highlights: Mapping[int, Highlight],
    refused: Mapping[int, DecisionForm],
    similar: Mapping[int, SimilarTexts] | None = None,
    *,
    known: Mapping[int, list[MatchRow]] | None = None,
    threshold: Decimal | None = None,
) -> list[ArticleSuggestions]:
    """The cards, grouped by the articles of the page: a pasted page may
    hold several. The mappings are keyed by suggestion.
    """
    groups = []
    common = common_reasons(one.reasons for one in suggestions)
    for number, group in groupby(suggestions, key=lambda suggestion: suggestion.part):
        rows = list(group)
        shown = {one.pk for one in _shown(rows, threshold)}
        cards = [
            card_of(
                suggestion,
                highlighted=suggestion.pk in highlights,
                form=refused.get(suggestion.pk),
                similar=similar,
                known=known,
                common=common,
            )
            for suggestion in rows
        ]
        groups.append(
            ArticleSuggestions(
                number + 1,
                [card for card in cards if card.suggestion.pk in shown],
                [card for card in cards if card.suggestion.pk not in shown],
            )
        )
    _open_one(groups)
    return groups


def known_of(
    suggestions: Sequence[Suggestion], by: User, *, desk: Desk
) -> dict[int, list[MatchRow]]:
    """What is known of each, best first, in the words of their desk; what
    was made of it is no answer. In as many queries for one suggestion as
    for a dozen.
    """
    if not suggestions:
        return {}
    made: dict[int, set[int]] = defaultdict(set)
    claims = Claim.objects.filter(suggestion__in=suggestions).order_by()
    for claim, suggestion in claims.values_list("pk", "suggestion"):
        made[suggestion].add(claim)
    texts = [
        Text(one.text, one.language or "en", frozenset(made[one.pk]), desk) for one in suggestions
    ]
    found = lookup.for_person_at_once(texts, by=by, limit=KNOWN)
    return {
        one.pk: rows_of(match for match in matches if match.likeness != Likeness.RELATED)
        for one, matches in zip(suggestions, found, strict=True)
    }


def _open_one(groups: list[ArticleSuggestions]) -> None:
    refused = [one for one in groups if any(card.form for card in (*one.shown, *one.collapsed))]
    unfinished = [one for one in groups if one.proposed]
    for first in (refused or unfinished or groups)[:1]:
        first.open = True


def common_reasons(reasons: Iterable[list[str]]) -> frozenset[str]:
    """What most suggestions of an article have in common."""
    lists = list(reasons)
    if len(lists) < FEW:
        return frozenset()
    counts = Counter(reason for one in lists for reason in set(one))
    return frozenset(one for one, count in counts.items() if count >= COMMON * len(lists))


def details_of(suggestion: Suggestion) -> list[Detail]:
    """The speaker, figures and dates, where the extractor found them
    in the version that the suggestion is of.
    """
    details = suggestion.details
    found = []
    if span := details.get("speaker_span"):
        found.append(Detail(span[0], span[1], "speaker"))
    for key, kind in (("quantities", "figure"), ("dates", "date")):
        # Rows of older extractors lack the place.
        found += [
            Detail(one["start"], one["end"], kind)
            for one in details.get(key, [])
            if one.get("start") is not None and one.get("end")
        ]
    return found


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
    known: Mapping[int, list[MatchRow]] | None = None,
    common: frozenset[str] = frozenset(),
) -> Card:
    """The card of one suggestion; `similar` may hold those of others, too."""
    # An acceptance that was taken back has left a closed claim.
    accepted = suggestion.state == SuggestionState.ACCEPTED
    return Card(
        suggestion,
        form,
        suggestion.claim if accepted else None,
        highlighted,
        message,
        (similar or {}).get(suggestion.pk, SimilarTexts()),
        (known or {}).get(suggestion.pk, []),
        common,
    )
