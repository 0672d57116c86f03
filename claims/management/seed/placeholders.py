"""Whom and what a recording works with, in the place of what each copy
will have.

Their names and texts stand nowhere else, so that a template finds them
in what the services wrote.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models

from claims.choices import QuoteKind
from claims.intake.extraction_jobs import fingerprint
from claims.intake.triage import ClaimDetails, create_claim
from claims.models import Claim, Extraction, Rating, RatingScale, Suggestion, Topic
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import Desk, Membership, User
from sources.choices import LinkState
from sources.fetch_types import FetchResult
from sources.fetching.pages import PageVisit, Warc
from sources.models import ArticleVersion, Claimant, Owner, Publisher
from sources.readable import Page

PEOPLE = (
    ("reporter", Role.REPORTER),
    ("checker", Role.CHECKER),
    ("checker2", Role.CHECKER),
    ("editor", Role.EDITOR),
    ("editor2", Role.EDITOR),
    ("legal", Role.LEGAL),
)
SENTENCES = 4
SOURCES = "ab"
# Blanks of texts that are no names of rows: what a history types.
TYPED = (
    "short_answer",
    "explanation",
    "corrected_answer",
    "corrected_explanation",
    "question",
    "answer",
    "query",
    "query_reply",
    "note",
    "what_was_wrong",
    "finding",
    "repeated",
    "why_unaffected",
    "why_urgent",
    "tag",
    "second_tag",
)


def placeholder(name: str) -> str:
    return f"standin-{name}-nidnats"


@dataclass(slots=True)
class Placeholders:
    desk: Desk
    people: dict[str, User]
    topic: Topic
    claimant: Claimant
    rating: Rating
    publishers: dict[str, Publisher]
    warc: Warc
    target: Claim

    @property
    def rows(self) -> dict[str, models.Model]:
        """The rows that a copy has others for, by name."""
        named = {f"publisher {key}": row for key, row in self.publishers.items()}
        people = {f"person {key}": row for key, row in self.people.items()}
        return {
            "desk": self.desk,
            "topic": self.topic,
            "claimant": self.claimant,
            "rating": self.rating,
            **named,
            **people,
            "target": self.target,
        }

    @property
    def texts(self) -> dict[str, str]:
        """What a copy writes in other words, by the name of its blank."""
        names = {f"username {key}": person.username for key, person in self.people.items()}
        bylines = {f"byline {key}": person.byline for key, person in self.people.items()}
        publishers: dict[str, str] = {}
        for key, publisher in self.publishers.items():
            publishers |= {
                f"publisher {key}": publisher.name,
                f"domain {key}": publisher.domain or "",
            }
        for key in SOURCES:
            publishers |= {
                f"url {key}": url(key),
                f"quote {key}": quote(key),
                f"page title {key}": placeholder(f"title-{key}"),
            }
            for edition in ("", " changed"):
                text = page_text(key, edition)
                publishers |= {
                    f"page {key}{edition}": text,
                    f"page hash {key}{edition}": sha256(text),
                    f"body hash {key}{edition}": body_hash(key, edition),
                }
        sentences = [sentence(number) for number in range(SENTENCES)]
        article = article_text()
        return {
            **names,
            **bylines,
            **publishers,
            **{name: placeholder(name) for name in TYPED},
            **{f"sentence {number}": text for number, text in enumerate(sentences)},
            **{f"fingerprint {n}": fingerprint(text) for n, text in enumerate(sentences)},
            "slug": f"{placeholder('sentence-0')}-stands-here",
            "article": article,
            "article hash": sha256(article),
            "article title": placeholder("headline"),
            "article url": article_url(),
            "desk": self.desk.name,
            "desk public_id": str(self.desk.public_id),
            "topic": self.topic.name,
            "topic public_id": str(self.topic.public_id),
            "claimant": self.claimant.name,
            "claimant public_id": str(self.claimant.public_id),
            "rating": self.rating.name,
            "target public_id": str(self.target.public_id),
        }


def made(warc: Warc) -> Placeholders:
    desk = Desk.objects.create(name=placeholder("desk"), **_night())
    people = {name: _person(name, role, desk) for name, role in PEOPLE}
    scale = RatingScale.objects.create(name=placeholder("scale"))
    rating = Rating.objects.create(
        scale=scale,
        name=placeholder("rating"),
        definition=placeholder("definition"),
        colour="#123456",
        position=1,
        value=1,
    )
    publishers = {key: _publisher(key) for key in (*SOURCES, "article")}
    # What a duplicate is merged into.
    target, _ = create_claim(
        desk, by=people["editor"], details=ClaimDetails(text=placeholder("target"))
    )
    return Placeholders(
        desk,
        people,
        Topic.objects.create(desk=desk, name=placeholder("topic")),
        Claimant.objects.create(desk=desk, name=placeholder("claimant")),
        rating,
        publishers,
        warc,
        target,
    )


def _night() -> dict[str, object]:
    """Now is night, so that two checkers can be recorded as well."""
    now = clock.now().replace(second=0, microsecond=0)
    begins, ends = now - timedelta(hours=2), now + timedelta(hours=2)
    return {"night_from": begins.time(), "night_until": ends.time()}


def _person(name: str, role: Role, desk: Desk) -> User:
    user = User(username=placeholder(name), byline=placeholder(f"byline-{name}"))
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, desk=desk, role=role)
    return user


def _publisher(key: str) -> Publisher:
    owner = Owner.objects.create(name=placeholder(f"owner-{key}"))
    return Publisher.objects.create(
        name=placeholder(f"publisher-{key}"), domain=f"standin-{key}.example", owner=owner
    )


# --- texts ---


def sentence(number: int) -> str:
    return f"{placeholder(f'sentence-{number}')} stands here."


def article_text() -> str:
    return "\n\n".join([placeholder("headline"), *(sentence(n) for n in range(SENTENCES))]) + "\n"


def article_url() -> str:
    return "https://standin-article.example/standin-page"


def url(key: str) -> str:
    return f"https://standin-{key}.example/standin-page-{key}"


def quote(key: str) -> str:
    return placeholder(f"quote-{key}")


def page_text(key: str, edition: str = "") -> str:
    return f"{placeholder(f'text-{key}{edition}')} {quote(key)} {placeholder('ending')}"


def body_hash(key: str, edition: str = "") -> str:
    return sha256(f"body of {page_text(key, edition)}")


def visit(
    key: str,
    warc: Warc,
    *,
    edition: str = "",
    state: LinkState = LinkState.OK,
) -> PageVisit:
    """What a worker would bring back from the page of this source."""
    gone = state == LinkState.GONE
    text = "" if gone else page_text(key, edition)
    return PageVisit(
        FetchResult(
            url=url(key),
            final_url=url(key),
            status=410 if gone else 200,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            elapsed_ms=240,
            address="192.0.2.10",
        ),
        state,
        "410 Gone" if gone else "",
        Page(
            title=placeholder(f"title-{key}"),
            byline="",
            published=None,
            site_name="",
            language="en",
            text=text,
            text_sha256=sha256(text),
            body_sha256=body_hash(key, edition),
        ),
        Warc() if gone else warc,
    )


def read_article(version: ArticleVersion) -> list[Suggestion]:
    """Store what a worker would have suggested of the article.

    By hand: the spans and scores of a real reading would fit this text
    alone.
    """
    job = Extraction.objects.get(version=version)
    rows = [
        Suggestion.objects.create(
            extraction=job,
            version=version,
            article=version.article,
            fingerprint=fingerprint(sentence(rank)),
            part=0,
            rank=rank,
            start=version.text.index(sentence(rank)),
            end=version.text.index(sentence(rank)) + len(sentence(rank)),
            text=sentence(rank),
            score=f"{0.92 - 0.17 * rank:.4f}",
            reasons=["figure", "public record"],
            kind=QuoteKind.INDIRECT,
            speaker=placeholder("claimant"),
            details={
                "speaker_span": None,
                "cue": "",
                "chain": [],
                "quantities": [],
                "dates": [],
                "trained": True,
                "repeated_at": [],
                "conflicting_figures": [],
            },
            language="en",
        )
        for rank in range(SENTENCES)
    ]
    job.job_state, job.next_attempt_at = JobState.DONE, None
    job.suggestion_count, job.finished_at = len(rows), clock.now()
    job.save()
    return rows
