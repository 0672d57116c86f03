"""Imports over the API: sent, tried, started, read."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import ImportedFactCheck
from factcheck.newsroom.models import Desk, User
from tests.claims.import_cases import BRIDGE, TREES, as_csv, imported
from tests.project.api import ROOT, Api, is_problem


def _sent(api: Api, content: bytes, **fields: Any) -> Any:
    file = SimpleUploadedFile("checks.csv", content, "text/csv")
    return api.client.post(f"{ROOT}imports/", {"file": file, **fields})


def test_a_file_is_sent_tried_and_started(desk: Desk, editor: User) -> None:
    api = Api(editor)
    content = as_csv(BRIDGE, TREES, ";False;nowhere;;;").replace(b"Claim;", b"Words;")
    begun = _sent(api, content, origin="own_archive")
    assert begun.status_code == 201 and begun.json()["phase"] == "mapping"
    path = f"imports/{begun.json()['id']}/"
    assert is_problem(api.post(f"{path}start/"), 409)
    unknown = api.post(f"{path}columns/", {"mapping": {"claim": "Nothing"}})
    assert is_problem(unknown, 400) and "Choose one of: Words" in unknown.text
    tried = api.post(f"{path}columns/", {"mapping": {"claim": "Words"}}).json()
    assert tried["phase"] == "checked" and tried["counts"] == {"new": 2, "refused": 1}
    (row,) = api.get(f"{path}rows/", state="refused").json()["results"]
    assert row["line"] == 4 and [one["field"] for one in row["faults"]] == ["claim", "address"]
    for _twice in range(2):
        done = api.post(f"{path}start/").json()
        assert (done["phase"], done["done"], done["rows"]) == ("done", 3, 3)
    (found,) = api.get("imported-fact-checks/", q="bridge").json()["results"]
    assert (found["rating"], found["origin"]) == ("False", "own_archive")
    assert api.get(f"imported-fact-checks/{found['id']}/").json() == found
    assert not api.get("imported-fact-checks/", site="elsewhere.example").json()["results"]


def test_what_cannot_be_imported_is_refused(desk: Desk, editor: User) -> None:
    api = Api(editor)
    refused = _sent(api, b"claim,claim\na,b\n")
    assert is_problem(refused, 400) and refused.json()["errors"][0]["field"] == "file"
    for fields in ({}, {"addresses": "https://a.example", "file": "x"}, {"addresses": "nowhere"}):
        assert is_problem(api.client.post(f"{ROOT}imports/", fields), 400)
    assert is_problem(api.post("imports/", {}), 415)
    assert not api.get("imports/").json()["results"]


def test_nobody_else_imports_or_reads(
    desk: Desk, editor: User, checker: User, reporter: User, outsider: User
) -> None:
    path = f"imports/{imported(desk, editor, BRIDGE).public_id}/"
    one = f"imported-fact-checks/{ImportedFactCheck.objects.get().public_id}/"
    for who, sees in ((checker, 200), (reporter, 404), (outsider, 404)):
        api = Api(who)
        assert api.get(path).status_code == api.post(f"{path}start/").status_code == 404
        assert api.get(one).status_code == sees
    assert is_problem(_sent(Api(checker), as_csv(BRIDGE)), 403)
    assert is_problem(_sent(Api(editor, "read"), as_csv(BRIDGE)), 403)
