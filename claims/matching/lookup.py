"""What of the index resembles a text, best first, with the reasons."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from claims.choices import KnownKind, Status
from claims.matching import index, meaning, model, reading, words
from claims.matching.comparing import Asked, Known, closeness
from claims.matching.differences import Difference, differences
from claims.matching.model import Likeness
from claims.models import Claim, ImportedFactCheck, KnownClaim, Verdict
from claims.querysets.known_claims import KnownClaimQuerySet
from factcheck.ledger import term_index
from factcheck.newsroom.models import Desk, User

# Of the entries with these keys those that may be shown.
_Rows = Callable[[Collection[int]], KnownClaimQuerySet]
# So many of what the words find are compared one by one.
_COMPARED = 80
SHOWN = 5
# Of a row beside an entry, what no match shows.
_LONG = ("fact_check__explanation", "fact_check__record")
_PLACES = {likeness: place for place, likeness in enumerate(Likeness)}


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that resembles the text. `closeness` is between 0 and 1,
    and `likeness` what it means; `differences` are why it is not the
    same. `rank` orders matches of one text.

    `claim` is the one to work with: of a duplicate, what it was merged
    into. It is None for somebody who does not see it. `verdict` is the
    one that readers have. A match with a `fact_check` has neither: what
    others concluded is not ours.
    """

    entry: KnownClaim
    rank: float
    closeness: float
    likeness: Likeness
    shared: frozenset[str]
    differences: list[Difference]
    claim: Claim | None = None
    verdict: Verdict | None = None

    @property
    def fact_check(self) -> ImportedFactCheck | None:
        return self.entry.fact_check

    @property
    def rating(self) -> str:
        return str((self._signed.get("rating") or {}).get("name", ""))

    @property
    def title(self) -> str:
        """As readers have it: the claim may have other words by now."""
        return str(self._signed.get("wording") or self._signed.get("claim", ""))

    @property
    def _signed(self) -> dict[str, Any]:
        signed: dict[str, Any] = json.loads(self.verdict.content) if self.verdict else {}
        return signed


@dataclass(frozen=True, slots=True)
class Text:
    """What is looked up; without the claims of the ids in `exclude`, and
    in the words of `desk`: what is the same to it may be similar to another.
    """

    text: str
    language: str
    exclude: frozenset[int] = frozenset()
    desk: Desk | None = None


@dataclass(frozen=True, slots=True)
class _Near:
    """An entry that is close enough to be looked at in full. `place` is
    its place among all that were compared, of which `best` shares most.
    """

    key: int
    known: Known
    place: int
    best: float
    closeness: float


def for_person(
    text: str,
    language: str,
    *,
    by: User,
    exclude: Iterable[int] = (),
    desk: Desk | None = None,
) -> list[Match]:
    """Of what this person may see, others' fact checks among it, and of
    what readers have.
    """
    [matches] = for_person_at_once([Text(text, language, frozenset(exclude), desk)], by=by)
    return matches


def for_person_at_once(texts: Sequence[Text], *, by: User, limit: int = SHOWN) -> list[list[Match]]:
    """The same for several texts, in as many queries as for one."""
    return with_claims(_matches(texts, partial(KnownClaim.objects.visible_to, by), limit), by=by)


def for_readers(
    text: str, language: str, *, desk: Desk | None = None, limit: int = SHOWN
) -> list[Match]:
    """Of published verdicts alone."""
    found = _matches([Text(text, language, desk=desk)], KnownClaim.objects.public, limit)
    keys = _claims_of(match for matches in found for match in matches)
    return _with_claims(found, keys, {})[0]


def entries_seen(keys: Collection[int], *, by: User) -> dict[int, KnownClaim]:
    """Those of these entries that this person may be told of now, by
    key: for matches that were found before.
    """
    seen = KnownClaim.objects.visible_to(by, keys).order_by().values_list("pk", flat=True)
    return _entries(set(seen))


def with_claims(found: list[list[Match]], *, by: User) -> list[list[Match]]:
    """With the claim of each, for who sees it, and the verdict that readers have."""
    keys = _claims_of(match for matches in found for match in matches)
    if not keys:
        return found  # fact checks of others alone
    seen = Claim.objects.visible_to(by).select_related("desk").in_bulk(sorted(keys))
    return _with_claims(found, keys, seen)


def _claims_of(matches: Iterable[Match]) -> set[int]:
    return {key for match in matches if (key := _claim_of(match.entry))}


def _claim_of(entry: KnownClaim) -> int | None:
    claim = entry.claim
    if claim is not None and claim.status == Status.MERGED:
        return claim.merged_into_id
    return entry.claim_id


def _with_claims(
    found: list[list[Match]], keys: set[int], seen: dict[int, Claim]
) -> list[list[Match]]:
    readable = Verdict.objects.readable().filter(claim__among=keys).select_related("claim")
    verdicts = {one.claim_id: one for one in readable}
    return [
        [
            replace(match, claim=seen.get(key), verdict=verdicts.get(key)) if key else match
            for match in matches
            for key in [_claim_of(match.entry)]
        ]
        for matches in found
    ]


