"""The audit log, background jobs, saved views, watching and how one is told, over the
API as on the screens.
"""

import pytest

from claims.models import Claim, Extraction
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import ApiToken, Desk, ListSetting, SavedView, User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


def test_the_audit_log_is_read_as_far_as_its_screen_shows_it(
    desk: Desk, checker: User, editor: User, auditor: User, admin_person: User, outsider: User
) -> None:
    claim = factories.claim(checker)
    of_claim = {"object_type": "claims.claim", "object_id": str(claim.public_id)}
    [entry] = Api(auditor).get("audit/", **of_claim).json()["results"]
    assert (entry["action"], entry["actor"]) == ("claim.create", checker.username)
    assert entry["desk"] == str(desk.public_id) and claim.text in str(entry["changes"])
    assert entry["sentence"].endswith(claim.text) or checker.username in entry["sentence"]
    # Whom an entry of texts is not for, and who has no part in the log.
    assert Api(admin_person).get("audit/", **of_claim).json()["results"] == []
    told = Api(admin_person).get("audit/", action="apitoken.").json()["results"]
    assert told and {one["object_type"] for one in told} == {"newsroom.apitoken"}
    assert is_problem(Api(editor).get("audit/"), 403)
    assert is_problem(Api(auditor, "read", "people:manage").get("audit/"), 403)
    elsewhere = factories.person("auditor_elsewhere", factories.desk("Sports"), "auditor")
    assert Api(elsewhere).get("audit/", **of_claim).json()["results"] == []
    for asked in ({"entry_point": "door"}, {"at_from": "today"}, {"object": "x"}):
        assert is_problem(Api(auditor).get("audit/", **asked), 400), asked
    first = Api(auditor).get("audit/", page_size=1).json()
    second = Api(auditor).get(first["next"]).json()
    assert second["results"][0]["seq"] < first["results"][0]["seq"] and second["previous"]
    log_change("claim.edit", claim, by=editor, changes={})
    of_desk = Api(auditor).get("audit/", desk=str(desk.public_id), actor=editor.username)
    assert [one["action"] for one in of_desk.json()["results"]] == ["claim.edit"]


def test_a_token_that_reads_the_log_is_made_by_its_owner_alone(
    auditor: User, admin_person: User
) -> None:
    answer = Api(admin_person).post("tokens/", {"owner": auditor.username})
    assert answer.status_code == 405
    assert not ApiToken.objects.filter(owner=auditor).exists()


def test_jobs_are_counted_listed_and_run_again(
    desk: Desk, checker: User, editor: User, outsider: User
) -> None:
    article = factories.article(checker)
    job = Extraction.objects.get(version__article=article)
    failed = Extraction.objects.filter(pk=job.pk)
    failed.update(job_state="failed", next_attempt_at=None, last_error="ConnectionError: refused")
    api, at = Api(editor), f"jobs/extraction/{job.pk}/"
    kinds = {one["kind"]: one["counts"] for one in api.get("jobs/").json()["kinds"]}
    assert kinds["extraction"]["failed"] == 1
    [row] = api.get("jobs/extraction/").json()["results"]
    assert (row["number"], row["state"], row["may_run_again"]) == (job.pk, "failed", True)
    assert row["error"] and "ConnectionError" not in row["error"] and row["technical"]
    assert api.get("jobs/extraction/", state="done").json()["results"] == []
    assert is_problem(api.get("jobs/extraction/", state="lost"), 400)
    assert is_problem(api.get("jobs/nothing/"), 404)
    for other in (at, f"{at}again/"):
        method = Api(outsider).post if "again" in other else Api(outsider).get
        assert is_problem(method(other), 404)
    for _twice in range(2):
        assert api.post(f"{at}again/").json()["state"] == "waiting"
    failed.update(job_state="done", next_attempt_at=None)
    assert is_problem(api.post(f"{at}again/"), 409)
    service = factories.person("nobody", factories.desk("Sports"), "legal")
    assert Api(service).get("jobs/").status_code in {200, 403}


def test_a_view_is_saved_shared_opened_with_and_removed(
    desk: Desk, checker: User, editor: User, second_checker: User, outsider: User
) -> None:
    api = Api(checker)
    sent = {"screen": "claims.claim", "name": "Late", "query": "due=overdue&p=3"}
    answers = [api.post("saved-views/", sent) for _twice in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    view = SavedView.objects.get()
    assert view.query == "due=overdue" and view.desk is None
    at = f"saved-views/{view.public_id}/"
    assert is_problem(Api(second_checker).get(at), 404)
    for wrong in (
        {"screen": "claims.nothing"},
        {"name": " "},
        {"query": "p=3"},
        {"desk": str(factories.desk("Sports").public_id)},
    ):
        answer = api.post("saved-views/", sent | wrong)
        assert answer.status_code in {400, 403, 404} and is_problem(answer, answer.status_code), (
            wrong
        )
    assert is_problem(api.post("saved-views/", sent | {"screen": "newsroom.user"}), 403)
    shared = Api(editor).post("saved-views/", sent | {"desk": str(desk.public_id)}).json()
    assert is_problem(Api(outsider).get(f"saved-views/{shared['id']}/"), 404)
    assert Api(second_checker).get(f"saved-views/{shared['id']}/").json()["name"] == "Late"
    assert is_problem(Api(second_checker).post(f"saved-views/{shared['id']}/remove/"), 403)
    for on in (True, False):
        assert api.put(f"{at}default/", {"on": on}).json()["opens_list"] is on
        assert ListSetting.objects.filter(user=checker, default_view=view).exists() is on
    assert api.post(f"{at}remove/").status_code == 200
    assert is_problem(api.post(f"{at}remove/"), 404)
    listed = api.get("saved-views/", screen="claims.claim").json()["results"]
    assert [one["id"] for one in listed] == [shared["id"]]


def test_one_watches_a_claim_and_chooses_what_comes_by_mail(
    checker: User, auditor: User, outsider: User
) -> None:
    claim: Claim = factories.claim(checker)
    api, at = Api(auditor), f"claims/{claim.public_id}/watch/"
    assert api.get(at).json()["watched"] is False
    for watched in (True, True, False, False):
        assert api.put(at, {"watched": watched}).json()["watched"] is watched
    assert is_problem(api.put(at, {"watched": "maybe"}), 400)
    assert is_problem(Api(outsider).put(at, {"watched": True}), 404)
    before = api.get("notifications/settings/").json()
    for _twice in range(2):
        now = api.patch("notifications/settings/", {"assigned": "off"}).json()
        assert now == before | {"assigned": "off"}
    assert is_problem(api.patch("notifications/settings/", {"assigned": "soon"}), 400)
    assert is_problem(api.patch("notifications/settings/", {"nothing": "off"}), 400)
    assert Api(checker).get("notifications/settings/").json() == before
