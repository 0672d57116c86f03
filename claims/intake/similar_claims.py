"""Suggestions and claims of the desk that resemble a suggestion, or
conflict with its figures.

Three outlets' versions of one number can then be read on one card.
Nothing is decided here: a person sees them side by side.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from claims.choices import Status, SuggestionState
from claims.extraction import comparable, conflicting_figures, fold, measurements
from claims.extraction.results import Quantity
from claims.models import Claim, Suggestion
from factcheck.newsroom.models import Desk, User
from sources.models import Article

# The newest suggestions and claims of the desk, each: what is older is rarely the same
# news, and the comparison has to fit into loading a page.
MAX_CANDIDATES = 1_000
SHOWN = 3
# From 200 texts on, a word that more than one text in 20 contains distinguishes
# nothing.
LARGE, OFTEN = 200, 20
SIMILARITY_THRESHOLD = 0.5
# From here on two sentences are one statement in two articles.
SAME_THRESHOLD = 0.8
MAX_DUPLICATES = 20
_READ = ("text", "details", "part", "language", "article", "state", "public_id")
_Figures = tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class SimilarText:
    """A sentence of another `article`, or a `claim`; `part` is the
    number of the article on its page.
    """

    text: str
    language: str
    article: Article | None
    claim: Claim | None
    suggestion: int | None = None
    part: int = 0
    public_id: UUID | None = None
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class ConflictingFigure:
    """`figure` is in the suggestion, `other` in `similar_text`."""

    figure: str
    other: str
    similar_text: SimilarText


@dataclass(frozen=True, slots=True)
class SimilarTexts:
    """`near_duplicates` are undecided suggestions that say the same,
    and are decided on one card.
    """

    similar_texts: list[SimilarText] = field(default_factory=list)
    conflicting_figures: list[ConflictingFigure] = field(default_factory=list)
    near_duplicates: list[SimilarText] = field(default_factory=list)


_Key = tuple[type[Suggestion] | type[Claim], int]


def of(
    suggestions: Sequence[Suggestion],
    *,
    desk: Desk,
    by: User,
) -> dict[int, SimilarTexts]:
    """Similar texts and conflicting figures by suggestion id, of what
    this person may see.

    Takes as many queries for one suggestion as for a hundred.
    """
    if not suggestions:
        return {}
    reads = {one.pk: _read(one.text, _stored(one)) for one in suggestions}
    wanted = frozenset[str]().union(*(read.statement.words for read in reads.values()))
    texts = _newest(desk, by)
    words = {key: found for key, text in texts if (found := _words(text, wanted))}
    # An index from word to texts: comparing every pair would be quadratic in the size
    # of the desk.
    positions: dict[str, list[_Key]] = defaultdict(list)
    for key, found in words.items():
        for word in found & wanted:
            positions[word].append(key)
    positions = distinctive_words(positions, len(texts))
    nearest = {pk: _nearest(read, words, positions) for pk, read in reads.items()}
    pool = _Pool(key for near in nearest.values() for key in near)
    return {
        one.pk: _similar_texts(one, reads[one.pk], nearest[one.pk], words, pool)
        for one in suggestions
    }


def _words(text: str, wanted: frozenset[str]) -> frozenset[str]:
    """None of a text without a wanted word: most have none, and what a
    sentence states takes longer to find out.
    """
    folded = fold.fold(text)
    if wanted.isdisjoint(comparable.tokens_of(folded)):
        return frozenset()
    return comparable.words_of(folded)


def _nearest(
    read: conflicting_figures.Read,
    words: dict[_Key, frozenset[str]],
    positions: dict[str, list[_Key]],
) -> list[_Key]:
    """The texts that share enough words, the newest first."""
    mine = read.statement.words
    near = {key for word in mine for key in positions.get(word, ())}
    shared = conflicting_figures.SHARED_WORDS
    return [key for key, found in words.items() if key in near and len(mine & found) >= shared]


class _Pool:
    """The rows of the texts that are near, each read when it is asked for."""

    def __init__(self, keys: Iterable[_Key]) -> None:
        by_model: dict[Any, set[int]] = defaultdict(set)
        for model, pk in keys:
            by_model[model].add(pk)
        suggestions = Suggestion.objects.select_related("article").only(*_READ)
        self._suggestions = suggestions.in_bulk(by_model[Suggestion])
        self._claims = Claim.objects.in_bulk(by_model[Claim])
        self._reads: dict[_Key, conflicting_figures.Read] = {}

    def text(self, key: _Key) -> SimilarText | None:
        """None if it was deleted meanwhile."""
        model, pk = key
        if model is Claim:
            claim = self._claims.get(pk)
            return SimilarText(claim.text, claim.language, None, claim) if claim else None
        row = self._suggestions.get(pk)
        if row is None:
            return None
        return SimilarText(
            row.text,
            row.language,
            row.article,
            None,
            row.pk,
            row.part,
            row.public_id,
            undecided=row.state == SuggestionState.PROPOSED,
        )

    def read(self, key: _Key, text: SimilarText) -> conflicting_figures.Read:
        if key not in self._reads:
            row = self._suggestions.get(key[1]) if text.claim is None else None
            figures = _stored(row) if row else _measured(fold.fold(text.text), text.language)
            self._reads[key] = _read(text.text, figures)
        return self._reads[key]


def distinctive_words(
    positions: dict[str, list[_Key]],
    size: int,
) -> dict[str, list[_Key]]:
    """Without the words that so many texts contain that they would
    match the whole desk.
    """
    return (
        positions
        if size < LARGE
        else {word: texts for word, texts in positions.items() if len(texts) * OFTEN <= size}
    )


def _newest(desk: Desk, by: User) -> list[tuple[_Key, str]]:
    """Nothing but the texts: a thousand rows with all they have take
    longer to make than to compare.
    """
    suggestions = Suggestion.objects.visible_to(by).filter(article__desk=desk).order_by("-pk")
    # A merged claim would show the same statement twice, beside the claim it was merged
    # into.
    claims = Claim.objects.visible_to(by).filter(desk=desk).exclude(status=Status.MERGED)
    return [
        *_texts(Suggestion, suggestions.values_list("pk", "text")),
        *_texts(Claim, claims.order_by("-pk").values_list("pk", "text")),
    ]


def _texts(
    model: type[Suggestion] | type[Claim], rows: QuerySet[Any, tuple[int, str]]
) -> list[tuple[_Key, str]]:
    return [((model, pk), text) for pk, text in rows[:MAX_CANDIDATES]]


def _stored(row: Suggestion) -> _Figures:
    """As the extractor stored them; rows of older extractor versions may lack a key."""
    return tuple(
        Quantity(
            one["text"],
            one.get("modifier", ""),
            one["value"],
            one.get("unit", ""),
            one.get("noun", ""),
            one.get("start", 0),
            one.get("end", 0),
            to=one.get("to") or "",
        )
        for one in row.details.get("quantities", [])
        if one.get("value")
    )


def _read(text: str, figures: _Figures) -> conflicting_figures.Read:
    return conflicting_figures.read(fold.fold(text), figures)


def _measured(folded: str, language: str) -> _Figures:
    return measurements.find(folded, 0, None, language).quantities


def _similar_texts(
    suggestion: Suggestion,
    read: conflicting_figures.Read,
    nearest: list[_Key],
    words: dict[_Key, frozenset[str]],
    pool: _Pool,
) -> SimilarTexts:
    mine = read.statement.words
    similar: list[tuple[float, SimilarText]] = []
    conflicts: list[tuple[int, ConflictingFigure]] = []
    for key in nearest:
        other = pool.text(key)
        if other is None or _same_place(suggestion, other):
            continue
        count, either = len(mine & words[key]), len(mine | words[key])
        # Without figures of its own it contradicts nothing.
        pair = read.figures and conflicting_figures.conflicting(read, pool.read(key, other))
        # A text whose figure conflicts is listed as that alone, however similar its
        # words are.
        if pair:
            conflicts.append((count, ConflictingFigure(pair[0].text, pair[1].text, other)))
        elif count >= SIMILARITY_THRESHOLD * either:
            similar.append((count / either, other))
    similar.sort(key=lambda pair: -pair[0])
    same = [text for share, text in similar if share >= SAME_THRESHOLD and text.undecided]
    near = same[:MAX_DUPLICATES]
    conflicts.sort(key=lambda pair: -pair[0])
    return SimilarTexts(
        [text for _, text in similar[:SHOWN]],
        [conflicting for _, conflicting in conflicts[:SHOWN]],
        near,
    )


def _same_place(suggestion: Suggestion, other: SimilarText) -> bool:
    """The suggestion itself, its claim, or a sentence of the same
    article.

    The extractor has compared the sentences of one article already.
    """
    if other.claim:
        return other.claim.suggestion_id == suggestion.pk
    return other.suggestion == suggestion.pk or (
        other.article is not None
        and other.article.pk == suggestion.article_id
        and other.part == suggestion.part
    )
