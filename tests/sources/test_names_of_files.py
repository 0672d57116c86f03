"""The name under which a file is kept and handed out ends as its content does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factcheck.newsroom.models import User
from sources import uploads
from tests import factories, files
from tests.project.api import Api

TEXT = b"The register of the park office lists 2,100 trees.\n"
PAGE = (
    b"<!doctype html><title>Letter</title><p>The register lists 2,100 trees, says the office.</p>"
)
CASES = {
    "program": (TEXT, "minutes.exe", "minutes.exe.txt"),
    "text": (TEXT, "Minutes.TXT", "Minutes.TXT"),
    "table": (b"year,trees\n2025,2100\n", "trees.csv", "trees.csv"),
    "page": (PAGE, "minutes.pdf", "minutes.pdf.html"),
    "macros": (files.pdf("It lists 2,100 trees."), "minutes.docm", "minutes.docm.pdf"),
    "reversed": (PAGE, "\u202elmth.exe", "lmth.exe.html"),
    "no ending": (TEXT, "minutes", "minutes.txt"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_name_ends_as_the_content_does(checker: User, case: str) -> None:
    content, sent, kept = CASES[case]
    claim, api = factories.ready(checker), Api(checker)
    fields = {"stance": "context", "finding": "It.", "publisher": "Park office"}
    for _ in range(2):
        upload = SimpleUploadedFile(sent, content, content_type="application/pdf")
        answer = api.send(f"claims/{claim.public_id}/files/", {**fields, "file": upload})
        assert answer.status_code in {200, 201}, answer.content
    assert answer.json()["capture"]["file_name"] == kept
    file = api.get(f"evidence/{answer.json()['id']}/file/")
    assert file["Content-Disposition"] == f'attachment; filename="{kept}"'
    assert b"".join(file.streaming_content) == content


def test_a_long_name_keeps_its_ending() -> None:
    name = uploads._name("m" * 300 + ".scr", uploads.HTML)
    assert len(name) == 200 and name.endswith(".scr.html")
