"""A POST with `Idempotency-Key` that is sent again is done once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections

from claims.models import Claim
from factcheck.drf import idempotency
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import idempotency_keys
from factcheck.newsroom.idempotency_keys import IdempotencyKey
from factcheck.newsroom.models import User
from tests.project.api import Api

pytestmark = pytest.mark.django_db
TEXT = "The city planted 600 trees."
REPLAYED = "Idempotency-Replayed"


def _sent(api: Api, body: dict[str, Any], key: str = "5f3c", path: str = "claims/") -> Any:
    return api.post(path, body, **{"Idempotency-Key": key})


def test_the_second_one_is_answered_as_the_first_and_does_nothing(checker: User) -> None:
    api = Api(checker)
    first = _sent(api, {"text": TEXT})
    before = AuditEntry.objects.count()
    # Other spaces and another order of names are the same request.
    second = _sent(api, {"text": TEXT})
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json() and first["ETag"] == second["ETag"]
    assert REPLAYED not in first and second[REPLAYED] == "true"
    assert (Claim.objects.count(), AuditEntry.objects.count()) == (1, before)


def test_another_request_with_the_key_is_refused(checker: User) -> None:
    api = Api(checker)
    _sent(api, {"text": TEXT})
    for body, path in (({"text": "It felled 20."}, "claims/"), ({"text": TEXT}, "articles/")):
        refused = _sent(api, body, path=path)
        assert refused.status_code == 422 and "another request" in refused.json()["detail"]
    assert Claim.objects.count() == 1


def test_a_key_is_its_tokens_own(checker: User, second_checker: User) -> None:
    ours, theirs = _sent(Api(checker), {"text": TEXT}), _sent(Api(second_checker), {"text": TEXT})
    assert REPLAYED not in theirs and theirs.json()["id"] != ours.json()["id"]


def test_what_was_refused_can_be_mended_under_the_same_key(checker: User) -> None:
    api = Api(checker)
    assert _sent(api, {"text": ""}).status_code == 400
    assert not IdempotencyKey.objects.exists()
    assert _sent(api, {"text": TEXT}).status_code == 201


@pytest.mark.parametrize("key", ["  ", "a" * 256, "a\tb"])
def test_a_key_that_is_none_is_refused_in_words(checker: User, key: str) -> None:
    refused = _sent(Api(checker), {"text": TEXT}, key=key)
    assert refused.status_code == 400 and not Claim.objects.exists()
    assert refused.json()["errors"][0]["field"] == "Idempotency-Key"


def test_who_a_source_is_is_never_kept_as_an_answer(checker: User) -> None:
    path = "source-read-requests/5f3c0000-0000-4000-8000-000000000000/confirm/"
    refused = _sent(Api(checker), {}, path=path)
    assert refused.status_code == 400 and "Leave this header out" in refused.json()["detail"]


def test_after_a_day_it_is_a_new_request(checker: User) -> None:
    api = Api(checker)
    _sent(api, {"text": TEXT})
    IdempotencyKey.objects.update(at=clock.now() - timedelta(hours=24))
    assert REPLAYED not in _sent(api, {"text": "It felled 20."})
    assert idempotency_keys.delete_old() == 0
    IdempotencyKey.objects.update(at=clock.now() - timedelta(hours=24))
    assert idempotency_keys.delete_old() == 1


def test_the_answer_is_stored_encrypted(checker: User) -> None:
    _sent(Api(checker), {"text": "A quagga was seen."})
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM newsroom_idempotencykey")
        assert "quagga" not in cursor.fetchone()[0]
    assert "quagga" in IdempotencyKey.objects.get().answer


def test_without_its_answer_nothing_was_done(
    checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(idempotency, "_keep", broken)
    api = Api(checker)
    api.client.raise_request_exception = False
    assert _sent(api, {"text": TEXT}).status_code == 500
    assert not Claim.objects.exists()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_done(checker: User) -> None:
    api, answers = Api(checker), []

    def send() -> None:
        try:
            answers.append(_sent(api, {"text": TEXT}))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [answer for answer in answers if answer.status_code == 201]
    assert Claim.objects.count() == 1 and len(answers) == 6
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len([answer for answer in done if REPLAYED not in answer]) == 1
    assert len({answer.json()["id"] for answer in done}) == 1
