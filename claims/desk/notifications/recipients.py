"""Whom an event on a claim or a tip concerns, as ids of people."""

from collections.abc import Iterable

from claims.choices import VerdictState
from claims.models import Claim, Query, Tip, Watch
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import assignable, may, people_who

_CURRENT = (VerdictState.WORKING, VerdictState.APPROVED, VerdictState.PUBLISHED)


def watchers(claim: Claim) -> set[int]:
    rows = Watch.objects.filter(claim=claim)
    return set(rows.values_list("user_id", flat=True))


def assignee(claim: Claim) -> set[int]:
    return {claim.assignee_id} if claim.assignee_id else set()


def workers(claim: Claim) -> set[int]:
    """Those who work on it or signed it."""
    verdicts = claim.verdicts.filter(state__in=_CURRENT)
    pairs = verdicts.values_list("author_id", "approver_id")
    signers = {pk for pair in pairs for pk in pair if pk}
    return assignee(claim) | signers


def workers_or_editors(claim: Claim) -> set[int]:
    """So that nothing falls to nobody."""
    return workers(claim) or editors(claim)


def editors(claim: Claim) -> set[int]:
    return _pks(people_who("claim.assign", claim.desk_id))


def approvers(claim: Claim) -> set[int]:
    """Who may sign as the second person now, checkers by night included."""
    found = _pks(people_who("claim.approve", claim.desk_id))
    if not claim.desk.is_night(clock.now()):
        return found
    others = assignable("claim.sign", claim.desk_id)
    standing_in = {one.pk for one in others if may(one, "claim.approve", claim)}
    return found | standing_in


def confirmers(claim: Claim) -> set[int]:
    return _pks(people_who("claim.confirm_retraction", claim.desk_id))


def recheckers(claim: Claim) -> set[int]:
    return _pks(people_who("recheck.decide", claim.desk_id))


def counsel(claim: Claim) -> set[int]:
    return _pks(people_who("query.sign_off", claim.desk_id))


def tip_deciders(tip: Tip) -> set[int]:
    return _pks(people_who("tip.decide", tip.desk_id))


def participants(query: Query) -> set[int]:
    """Who has written in the query."""
    return set(query.messages.values_list("by_id", flat=True))


def _pks(people: Iterable[User]) -> set[int]:
    return {person.pk for person in people}
