"""What one copy of a history says: its people, sources, texts and hashes."""

import json
import uuid
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from django.db import models
from django.utils.text import slugify

from claims.intake.extraction_jobs import fingerprint
from claims.management.seed import words
from claims.management.seed.newsroom import Newsroom, Place
from claims.management.seed.placeholders import SENTENCES, SOURCES
from claims.models import Claim, Rating
from claims.workflow.effects import SLUG_LENGTH
from factcheck.ledger.canonical_json import canonical_json, sha256
from factcheck.newsroom.models import User
from sources.models import Claimant, Publisher

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Details:
    """Rows and texts by the names of the blanks; the spans of the sentences."""

    rows: dict[str, models.Model]
    texts: dict[str, str]
    whole: dict[str, str]
    spans: list[tuple[int, int]]


def details_of(
    newsroom: Newsroom, place: Place, *, number: int, target: Claim | None, rng: Random
) -> Details:
    """The details of the copy with this number, which no other copy has."""
    claimant, rating = _skewed(place.claimants, rng), rng.choice(newsroom.ratings)
    topic, team = _skewed(place.topics, rng), place.team(rng)
    language, said = words.language(rng), _Subject.drawn(rng, claimant.name)
    sources = dict(zip((*SOURCES, "article"), _independent(newsroom, rng), strict=True))
    texts = {
        "desk": place.desk.name,
        "desk public_id": str(place.desk.public_id),
        "topic": topic.name,
        "topic public_id": str(topic.public_id),
        "claimant": claimant.name,
        "claimant public_id": str(claimant.public_id),
        "rating": rating.name,
        **_names(team),
        **_typed(language, said, rng),
    }
    spans = _article(texts, language, said, sources["article"], number, rng)
    for key in SOURCES:
        texts |= _page(key, language, said, sources[key], number)
    for key, publisher in sources.items():
        texts |= {f"publisher {key}": publisher.name, f"domain {key}": publisher.domain or ""}
    rows: dict[str, models.Model] = {
        "desk": place.desk,
        "topic": topic,
        "claimant": claimant,
        "rating": rating,
        **{f"person {name}": person for name, person in team.items()},
        **{f"publisher {key}": publisher for key, publisher in sources.items()},
    }
    if target:
        rows["target"], texts["target public_id"] = target, str(target.public_id)
    return Details(rows, texts, _whole(claimant, rating, newsroom), spans)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What fills the patterns of all texts of one claim."""

    place: str
    name: str
    year: str
    number: str
    thing: int

    @classmethod
    def drawn(cls, rng: Random, name: str) -> "_Subject":
        return cls(
            rng.choice(words.PLACES),
            name,
            str(rng.randint(2011, 2025)),
            words.number(rng),
            rng.randrange(1000),
        )

    def put(self, pattern: str, language: words.Language, **others: str) -> str:
        thing = language.things[self.thing % len(language.things)]
        values = {
            "place": self.place,
            "name": self.name,
            "year": self.year,
            "number": self.number,
            "thing": thing,
        }
        return pattern.format(**(values | others))


def _names(team: dict[str, User]) -> dict[str, str]:
    return {f"username {key}": person.username for key, person in team.items()} | {
        f"byline {key}": str(person) for key, person in team.items()
    }


def _typed(language: words.Language, said: _Subject, rng: Random) -> dict[str, str]:
    """What people type while they work on it."""
    real, later = words.number(rng), words.number(rng)
    return {
        "short_answer": said.put(language.answer, language, number=real),
        "explanation": said.put(language.explanation, language, number=real),
        "corrected_answer": said.put(language.answer, language, number=later),
        "corrected_explanation": said.put(language.explanation, language, number=later),
        "question": rng.choice(words.QUESTIONS),
        "answer": rng.choice(words.ANSWERS),
        "query": rng.choice(words.QUERIES),
        "query_reply": rng.choice(words.REPLIES),
        "note": rng.choice(words.NOTES),
        "what_was_wrong": rng.choice(words.NOTES),
        "finding": rng.choice(words.FINDINGS),
        "repeated": said.put(rng.choice(language.claims), language),
        "why_unaffected": rng.choice(words.FINDINGS),
        "why_urgent": rng.choice(words.URGENT),
        "tag": rng.choice(words.TAGS),
        "second_tag": rng.choice(words.SECOND_TAGS),
    }


def _article(
    texts: dict[str, str],
    language: words.Language,
    said: _Subject,
    publisher: Publisher,
    number: int,
    rng: Random,
) -> list[tuple[int, int]]:
    """Put the article into `texts`, and return the spans of its sentences."""
    others = rng.sample(language.others, min(len(language.others), SENTENCES - 1))
    patterns = [rng.choice(language.claims), *others]
    sentences = [said.put(pattern, language) for pattern in patterns]
    while len(sentences) < SENTENCES:
        sentences.append(said.put(language.headline, language) + f" ({len(sentences)}).")
    headline = said.put(language.headline, language)
    text, spans = f"{headline}\n\n", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += f"{sentence}\n\n"
    text = f"{text.strip()}\n"
    slug = slugify(sentences[0], allow_unicode=True)[:SLUG_LENGTH].rstrip("-_")
    texts |= {
        "article": text,
        "article hash": sha256(text),
        "article title": headline,
        "article url": f"https://{publisher.domain}/news/{number}",
        "slug": slug or "verdict",
        **{f"sentence {place}": sentence for place, sentence in enumerate(sentences)},
        **{f"fingerprint {place}": fingerprint(each) for place, each in enumerate(sentences)},
    }
    return spans


def _page(
    key: str, language: words.Language, said: _Subject, publisher: Publisher, number: int
) -> dict[str, str]:
    quote = said.put(language.quote, language)
    text = said.put(language.page, language, quote=quote)
    changed = f"{text} {said.put(language.headline, language)}."
    return {
        f"url {key}": f"https://{publisher.domain}/{key}/{number}",
        f"quote {key}": quote,
        f"page title {key}": f"{said.place}, {said.year}",
        f"page {key}": text,
        f"page {key} changed": changed,
        f"page hash {key}": sha256(text),
        f"page hash {key} changed": sha256(changed),
        f"body hash {key}": sha256(f"body of {text}"),
        f"body hash {key} changed": sha256(f"body of {changed}"),
    }


def _whole(claimant: Claimant, rating: Rating, newsroom: Newsroom) -> dict[str, str]:
    """The parts of the signed content that differ in more than words."""
    values = [each.value for each in newsroom.ratings if each.scale_id == rating.scale_id]
    numbers = [value for value in values if value]
    return {
        "claimant": canonical_json(claimant.signed_fields),
        "rating": canonical_json(
            {
                "scale": rating.scale.name,
                "scale_version": rating.scale.version,
                "name": rating.name,
                "definition": rating.definition,
                "colour": rating.colour,
                "value": rating.value,
                "best": max(numbers, default=None),
                "worst": min(numbers, default=None),
            }
        ),
    }


def _independent(newsroom: Newsroom, rng: Random) -> list[Publisher]:
    """Publishers of different owners."""
    chosen: list[Publisher] = []
    while len(chosen) < len(SOURCES) + 1:
        publisher = _skewed(newsroom.publishers, rng)
        if publisher.owner_id not in {each.owner_id for each in chosen}:
            chosen.append(publisher)
    return chosen


def _skewed(rows: list[_Row], rng: Random) -> _Row:
    """The first rows far more often than the last."""
    return rows[int(len(rows) * rng.random() ** 2.2)]


def escaped(text: str) -> str:
    """As it stands between the quotation marks of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def new_uuid(rng: Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))
