"""A name that another row of the same desk or scale has already is refused by the form,
also where the page shows the desk or the scale and does not offer it.
"""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.intake.topics import add_topic
from claims.models import Rating
from factcheck.newsroom.models import Desk, User
from sources.models import Owner, Publisher
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _saved(client: Client, row: Any, **typed: str) -> Any:
    """The change page of the row, sent back with something else typed."""
    client.raise_request_exception = False
    page = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    form = client.get(page).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields} | typed
    return client.post(page, sent)


def _refused(answer: Any, words: str) -> None:
    assert answer.status_code == 200 and re.search(words, answer.text), answer.status_code


def test_a_topic(client: Client, editor: User, desk: Desk) -> None:
    one, _new = add_topic(desk, by=editor, name="Trees")
    other, _new = add_topic(desk, by=editor, name="Ships")
    client.force_login(editor)
    _refused(_saved(client, one, name="Ships"), "The desk already has this topic")
    assert _saved(client, one, name="Parks").status_code == 302
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.name, other.name) == ("Parks", "Ships")


@pytest.mark.parametrize("model", [Owner, Publisher])
def test_an_owner_and_a_publisher_of_a_desk(
    client: Client, editor: User, desk: Desk, model: Any
) -> None:
    owner = Owner.objects.create(name="Trust", desk=desk)
    more = {} if model is Owner else {"owner": owner}
    one = model.objects.create(name="Park office", desk=desk, **more)
    model.objects.create(name="Harbour office", desk=desk, **more)
    client.force_login(editor)
    _refused(_saved(client, one, name="Harbour office"), "errornote|errorlist")
    one.refresh_from_db()
    assert one.name == "Park office"


def test_a_rating_of_a_scale(client: Client, admin_person: User) -> None:
    one = factories.rating()
    other = Rating.objects.filter(scale=one.scale).exclude(pk=one.pk)[0]
    client.force_login(admin_person)
    _refused(_saved(client, one, name=other.name, value=str(other.value)), "errorlist")
