"""Who is told of what, once, in the transaction of the event; and that a notification
shows nothing that its reader may not see.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from claims.choices import Action, Stance
from claims.desk.notifications import deadlines, reading, watching
from claims.desk.notifications.sentences import claim_words, sentence
from claims.desk.queries import Question, open_query, post
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note
from claims.models import Claim, Notification, ScheduledPublication
from claims.publication import rechecks
from claims.workflow import MoveData, apply
from factcheck.ledger import clock, due_work
from factcheck.newsroom.models import Membership, User
from sources.models import Link
from sources.signals import link_died
from tests import factories
from tests.claims.test_changed_sources import says

pytestmark = pytest.mark.django_db
MARK = "quagga"
People = dict[str, User]


@pytest.fixture
def people(checker: User, second_checker: User, editor: User, second_editor: User) -> People:
    legal = factories.person("legal", checker.memberships.get().desk, "legal")
    names = (checker, second_checker, editor, second_editor, legal)
    return {person.username: person for person in names}


def _watched(by: User, watcher: User, make: Callable[..., Claim] = factories.ready) -> Claim:
    claim = make(by, text=f"The city planted {MARK} trees.")
    watching.watch(claim, by=watcher)
    Notification.objects.all().delete()
    return claim


def _assigned(people: People) -> None:
    claim = factories.claim(people["checker"])
    watching.watch(claim, by=people["second_editor"])
    apply(
        claim, Action.ASSIGN, by=people["editor"], data=MoveData(assignee=people["second_checker"])
    )


def _submitted(people: People) -> None:
    claim = _watched(people["checker"], people["second_checker"])
    apply(claim, Action.SUBMIT, by=people["checker"])


def _changes_requested(people: People) -> None:
    claim = _watched(people["checker"], people["second_checker"], factories.submitted)
    apply(claim, Action.REQUEST_CHANGES, by=people["editor"], data=factories.note("Count again."))


def _queried(people: People) -> None:
    claim = _watched(people["checker"], people["second_checker"])
    query = open_query(claim, by=people["editor"], question=Question("Is it so, @second_editor?"))
    Notification.objects.filter(user=people["checker"]).delete()
    post(query, by=people["second_editor"], text="It is.")


def _sign_off(people: People) -> None:
    claim = _watched(people["checker"], people["second_checker"])
    open_query(
        claim, by=people["editor"], question=Question("May we, @second_editor?", sign_off=True)
    )


def _retracted(people: People) -> None:
    claim = factories.published(people["checker"], people["editor"])
    Notification.objects.all().delete()
    apply(claim, Action.RETRACT, by=people["editor"], data=factories.note("Misread."))


def _source_changed(people: People) -> None:
    claim = _watched(people["checker"], people["second_checker"])
    item = claim.evidence.all()[0]
    for text in ("Another text.", "Another text.", "And another."):
        says(item, text)


def _source_died(people: People) -> None:
    claim = _watched(people["checker"], people["second_checker"])
    link = claim.evidence.all()[0].link
    link.dead_since = clock.now()
    for _ in range(2):
        link_died.send(Link, link=link)


def _recheck(people: People) -> None:
    claim = factories.published(people["checker"], people["editor"])
    Notification.objects.all().delete()
    link = claim.evidence.all()[0].link
    rechecks.request_rechecks(link, by=people["editor"], note="It was wrong.")


def _schedule_failed(people: People) -> None:
    claim = factories.approved(people["checker"], people["editor"])
    at = clock.now() + timedelta(hours=1)
    apply(claim, Action.SCHEDULE, by=people["editor"], data=MoveData(at=at))
    Notification.objects.all().delete()
    plan = claim.schedules.get()
    for _ in range(2):
        due_work.gave_up.send(ScheduledPublication, pk=plan.pk)


def _deadline(hours: float) -> Callable[[People], None]:
    def happens(people: People) -> None:
        claim = _watched(people["checker"], people["second_checker"])
        due = clock.now() + timedelta(hours=hours)
        Claim.objects.filter(pk=claim.pk).update(due_at=due)
        assert deadlines.tell_deadlines() == (-24 < hours < 2)
        assert deadlines.tell_deadlines() == 0, "once"

    return happens


# What happens; who is told as what. One of several events is told once for each.
CASES: tuple[tuple[Callable[[People], None], set[str]], ...] = (
    (_assigned, {"second_checker assigned", "second_editor watched"}),
    (_submitted, {"editor signature", "second_editor signature", "second_checker watched"}),
    (_changes_requested, {"checker changes", "second_checker watched"}),
    (
        _queried,
        {"second_editor mention", "second_checker query", "checker query", "editor query"},
    ),
    (_sign_off, {"second_editor mention", "legal signature"}),
    (_retracted, {"second_editor signature"}),
    (_source_changed, {"checker source_changed", "second_checker source_changed"}),
    (_source_died, {"checker source_dead", "second_checker source_dead"}),
    (_recheck, {"second_editor recheck", "checker recheck"}),
    (
        _schedule_failed,
        {f"{name} schedule_failed" for name in ("editor", "second_editor", "checker")},
    ),
    (_deadline(1), {"checker deadline_near", "second_checker deadline_near"}),
    (
        _deadline(-1),
        {
            f"{name} deadline_missed"
            for name in ("checker", "second_checker", "editor", "second_editor")
        },
    ),
    (_deadline(3), set()),
    (_deadline(-30), set()),
)


def test_each_event_tells_the_people_it_concerns(people: People) -> None:
    for happens, expected in CASES:
        with transaction.atomic():
            happens(people)
            told = Notification.objects.values_list("user__username", "kind")
            assert {" ".join(pair) for pair in told} == expected, happens
            for row in (row for person in people.values() for row in reading.of(person)):
                assert sentence(row).endswith("."), happens
            transaction.set_rollback(True)


def test_what_is_rolled_back_is_told_to_nobody(people: People) -> None:
    claim = factories.ready(people["checker"])
    with pytest.raises(RuntimeError), transaction.atomic():
        apply(claim, Action.SUBMIT, by=people["checker"])
        raise RuntimeError
    assert not Notification.objects.exists()


def _embargoed(claim: Claim, people: People) -> None:
    Claim.objects.filter(pk=claim.pk).update(embargo_until=clock.now() + timedelta(days=1))


def _of_embargoed(claim: Claim, people: People) -> None:
    other = factories.ready(people["checker"])
    _embargoed(other, people)
    Claim.objects.filter(pk=claim.pk).update(translation_of=other, language="de")


def _privileged(claim: Claim, people: People) -> None:
    question = Question(f"Of {MARK}, @second_editor?", privileged=True)
    open_query(claim, by=people["editor"], question=question)


def _confidential(claim: Claim, people: People) -> None:
    note = Note(
        person="a person in the office",
        channel="phone",
        held_at=clock.now() - timedelta(hours=1),
        text="It was closed in April.",
        confidential=True,
        real_name=f"Nell {MARK}",
        contact=f"{MARK} 4711",
        speaks_for="The office",
    )
    item = EvidenceDetails(url="", stance=Stance.SUPPORTS, quote="closed in April")
    attach_note(claim, by=people["editor"], note=note, item=item)


def _of_confidential(claim: Claim, people: People) -> None:
    """Readers of the duplicate would read what the source said."""
    main = factories.claim(people["checker"], text="The office is closed.")
    apply(main, Action.TAKE, by=people["editor"])
    _confidential(main, people)
    apply(claim, Action.MERGE, by=people["editor"], data=MoveData(into=main))


_PROTECTED = [_embargoed, _of_embargoed, _privileged, _confidential, _of_confidential]


@pytest.mark.parametrize("protect", _PROTECTED)
def test_no_word_of_a_protected_claim_stands_in_a_notification(
    people: People, protect: Callable[[Claim, People], None]
) -> None:
    claim = _watched(people["checker"], people["second_checker"])
    apply(claim, Action.SUBMIT, by=people["checker"])
    words = [claim_words(row) for person in people.values() for row in reading.of(person)]
    assert len(words) == 3 and all(MARK in one for one in words), "the positive control"
    protect(claim, people)
    rows = [row for person in people.values() for row in reading.of(person)]
    shown = [f"{sentence(row)} {claim_words(row)}" for row in rows]
    assert len(shown) >= 3 and MARK not in " ".join(shown)


def test_access_is_judged_when_it_is_read(people: People) -> None:
    checker, second = people["checker"], people["second_checker"]
    claim = _watched(checker, second)
    question = Question("Of the mayor, @second_editor?", privileged=True)
    open_query(claim, by=people["editor"], question=question)
    assert reading.unread_count(people["second_editor"]) == 1
    assert reading.unread_count(second) == 0, "a privileged query"
    apply(claim, Action.SUBMIT, by=checker)
    assert reading.unread_count(second) == 1
    Membership.objects.filter(user=second).update(end_date="2020-01-01")
    assert reading.unread_count(User.objects.get(pk=second.pk)) == 0
    Membership.objects.filter(user=people["second_editor"]).update(role="checker")
    again = User.objects.get(pk=people["second_editor"].pk)
    assert list(reading.of(again).values_list("kind", flat=True)) == ["signature"]
    # Legal sees the claim, and not its evidence.
    told = Notification.objects.filter(kind="signature", user=people["editor"])
    mine = Notification.objects.filter(user=people["legal"])
    assert told.update(user=people["legal"]) and reading.unread_count(people["legal"]) == 1
    mine.update(kind="source_changed")
    assert reading.unread_count(people["legal"]) == 0


def test_reading_and_watching_twice_is_harmless(people: People, outsider: User) -> None:
    checker = people["checker"]
    claim = _watched(checker, people["second_checker"])
    watching.watch(claim, by=people["second_checker"])
    with pytest.raises(Claim.DoesNotExist):
        watching.watch(claim, by=outsider)
    apply(claim, Action.SUBMIT, by=checker)
    (told,) = reading.of(people["second_checker"])
    for _ in range(2):
        reading.mark_read(told)
    first = Notification.objects.get(pk=told.pk).read_at
    assert first and reading.mark_all_read(people["second_checker"]) == 0
    assert reading.mark_all_read(people["editor"], until=told.pk - 1) <= 1
    for _ in range(2):
        watching.unwatch(claim, by=people["second_checker"])
    apply(claim, Action.RECALL, by=checker, data=factories.note("Once more."))
    assert Notification.objects.filter(user=people["second_checker"]).count() == 1
