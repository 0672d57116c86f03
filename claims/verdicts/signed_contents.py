"""The earlier contents that a version in work is compared with: what
readers have, what a person signed or sent back, what was signed last.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.choices import Action
from claims.models import Claim, SignedContent, Transition, Verdict
from claims.rules.content import Content
from claims.workflow.table import SIGNATURES
from factcheck.newsroom.models import User

_WITH_CONTENT = frozenset({*SIGNATURES, Action.REQUEST_CHANGES})


@dataclass(frozen=True, slots=True)
class Earlier:
    """`own`: the person who asks signed it, or sent it back; `action`
    says which, and is empty for the version that readers have.
    """

    content: dict[str, Any]
    hash: str
    by: User | None
    at: datetime | None
    action: str = ""
    own: bool = False

    @property
    def sent_back(self) -> bool:
        return self.action == Action.REQUEST_CHANGES


@dataclass(frozen=True, slots=True)
class _Signed:
    """The content by its hash, and the move that it was seen at."""

    hash: str
    move: Transition
    own: bool = False


def earlier_contents(
    claim: Claim,
    *,
    by: User,
    verdict: Verdict,
    current: Content,
) -> list[Earlier]:
    """Of the verdict in work, each content once, and none that is the
    current one: first what this person knows, then what others signed
    last, then what readers have.
    """
    # all(), not filter(): the workbench prefetches the transitions, with their people.
    moves = [one for one in claim.transitions.all() if one.action in _WITH_CONTENT]
    newest_first = sorted(moves, key=lambda one: one.number, reverse=True)
    published = _published(verdict)
    seen = {current.hash, published.hash if published else ""}
    signed = []
    for one in _to_compare(newest_first, by, current):
        if one.hash not in seen:
            seen.add(one.hash)
            signed.append(one)
    contents = _contents(claim, signed)
    earlier = [_earlier(one, contents[one.hash]) for one in signed if one.hash in contents]
    return [*earlier, *([published] if published and published.hash != current.hash else [])]


def _to_compare(
    newest_first: list[Transition],
    by: User,
    current: Content,
) -> Iterator[_Signed]:
    own = next((move for move in newest_first if move.by_id == by.pk), None)
    if own and (signed := _signed_at(own, newest_first)):
        yield _Signed(signed.content_hash, own, own=True)
    # The current content is often signed itself: what counts is the signature before.
    others = (move for move in newest_first if move.content_hash)
    last = next((move for move in others if move.content_hash != current.hash), None)
    if last:
        yield _Signed(last.content_hash, last)


def _signed_at(move: Transition, newest_first: list[Transition]) -> Transition | None:
    """The signature that this move gave, or had before it."""
    before = (one for one in newest_first if one.number <= move.number)
    return next((one for one in before if one.content_hash), None)


def _contents(claim: Claim, signed: list[_Signed]) -> dict[str, str]:
    """By hash. What was signed before contents were kept is there as
    long as a version has it.
    """
    if not signed:
        return {}
    kept = SignedContent.objects.filter(claim=claim, hash__in=[one.hash for one in signed])
    # all(), not filter(): the workbench prefetches the versions.
    versions = {one.content_hash: one.content for one in claim.verdicts.all() if one.content}
    return versions | dict(kept.values_list("hash", "content"))


def _earlier(signed: _Signed, content: str) -> Earlier:
    move = signed.move
    return Earlier(json.loads(content), signed.hash, move.by, move.at, move.action, own=signed.own)


def _published(verdict: Verdict) -> Earlier | None:
    old = verdict.corrects
    if old is None:
        return None
    return Earlier(json.loads(old.content), old.content_hash, None, old.published_at)
