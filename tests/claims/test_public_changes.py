"""What readers see is counted when it changes, whoever changes it; nothing else is."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from claims.choices import Action, Meanwhile
from claims.intake.topics import add_topic, set_topic
from claims.models import Claim, Methodology, PublicChange, Topic, Verdict
from claims.publication.repetitions import RepetitionDetails, add, confirm, withdraw
from claims.tasks import merge_public_changes
from claims.workflow import MoveData, apply
from factcheck.ledger import clock, kept_tables, triggers
from factcheck.newsroom.models import Desk, User
from sources.models import Link
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Steps = dict[str, Callable[[], object]]


def _version() -> int:
    return PublicChange.objects.version()


def _silent(steps: Steps) -> list[str]:
    """Those after which nothing was counted."""
    found = []
    for name, step in steps.items():
        before = _version()
        step()
        if _version() == before:
            found.append(name)
    return found


def _moved(claim: Claim, action: Action, by: User, **data: object) -> Callable[[], object]:
    return lambda: apply(Claim.objects.get(pk=claim.pk), action, by=by, data=MoveData(**data))


def test_each_change_for_readers_is_counted(
    desk: Desk, checker: User, editor: User, second_editor: User, approved: Claim
) -> None:
    topic, _ = add_topic(desk, by=editor, name="Trees")
    links = Link.objects.filter(evidence__claim=approved)
    wrong = {"note": "Wrong.", "category": "correction", "meanwhile": Meanwhile.WITHHELD}
    steps: Steps = {
        "published": _moved(approved, Action.PUBLISH, editor),
        "topic set": lambda: set_topic(approved, by=editor, topic=topic),
        "topic renamed": lambda: Topic.objects.filter(pk=topic.pk).update(name="Parks"),
        "author renamed": lambda: User.objects.filter(pk=checker.pk).update(byline="C. Heck"),
        "desk elsewhere": lambda: Desk.objects.update(time_zone="Asia/Tokyo"),
        "source in doubt": lambda: links.update(state="timeout"),
        "source gone": lambda: links.update(failing_since=clock.now(), dead_since=clock.now()),
        "methodology": lambda: Methodology.objects.create(
            number=1000, text="We ask twice.", in_force_from=clock.now() + timedelta(hours=1),
            made_by=editor, made_at=clock.now(),
        ),
        "withheld": _moved(approved, Action.CORRECT, editor, **wrong),
        "dropped": _moved(approved, Action.DROP_CORRECTION, editor, note="It was right."),
        "retracted": _moved(approved, Action.RETRACT, editor, note="Misread."),
    }  # fmt: skip
    assert _silent(steps) == []


def test_a_correction_and_a_repetition_are_counted(
    checker: User, editor: User, second_editor: User, published: Claim
) -> None:
    details = RepetitionDetails(
        claimant=factories.claimant("Mira Halloway"), stated_date=clock.now().date(),
        words="Again.", appearance_url="https://radio.example/2",
    )  # fmt: skip
    row = add(published, by=checker, details=details)
    steps: Steps = {
        "confirmed": lambda: confirm(row, by=editor),
        "withdrawn": lambda: withdraw(row, by=editor, reason="Another person."),
        "corrected": lambda: factories.corrected(checker, editor, second_editor),
    }
    assert _silent(steps) == []


def test_work_that_readers_do_not_see_is_not_counted(
    desk: Desk, checker: User, editor: User
) -> None:
    claim, topic = factories.claim(checker), add_topic(desk, by=editor, name="Trees")[0]
    steps: Steps = {
        "topic": lambda: set_topic(claim, by=editor, topic=topic),
        "a claim as far as its approval": lambda: factories.approved(checker, editor),
        "working text": lambda: Verdict.objects.update(recheck_date=None),
        "a link that no verdict cites": lambda: Link.objects.update(state="timeout"),
        "checked again": lambda: Link.objects.update(last_checked_at=clock.now()),
        "signed in": lambda: User.objects.update(last_login=clock.now()),
    }
    assert _silent(steps) == list(steps)


def test_merged_rows_count_as_before(checker: User, editor: User) -> None:
    factories.published(checker, editor)
    before = _version()
    assert PublicChange.objects.count() > 1
    for _ in range(2):
        merge_public_changes()
        assert (_version(), PublicChange.objects.count()) == (before, 1)


def test_what_happened_without_the_triggers_is_counted_when_they_are_back(
    checker: User, editor: User
) -> None:
    factories.published(checker, editor)
    before = _version()
    triggers.remove("default")
    Topic.objects.update(name="Parks")
    assert _version() == before
    kept_tables.install("default")
    assert _version() > before and not triggers.missing("default")
