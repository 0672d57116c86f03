"""With the broker away everything people do is saved and answered normally; the work
waits as rows.
"""

import pytest
from django.test import Client

from claims.models import Claim, Extraction
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import User
from sources.models import ArticleFetch, Link
from tests import factories
from tests.project.api import Api
from tests.workers import LossyBroker

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_every_save_answers_and_every_piece_of_work_waits(
    redis: LossyBroker, checker: User, editor: User, ready: Claim
) -> None:
    redis.kill()
    of_checker, of_editor = Api(checker), Api(editor)

    assert of_checker.post("articles/", {"text": factories.ARTICLE}).status_code == 201
    assert of_checker.post("articles/", {"url": "https://courier.example/ships"}).status_code == 201
    found = {
        "url": "https://board.example/yearbook",
        "stance": "context",
        "finding": "It counts them.",
    }
    assert of_checker.post(f"claims/{ready.public_id}/evidence/", found).status_code == 201
    for who, action in ((of_checker, "submit"), (of_editor, "approve_and_publish")):
        assert (
            who.post(f"claims/{ready.public_id}/transitions/", {"action": action}).status_code
            == 201
        )

    assert Extraction.objects.get().job_state == JobState.WAITING
    assert ArticleFetch.objects.get().job_state == JobState.WAITING
    assert Link.objects.get(url="https://board.example/yearbook").next_attempt_at is not None


def test_the_screens_and_the_public_pages_work_too(
    redis: LossyBroker, client: Client, checker: User, published: Claim
) -> None:
    redis.kill()
    assert client.get(f"/verdicts/{published.address}/").status_code == 200
    client.force_login(checker)
    added = client.post(
        "/admin/sources/article/add/",
        {"text": factories.ARTICLE, "kind": "published", "desk": checker.memberships.get().desk_id},
    )
    assert added.status_code == 302
    shown = client.get(added["Location"])
    assert shown.status_code == 200
    assert "waiting" in shown.content.decode()
    assert Claim.objects.count() == 1
