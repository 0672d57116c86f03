"""What an operator can do with a program of their own that runs with the application's
settings, such as `manage.py shell`, and with files for `loaddata`.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, models, transaction

from claims.choices import Action, Status
from claims.models import Claim
from claims.rules.content import working_verdict
from claims.workflow import apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories
from tests.project.second_factor import signed_before, with_app
from tests.project.test_one_person_operator import verified

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _load(row: models.Model, folder: Path, **changed: Any) -> None:
    """The row as `dumpdata` writes it, changed by hand, by `loaddata`."""
    (dumped,) = json.loads(serializers.serialize("json", [row]))
    dumped["fields"] |= changed
    file = folder / "changed.json"
    file.write_text(json.dumps([dumped]))
    with transaction.atomic():
        call_command("loaddata", str(file), verbosity=0)


def test_a_program_signs_for_nobody_while_a_second_factor_is_required(
    checker: User, editor: User, settings: Any
) -> None:
    settings.REQUIRE_MFA = True
    with_app(checker), with_app(editor)
    with signed_before():
        ready, submitted = factories.ready(checker), factories.submitted(checker)
    for claim, action, by in (
        (ready, Action.SUBMIT, checker),
        (submitted, Action.APPROVE, editor),
    ):
        with pytest.raises(PermissionDenied, match="Nothing signs or publishes by itself"):
            apply(claim, action, by=by)


def test_one_that_switches_this_off_signs_and_shows(
    checker: User, editor: User, submitted: Claim
) -> None:
    apply(submitted, Action.APPROVE_AND_PUBLISH, by=editor)
    signed = AuditEntry.objects.filter(action__in=["claim.submit", "claim.approve"])
    assert sorted(signed.values_list("actor", "entry_point")) == [
        ("checker", "command"),
        ("editor", "command"),
    ]
    assert not AuditEntry.objects.filter(action="user.login").exists()


def test_a_loaded_account_shows(checker: User, tmp_path: Path) -> None:
    assert verified()[0]
    _load(checker, tmp_path, password=make_password("a password that the operator knows"))
    good, told = verified()
    assert not good and "checker" in told


def test_a_loaded_approval_is_refused(editor: User, tmp_path: Path, submitted: Claim) -> None:
    verdict = working_verdict(submitted)
    assert verdict is not None
    signed = {
        "state": "approved",
        "approver": editor.pk,
        "approver_hash": verdict.content_hash,
        "approver_signed_at": str(verdict.author_signed_at),
    }
    assert signed.keys() <= {field.name for field in verdict._meta.fields}
    with pytest.raises(DatabaseError):
        _load(verdict, tmp_path, **signed)
    with pytest.raises(DatabaseError):
        _load(submitted, tmp_path, status=Status.PUBLISHED)