def _matches(texts: Sequence[Text], rows: _Rows, limit: int) -> list[list[Match]]:
    reads = [reading.read(one.text, one.language) for one in texts]
    terms = [words.terms(read.words) for read in reads]
    counts = term_index.public_counts(frozenset[str]().union(*terms))
    weigh = term_index.weights(counts)
    found = _found(rows, term_index.find(terms, weigh), texts)
    known = _known({key for of_one in found for key in of_one})
    near = [
        _near(Asked(read, weigh), one, [(key, known[key]) for key in of_one if key in known])
        for read, one, of_one in zip(reads, texts, found, strict=True)
    ]
    # Most of what was found is far: only of the rest the words are weighed.
    their_words = {word for of_one in near for one in of_one for word in one.known.whole.distinct}
    weigh = term_index.weights(counts | term_index.public_counts(their_words - counts.keys()))
    entries = _entries({one.key for of_one in near for one in of_one})
    return [
        _one_of_each_claim(_ranked(Asked(read, weigh), one, of_one, entries))[:limit]
        for read, one, of_one in zip(reads, texts, near, strict=True)
    ]


def _found(
    rows: _Rows, found: list[list[tuple[int, float]]], texts: Sequence[Text]
) -> list[list[int]]:
    """The keys of those of `rows` that were found for each text, by
    what they share. Mostly the first ones are enough: the others are
    asked for only while too few may be shown.
    """
    kept: list[list[int]] = [[] for _ in texts]
    first, many = 0, 2 * _COMPARED
    while keys := {
        key
        for one, enough in zip(found, kept, strict=True)
        if len(enough) < _COMPARED
        for key, _ in one[first : first + many]
    }:
        pairs = rows(keys).order_by().values_list("pk", "claim", "claim__merged_into")
        claims = {key: {claim, into} for key, claim, into in pairs}
        for one, text, enough in zip(found, texts, kept, strict=True):
            enough += [
                key
                for key, _ in one[first : first + many]
                if key in claims and not claims[key] & text.exclude
            ]
        first, many = first + many, 4 * many
    return [enough[:_COMPARED] for enough in kept]


def _known(keys: set[int]) -> dict[int, Known]:
    """What was read of entries; those that have no words are left out."""
    rows = KnownClaim.objects.filter(pk__among=keys).order_by().values_list("pk", "reading")
    return {key: index.known(stored) for key, stored in rows if stored}


def _entries(keys: set[int]) -> dict[int, KnownClaim]:
    rows = KnownClaim.objects.select_related("claim", "fact_check").filter(pk__among=keys)
    return {one.pk: one for one in rows.defer("reading", *_LONG).order_by()}


def _near(asked: Asked, text: Text, compared: list[tuple[int, Known]]) -> list[_Near]:
    """Those that are worth showing, with their places among all."""
    shared = [asked.shared(known) for _, known in compared]
    best = max(shared, default=0.0)
    # Of equal ones the newest first: the database orders them by counts over all.
    order = sorted(range(len(compared)), key=lambda at: (-shared[at], -compared[at][0]))
    near = []
    for place, at in enumerate(order):
        key, known = compared[at]
        close = closeness(asked.reading, known.text)
        if model.likeness(close, differ=False, desk=text.desk) is not None:
            near.append(_Near(key, known, place, best, close))
    return near


def _ranked(
    asked: Asked, text: Text, near: list[_Near], entries: dict[int, KnownClaim]
) -> list[Match]:
    matches = []
    shown = [(one, entries[one.key]) for one in near if one.key in entries]
    meant = meaning.features(text.text, [_whole(entry) for _, entry in shown])
    for (one, entry), further in zip(shown, meant, strict=True):
        known = one.known
        features = asked.features(known, place=one.place, best=one.best)
        rank = model.score([*features, *further])
        apart = differences(asked.reading, known.text)
        likeness = model.likeness(one.closeness, differ=bool(apart), desk=text.desk)
        if likeness is not None:
            common = asked.words & known.whole.distinct
            apart = [_as_written(other, text.text, entry.text) for other in apart]
            matches.append(Match(entry, rank, one.closeness, likeness, common, apart))
    return sorted(matches, key=_order)


def _whole(entry: KnownClaim) -> str:
    return " ".join(filter(None, (entry.text, entry.wording, entry.claimant)))


def _as_written(one: Difference, text: str, known_text: str) -> Difference:
    if one.kind != "word":
        return one
    here, there = (
        " ".join(words.as_written(whole, word) for word in stems.split())
        for whole, stems in ((text, one.here), (known_text, one.there))
    )
    return Difference(one.kind, here, there)


def _order(match: Match) -> tuple[int, float, bool, int]:
    """The same before the similar; of two alike the one that readers have."""
    is_public = match.entry.kind == KnownKind.VERDICT
    return _PLACES[match.likeness], -match.rank, not is_public, -match.entry.pk


def _one_of_each_claim(matches: list[Match]) -> list[Match]:
    """The best of each claim; a duplicate counts as what it was merged
    into. A fact check that several desks imported counts once.
    """
    seen: set[int | str] = set()
    kept = []
    for match in matches:
        other = match.fact_check
        key = f"{other.key} {other.part}" if other else _claim_of(match.entry)
        if key is None or key not in seen:
            kept.append(match)
        if key is not None:
            seen.add(key)
    return kept
