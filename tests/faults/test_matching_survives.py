"""The index of known claims follows edits, merges and retractions, whatever dies on the
way.
"""

import signal

import pytest

from claims.choices import Action, KnownKind
from claims.matching import index, lookup
from claims.models import Claim, KnownClaim
from claims.workflow import apply
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import User
from tests import factories
from tests.workers import LossyBroker, Workers, gone, wait_for

pytestmark = pytest.mark.faults
OLD = "The ferry of Largo carried 300 people on Monday."
NEW = "The bridge of Norden was closed for a week in March."


def _all_read() -> bool:
    return not KnownClaim.objects.exclude(job_state=JobState.DONE).exists()


def test_a_killed_worker_and_a_wiped_broker_leave_nothing_old_in_the_index(
    workers: Workers, redis: LossyBroker, checker: User, editor: User
) -> None:
    published = factories.published(checker, editor)
    edited = factories.claim(checker, text=OLD)
    duplicate, into = (factories.claim(checker, text=f"{one} A storm.") for one in (OLD, NEW))
    workers.hold()
    (workers.folder / "hold_matching").touch()
    first = workers.start()
    child = workers.reached()
    # It has read the old words, and has stored nothing.
    Claim.objects.filter(pk=edited.pk).update(text=NEW)
    factories.merged(duplicate, into, editor)
    apply(published, Action.RETRACT, by=editor, data=factories.note("Misread."))
    workers.kill(first)
    assert first.returncode == -signal.SIGKILL
    wait_for(lambda: gone(child), "the child to die with its worker", workers.folder)
    redis.flushall()
    workers.go()
    workers.start()
    wait_for(_all_read, "the index to be read again", workers.folder)
    assert KnownClaim.objects.get(claim=edited).text == NEW
    assert KnownClaim.objects.get(kind=KnownKind.VERDICT).text == ""
    matches = lookup.for_person(OLD, "en", by=checker)
    assert [(one.entry.claim, one.claim) for one in matches] == [(duplicate, into)]


def test_an_index_that_was_lost_is_rebuilt(checker: User, transactional_db: None) -> None:
    factories.claim(checker, text=OLD)
    index.update_due()
    before = lookup.for_person(OLD, "en", by=checker)
    KnownClaim.objects.all().delete()
    assert index.rebuild() == 1
    after = lookup.for_person(OLD, "en", by=checker)
    assert [one.rank for one in after] == [one.rank for one in before] != []
