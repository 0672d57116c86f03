"""A freelancer's role counts for what they are assigned to: the claim, its evidence and
its article, and nothing else.
"""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from claims.choices import Action
from claims.desk import queries
from claims.desk.queries import Question
from claims.desk.waivers import waive
from claims.intake.triage import ClaimDetails, accept, create_claim
from claims.models import Claim, Evidence, Query, Suggestion, Verdict
from claims.publication import rechecks
from claims.workflow import GateError, MoveData, WorkflowError, apply
from factcheck.newsroom.models import Desk, Membership, User
from factcheck.newsroom.permissions import may
from sources.ingest import submit_text
from sources.models import Article, Capture, Claimant, Link
from tests import factories
from tests.project.api import Api
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
SECRET = "Orchid"
ADMIN = "/admin/claims/claim/"


@shared
def freelancer(desk: Desk) -> User:
    user = factories.person("freelancer", desk)
    Membership.objects.create(user=user, desk=desk, role="checker", assigned_only=True)
    return user


@shared
def theirs(checker: User, editor: User, freelancer: User) -> Claim:
    """A claim out of an article, in work with the freelancer, with evidence and a
    query.
    """
    found = factories.article_read(checker).suggestions.order_by("rank")
    claim = accept(found[0], by=checker)
    apply(claim, Action.ASSIGN, by=editor, data=MoveData(assignee=freelancer))
    factories.evidence(claim, freelancer)
    factories.evidence(claim, freelancer)
    factories.written(claim, freelancer)
    queries.open_query(claim, by=editor, question=Question(text="@freelancer, which table?"))
    return claim


@shared
def hidden(checker: User, editor: User) -> Claim:
    """Somebody else's claim of the same desk; whatever of it shows anywhere says
    Orchid.
    """
    text = f"The {SECRET} club said on Monday that 77 members left the {SECRET} house in 2025."
    article = submit_text(checker.memberships.get().desk, by=checker, text=text)[0]
    details = ClaimDetails(
        text=f"The {SECRET} fell.", claimant=Claimant.objects.create(name=f"{SECRET} Limited")
    )
    claim, _ = create_claim(article.desk, by=checker, details=details)
    apply(claim, Action.TAKE, by=checker)
    factories.evidence(claim, checker, domain=f"{SECRET.lower()}.example", text=f"About {SECRET}.")
    factories.evidence(claim, checker)
    factories.written(claim, checker, answer=f"No {SECRET}.")
    queries.open_query(claim, by=editor, question=Question(text=f"{SECRET}?"))
    waive(claim, by=editor, reason=f"{SECRET} is waived.")
    return claim


def test_they_see_their_claim_its_evidence_and_its_article(
    freelancer: User, theirs: Claim, hidden: Claim
) -> None:
    assert list(Claim.objects.visible_to(freelancer)) == [theirs]
    assert set(Evidence.objects.visible_to(freelancer)) == set(theirs.evidence.all())
    assert list(Verdict.objects.visible_to(freelancer)) == list(theirs.verdicts.all())
    assert list(Query.objects.visible_to(freelancer)) == list(theirs.queries.all())
    assert [one.pk for one in Suggestion.objects.visible_to(freelancer)] == [theirs.suggestion_id]
    assert list(Article.objects.visible_to(freelancer)) == [theirs.suggestion.article]
    cited = theirs.evidence.values_list("link_id", "capture_id")
    assert {
        (link.pk, link.latest_capture_id) for link in Link.objects.visible_to(freelancer)
    } == set(cited)
    assert {copy.pk for copy in Capture.objects.visible_to(freelancer)} == {
        capture for _, capture in cited
    }


def test_no_list_or_page_of_the_admin_shows_another_claim(
    client: Client, freelancer: User, theirs: Claim, hidden: Claim
) -> None:
    client.force_login(freelancer)
    lists = [
        ADMIN,
        "/admin/claims/suggestion/",
        "/admin/claims/suggestion/accuracy/",
        "/admin/sources/article/",
        "/admin/sources/link/",
        "/admin/sources/capture/",
    ]
    for address in [
        "/admin/",
        *lists,
        f"{ADMIN}{theirs.pk}/change/",
        f"/admin/sources/article/{theirs.suggestion.article_id}/change/",
    ]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert SECRET.lower() not in answer.text.lower(), address
    assert SECRET.lower() not in client.get(ADMIN, {"q": "fell"}).text.lower()
    item = hidden.evidence.get(number=1)
    for address in (
        f"{ADMIN}{hidden.pk}/change/",
        f"{ADMIN}{hidden.pk}/history/",
        f"/admin/sources/link/{item.link_id}/change/",
        f"/admin/sources/capture/{item.capture_id}/change/",
        f"/admin/sources/article/{Article.objects.latest('pk').pk}/change/",
    ):
        assert client.get(address).status_code == 404, address
    for address in (
        "sources/publisher/",
        "sources/claimant/",
        "sources/owner/",
        "claims/rating/",
        "newsroom/membership/",
    ):
        assert client.get(f"/admin/{address}").status_code == 403, address
    assert client.post(f"{ADMIN}{hidden.pk}/move/take/").status_code == 404


