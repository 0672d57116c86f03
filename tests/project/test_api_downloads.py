"""Files that the API sends stand in the OpenAPI document with the type they are sent
as, and whoever asks for that type gets it.
"""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.files import PNG, pdf
from tests.project.api import ROOT, Api, is_problem
from tests.project.valid_requests import Story


def _documented(path: str) -> dict[str, Any]:
    paths = Client().get(f"{ROOT}schema/").json()["paths"]
    content: dict[str, Any] = paths[f"{ROOT}{path}"]["get"]["responses"]["200"]["content"]
    return content


@pytest.fixture
def claim(checker: User) -> Claim:
    made = factories.claim(checker)
    apply(made, Action.TAKE, by=checker)
    return made


@pytest.mark.django_db
def test_no_file_is_documented_as_json() -> None:
    for path, operations in Client().get(f"{ROOT}schema/").json()["paths"].items():
        for operation in operations.values():
            for answer in operation["responses"].values():
                for media_type, content in answer.get("content", {}).items():
                    binary = content["schema"].get("format") == "binary"
                    # A stream of events is lines of text.
                    text = media_type.endswith("json") or media_type == "text/event-stream"
                    assert binary != text, (path, media_type)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", pdf("We planted 2,100 trees."), "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.txt", b"We planted 2,100 trees.\n", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_as_documented(
    checker: User, claim: Claim, name: str, content: bytes, media_type: str
) -> None:
    api = Api(checker)
    fields = {"stance": "context", "finding": "It shows it.", "publisher": "Archive"}
    if name.endswith("png"):
        fields["transcript"] = "What the picture says."
    file = SimpleUploadedFile(name, content)
    sent = api.send(f"claims/{claim.public_id}/files/", fields | {"file": file})
    assert sent.status_code == 201, sent.content[:300]
    path = f"evidence/{sent.json()['id']}/file/"
    for accept in (media_type, "*/*", "application/json", "text/html"):
        answer = api.client.get(f"{ROOT}{path}", headers={"accept": accept})
        assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
        assert b"".join(answer.streaming_content)
    assert media_type in _documented("evidence/{evidence}/file/")


def test_a_web_archive_is_sent_as_documented(db: None) -> None:
    story = Story()
    path = f"{ROOT}evidence/{story.ids['archived']}/warc/"
    answer = Api(story.by).client.get(path, headers={"accept": "application/warc"})
    assert answer.status_code == 200 and b"".join(answer.streaming_content)
    assert [answer["Content-Type"]] == list(_documented("evidence/{evidence}/warc/"))


def test_a_file_that_is_not_there_is_a_problem_whatever_was_asked_for(
    checker: User, outsider: User, claim: Claim
) -> None:
    item = factories.evidence(claim, checker)
    for who in (checker, outsider):
        for end in ("file/", "warc/"):
            url = f"{ROOT}evidence/{item.public_id}/{end}"
            assert is_problem(Api(who).client.get(url, headers={"accept": "image/png"}), 404)
