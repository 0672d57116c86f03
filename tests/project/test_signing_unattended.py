"""Without a request nothing signs or publishes but what is named for it: the task of
scheduled publication, and the command that makes the tokens of the demo.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command

from claims import tasks
from claims.choices import Action, Channel, Status
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note
from claims.models import Claim, Interview, ScheduledPublication
from claims.publication import methodology
from claims.publication.scheduling import publish_scheduled
from claims.workflow import MoveData, apply
from factcheck.ledger import change_context, clock
from factcheck.newsroom import second_factor, tokens
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import ApiToken, User
from factcheck.newsroom.second_factor import EntryPointNotNamedError
from tests import factories
from tests.claims.times import Clock, times

__all__ = ["times"]
pytestmark = pytest.mark.django_db


def _planned(checker: User, editor: User, at: Clock) -> ScheduledPublication:
    claim = factories.approved(checker, editor)
    soon = clock.now() + timedelta(hours=1)
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=soon))
    at.set(soon + timedelta(hours=1))
    return claim.schedules.get(ended_at=None)


def test_the_task_of_scheduled_publication_publishes(
    checker: User, editor: User, times: Clock, settings: Any
) -> None:
    plan = _planned(checker, editor, times)
    settings.REQUIRE_MFA = True
    tasks.publish_scheduled.apply([plan.pk]).get()
    assert Claim.objects.get(pk=plan.claim_id).status == Status.PUBLISHED


def test_its_work_begun_elsewhere_does_not(
    checker: User, editor: User, times: Clock, settings: Any
) -> None:
    plan = _planned(checker, editor, times)
    settings.REQUIRE_MFA = True
    with change_context.entry_point("task"):
        assert publish_scheduled(plan.pk) is False
    assert Claim.objects.get(pk=plan.claim_id).status == Status.APPROVED


@pytest.mark.parametrize("entry_point", ["command", "task", "elsewhere", ""])
def test_what_no_request_began_signs_nothing(
    checker: User, editor: User, admin_person: User, settings: Any, entry_point: str
) -> None:
    ready, submitted = factories.ready(checker), factories.submitted(checker)
    published = factories.published(checker, editor)
    note = Note("Ana", Channel.PHONE, clock.now() - timedelta(hours=1), "They planted fewer.")
    item = EvidenceDetails(url="", stance="refutes", quote="planted fewer")
    tries: tuple[Callable[[], object], ...] = (
        lambda: apply(ready, Action.SUBMIT, by=checker),
        lambda: apply(submitted, Action.APPROVE, by=editor),
        lambda: apply(published, Action.RETRACT, by=editor, data=factories.note("Wrong.")),
        lambda: methodology.publish(by=admin_person, text="How we work."),
        lambda: attach_note(ready, by=checker, note=note, item=item),
        lambda: tokens.issue(checker, by=checker, name="x", scopes=[Scope.VERDICTS_SIGN]),
    )
    settings.REQUIRE_MFA = True
    for attempt in tries:
        with change_context.entry_point(entry_point), pytest.raises(EntryPointNotNamedError):
            attempt()
    assert tokens.issue(checker, by=checker, name="x", scopes=[Scope.READ])
    assert not Interview.objects.exists() and ApiToken.objects.count() == 1


def test_a_token_makes_no_token_that_signs(checker: User, settings: Any) -> None:
    settings.REQUIRE_MFA = True
    with change_context.entry_point("api"), pytest.raises(EntryPointNotNamedError):
        tokens.issue(checker, by=checker, name="x", scopes=[Scope.VERDICTS_SIGN])


def test_the_demo_has_its_tokens(db: None, settings: Any, tmp_path: Path) -> None:
    settings.REQUIRE_MFA, settings.ENVIRONMENT, settings.DATA_DIR = True, "demo", tmp_path
    call_command("create_newsroom", demo=True, stdout=StringIO())
    people = json.loads((tmp_path / "logins.json").read_text())["people"]
    assert ApiToken.objects.count() == len(people) == 8


def test_only_what_is_named_may_say_so() -> None:
    with pytest.raises(ValueError, match="UNATTENDED"), second_factor.unattended("claims.extract"):
        pass


def test_a_thread_does_not_inherit_it(checker: User, settings: Any) -> None:
    found: list[bool] = []
    with second_factor.unattended("create_newsroom"):
        thread = Thread(target=lambda: found.append(second_factor._unattended.get()))
        thread.start()
        thread.join()
    assert found == [False]