def test_nothing_of_another_claim_comes_over_the_api(
    freelancer: User, theirs: Claim, hidden: Claim
) -> None:
    api = Api(freelancer)
    own = {
        "claims/": 1,
        "suggestions/": 1,
        "articles/": 1,
        "verdicts/": 1,
        f"claims/{theirs.public_id}/evidence/": 2,
        f"claims/{theirs.public_id}/queries/": 1,
    }
    for path, count in own.items():
        answer = api.get(path)
        assert len(answer.json()["results"]) == count, path
        assert SECRET.lower() not in answer.content.decode().lower()
    item, verdict = hidden.evidence.get(number=1), hidden.verdicts.get()
    for path in (
        f"claims/{hidden.public_id}/",
        f"claims/{hidden.public_id}/evidence/",
        f"claims/{hidden.public_id}/queries/",
        f"claims/{hidden.public_id}/waivers/",
        f"evidence/{item.public_id}/",
        f"verdicts/{verdict.public_id}/",
        f"queries/{hidden.queries.get().public_id}/",
        f"articles/{Article.objects.latest('pk').public_id}/",
    ):
        assert api.get(path).status_code == 404, path
    assert api.get("claims/", q=SECRET).json()["results"] == []
    assert (
        api.post(f"claims/{hidden.public_id}/transitions/", {"action": "take"}).status_code == 404
    )
    assert api.get("me/").json()["desks"][0]["assigned_only"] == ["checker"]


def test_they_work_on_what_they_are_assigned_and_take_nothing(
    checker: User, editor: User, freelancer: User, theirs: Claim
) -> None:
    assert "take" not in Api(freelancer).get(f"claims/{theirs.public_id}/").json()["moves"]
    free = factories.claim(checker)
    with pytest.raises(Claim.DoesNotExist):
        apply(free, Action.TAKE, by=freelancer)
    with pytest.raises(PermissionDenied):
        create_claim(free.desk, by=freelancer, details=ClaimDetails(text="Mine."))
    other = theirs.suggestion.article.suggestions.exclude(pk=theirs.suggestion_id).first()
    assert other and not may(freelancer, "suggestion.decide", other)
    assert may(freelancer, "link.check", theirs.evidence.first().link)
    apply(theirs, Action.SUBMIT, by=freelancer)
    apply(theirs, Action.APPROVE_AND_PUBLISH, by=editor)
    assert theirs in Claim.objects.visible_to(freelancer)


def test_the_relation_ends_with_the_assignment(
    client: Client, checker: User, editor: User, freelancer: User, theirs: Claim
) -> None:
    apply(
        theirs,
        Action.REASSIGN,
        by=editor,
        data=MoveData(assignee=checker, note="They have gone home."),
    )
    assert not Claim.objects.visible_to(freelancer).exists()
    assert (
        not Link.objects.visible_to(freelancer).exists()
        and not Article.objects.visible_to(freelancer).exists()
    )
    client.force_login(freelancer)
    assert client.get(f"{ADMIN}{theirs.pk}/change/").status_code == 404
    assert Api(freelancer).get(f"claims/{theirs.public_id}/").status_code == 404


def test_giving_a_claim_back_leads_to_the_list(
    client: Client, freelancer: User, theirs: Claim
) -> None:
    client.force_login(freelancer)
    answer = client.post(
        f"{ADMIN}{theirs.pk}/move/release/",
        {"note": "No time.", "version": Claim.objects.get(pk=theirs.pk).version},
        follow=True,
    )
    assert answer.status_code == 200 and answer.redirect_chain[-1][0] == ADMIN


