"""Files and notes on the workbench, and an item worded anew: by the right person, with
every typed word kept.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.evidence.editing import EvidenceText, edit_evidence
from claims.models import Claim, Evidence, Interview
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from sources import filestore
from sources.models import Capture, Link
from tests import factories, files

pytestmark = pytest.mark.django_db
LETTER = (
    b"<!doctype html><title>Letter</title><script>alert(1)</script><p>The register lists 2,100"
    b" trees, says the park office.</p>"
)
SAYS = {"stance": "refutes", "quote": "The register lists 2,100 trees", "locator": "line 1"}


def _taken(by: User) -> Claim:
    claim = factories.claim(by)
    apply(claim, Action.TAKE, by=by)
    return claim


def _url(claim: Claim, name: str, *more: int) -> str:
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk, *more])


def _file(content: bytes = LETTER, name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def _send(client: Client, claim: Claim, content: bytes = LETTER, **more: object) -> object:
    return client.post(
        _url(claim, "file"),
        {**SAYS, "publisher": "Park office of Evers", "file": _file(content), **more},
    )


def _form(**more: object) -> dict[str, object]:
    held_at = (clock.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    return {
        "person": "Jana Brook",
        "channel": "phone",
        "held_at": held_at,
        "text": "She said: The register lists 2,100 trees.",
        **SAYS,
        **more,
    }


def test_the_panel_offers_three_ways(client: Client, checker: User) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    shown = client.get(_url(claim, "change")).text
    for words in (
        "Add a source: a web page",
        "Attach a file",
        "Add an interview note",
        'enctype="multipart/form-data"',
    ):
        assert words in shown


def test_a_file_is_attached_and_handed_out_to_be_saved(
    client: Client, checker: User, auditor: User
) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    for _ in range(2):
        assert _send(client, claim).status_code == 302
    item = Evidence.objects.get()
    assert item.quote_state == "found" and item.capture.kind == "upload"
    shown = client.get(_url(claim, "change")).text
    assert "letter.pdf" in shown and "Check link" not in shown
    assert 'href=""' not in shown and 'href="urn:' not in shown
    for reader in (checker, auditor):
        client.force_login(reader)
        answer = client.get(_url(claim, "evidence_file", 1))
        assert b"".join(answer.streaming_content) == LETTER
        assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf.html"'
        assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == (
            "nosniff",
            "application/octet-stream",
        )
        assert "no-store" in answer["Cache-Control"]
    copy = client.get(_url(claim, "capture", 1)).text
    assert "says the park office" in copy and "<script>alert" not in copy


def test_who_may_not_see_the_evidence_gets_no_file(
    client: Client,
    checker: User,
    reporter: User,
    admin_person: User,
    outsider: User,
    superuser: User,
) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    _send(client, claim)
    for nobody in (reporter, admin_person, outsider, superuser):
        client.force_login(nobody)
        assert client.get(_url(claim, "evidence_file", 1)).status_code in {403, 404}
        assert _send(client, claim, b"Other words, by a stranger: 2,100.").status_code in {403, 404}
    assert Capture.objects.count() == 1
    client.logout()
    assert client.get(_url(claim, "evidence_file", 1)).status_code == 302


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04", "This file type is not supported."),
        (files.PNG, "Type out what it says or shows"),
        (files.locked_pdf("Secret."), "locked with a password"),
        (b"", "The file is empty."),
        (b"x" * (filestore.LARGEST_FILE + 1), "larger than 20 MB"),
    ],
)
def test_a_refused_file_leaves_every_typed_word(
    client: Client, checker: User, content: bytes, words: str
) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    answer = _send(client, claim, content, title="Letter of May", finding="Our words.")
    assert answer.status_code == 400 and words in answer.text
    for typed in ("Letter of May", "Our words.", "Park office of Evers", SAYS["quote"]):
        assert typed in answer.text
    assert not Capture.objects.exists()


def test_a_full_disk_is_said_in_words(
    client: Client, checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    claim = _taken(checker)
    client.force_login(checker)
    monkeypatch.setattr(filestore, "_write", full)
    answer = _send(client, claim, b"A letter that nobody sent before: 2,100 trees.")
    assert (
        answer.status_code == 507
        and "the disk is full" in answer.text
        and "Park office of Evers" in answer.text
    )
    assert not Capture.objects.exists()


def test_a_file_that_is_gone_from_the_store_is_said_in_words(
    client: Client, checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    _send(client, claim)
    monkeypatch.setattr(filestore, "path_of", lambda digest: "nowhere")
    answer = client.get(_url(claim, "evidence_file", 1))
    assert answer.status_code == 507 and "missing from the file store" in answer.text


def test_a_note_is_signed_and_attached(client: Client, checker: User) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    told = _form()
    for _ in range(2):
        assert client.post(_url(claim, "note"), told).status_code == 302
    interview = Interview.objects.get()
    assert (interview.by, Evidence.objects.get().quote_state) == (checker, "found")
    shown = client.get(_url(claim, "change")).text
    assert (
        "Interview with <strong><bdi>Jana Brook</bdi></strong>" in shown
        and "Signed by checker" in shown
    )
    assert "She said:" in client.get(_url(claim, "capture", 1)).text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"person": ""}, "This field is required."),
        ({"held_at": "2999-01-01T10:00"}, "future"),
        ({"confidential": "on"}, "Enter the real name"),
        ({"real_name": "Zelda"}, "for confidential sources only"),
        ({"held_at": "yesterday"}, "Enter a valid date/time."),
    ],
)
def test_a_refused_note_leaves_every_typed_word(
    client: Client, checker: User, wrong: dict[str, str], words: str
) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    answer = client.post(_url(claim, "note"), _form(role="park office", **wrong))
    assert (
        answer.status_code == 400
        and words in answer.text
        and "She said: The register" in answer.text
        and "park office" in answer.text
    )
    assert not Interview.objects.exists()


def test_nobody_but_assignee_and_editors_attaches(
    client: Client, checker: User, second_checker: User, auditor: User, outsider: User
) -> None:
    claim = _taken(checker)
    for nobody, status in ((second_checker, 403), (auditor, 403), (outsider, 404)):
        client.force_login(nobody)
        assert client.post(_url(claim, "note"), _form()).status_code == status
        assert _send(client, claim).status_code == status
    assert not (Evidence.objects.exists() or Link.objects.exists())


def test_nothing_is_attached_or_edited_once_published(
    client: Client, editor: User, published: Claim
) -> None:
    client.force_login(editor)
    assert client.post(_url(published, "note"), _form()).status_code == 409
    assert _send(client, published).status_code == 409
    answer = client.post(
        _url(published, "edit_evidence", 1), {**SAYS, "finding": "Mine.", "version": 1}
    )
    assert answer.status_code == 409 and "Mine." in answer.text
    assert "Attach a file" not in client.get(_url(published, "change")).text


def test_an_item_is_worded_anew_on_its_page(client: Client, checker: User) -> None:
    claim = _taken(checker)
    item = factories.evidence(
        claim, checker, quote="It lists 2,700 trees", text="The register: It lists 2,100 trees."
    )
    client.force_login(checker)
    shown = client.get(_url(claim, "edit_evidence", 1)).text
    assert "It lists 2,700 trees" in shown and "The text says:" in shown
    typed = {
        "stance": "context",
        "quote": "It lists 2,100 trees",
        "locator": "table 4",
        "origin": "agency.example",
        "version": 1,
    }
    answer = client.post(_url(claim, "edit_evidence", 1), typed, follow=True)
    assert "Evidence 1 saved." in answer.text and "report of agency.example" in answer.text
    item.refresh_from_db()
    assert (item.version, item.quote_state, item.stance, item.origin.domain) == (
        2,
        "found",
        "context",
        "agency.example",
    )


def test_on_a_conflict_both_texts_are_there_and_the_next_save_is_a_choice(
    client: Client, checker: User, editor: User
) -> None:
    claim = _taken(checker)
    item = factories.evidence(claim, checker)
    edit_evidence(
        item, by=editor, words=EvidenceText("context", "", "What the editor found.", "page 9")
    )
    client.force_login(checker)
    mine = {"stance": "refutes", "finding": "What I found.", "locator": "page 1"}
    answer = client.post(_url(claim, "edit_evidence", 1), {**mine, "version": 1})
    assert answer.status_code == 412
    for words in (
        "Saved by editor",
        "What the editor found.",
        "Your unsaved text",
        "What I found.",
        'name="version" value="2"',
    ):
        assert words in answer.text
    assert client.post(_url(claim, "edit_evidence", 1), {**mine, "version": 2}).status_code == 302
    item.refresh_from_db()
    assert (item.finding, item.version) == ("What I found.", 3)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"stance": "proves"}, "Select a valid choice"),
        ({"finding": ""}, "Enter the quoted passage"),
        ({"version": "x"}, ""),
    ],
)
def test_a_bad_edit_keeps_what_was_typed(
    client: Client, checker: User, wrong: dict[str, str], words: str
) -> None:
    claim = _taken(checker)
    factories.evidence(claim, checker)
    client.force_login(checker)
    answer = client.post(
        _url(claim, "edit_evidence", 1),
        {"stance": "refutes", "finding": "Mine.", "locator": "page 77", "version": "1", **wrong},
    )
    assert answer.status_code == 400 and words in answer.text and "page 77" in answer.text


def test_strangers_find_no_page_to_edit(
    client: Client,
    checker: User,
    second_checker: User,
    auditor: User,
    reporter: User,
    outsider: User,
) -> None:
    claim = _taken(checker)
    item = factories.evidence(claim, checker)
    typed = {"stance": "refutes", "finding": "Mine.", "version": 1}
    for nobody, statuses in (
        (second_checker, {403}),
        (auditor, {403}),
        (reporter, {403, 404}),
        (outsider, {404}),
    ):
        client.force_login(nobody)
        assert client.get(_url(claim, "edit_evidence", 1)).status_code in statuses
        assert client.post(_url(claim, "edit_evidence", 1), typed).status_code in statuses
    item.refresh_from_db()
    assert item.version == 1
