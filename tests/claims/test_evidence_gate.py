"""Evidence counts by owner and origin, not by the number of links."""

import pytest

from claims.choices import Action, Status
from claims.evidence.attaching import withdraw
from claims.models import Claim
from claims.rules.content import active_evidence
from claims.rules.independence import independent
from claims.workflow import GateError, apply
from factcheck.newsroom.models import User
from sources.models import Owner, Publisher
from tests import factories

pytestmark = pytest.mark.django_db


def _publisher(domain: str, owner: str) -> Publisher:
    house = Owner.objects.get_or_create(name=owner)[0]
    return Publisher.objects.get_or_create(
        domain=domain, defaults={"name": domain, "owner": house}
    )[0]


def _taken(checker: User) -> Claim:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    factories.written(claim, checker)
    return claim


def _codes(claim: Claim, by: User) -> set[str]:
    with pytest.raises(GateError) as refused:
        apply(claim, Action.SUBMIT, by=by)
    claim.refresh_from_db()
    assert claim.status == Status.IN_PROGRESS
    return {gap.code for gap in refused.value.missing}


def test_two_sources_with_different_owners_and_origins_suffice(checker: User) -> None:
    claim = _taken(checker)
    factories.evidence(claim, checker, "one.example")
    factories.evidence(claim, checker, "two.example")
    apply(claim, Action.SUBMIT, by=checker)
    assert claim.status == Status.IN_REVIEW


def test_two_papers_of_one_owner_are_one_source(checker: User) -> None:
    claim = _taken(checker)
    for domain in ("morning.example", "evening.example"):
        _publisher(domain, "One House")
        factories.evidence(claim, checker, domain)
    assert "evidence" in _codes(claim, checker)


def test_two_reprints_of_one_wire_report_are_one_source(checker: User) -> None:
    claim, wire = _taken(checker), _publisher("wire.example", "Wire")
    for domain in ("north.example", "south.example"):
        item = factories.evidence(claim, checker, domain)
        item.origin = wire
        item.save()
    assert "evidence" in _codes(claim, checker)


def test_independence_is_a_matching_not_a_count_of_pairs(checker: User) -> None:
    """(A, X), (A, Y), (B, X): three different pairs, but only two items that share
    neither owner nor origin.
    """
    claim = _taken(checker)
    owners = {name: _publisher(f"{name}.example", name) for name in "abxy"}
    for publisher, origin in (("a", "x"), ("a", "y"), ("b", "x")):
        item = factories.evidence(claim, checker, f"{publisher}.example")
        item.origin = owners[origin]
        item.save()
    assert independent(active_evidence(claim)) == 2


def test_evidence_without_a_capture_does_not_count(checker: User) -> None:
    claim = _taken(checker)
    factories.evidence(claim, checker)
    factories.evidence(claim, checker, capture=False)
    assert _codes(claim, checker) == {"evidence", "capture"}


def test_withdrawn_evidence_does_not_count(checker: User) -> None:
    claim = _taken(checker)
    factories.evidence(claim, checker)
    item = factories.evidence(claim, checker)
    withdraw(item, by=checker)
    assert _codes(claim, checker) == {"evidence"}


def test_the_desk_sets_how_many_it_needs_and_the_gate_asks_again_at_approval(
    editor: User, submitted: Claim
) -> None:
    submitted.desk.evidence_needed = 3
    submitted.desk.save()
    with pytest.raises(GateError, match="2 of 3 independent sources"):
        apply(submitted, Action.APPROVE, by=editor)