def test_a_signature_keeps_the_relation_while_it_stands(
    checker: User, editor: User, freelancer: User, theirs: Claim
) -> None:
    apply(theirs, Action.SUBMIT, by=freelancer)
    apply(theirs, Action.REASSIGN, by=editor, data=MoveData(assignee=checker, note="Off tomorrow."))
    assert theirs in Claim.objects.visible_to(freelancer)
    apply(theirs, Action.REQUEST_CHANGES, by=editor, data=factories.note("Say which year."))
    assert theirs not in Claim.objects.visible_to(freelancer)


@pytest.mark.parametrize("entry_point", ["domain", "admin", "api"])
def test_an_editor_assigns_them_at_every_entry_point(
    client: Client, checker: User, editor: User, freelancer: User, entry_point: str
) -> None:
    claim = factories.claim(checker)
    if entry_point == "domain":
        apply(claim, Action.ASSIGN, by=editor, data=MoveData(assignee=freelancer))
    elif entry_point == "admin":
        client.force_login(editor)
        assert (
            client.post(
                f"{ADMIN}{claim.pk}/move/assign/",
                {"assignee": freelancer.pk, "version": claim.version},
            ).status_code
            == 302
        )
    else:
        assert (
            Api(editor)
            .post(
                f"claims/{claim.public_id}/transitions/",
                {"action": "assign", "assignee": "freelancer"},
            )
            .status_code
            == 201
        )
    claim.refresh_from_db()
    assert claim.assignee == freelancer


def test_an_ended_role_is_assigned_nothing(checker: User, editor: User, freelancer: User) -> None:
    freelancer.memberships.update(end_date="2020-01-01")
    with pytest.raises(GateError, match="not an active checker"):
        apply(
            factories.claim(checker), Action.ASSIGN, by=editor, data=MoveData(assignee=freelancer)
        )


def test_only_working_roles_are_for_assigned_work(desk: Desk, freelancer: User) -> None:
    for role in ("admin", "auditor", "legal"):
        with pytest.raises(ValidationError, match="limited to assigned work"):
            Membership(user=freelancer, desk=desk, role=role, assigned_only=True).full_clean()


def test_they_are_mentioned_on_their_claim_and_nowhere_else(
    editor: User, freelancer: User, theirs: Claim, hidden: Claim
) -> None:
    with pytest.raises(ValidationError, match="No one with access to this query"):
        queries.open_query(hidden, by=editor, question=Question(text="@freelancer, look?"))


def test_a_freelance_editor_edits_only_their_own(
    desk: Desk, checker: User, editor: User, theirs: Claim
) -> None:
    guest = factories.person("guest", desk)
    Membership.objects.create(user=guest, desk=desk, role="editor", assigned_only=True)
    apply(theirs, Action.REASSIGN, by=editor, data=MoveData(assignee=guest, note="A second look."))
    assert may(guest, "gate.waive", theirs) and not may(
        guest, "gate.waive", factories.claim(checker)
    )
    assert list(Claim.objects.visible_to(guest)) == [theirs]


def test_a_freelance_reporter_sends_in_and_sees_their_own(desk: Desk, checker: User) -> None:
    user = factories.person("stringer", desk)
    Membership.objects.create(user=user, desk=desk, role="reporter", assigned_only=True)
    sent: Any = factories.article(user, desk, text="A note about the ferry.")
    factories.article(checker, text="Another text about the ferry.")
    assert list(Article.objects.visible_to(user)) == [sent]


def test_they_are_not_told_the_name_of_what_theirs_was_merged_into(
    editor: User, freelancer: User, theirs: Claim, hidden: Claim
) -> None:
    apply(theirs, Action.MERGE, by=editor, data=MoveData(note="The same.", into=hidden))
    with pytest.raises(WorkflowError, match="another claim") as refused:
        queries.open_query(theirs, by=freelancer, question=Question(text="Why?"))
    assert SECRET not in str(refused.value)
    with pytest.raises(WorkflowError, match=SECRET):
        queries.open_query(theirs, by=editor, question=Question(text="Why?"))


def test_a_review_of_the_desk_is_not_given_to_them(
    checker: User, editor: User, freelancer: User, published: Claim
) -> None:
    task = rechecks.request_rechecks(
        published.evidence.order_by("number")[0].link, by=editor, note="Withdrawn."
    ).tasks[0]
    with pytest.raises(ValidationError, match="not an active checker or editor"):
        rechecks.assign(task, by=editor, assignee=freelancer)
    assert rechecks.assign(task, by=editor, assignee=checker).assignee == checker
