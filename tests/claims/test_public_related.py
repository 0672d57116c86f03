"""A verdict leads to the newest published others of its topic and claimant."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action, Meanwhile
from claims.intake.topics import add_topic, set_topic
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, copies, page, publish

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _related(client: Client, claim: Claim) -> list[str]:
    _before, _heading, section = client.get(page(claim)).text.partition('id="related"')
    return re.findall(r"<bdi>([^<]*)</bdi></a", section.partition("</section>")[0])


def test_the_newest_of_its_topic_and_claimant_and_no_others(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    of_speaker = publish(checker, editor, Words(claim="Ships were counted."))
    own = publish(checker, editor, Words(claim="Trees were planted."))
    of_topic = publish(checker, editor, Words(claim="Bees were bred.", claimant="Jon Okafor"))
    publish(checker, editor, Words(claim="Roads were built.", claimant="Jon Okafor"))
    publish(checker, editor, Words(claim="Bäume wurden gepflanzt.", language="de"))
    in_work = factories.ready(checker)
    topic, _ = add_topic(own.desk, by=editor, name="Parks")
    for claim in (own, of_topic, in_work):
        set_topic(claim, by=editor, topic=topic)
    assert _related(client, own) == ["Bees were bred.", "Ships were counted."]
    assert _related(client, of_topic) == ["Roads were built.", "Trees were planted."]
    with CaptureQueriesContext(connection) as few:
        client.get(f"{page(own)}?few")
    copies(of_speaker, 6)
    with CaptureQueriesContext(connection) as many:
        client.get(f"{page(own)}?many")
    assert len(few) == len(many)
    assert len(_related(client, own)) == 4
    # What readers are warned of, or no longer have, is not offered at the next request.
    changed = client.get(page(own))["Last-Modified"]
    wrong = MoveData(note="Wrong.", category="correction", meanwhile=Meanwhile.WITHHELD)
    apply(of_topic, Action.CORRECT, by=editor, data=wrong)
    assert "Bees were bred." not in _related(client, own)
    apply(of_topic, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    assert "Bees were bred." in _related(client, own)
    apply(of_topic, Action.RETRACT, by=editor, data=factories.note("Misread."))
    apply(of_topic, Action.CONFIRM_RETRACTION, by=second_editor)
    assert "Bees were bred." not in _related(client, own)
    assert client.get(page(own))["Last-Modified"] >= changed
