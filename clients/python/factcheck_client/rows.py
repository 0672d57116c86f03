"""What the API answers, as far as most programs read it. The whole is in
the OpenAPI document at `/api/v1/schema/`.
"""

from typing import Any, TypedDict


class Job(TypedDict):
    kind: str  # fetch, then reading
    state: str  # waiting, running, done or failed
    attempts: int
    error: str
    suggestion_count: int | None
    rejected: int | None


class Article(TypedDict):
    id: str
    desk: str
    url: str | None
    title: str
    byline: str
    kind: str
    published_date: str | None
    language: str
    created_at: str
    version: int
    job: Job | None


class Suggestion(TypedDict):
    id: str
    article: str
    version: int
    start: int  # offsets into the text of `version`
    end: int
    text: str
    score: float
    speaker: str
    proposed_wording: str
    language: str
    state: str
    claim: str | None
    checked_in: str | None


class Claim(TypedDict):
    id: str
    desk: str
    text: str
    wording: str
    stated_date: str | None
    language: str
    due_at: str | None
    priority: str
    status: str
    version: int
    assignee: str | None
    suggestion: str | None
    topic: str | None
    tags: list[Any]
    address: str
    merged_into: str | None
    moves: list[Any]


class Verdict(TypedDict):
    id: str
    claim: str
    claim_text: str
    address: str
    number: int
    state: str
    rating: str | None
    short_answer: str
    explanation: str
    version: int
    content_hash: str
    author: str | None
    approver: str | None


class Event(TypedDict):
    id: str
    type: str
    timestamp: str
    data: dict[str, Any]


class EventPage(TypedDict):
    results: list[Event]
    cursor: str  # where to go on from; opaque
    next: str | None  # none where this is all by now
