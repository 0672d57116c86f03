"""The upgrade that gives claimants, one list of all desks before, to the desks whose
claims name them.
"""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection

from claims.choices import Action
from claims.desk.right_of_reply import ReplyRequestDetails, request_reply
from claims.models import Claim
from claims.rules.content import build_content, working_verdict
from claims.workflow import apply
from factcheck.ledger import triggers
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests import factories

pytestmark = pytest.mark.django_db


def _upgrade() -> None:
    """As `migrate` does it: while the guards stand aside."""
    triggers.remove(DEFAULT_DB_ALIAS)
    migration = import_module("claims.migrations.0002_claimants_of_desks")
    migration.give_to_desks(apps, connection.schema_editor())
    triggers.install(DEFAULT_DB_ALIAS)


def _naming(claim: Claim, row: Claimant) -> Claim:
    Claim.objects.filter(pk=claim.pk).update(claimant=row)
    return Claim.objects.get(pk=claim.pk)


def test_each_desk_gets_a_row_of_its_own(checker: User, outsider: User) -> None:
    shared = Claimant.objects.create(name="Jana Brook", description="clerk")
    nobodys = Claimant.objects.create(name="Ole Brandt")
    ours = _naming(factories.claim(checker), shared)
    theirs = _naming(factories.claim(outsider), shared)
    for _ in range(2):
        _upgrade()
    mine, yours = (Claim.objects.get(pk=claim.pk).claimant for claim in (ours, theirs))
    assert mine and yours
    assert (mine.desk, yours.desk) == (ours.desk, theirs.desk)
    assert mine.signed_fields == yours.signed_fields == shared.signed_fields
    assert mine.public_id != yours.public_id
    nobodys.refresh_from_db()
    assert nobodys.desk is None
    assert Claimant.objects.count() == 3


def test_what_was_signed_and_asked_stays(checker: User, outsider: User) -> None:
    shared = Claimant.objects.create(name="Jana Brook")
    _naming(factories.claim(checker), shared)
    claim = factories.ready(outsider)
    claim = _naming(claim, shared)
    details = ReplyRequestDetails("Jana Brook", "email", "Is it so?")
    request_reply(claim, by=outsider, details=details)
    apply(claim, Action.SUBMIT, by=outsider)
    claim = Claim.objects.get(pk=claim.pk)
    verdict = working_verdict(claim)
    assert verdict
    before = build_content(claim, verdict).hash
    _upgrade()
    claim = Claim.objects.get(pk=claim.pk)
    assert claim.claimant and claim.claimant.desk == claim.desk
    assert claim.reply_requests.get().claimant == claim.claimant
    assert build_content(claim, verdict).hash == before == verdict.author_hash
