"""The Fact Check Tools interface, asked by the client that Google wrote for its own."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httplib2
import pytest
from django.test import Client
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from claims.choices import Action
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, page, publish
from tests.claims.times import Clock, times

__all__ = ["times"]
SITE = "http://localhost:8000"
ADDRESS = "/v1alpha1/claims:search"
NOON = datetime(2031, 6, 1, 12, tzinfo=UTC)


class _Transport:
    """What the client sends goes to this site instead of Google's."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def request(self, uri: str, method: str = "GET", **_: Any) -> tuple[Any, bytes]:
        assert uri.startswith(SITE) and method == "GET"
        answer = self._client.get(uri.removeprefix(SITE))
        headers = {name.lower(): value for name, value in answer.items()}
        return httplib2.Response(headers | {"status": answer.status_code}), answer.content

    def close(self) -> None:
        """There is nothing to close."""


@pytest.fixture
def service(client: Client) -> Any:
    return google_client(client)


def google_client(client: Client) -> Any:
    return build(
        "factchecktools",
        "v1alpha1",
        http=_Transport(client),
        static_discovery=True,
        client_options={"api_endpoint": SITE},
    )


def _texts(answer: dict[str, Any]) -> list[str]:
    return [claim["text"] for claim in answer.get("claims", [])]


def test_a_client_of_that_service_finds_a_verdict(
    service: Any, checker: User, editor: User, times: Clock
) -> None:
    times.set(NOON)
    claim = publish(checker, editor)
    assert service.claims().search(query="trees planted").execute() == {
        "claims": [
            {
                "text": claim.text,
                "claimant": "Mira Halloway",
                "claimDate": "2026-05-01T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "Fact-check desk", "site": "localhost"},
                        "url": f"{SITE}{page(claim)}",
                        "title": f"False: {claim.text}",
                        "reviewDate": "2031-06-01T12:00:00Z",
                        "textualRating": "False",
                        "languageCode": "en",
                    }
                ],
            }
        ]
    }


def test_the_client_turns_all_pages(service: Any, checker: User, editor: User) -> None:
    for number in range(5):
        publish(checker, editor, Words(claim=f"The city planted {number} trees."))
    texts, request = [], service.claims().search(query="trees", pageSize=2)
    while request is not None:
        answer = request.execute()
        texts += _texts(answer)
        request = service.claims().search_next(request, answer)
    assert texts == [f"The city planted {number} trees." for number in (4, 3, 2, 1, 0)]
    skipped = service.claims().search(query="trees", pageSize=2, offset=3).execute()
    assert _texts(skipped) == texts[3:]


def test_the_filters_narrow_it(service: Any, checker: User, editor: User, times: Clock) -> None:
    times.set(NOON)
    german = publish(checker, editor, Words(claim="Brot ist billiger.", language="de-AT"))
    publish(checker, editor, Words(claim="Bread is cheaper."))

    def found(**asked: Any) -> list[str]:
        site = {"reviewPublisherSiteFilter": "www.localhost"}
        return _texts(service.claims().search(**{**site, **asked}).execute())

    assert found(languageCode="de") == [german.text]
    assert len(found()) == 2
    assert found(reviewPublisherSiteFilter="paper.example") == []
    times.set(NOON + timedelta(days=3))
    assert found(maxAgeDays=2) == [] and len(found(maxAgeDays=4)) == 2
    assert service.claims().search(query="nothing of this").execute() == {}


def test_only_published_words_are_found(
    service: Any, client: Client, checker: User, editor: User
) -> None:
    factories.approved(checker, editor, text="The harbour closes.")
    claim = factories.correcting(checker, editor, meanwhile="unchanged")
    factories.written(claim, editor, answer="A secret zebra.")
    assert service.claims().search(query="harbour").execute() == {}
    assert service.claims().search(query="zebra").execute() == {}
    assert _texts(service.claims().search(query="planted").execute()) == [claim.text]


@pytest.mark.parametrize("meanwhile", ["under_review", "withheld"])
def test_what_is_in_doubt_is_not_found(
    service: Any, checker: User, editor: User, meanwhile: str
) -> None:
    factories.correcting(checker, editor, meanwhile=meanwhile)
    assert service.claims().search(query="planted").execute() == {}


def test_a_retracted_verdict_is_not_found(service: Any, editor: User, published: Claim) -> None:
    apply(published, Action.RETRACT, by=editor, data=MoveData(note="The register was misread."))
    assert service.claims().search(query="planted").execute() == {}


def test_an_error_has_the_shape_that_the_client_reads(service: Any, db: None) -> None:
    with pytest.raises(HttpError) as caught:
        service.claims().search(query="trees", pageToken="made up").execute()
    assert caught.value.status_code == 400
    assert "pageToken" in caught.value.reason


@pytest.mark.parametrize("asked", [
    "", "query=", "query=%20", "query=x&pageSize=-1", "query=x&pageSize=1.5", "query=x&offset=99999999",
    "query=x&maxAgeDays=x", "query=x&maxAgeDays=99999999999", "query=x&pageSize=%D9%A1", "query=x&nonsense=1",
    "query=x&pageToken=a:b:c", "languageCode=en", "query=x&languageCode=e%00", "query=x&languageCode=-",
])  # fmt: skip
def test_nonsense_is_a_bad_request(client: Client, db: None, asked: str) -> None:
    answer = client.get(f"{ADDRESS}?{asked}")
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT") and error["message"]


@pytest.mark.parametrize(
    "query", ["\x00", '"', "%", "' OR 1=1 --", "x" * 5000, "\u202e", "*", "NEAR(a b)"]
)
def test_any_query_is_answered(client: Client, db: None, query: str) -> None:
    assert client.get(ADDRESS, {"query": query}).status_code in {200, 400}
