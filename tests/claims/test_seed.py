"""`manage.py seed`: the claims it writes are such as people and services would have
written.
"""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import models, transaction

from claims.choices import Delivery, Status, VerdictState
from claims.management.seed import copies, notified, words
from claims.management.seed.histories import HISTORIES
from claims.management.seed.placeholders import made
from claims.management.seed.recording import Recording
from claims.management.seed.steps import Steps
from claims.models import Claim, ClaimTag, Evidence, Notification, Suggestion, Transition, Verdict
from claims.rules import content
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import User
from sources.fetching.pages import Warc
from sources.models import Link
from tests.reader import Reader

COUNT = 50
PAGES = ("/admin/", "/admin/claims/claim/", "/admin/claims/suggestion/", "/admin/sources/link/")
# Columns of which two rows of one state differ: who, which, when, in what words.
OWN = (models.ForeignKey, models.AutoField, models.OneToOneField)
COMPARED = [
    history
    for history in HISTORIES
    if history.name
    in {"published_after_talk", "retracted", "corrected", "scheduled", "on_hold", "blocked"}
]


def seed(**options: Any) -> None:
    call_command("seed", **{"claims": COUNT, "stdout": StringIO()} | options)


def test_every_claim_stands_as_if_people_had_made_it(
    db: None,
    client: Reader,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.ENVIRONMENT, settings.MEDIA_ROOT = "demo", tmp_path
    # The same for both seedings, and most of the time of one.
    templates = copies.recorded(Warc("a" * 64, 1))
    monkeypatch.setattr(copies, "recorded", lambda warc: templates)
    with transaction.atomic():
        seed()
        first = _claims()
        transaction.set_rollback(True)
    seed()
    assert _claims() == first, "the same seed makes the same claims"
    with pytest.raises(CommandError, match="--add"):
        seed()
    assert Claim.objects.count() == COUNT
    assert {*Claim.objects.values_list("status", flat=True)} == {*Status.values}
    assert {*Verdict.objects.values_list("state", flat=True)} == {*VerdictState.values} - {
        VerdictState.DROPPED
    }
    output = StringIO()
    call_command("verify_audit", stdout=output)
    assert '"ok": true' in output.getvalue()
    _signatures_cover_the_content()
    _nothing_is_left_of_the_recording()
    _no_link_is_checked()
    _people_were_told()
    _claims_are_labelled()
    _as_the_services_write_it()
    _pages_answer(client)
    seed(add=True)
    assert Claim.objects.count() == 2 * COUNT


def _claims() -> list[tuple[Any, ...]]:
    rows = Claim.objects.order_by("public_id")
    return [*rows.values_list("public_id", "text", "status", "claimant__name")]


def _signatures_cover_the_content() -> None:
    signed = Verdict.objects.exclude(author_hash="").select_related("claim", "rating__scale")
    assert signed.count() > COUNT / 3
    for verdict in signed:
        hashes = {verdict.content_hash, verdict.author_hash}
        if verdict.state != VerdictState.WORKING:
            hashes.add(verdict.approver_hash)
        assert hashes == {sha256(verdict.content)}, verdict.state
        if verdict.state != VerdictState.SUPERSEDED:
            assert content.build_content(verdict.claim, verdict).text == verdict.content


def _no_link_is_checked() -> None:
    soon = clock.now() + timedelta(days=365)
    assert Link.objects.exists()
    assert not Link.objects.filter(next_attempt_at__lt=soon).exists(), "their hosts do not exist"


def _people_were_told() -> None:
    told = Notification.objects.select_related("transition", "query")
    names = {name for name, _, _ in (one.event.partition(":") for one in told)}
    assert {"transition", "message", "change", "dead", "recheck"} <= names
    for one in told:
        name, pk, *more = one.event.split(":")
        row = notified.EVENTS[name][0]._default_manager.get(pk=pk)
        if name == "dead":
            assert Evidence.objects.filter(link=row, claim=one.claim_id).exists()
            assert (row.dead_since.strftime(notified.EVENT_TIME), str(one.claim_id)) == (
                more[1],
                more[0],
            )
        if name == "transition":
            assert (row, one.claim_id) == (one.transition, one.transition.claim_id)
        assert (one.read_at is None) == (one.at > clock.now() - notified.UNREAD), one.at
    times = [*told.order_by("pk").values_list("at", flat=True)]
    assert times == sorted(times), "the newest are shown first, by number"
    assert not told.filter(delivery=Delivery.DIGEST, mailed_at=None).exists(), "a letter is due"


def _claims_are_labelled() -> None:
    for field in ("priority", "risk"):
        assert Claim.objects.values(field).distinct().count() > 2, field
    tags = ClaimTag.objects.values_list("name", "key")
    assert tags.count() > COUNT / 3
    assert {name in (*words.TAGS, *words.SECOND_TAGS) and name == key for name, key in tags} == {
        True
    }


def _nothing_is_left_of_the_recording() -> None:
    for model in (
        Claim,
        ClaimTag,
        Notification,
        Verdict,
        Evidence,
        Suggestion,
        Transition,
        Link,
        User,
        AuditEntry,
    ):
        for row in model._default_manager.values():
            assert "nidnats" not in str(row) and "standin" not in str(row), (model, row)


def _pages_answer(client: Reader) -> None:
    for role in (Role.CHECKER, Role.EDITOR, Role.REPORTER):
        person = User.objects.filter(memberships__role=role).order_by("pk")[0]
        person.is_staff = True
        person.save()
        client.force_login(person)
        for address in PAGES:
            assert client.get(address).status_code in {200, 403}, (role, address)
    client.force_login(User.objects.filter(memberships__role=Role.EDITOR).order_by("pk")[0])
    assert client.get("/admin/").status_code == 200
    for status in Status.values:
        claim = Claim.objects.filter(status=status, desk__name="Metro").first()
        if claim:
            assert client.get(f"/admin/claims/claim/{claim.pk}/change/").status_code == 200
    shown = Claim.objects.filter(status=Status.PUBLISHED)[0]
    client.logout()
    assert client.get(f"/verdicts/{shown.address}/").status_code == 200


def _as_the_services_write_it() -> None:
    with transaction.atomic():
        placeholders = made(Warc())
        for history in COMPARED:
            with transaction.atomic():
                steps = Steps(Recording(), placeholders)
                steps.recording.begin()
                history.begin(steps)
                history.go_on(steps)
                by_hand = Claim.objects.get(pk=steps.claim.pk)
                seeded = _same_way(by_hand)
                for one, other in zip(_rows(seeded), _rows(by_hand), strict=True):
                    assert _shape(one) == _shape(other), history.name
                assert _entries(seeded) == _entries(by_hand)
                transaction.set_rollback(True)
        transaction.set_rollback(True)


def _same_way(claim: Claim) -> Claim:
    """A seeded claim with the same steps."""
    others = Claim.objects.exclude(pk=claim.pk).order_by("pk")
    return next(row for row in others if _steps(row) == _steps(claim))


def _steps(claim: Claim) -> list[Any]:
    return [
        *claim.transitions.order_by("number").values_list("action", flat=True),
        claim.evidence.count(),
        claim.queries.count(),
        claim.rechecks.count(),
        claim.suggestion_id is not None,
    ]


def _rows(claim: Claim) -> list[models.Model]:
    verdicts = claim.verdicts.order_by("number")
    return [
        claim,
        *claim.transitions.order_by("number"),
        *verdicts,
        *(revision for verdict in verdicts for revision in verdict.revisions.all()),
        *claim.evidence.order_by("number"),
        *claim.reply_requests.order_by("number"),
        *claim.queries.order_by("pk"),
        *claim.rechecks.order_by("pk"),
        *claim.schedules.order_by("pk"),
    ]


def _shape(row: models.Model) -> dict[str, Any]:
    """Every column: as it is where it is a state, a number or an answer, and otherwise
    whether it is filled.
    """
    shape: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        exact = isinstance(value, (bool, int)) and not isinstance(field, OWN)
        shape[field.name] = value if exact or field.choices else bool(value)
    return shape


def _entries(claim: Claim) -> list[tuple[str, str, list[str]]]:
    entries = AuditEntry.objects.filter(object_id=str(claim.public_id)).order_by("seq")
    return [(each.action, each.entry_point, sorted(each.changes)) for each in entries]


def test_a_real_newsroom_is_never_seeded(db: None, settings: Any) -> None:
    settings.ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="FACTCHECK_ENV=demo"):
        seed(add=True)
    assert not Claim.objects.exists()


def test_nor_by_its_operator_with_another_environment(checker: User, settings: Any) -> None:
    settings.ENVIRONMENT = "demo"
    Authenticator.objects.create(user=checker, type=Authenticator.Type.TOTP, data={})
    with pytest.raises(CommandError, match="second factor"):
        seed(claims=1, add=True)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("count", [0, -5])
def test_a_number_of_claims_is_asked_for(count: int, db: None, settings: Any) -> None:
    settings.ENVIRONMENT = "demo"
    with pytest.raises(CommandError, match="from 1"):
        seed(claims=count)
