"""Files, signed notes and edits of evidence through the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.choices import Action
from claims.models import Claim, Evidence, Interview
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from sources import filestore
from sources.models import Capture, Publisher
from tests import factories, files
from tests.project.api import Api, is_problem
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
LETTER = b"Park office, letter of 5 May.\n\nThe register lists 2,100 trees.\n"
SAYS = {"stance": "refutes", "quote": "The register lists 2,100 trees."}


@shared
def claim(checker: User) -> Claim:
    made = factories.claim(checker)
    apply(made, Action.TAKE, by=checker)
    return made


def _fields(content: bytes = LETTER, **more: str) -> dict[str, Any]:
    return {
        "file": SimpleUploadedFile("letter.exe", content),
        **SAYS,
        "publisher": "Park office of Evers",
        **more,
    }


def _note(**more: Any) -> dict[str, Any]:
    held = (clock.now() - timedelta(hours=2)).isoformat()
    return {
        "person": "Jana Brook",
        "channel": "in_person",
        "held_at": held,
        "text": "She said: The register lists 2,100 trees.",
        **SAYS,
        **more,
    }


def test_a_file_is_attached_once_and_read_back(checker: User, auditor: User, claim: Claim) -> None:
    api, path = Api(checker), f"claims/{claim.public_id}/files/"
    first, again = api.send(path, _fields()), api.send(path, _fields())
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    data = first.json()
    assert (data["url"], data["link"], data["interview"], data["quote_state"]) == (
        None,
        None,
        None,
        "found",
    )
    assert data["publisher"] == {
        "id": data["publisher"]["id"],
        "name": "Park office of Evers",
        "domain": None,
        "owner": "Park office of Evers",
    }
    assert (
        data["capture"]["kind"],
        data["capture"]["file_name"],
        data["capture"]["content_type"],
    ) == ("upload", "letter.exe.txt", "text/plain")
    for reader in (api, Api(auditor)):
        file = reader.get(f"evidence/{data['id']}/file/")
        assert b"".join(file.streaming_content) == LETTER
        assert file["Content-Disposition"] == 'attachment; filename="letter.exe.txt"'
        assert (file["X-Content-Type-Options"], file["Content-Type"]) == (
            "nosniff",
            "application/octet-stream",
        )


@pytest.mark.parametrize(
    ("content", "more", "status", "words"),
    [
        (b"PK\x03\x04", {}, 400, "Upload a PDF, plain text"),
        (files.PNG, {}, 400, "Type out what it says or shows"),
        (files.locked_pdf("Secret."), {}, 400, "locked with a password"),
        (LETTER, {"stance": "proves"}, 400, "stance"),
        (LETTER, {"publisher": ""}, 400, "publisher"),
        (LETTER, {"url": "https://x.example"}, 400, "Unknown field"),
        (LETTER, {"finding": "a\x00b"}, 400, "finding"),
        (b"x" * (filestore.LARGEST_FILE + 1), {}, 413, "larger than 20 MB"),
    ],
)
def test_a_bad_file_is_refused_in_words(
    checker: User, claim: Claim, content: bytes, more: dict[str, str], status: int, words: str
) -> None:
    answer = Api(checker).send(f"claims/{claim.public_id}/files/", _fields(content, **more))
    assert is_problem(answer, status) and words in answer.text
    assert not (Evidence.objects.exists() or Capture.objects.exists() or Publisher.objects.exists())


def test_a_file_comes_as_a_form_and_a_form_has_a_file(checker: User, claim: Claim) -> None:
    api, path = Api(checker), f"claims/{claim.public_id}/files/"
    answer = api.post(path, {**SAYS, "publisher": "Park office of Evers"})
    assert is_problem(answer, 415) and "multipart/form-data" in answer.json()["detail"]
    assert is_problem(api.send(path, {**SAYS, "publisher": "Park office of Evers"}), 400)
    assert is_problem(api.send(path, {**SAYS, "publisher": "x", "file": "no file"}), 400)


def test_a_full_disk_is_a_problem_and_no_row(
    checker: User, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(filestore, "_write", full)
    answer = Api(checker).send(
        f"claims/{claim.public_id}/files/", _fields(LETTER + b"Another one.")
    )
    assert (
        is_problem(answer, 507)
        and "the disk is full" in answer.json()["detail"]
        and not Capture.objects.exists()
    )


def test_a_note_is_signed_once_by_the_owner_of_the_token(checker: User, claim: Claim) -> None:
    api, path, note = Api(checker), f"claims/{claim.public_id}/notes/", _note()
    first, again = api.post(path, note), api.post(path, note)
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    data = first.json()
    assert (
        data["interview"]["signed_by"] == "checker" and data["interview"]["person"] == "Jana Brook"
    )
    assert data["interview"]["sha256"] == Interview.objects.get().sha256 and data["url"] is None
    assert (
        api.post(f"evidence/{data['id']}/refresh/").status_code == 200
    )  # nothing is looked for on the web
    assert is_problem(api.get(f"evidence/{data['id']}/file/"), 404)
    assert is_problem(api.get(f"evidence/{data['id']}/identity/"), 404)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_at": "2999-01-01T00:00:00Z"}, "held_at"),
        ({"confidential": True}, "real_name"),
        ({"channel": "post"}, "channel"),
        ({"text": " "}, "text"),
    ],
)
def test_a_bad_note_is_refused_by_field(
    checker: User, claim: Claim, wrong: dict[str, Any], field: str
) -> None:
    answer = Api(checker).post(f"claims/{claim.public_id}/notes/", _note(**wrong))
    assert is_problem(answer, 400) and field in {
        fault["field"] for fault in answer.json()["errors"]
    }
    assert not Interview.objects.exists()


def test_an_item_is_edited_on_the_version_that_was_read(checker: User, claim: Claim) -> None:
    item = factories.evidence(
        claim, checker, quote="It lists 2,700 trees", text="The register: It lists 2,100 trees."
    )
    api, path = Api(checker), f"evidence/{item.public_id}/"
    read = api.get(path)
    assert read["ETag"] == '"v1"' and read.json()["quote_state"] == "not_found"
    saved = api.patch(
        path,
        {"quote": "It lists 2,100 trees", "origin": "agency.example"},
        **{"If-Match": read["ETag"]},
    )
    assert (saved.status_code, saved["ETag"], saved.json()["quote_state"]) == (200, '"v2"', "found")
    assert (saved.json()["stance"], saved.json()["origin"]["domain"]) == (
        "refutes",
        "agency.example",
    )
    assert is_problem(api.patch(path, {"locator": "page 2"}, **{"If-Match": '"v1"'}), 412)
    assert is_problem(api.patch(path, {"locator": "page 2", "version": 1}), 412)
    assert api.patch(path, {"locator": "page 2", "version": 2}).json()["version"] == 3
    assert api.patch(path, {"origin": ""}).json()["origin"]["domain"] == item.link.publisher.domain


@pytest.mark.parametrize(
    "wrong",
    [
        {"stance": "proves"},
        {"quote": "", "finding": ""},
        {"url": "https://x.example"},
        {"quote": 7},
        {"version": 0},
    ],
)
def test_a_bad_edit_is_refused(checker: User, claim: Claim, wrong: dict[str, Any]) -> None:
    item = factories.evidence(claim, checker)
    assert is_problem(Api(checker).patch(f"evidence/{item.public_id}/", wrong), 400)
    item.refresh_from_db()
    assert item.version == 1


def test_the_wrong_person_changes_nothing(
    checker: User, second_checker: User, auditor: User, reporter: User, outsider: User, claim: Claim
) -> None:
    item = factories.evidence(claim, checker)
    before = Evidence.objects.values().get()
    for nobody, status in ((second_checker, 403), (auditor, 403), (reporter, 404), (outsider, 404)):
        api = Api(nobody)
        assert is_problem(api.patch(f"evidence/{item.public_id}/", {"locator": "page 2"}), status)
        assert is_problem(api.send(f"claims/{claim.public_id}/files/", _fields()), status)
        assert is_problem(api.post(f"claims/{claim.public_id}/notes/", _note()), status)
    for path, call in (
        (f"evidence/{item.public_id}/", "patch"),
        (f"claims/{claim.public_id}/notes/", "post"),
    ):
        assert is_problem(getattr(Api(checker, "read"), call)(path, {}), 403)
    assert (
        Evidence.objects.values().get() == before
        and not Publisher.objects.filter(domain=None).exists()
    )


def test_published_evidence_is_frozen(editor: User, published: Claim) -> None:
    api, item = Api(editor), published.evidence.order_by("number")[0]
    assert is_problem(api.patch(f"evidence/{item.public_id}/", {"locator": "page 2"}), 409)
    assert is_problem(api.send(f"claims/{published.public_id}/files/", _fields()), 409)
    assert is_problem(api.post(f"claims/{published.public_id}/notes/", _note()), 409)
