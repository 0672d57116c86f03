"""What else says the same as a suggestion, or gives another figure for it: other articles of the
desk, and its claims.

Three outlets' versions of one number are one card to look at. Nothing is decided here: a person
sees them side by side.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.choices import Status
from claims.extraction import conflicting_figures, fold, measurements
from claims.models import Claim, Suggestion
from factcheck.newsroom.models import Desk, User
from sources.models import Article

LOOKED_AT = 1_000  # the newest suggestions and claims of the desk, each
SHOWN = 3
LARGE, OFTEN = (
    200,
    20,
)  # among so many sentences, a word that one in so many of them holds tells nothing
ALIKE = 0.5
_Figures = tuple[tuple[str, str, str, str], ...]  # noun, unit, value, words


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that stands elsewhere: in `article`, or as `claim`; `part` is the place of its
    article on its page.
    """

    text: str
    language: str
    article: Article | None
    claim: Claim | None
    suggestion: int | None = None
    part: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """Here `figure` is told, there `other`."""

    figure: str
    other: str
    told: Told


@dataclass(frozen=True, slots=True)
class SimilarTexts:
    alike: list[Told] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    told: Told
    words: frozenset[str]
    years: frozenset[str]
    figures: _Figures


def of(found: Sequence[Suggestion], *, desk: Desk, by: User) -> dict[int, SimilarTexts]:
    """By suggestion, as far as this person sees the others; in as many queries for one as for a
    hundred.
    """
    if not found:
        return {}
    pool = [_read(told, figures) for told, figures in _pool(desk, by)]
    where: dict[str, list[int]] = defaultdict(list)
    for at, read in enumerate(pool):
        for word in read.words:
            where[word].append(at)
    where = telling(where, len(pool))
    return {one.pk: _similar_texts(one, pool, where) for one in found}


def telling(where: dict[str, list[int]], size: int) -> dict[str, list[int]]:
    """The words by which others are found; those that stand everywhere would find the
    whole desk.
    """
    return (
        where
        if size < LARGE
        else {word: places for word, places in where.items() if len(places) * OFTEN <= size}
    )


def _pool(desk: Desk, by: User) -> Iterable[tuple[Told, _Figures | None]]:
    rows = (
        Suggestion.objects.visible_to(by)
        .filter(article__desk=desk)
        .select_related("article")
        .order_by("-pk")
    )
    for row in rows.only("text", "details", "part", "language", "article")[:LOOKED_AT]:
        yield Told(row.text, row.language, row.article, None, row.pk, row.part), _stored(row)
    claims = (
        Claim.objects.visible_to(by).filter(desk=desk).exclude(status=Status.MERGED).order_by("-pk")
    )
    for claim in claims[:LOOKED_AT]:
        yield Told(claim.text, claim.language, None, claim), None


def _stored(row: Suggestion) -> _Figures:
    """As the extractor noted them; an older row may lack a part."""
    return tuple(
        (one.get("noun", "").lower(), one.get("unit", ""), one["value"], one["text"])
        for one in row.details.get("quantities", [])
        if one.get("value")
    )


def _read(told: Told, figures: _Figures | None) -> _Read:
    folded = fold.fold(told.text)
    measured = _measured(folded, told.language) if figures is None else figures
    return _Read(
        told, conflicting_figures.words_of(folded), conflicting_figures.years_of(folded), measured
    )


def _measured(folded: str, language: str) -> _Figures:
    quantities, _ = measurements.find(folded, 0, None, language)
    return tuple((one.noun.lower(), one.unit, one.value, one.text) for one in quantities)


def _similar_texts(one: Suggestion, pool: list[_Read], where: dict[str, list[int]]) -> SimilarTexts:
    words, years, figures = (
        conflicting_figures.words_of(fold.fold(one.text)),
        conflicting_figures.years_of(one.text),
        _stored(one),
    )
    alike: list[tuple[float, Told]] = []
    conflicts: list[tuple[int, Figure]] = []
    for at in {at for word in words for at in where.get(word, ())}:
        other = pool[at]
        count = len(words & other.words)
        if count < conflicting_figures.SHARED_WORDS or _same_place(one, other.told):
            continue
        rival = (
            None
            if conflicting_figures.of_other_years(years, other.years)
            else _rival(figures, other, words)
        )
        if rival:
            conflicts.append((count, rival))
        elif count >= ALIKE * len(words | other.words):
            alike.append((count / len(words | other.words), other.told))
    alike.sort(key=lambda pair: -pair[0])
    conflicts.sort(key=lambda pair: -pair[0])
    return SimilarTexts(
        [told for _, told in alike[:SHOWN]], [rival for _, rival in conflicts[:SHOWN]]
    )


def _same_place(one: Suggestion, told: Told) -> bool:
    """The suggestion itself, the claim made of it, or a neighbour in its own article, which the
    extractor compared.
    """
    if told.claim:
        return told.claim.suggestion_id == one.pk
    return told.suggestion == one.pk or (
        told.article is not None and told.article.pk == one.article_id and told.part == one.part
    )


def _rival(figures: _Figures, other: _Read, words: frozenset[str]) -> Figure | None:
    values = {value for _, _, value, _ in figures}
    for noun, unit, value, said in figures:
        for its_noun, its_unit, its_value, its_words in other.figures:
            if not noun or (noun, unit) != (its_noun, its_unit) or its_value in values:
                continue
            if (
                conflicting_figures.differ(value, its_value)
                and len((words & other.words) - {noun}) >= conflicting_figures.SHARED_WORDS
            ):
                return Figure(said, its_words, other.told)
    return None
