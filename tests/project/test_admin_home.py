"""The home screen: what is mine, what is free, what waits, what broke, and the ways
in.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action, DeclineReason
from claims.desk.queries import Question, open_query
from claims.intake.triage import accept, finish_article
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, User
from sources.cited_links import cite
from sources.ingest import submit_url
from sources.models import ArticleFetch, Link
from tests import factories


def home(client: Client, by: User) -> str:
    client.force_login(by)
    answer = client.get("/admin/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_mine_stand_by_deadline_and_a_late_one_says_so(client: Client, checker: User) -> None:
    for text, hours in (("Later claim", 5), ("Late claim", -2)):
        claim = factories.claim(checker, text=text)
        apply(claim, Action.TAKE, by=checker)
        Claim.objects.filter(pk=claim.pk).update(due_at=clock.now() + timedelta(hours=hours))
    html = home(client, checker)
    assert html.index("Late claim") < html.index("Later claim")
    assert "was due" in html
    assert f"?assignee__id__exact={checker.pk}" in html


def test_open_and_reviewed_claims_lead_to_their_lists(
    client: Client, checker: User, editor: User
) -> None:
    factories.claim(checker, text="Free to take")
    factories.submitted(checker, text="Waits for an editor")
    html = home(client, editor)
    assert "Free to take" in html
    assert "Waits for an editor" in html
    for asked in ("status__exact=open", "status__exact=in_review"):
        assert client.get(f"/admin/claims/claim/?{asked}").status_code == 200
        assert asked in html


def test_what_waits_for_a_signature_comes_first_for_an_editor(
    client: Client, checker: User, editor: User
) -> None:
    factories.claim(checker)
    factories.article_read(checker)
    factories.submitted(checker)
    titles = re.findall(r'<h2 id="panel-\d+">([^<]*)</h2>', home(client, editor))
    assert titles[0] == "Awaiting my signature" and "New articles" in titles[1:]


def test_what_failed_is_shown_on_the_home_page(client: Client, desk: Desk, checker: User) -> None:
    submit_url(desk, by=checker, url="https://paper.example/gone")
    ArticleFetch.objects.update(job_state="failed")
    link = cite("https://mills.example/register", desk=desk, by=checker)
    Link.objects.filter(pk=link.pk).update(state="not_found", failing_since=clock.now())
    claim = factories.claim(checker, text="A claim with a lost quote")
    apply(claim, Action.TAKE, by=checker)
    factories.evidence(
        claim, checker, quote="words nobody wrote", text="The page says something else."
    )
    html = home(client, checker)
    assert "1 article could not be fetched" in html
    assert "1 link is not online" in html
    assert "quote not found" in html
    Link.objects.filter(pk=link.pk).update(job_state="failed", next_attempt_at=None)
    assert "1 link could not be checked" in home(client, checker)
    assert "mills.example" in client.get("/admin/jobs/?kind=link-check&state=failed").text


def test_an_empty_home_says_what_to_do_next(client: Client, checker: User) -> None:
    html = home(client, checker)
    for words in (
        "No claims assigned to you.",
        "Accept one from an article.",
        "Add article",
        "Add claim",
        "First steps",
        "Take a claim and attach evidence",
    ):
        assert words in html
    for words in ("all quotes found", "all links online"):
        assert words not in html, "nothing has been read yet"


def test_the_first_steps_end_with_the_first_verdict(
    client: Client, checker: User, editor: User, admin_person: User
) -> None:
    assert home(client, editor).count("to do") == 5
    factories.article_read(checker)
    claim = factories.submitted(checker)
    html = home(client, editor)
    assert html.count("to do") == 1 and "Let a second person sign" in html
    alone = factories.person("alone", factories.desk("Culture"), "admin")
    assert "Invite an editor" in home(client, alone)
    assert "First steps" not in home(client, admin_person), "both are there"
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    for person in (checker, editor, admin_person):
        assert "First steps" not in home(client, person)
    assert "all quotes found" in home(client, checker)


def test_each_role_is_offered_only_its_ways_in(
    client: Client, reporter: User, auditor: User, admin_person: User, superuser: User
) -> None:
    assert "Add article" in home(client, reporter)
    assert "Add claim" not in home(client, reporter)
    for person in (auditor, admin_person, superuser):
        assert "Add article" not in home(client, person)
    assert "Unassigned" not in home(client, auditor)
    assert "/admin/newsroom/membership/" in home(client, superuser)


def test_an_article_stays_on_everybodys_home_until_it_is_finished(
    client: Client, checker: User, editor: User
) -> None:
    article = factories.article_read(checker)
    page, number = f"/admin/sources/article/{article.pk}/change/", article.suggestions.count()
    html = home(client, checker)
    assert page in html and f"{number} suggestions to review" in html
    accept(article.suggestions.first(), by=checker)
    for person in (checker, editor):
        html = home(client, person)
        assert page in html and "Articles to finish" in html
        assert f"{number - 1} of {number} suggestions left to decide" in html
    finish_article(article, by=checker)
    for person in (checker, editor):
        assert page not in home(client, person)


def test_a_reporter_sees_what_became_of_their_articles(
    client: Client, reporter: User, checker: User
) -> None:
    assert "You have not submitted any articles." in home(client, reporter)
    article = factories.article_read(reporter)
    found = article.suggestions.count()
    accept(article.suggestions.first(), by=checker)
    html = home(client, reporter)
    assert f"{found} suggestions, 1 accepted" in html
    assert "Needs attention" not in html
    assert "My articles" not in home(client, checker)


def test_auditors_and_admins_have_their_own_next_step(
    client: Client, auditor: User, admin_person: User, superuser: User
) -> None:
    assert "View audit log" in home(client, auditor)
    for person in (admin_person, superuser):
        html = home(client, person)
        assert "Assign role" in html
        assert "Every article was read" not in html
        assert "Editorial work" in html
    assert "View audit log" not in home(client, superuser)


def test_another_desk_sees_nothing_of_ours(client: Client, checker: User, outsider: User) -> None:
    factories.claim(checker, text="Ours alone")
    factories.submitted(checker, text="Ours in review")
    assert "Ours" not in home(client, outsider)


def test_who_has_no_role_is_not_let_in(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("guest"))
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    page = client.get("/admin/login/")
    assert page.status_code == 200 and "You have no role on a desk" in page.text
    assert "authenticated as" not in page.text, "Django's words"


def test_legal_is_shown_what_to_sign_off_and_nothing_about_settings(
    client: Client, desk: Desk, checker: User, editor: User
) -> None:
    counsel = factories.person("counsel", desk, "legal")
    assert "No sign-off is asked of you." in home(client, counsel)
    claim = factories.submitted(checker, text="He never paid.")
    open_query(claim, by=editor, question=Question(text="May we say so?", sign_off=True))
    html = home(client, counsel)
    assert "Awaiting your sign-off" in html and "He never paid." in html
    assert "You manage people" not in html
    assert "He never paid." not in home(client, factories.person("other", desk, "admin"))


@pytest.mark.parametrize("status", ["declined", "published", "retracted"])
def test_what_is_finished_is_never_late(
    client: Client, checker: User, editor: User, status: str
) -> None:
    claim = {
        "declined": factories.claim,
        "published": lambda by: factories.published(by, editor),
        "retracted": lambda by: factories.retracted(by, editor),
    }[status](checker)
    if status == "declined":
        reason = MoveData(reason=DeclineReason.values[0])
        apply(claim, Action.DECLINE, by=editor, data=reason)
    late = factories.claim(checker)
    due = clock.now() - timedelta(hours=2)
    Claim.objects.update(due_at=due)
    client.force_login(editor)
    pages = {
        one.pk: client.get(f"/admin/claims/claim/?status__exact={one.status}").text
        for one in Claim.objects.all()
    }
    assert claim.status == status and 'class="late"' not in pages[claim.pk]
    assert 'class="late"' in pages[late.pk]


def test_the_number_of_queries_does_not_grow(client: Client, checker: User) -> None:
    counts = []
    for size in (2, 18):
        for _ in range(size):
            factories.claim(checker)
            apply(factories.claim(checker), Action.TAKE, by=checker)
        home(client, checker)
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        counts.append(len(queries))
    assert abs(counts[0] - counts[1]) <= 2  # the count of a panel that is full


def test_the_page_holds_no_inline_script_or_style(client: Client, checker: User) -> None:
    html = home(client, checker)
    assert "<style" not in html
    assert " style=" not in html
    assert "<script>" not in html


def test_no_panel_takes_the_place_of_another(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    factories.retracted(checker, editor)
    factories.article_read(checker)
    claim = factories.claim(checker)
    open_query(claim, by=checker, question=Question(text="Is this ours, @second_editor?"))
    html = home(client, second_editor)
    for title in ("Retractions awaiting confirmation", "New articles", "Queries that mention you"):
        assert title in html
