"""Tests share rows and learn nothing of each other: see tests/shared_rows.py."""

import pytest
from django.db import connection

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_finds_a_person_as_they_were_made(checker: User, time: str) -> None:
    stored = User.objects.get(pk=checker.pk)

    assert checker.byline == stored.byline == ""
    assert AuditEntry.objects.filter(action="user.change").count() == 0

    checker.byline = "Ole Brandt"
    checker.save()


@pytest.mark.parametrize("time", ["first", "second"])
def test_only_the_people_that_it_names_are_there(checker: User, time: str) -> None:
    assert list(User.objects.all()) == [checker]
    assert list(Membership.objects.values_list("user__username", "role")) == [
        ("checker", "checker")
    ]

    factories.person("another", factories.desk(), "editor")


def test_more_people_come_to_those_before(checker: User, editor: User, superuser: User) -> None:
    assert set(User.objects.all()) == {checker, editor, superuser}


def test_without_people_nobody_is_there(db: None) -> None:
    assert not User.objects.exists()
    assert not Desk.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_person_named_while_it_runs_is_made(
    checker: User, request: pytest.FixtureRequest
) -> None:
    editor = request.getfixturevalue("editor")

    assert set(User.objects.all()) == {checker, editor}
    assert editor.memberships.get().desk == checker.memberships.get().desk


def test_after_a_lost_connection_people_are_made_anew(checker: User) -> None:
    connection.close()


def test_the_parts_of_a_person_are_those_of_the_test(desk: Desk, checker: User) -> None:
    desk.name = "Sports"
    desk.save()

    assert checker.memberships.get().desk.name == "Sports"


@pytest.mark.django_db(transaction=True)
def test_what_a_committing_test_finds_is_committed(checker: User) -> None:
    assert not connection.in_atomic_block
    assert list(User.objects.all()) == [checker]
