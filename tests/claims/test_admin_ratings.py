"""Ratings are kept by admins; a word that a verdict carries stays as it is."""

import pytest
from django.test import Client

from claims.models import Claim, Rating, RatingScale
from claims.rules.content import current_content_hash
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories


@pytest.fixture
def rating(db: None) -> Rating:
    return factories.rating("Misleading")


def change(client: Client, by: User, rating: Rating, **fields: object) -> int:
    client.force_login(by)
    form = {
        "scale": rating.scale_id,
        "name": "Half true",
        "definition": "Part of it.",
        "colour": "#aa5500",
        "position": 2,
        "value": 2,
    } | fields
    return client.post(f"/admin/claims/rating/{rating.pk}/change/", form).status_code


def test_an_unused_word_is_changed_and_audited(
    client: Client, admin_person: User, rating: Rating
) -> None:
    assert change(client, admin_person, rating) == 302
    rating.refresh_from_db()
    assert rating.name == "Half true"
    assert AuditEntry.objects.get(action="rating.change").changes["name"] == [
        "Misleading",
        "Half true",
    ]


def test_a_used_word_is_read_only(client: Client, admin_person: User, checker: User) -> None:
    factories.ready(checker)
    used = factories.rating()
    assert change(client, admin_person, used) == 403
    used.refresh_from_db()
    assert used.name == "False"
    assert "False" in client.get(f"/admin/claims/rating/{used.pk}/change/").content.decode()


def test_a_used_scale_keeps_its_name_and_may_be_put_out_of_use(
    client: Client, admin_person: User, checker: User
) -> None:
    factories.ready(checker)
    scale = factories.scale()
    client.force_login(admin_person)
    client.post(f"/admin/claims/ratingscale/{scale.pk}/change/", {"name": "Other", "version": 9})
    scale.refresh_from_db()
    assert (scale.name, scale.version, scale.in_use) == ("Truth", 1, False)


def test_a_used_scale_gets_no_further_values(
    client: Client, admin_person: User, ready: Claim
) -> None:
    """Its best and worst value are signed with every verdict, on every desk."""
    scale = factories.scale()
    before = current_content_hash(ready, ready.verdicts.get())
    client.force_login(admin_person)
    words = {
        "scale": scale.pk,
        "name": "Perfectly true",
        "definition": "All of it.",
        "colour": "#00aa00",
        "position": 9,
        "value": 9,
    }
    refused = client.post("/admin/claims/rating/add/", words)
    assert refused.status_code == 200
    assert "Select a valid choice" in refused.content.decode()
    assert change(client, admin_person, factories.rating("True"), value=9) == 302
    assert factories.rating("Half true").value == 3
    assert current_content_hash(ready, ready.verdicts.get()) == before


def test_a_colour_in_words_or_a_value_twice_is_refused(
    client: Client, admin_person: User, rating: Rating
) -> None:
    assert change(client, admin_person, rating, colour="red") == 200
    assert change(client, admin_person, rating, value=1) == 200
    rating.refresh_from_db()
    assert rating.name == "Misleading"


def test_a_checker_reads_and_does_not_write(
    client: Client, checker: User, reporter: User, rating: Rating
) -> None:
    assert change(client, checker, rating) == 403
    assert client.get(f"/admin/claims/rating/{rating.pk}/change/").status_code == 200
    assert change(client, reporter, rating) == 403
    assert client.get("/admin/claims/rating/").status_code == 403


def test_a_scale_is_made_once(client: Client, admin_person: User) -> None:
    client.force_login(admin_person)
    form = {"name": "Pictures", "version": 1, "in_use": "on"}
    assert client.post("/admin/claims/ratingscale/add/", form).status_code == 302
    assert client.post("/admin/claims/ratingscale/add/", form).status_code == 200
    assert RatingScale.objects.filter(name="Pictures").count() == 1
