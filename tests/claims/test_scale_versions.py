"""A scale gets a new version by one button: copied, worded, put in use. Verdicts keep
the one they carry.
"""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.models import Claim, Rating, RatingScale
from claims.verdicts.rating_scales import activate, new_version
from claims.workflow import WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page
from tests.project.api import Api

pytestmark = pytest.mark.django_db


def _buttons(scale: RatingScale) -> tuple[str, str]:
    return reverse("admin:claims_ratingscale_copy", args=[scale.pk]), reverse(
        "admin:claims_ratingscale_activate", args=[scale.pk]
    )


def test_an_admin_copies_words_and_puts_in_use_and_old_verdicts_keep_theirs(
    client: Client, admin_person: User, checker: User, published: Claim
) -> None:
    old = factories.scale()
    client.force_login(admin_person)
    copy, _ = _buttons(old)
    assert (
        "New version" in client.get(reverse("admin:claims_ratingscale_change", args=[old.pk])).text
    )
    assert {client.post(copy).status_code for _ in range(2)} == {302}
    new = RatingScale.objects.get(version=2)
    assert not new.in_use and list(new.ratings.values_list("name", "value", "needs_reply")) == list(
        old.ratings.values_list("name", "value", "needs_reply")
    )
    word = new.ratings.get(name="False")
    form = {
        "scale": new.pk,
        "name": "Wrong",
        "definition": "It is not so.",
        "colour": "#a3201d",
        "position": 1,
        "value": 1,
    }
    assert (
        client.post(reverse("admin:claims_rating_change", args=[word.pk]), form).status_code == 302
    )
    assert {client.post(_buttons(new)[1]).status_code for _ in range(2)} == {302}
    old.refresh_from_db()
    assert [scale["version"] for scale in Api(checker).get("ratings/").json()["results"]] == [
        2
    ] and not old.in_use
    assert json.loads(published.verdicts.get().content)["rating"]["scale_version"] == 1
    assert (
        "False" in client.get(page(published)).text
        and "Wrong" not in client.get(page(published)).text
    )
    assert AuditEntry.objects.filter(action="ratingscale.add", actor="admin_person").count() == 1
    assert AuditEntry.objects.filter(action="ratingscale.use").count() == 2


def test_a_verdict_in_work_goes_on_with_the_scale_it_began_with(
    admin_person: User, editor: User, submitted: Claim
) -> None:
    activate(new_version(factories.scale(), by=admin_person)[0], by=admin_person)
    apply(submitted, Action.APPROVE_AND_PUBLISH, by=editor)
    assert submitted.verdicts.get().rating.scale.version == 1


def test_copying_twice_before_it_is_in_use_makes_one(admin_person: User) -> None:
    scale = factories.scale()
    first, new = new_version(scale, by=admin_person)
    assert new and new_version(scale, by=admin_person) == (first, False)
    activate(first, by=admin_person)
    assert new_version(scale, by=admin_person)[0].version == 3


def test_a_scale_without_words_is_not_put_in_use(client: Client, admin_person: User) -> None:
    empty = RatingScale.objects.create(name="Empty", in_use=False)
    with pytest.raises(WorkflowError, match="no ratings yet"):
        activate(empty, by=admin_person)
    client.force_login(admin_person)
    assert "no ratings yet" in client.post(_buttons(empty)[1], follow=True).text


def test_nobody_else_makes_versions(
    client: Client, checker: User, editor: User, auditor: User, superuser: User, reporter: User
) -> None:
    scale = factories.scale()
    for who in (checker, editor, auditor, superuser, reporter):
        client.force_login(who)
        for button in _buttons(scale):
            assert client.post(button).status_code == 403
        with pytest.raises(PermissionDenied):
            activate(scale, by=who)
    client.force_login(editor)
    assert (
        "Make a new version"
        not in client.get(reverse("admin:claims_ratingscale_change", args=[scale.pk])).text
    )
    assert RatingScale.objects.count() == 1


def test_no_sql_renames_or_deletes_what_a_verdict_carries(
    checker: User, editor: User, admin_person: User, client: Client
) -> None:
    factories.published(checker, editor)
    for statement in (
        "UPDATE claims_rating SET name = 'Lie' WHERE name = 'False'",
        "DELETE FROM claims_rating WHERE name = 'False'",
        "UPDATE claims_ratingscale SET name = 'Other'",
        "UPDATE claims_ratingscale SET version = 9",
        "DELETE FROM claims_ratingscale",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    client.force_login(admin_person)
    used = Rating.objects.get(name="False")
    assert (
        client.post(
            reverse("admin:claims_rating_delete", args=[used.pk]), {"post": "yes"}
        ).status_code
        == 403
    )
    assert (
        client.post(
            reverse("admin:claims_ratingscale_delete", args=[used.scale_id]), {"post": "yes"}
        ).status_code
        == 403
    )
