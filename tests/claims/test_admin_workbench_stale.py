"""A form refused because the claim changed meanwhile can be sent again: it then stands
on what the page now shows.
"""

import re

import pytest
from django.test import Client

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        ("embargo", {"until": "2031-05-04T10:00"}),
        ("translation", {"language": "sv", "original": ""}),
    ],
)
def test_pressed_again_it_is_saved(
    client: Client, checker: User, editor: User, part: str, typed: dict[str, str]
) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    client.force_login(editor)
    here = f"/admin/claims/claim/{claim.pk}"
    before = _version(client.get(f"{here}/change/").text, part)
    factories.evidence(claim, checker)

    refused = client.post(f"{here}/{part}/", {"version": before, **typed})
    assert refused.status_code == 412
    assert all(value in refused.text for value in typed.values())
    now = _version(refused.text, part)
    assert now != before

    assert client.post(f"{here}/{part}/", {"version": now, **typed}).status_code == 302
    saved = Claim.objects.get(pk=claim.pk)
    assert saved.embargo_until if part == "embargo" else saved.language == "sv"


def _version(page: str, part: str) -> str:
    form = re.search(rf'<form[^>]*/{part}/"[^>]*>.*?</form>', page, re.DOTALL)
    assert form
    found = re.search(r'name="version" value="(\d+)"', form[0])
    assert found
    return found[1]
