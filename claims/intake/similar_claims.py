"""Suggestions and claims of the desk that resemble a suggestion, or
conflict with its figures.

Three outlets' versions of one number can then be read on one card.
Nothing is decided here: a person sees them side by side.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.choices import Status
from claims.extraction import conflicting_figures, fold, measurements
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


@dataclass(frozen=True, slots=True)
class ConflictingFigure:
    """`figure` is in the suggestion, `other` in `similar_text`."""

    figure: str
    other: str
    similar_text: SimilarText


@dataclass(frozen=True, slots=True)
class SimilarTexts:
    similar_texts: list[SimilarText] = field(default_factory=list)
    conflicting_figures: list[ConflictingFigure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _ReadText:
    similar_text: SimilarText
    read: conflicting_figures.Read

    @property
    def words(self) -> frozenset[str]:
        return self.read.statement.words


def of(suggestions: Sequence[Suggestion], *, desk: Desk, by: User) -> dict[int, SimilarTexts]:
    """Similar texts and conflicting figures by suggestion id, of what
    this person may see.

    Takes as many queries for one suggestion as for a hundred.
    """
    if not suggestions:
        return {}
    # An index from word to texts: comparing every pair would be quadratic in the size
    # of the desk.
    pool = [_read(other, figures) for other, figures in _pool(desk, by)]
    positions: dict[str, list[int]] = defaultdict(list)
    for at, read in enumerate(pool):
        for word in read.words:
            positions[word].append(at)
    positions = distinctive_words(positions, len(pool))
    return {
        suggestion.pk: _similar_texts(suggestion, pool, positions) for suggestion in suggestions
    }


def distinctive_words(positions: dict[str, list[int]], size: int) -> dict[str, list[int]]:
    """Without the words that so many texts contain that they would
    match the whole desk.
    """
    return (
        positions
        if size < LARGE
        else {word: texts for word, texts in positions.items() if len(texts) * OFTEN <= size}
    )


def _pool(desk: Desk, by: User) -> Iterable[tuple[SimilarText, _Figures | None]]:
    rows = (
        Suggestion.objects.visible_to(by)
        .filter(article__desk=desk)
        .select_related("article")
        .order_by("-pk")
    )
    for row in rows.only("text", "details", "part", "language", "article")[:MAX_CANDIDATES]:
        yield SimilarText(row.text, row.language, row.article, None, row.pk, row.part), _stored(row)
    # A merged claim would show the same statement twice, beside the claim it was merged
    # into.
    claims = (
        Claim.objects.visible_to(by).filter(desk=desk).exclude(status=Status.MERGED).order_by("-pk")
    )
    for claim in claims[:MAX_CANDIDATES]:
        yield SimilarText(claim.text, claim.language, None, claim), None


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


def _read(similar_text: SimilarText, figures: _Figures | None) -> _ReadText:
    folded = fold.fold(similar_text.text)
    measured = _measured(folded, similar_text.language) if figures is None else figures
    return _ReadText(similar_text, conflicting_figures.read(folded, measured))


def _measured(folded: str, language: str) -> _Figures:
    return measurements.find(folded, 0, None, language).quantities


def _similar_texts(
    suggestion: Suggestion, pool: list[_ReadText], positions: dict[str, list[int]]
) -> SimilarTexts:
    read = conflicting_figures.read(fold.fold(suggestion.text), _stored(suggestion))
    words = read.statement.words
    similar: list[tuple[float, SimilarText]] = []
    conflicts: list[tuple[int, ConflictingFigure]] = []
    for at in {at for word in words for at in positions.get(word, ())}:
        other = pool[at]
        count = len(words & other.words)
        if count < conflicting_figures.SHARED_WORDS or _same_place(suggestion, other.similar_text):
            continue
        pair = conflicting_figures.conflicting(read, other.read)
        # A text whose figure conflicts is listed as that alone, however similar its
        # words are.
        if pair:
            conflicting = ConflictingFigure(pair[0].text, pair[1].text, other.similar_text)
            conflicts.append((count, conflicting))
        elif count >= SIMILARITY_THRESHOLD * len(words | other.words):
            similar.append((count / len(words | other.words), other.similar_text))
    similar.sort(key=lambda pair: -pair[0])
    conflicts.sort(key=lambda pair: -pair[0])
    return SimilarTexts(
        [text for _, text in similar[:SHOWN]], [conflicting for _, conflicting in conflicts[:SHOWN]]
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
