"""The page of jobs: every background job with its state, its error in words, and “Run
again” where that makes sense; of what the person may see, and nothing else.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from claims.choices import Action
from claims.models import Claim, Extraction, ScheduledPublication
from claims.workflow import MoveData, apply
from factcheck.ledger import clock, heartbeats, triggers
from factcheck.ledger.due_work import DueWork
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import home_panels
from factcheck.newsroom.jobs.kinds import State, all_kinds, kind_named
from factcheck.newsroom.mail import send_later
from factcheck.newsroom.models import Desk, Mail, User
from sources.cited_links import cite
from sources.ingest import submit_text, submit_url
from sources.models import ArticleFetch, Link
from tests import factories

JOBS = "/admin/jobs/"
FAILED = {"job_state": "failed", "attempts": 5, "next_attempt_at": None}
# What a program says of a site that is away, and what people read.
AWAY = "ConnectionError: HTTPSConnectionPool(host='lost.example', port=443)"


def page(client: Client, by: User, asked: str = "", status: int = 200) -> Any:
    client.force_login(by)
    answer = client.get(f"{JOBS}{asked}")
    assert answer.status_code == status, answer.text
    return answer


def run_again(client: Client, by: User, kind: str, pk: int, **sent: str) -> Any:
    client.force_login(by)
    return client.post(f"{JOBS}{kind}/{pk}/again/", sent)


def states(client: Client, by: User, kind: str) -> dict[str, str]:
    lines = page(client, by).context["lines"]
    line = next(one for one in lines if f"kind={kind}&" in one.url)
    return dict(zip(State.values, (cell.shown for cell in line.cells), strict=True))


@pytest.fixture
def fetch(desk: Desk, checker: User) -> ArticleFetch:
    article, _ = submit_url(desk, by=checker, url="https://paper.example/lost")
    ArticleFetch.objects.update(**FAILED, last_error=f"Tried 5 times. Last error: {AWAY}")
    return ArticleFetch.objects.get(article=article)


def test_every_model_of_due_work_has_a_kind() -> None:
    models = [one for one in apps.get_models() if issubclass(one, DueWork)]
    known = {(kind.model, kind.due) for kind in all_kinds()}
    wanted = {(model, "next_attempt_at") for model in models}
    wanted |= {(model, model.second_stream[1]) for model in models if model.second_stream}
    missing = sorted(f"{model._meta.label} by {due}" for model, due in wanted - known)
    assert not missing, f"Register these with jobs.kinds.add_kind: {missing}"
    names = [kind.name for kind in all_kinds()]
    assert len(names) == len(set(names))
    # A state of its own for each row, or the numbers would not add up.
    for kind in all_kinds():
        assert set(kind.states) == set(State), kind.name


def test_a_job_says_what_it_is_about_and_what_went_wrong_in_words(
    client: Client, editor: User, fetch: ArticleFetch
) -> None:
    answer = page(client, editor)
    [group] = answer.context["groups"]
    [job] = group.jobs
    assert (group.kind.name, job.attempts) == ("article-fetch", 5)
    assert job.error.words == "No connection to the other side."
    html = answer.text
    assert f"/admin/sources/article/{fetch.article_id}/change/" in html
    assert "https://paper.example/lost" in html
    # The technical text is there, folded.
    folded = re.search(r"<details.*?</details>", html[html.index("No connection") :], re.S)
    assert folded and "HTTPSConnectionPool" in folded[0]
    assert html.count("HTTPSConnectionPool") == 1
    assert f"{JOBS}article-fetch/{fetch.pk}/again/" in html
    home = client.get("/admin/").text
    assert f"{JOBS}?kind=article-fetch&amp;state=failed" in home


def test_each_number_is_that_of_its_list_and_links_to_it(
    client: Client, desk: Desk, checker: User, editor: User
) -> None:
    for number in range(12):
        submit_url(desk, by=checker, url=f"https://paper.example/{number}")
    rows = list(ArticleFetch.objects.order_by("pk"))
    for row, state in zip(rows, ["failed"] * 3 + ["running"] * 2 + ["done"], strict=False):
        ArticleFetch.objects.filter(pk=row.pk).update(job_state=state)
    ArticleFetch.objects.filter(pk=rows[6].pk).update(last_error=AWAY)
    later = clock.now() + timedelta(minutes=2)
    ArticleFetch.objects.filter(pk=rows[7].pk).update(next_attempt_at=later)
    factories.captured(cite("https://mills.example/a", desk=desk, by=checker), "It is there.")
    # Checked today and due next week is no trouble; a fault of our own is.
    for path, column in (("b", {"last_error": ""}), ("c", {"last_error": AWAY})):
        link = cite(f"https://mills.example/{path}", desk=desk, by=checker)
        Link.objects.filter(pk=link.pk).update(
            last_checked_at=clock.now(), next_attempt_at=later, reading_due_at=later, **column
        )
    factories.published(checker, editor)
    found = {"failed": "3", "retrying": "2", "running": "2", "waiting": "4", "done": "1"}
    assert states(client, editor, "article-fetch") == found
    for line in page(client, editor).context["lines"]:
        # Of what there is none, one state of each kind.
        for cell in [cell for cell in line.cells if cell.some] or line.cells[:1]:
            [group] = page(client, editor, cell.url.removeprefix(JOBS)).context["groups"]
            assert (group.count, cell.some) == (cell.shown, cell.shown != "0"), cell.url
    checks = states(client, editor, "link-check")
    assert (checks["retrying"], checks["done"]) == ("1", "1")
    assert states(client, editor, "capture")["retrying"] == "2"


def test_the_filters_stand_in_the_address_and_nonsense_is_told(
    client: Client, desk: Desk, checker: User, fetch: ArticleFetch, monkeypatch: Any
) -> None:
    for asked in ("?q=paper.example%2Flost", "?q=httpsconnection", "?kind=article-fetch&page=99"):
        assert len(page(client, checker, asked).context["groups"]) == 1, asked
    assert not page(client, checker, "?q=elsewhere").context["groups"]
    assert "Change the filters" in page(client, checker, "?state=done&kind=link-check").text
    assert "none waits for another try" in page(client, checker, "?kind=&q=").text or fetch
    for asked in ("?kind=nonsense", "?state=nonsense", f"?q={'x' * 201}", "?q=a%00b"):
        assert 'role="alert"' in page(client, checker, asked, status=400).text
    # A kind that this person may not know of is the same as none.
    assert page(client, checker, "?kind=e-mail", status=400).context["filters"].kind == ""
    monkeypatch.setattr(home_panels, "MOST_COUNTED", 0)
    assert states(client, checker, "article-fetch")["failed"] == "more than 0"


def test_run_again_makes_it_due_and_leads_back_to_the_list(
    client: Client, checker: User, fetch: ArticleFetch
) -> None:
    back = f"{JOBS}?kind=article-fetch"
    for _ in range(2):
        assert run_again(client, checker, "article-fetch", fetch.pk, back=back)["Location"] == back
    fetch.refresh_from_db()
    assert (fetch.job_state, fetch.attempts, fetch.last_error) == ("waiting", 0, "")
    # The second time it was in the queue already.
    assert AuditEntry.objects.filter(action="job.retry", actor="checker").count() == 1
    for elsewhere in ("https://evil.example/", "//evil.example/", "/verdicts/", ""):
        answer = run_again(client, checker, "article-fetch", fetch.pk, back=elsewhere)
        assert answer["Location"] == JOBS


def test_nothing_that_runs_waits_or_is_done_is_run_again(
    client: Client, desk: Desk, checker: User, editor: User
) -> None:
    submit_text(desk, by=checker, text="The lake rose by 2 metres.")
    row = Extraction.objects.get()
    link = cite("https://mills.example/a", desk=desk, by=checker)
    Link.objects.update(last_checked_at=clock.now())
    for state in ("waiting", "running", "done"):
        Extraction.objects.update(job_state=state)
        assert not page(client, checker, "?state=all&kind=extraction").text.count("/again/")
        run_again(client, checker, "extraction", row.pk)
        assert Extraction.objects.get().job_state == state
    for planned in ({"job_state": "running"}, {"job_state": "waiting"}):
        Link.objects.update(next_attempt_at=clock.now() + timedelta(days=1), **planned)
        run_again(client, checker, "link-check", link.pk)
    assert not AuditEntry.objects.filter(action__in=["job.retry", "link.check"]).exists()
    # What waits for a later try is: nobody has to sit that out.
    Link.objects.update(last_error=AWAY)
    assert "/again/" in page(client, checker, "?kind=link-check").text
    run_again(client, checker, "link-check", link.pk)
    assert AuditEntry.objects.filter(action="link.check").count() == 1
    # A refused publication is decided on its claim, by nobody's button here.
    factories.approved(checker, editor)
    assert kind_named("schedule").again is None


def test_who_may_not_see_it_learns_nothing_of_it(
    client: Client, desk: Desk, checker: User, reporter: User, auditor: User, fetch: ArticleFetch
) -> None:
    cite("https://canary.example/a", desk=desk, by=checker)
    Link.objects.update(**FAILED, last_error="canary")
    legal = factories.person("counsel", desk, "legal")
    stranger = factories.person("stranger", factories.desk("Sports"), "editor", "checker", "admin")
    for person in (reporter, stranger):
        for asked in ("", "?state=all", "?q=canary", "?kind=article-fetch&state=all"):
            answer = page(client, person, asked)
            shown = {cell.shown for line in answer.context["lines"] for cell in line.cells}
            assert shown == {"0"} and not any(one.jobs for one in answer.context["groups"])
            words = answer.text.replace("q=canary", "").replace('value="canary"', "")
            assert "canary" not in words and "paper.example" not in words
        for kind, row in (("article-fetch", fetch.pk), ("link-check", Link.objects.get().pk)):
            assert run_again(client, person, kind, row).status_code == 404
    for person in (legal, User.objects.create_superuser("root2")):
        assert "Link checks" not in client.get("/admin/").text
        client.force_login(person)
        assert client.get(JOBS).status_code in {200, 403}
    # An auditor reads everything and does nothing.
    assert "/again/" not in page(client, auditor).text
    assert run_again(client, auditor, "article-fetch", fetch.pk).status_code == 403
    assert client.get(f"{JOBS}article-fetch/{fetch.pk}/again/").status_code == 405
    assert run_again(client, auditor, "nonsense", 1).status_code == 404
    fetch.refresh_from_db()
    assert fetch.job_state == "failed"


def test_letters_are_for_who_manages_people(
    client: Client, desk: Desk, checker: User, admin_person: User
) -> None:
    letter = send_later(checker, "password_changed", address="a@news.example")
    error = "TimeoutError: timed out"
    Mail.objects.update(last_error=error, next_attempt_at=clock.now() + timedelta(minutes=9))
    assert "E-mails" not in page(client, checker).text
    assert "No answer in time." in page(client, admin_person).text
    assert run_again(client, checker, "e-mail", letter.pk).status_code == 404
    run_again(client, admin_person, "e-mail", letter.pk)
    letter.refresh_from_db()
    assert (letter.last_error, letter.attempts) == ("", 0)
    Mail.objects.update(**FAILED, last_error=error)
    assert f"{JOBS}?kind=e-mail&amp;state=failed" in client.get("/admin/").text
    shown = client.get(f"/admin/newsroom/mail/{letter.pk}/change/").text
    assert "No answer in time." in shown and "Technical text" in shown


def test_the_health_of_the_workers_is_told_with_what_to_do(
    client: Client, checker: User, fetch: ArticleFetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def remedies() -> dict[str, str]:
        return {one.name: one.remedy for one in page(client, checker).context["findings"]}

    silent = remedies()
    assert "start the worker" in silent["Workers"]
    assert "start the scheduler" in silent["Scheduler"]
    for name in (heartbeats.WORKER, heartbeats.BEAT):
        heartbeats.beat(name)
    assert set(remedies().values()) == {""}
    # Due for ten minutes, and left by a worker that stopped.
    ago = clock.now() - timedelta(minutes=10)
    ArticleFetch.objects.update(job_state="running", lease_until=ago, next_attempt_at=ago)
    monkeypatch.setattr(triggers, "missing", lambda _using: ["claims_verdict_frozen"])
    bad = remedies()
    assert "one more worker" in bad["Oldest due job"]
    assert "takes over" in bad["Interrupted jobs"]
    assert "manage.py migrate" in bad["Database guards"]
    html = page(client, checker).text
    assert "1 job was left by a worker that stopped." in html and "claims_verdict_frozen" in html
    assert f"/admin/sources/article/{fetch.article_id}/change/" in html
    # Another desk is told nothing of what is due here.
    stranger = factories.person("stranger", factories.desk("Sports"), "editor")
    told = page(client, stranger).text
    assert "Nothing is waiting for a worker." in told and "paper.example" not in told


def test_a_cancelled_publication_is_over(client: Client, editor: User, approved: Claim) -> None:
    moment = clock.now() + timedelta(hours=1)
    apply(approved, Action.SCHEDULE, by=editor, data=MoveData(at=moment))
    assert states(client, editor, "schedule")["waiting"] == "1"
    refusal = {"job_state": "failed", "next_attempt_at": None, "last_error": "A rating is missing."}
    ScheduledPublication.objects.update(**refusal)
    html = page(client, editor).text
    assert "A rating is missing." in html and "decided on the page of its claim" in html
    assert "/again/" not in html
    apply(approved, Action.CANCEL_SCHEDULE, by=editor, data=factories.note("Not today."))
    over = states(client, editor, "schedule")
    assert (over["failed"], over["done"]) == ("0", "1")
    assert "A rating is missing." not in page(client, editor).text
