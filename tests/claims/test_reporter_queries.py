"""A reporter reads and answers what they are asked about a claim from their own
article, and no other query.
"""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from claims.desk.queries import Question, open_query, post, resolve
from claims.intake.triage import accept
from claims.models import Claim, Query
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories
from tests.project.api import Api
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db


@shared
def claim(reporter: User, checker: User) -> Claim:
    return accept(
        factories.article_read(reporter).suggestions.order_by("part", "rank")[0], by=checker
    )


@shared
def asked(claim: Claim, checker: User) -> Query:
    return open_query(
        claim, by=checker, question=Question(text="Where is that from, @reporter?", blocking=True)
    )


def test_who_is_asked_finds_reads_and_answers_it(
    client: Client, reporter: User, claim: Claim, asked: Query
) -> None:
    client.force_login(reporter)
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    assert "Queries that mention you" in client.get("/admin/").text
    assert "Where is that from" in client.get(page).text
    answer = client.post(
        reverse("admin:claims_claim_answer", args=[claim.pk, asked.public_id]),
        {"text": "From the harbour master."},
    )
    assert answer.status_code == 302 and asked.messages.get(number=2).by == reporter
    assert "From the harbour master." in client.get(page).text


def test_so_does_a_client(reporter: User, checker: User, claim: Claim, asked: Query) -> None:
    api = Api(reporter)
    assert [
        row["id"] for row in api.get(f"claims/{claim.public_id}/queries/").json()["results"]
    ] == [str(asked.public_id)]
    assert (
        api.post(f"queries/{asked.public_id}/messages/", {"text": "From his report."}).status_code
        == 200
    )
    assert api.post(f"queries/{asked.public_id}/resolve/", {}).status_code == 403
    assert (
        api.post(f"claims/{claim.public_id}/queries/", {"text": "May I see more?"}).status_code
        == 403
    )


def test_a_reporter_reads_no_query_that_does_not_ask_them(
    reporter: User, checker: User, editor: User, claim: Claim, asked: Query
) -> None:
    open_query(claim, by=checker, question=Question(text="Is the reporter sure?"))
    open_query(claim, by=editor, question=Question(text="Could they sue?", privileged=True))
    assert list(Query.objects.visible_to(reporter)) == [asked]
    with pytest.raises(ValidationError, match="No one with access to this query"):
        open_query(claim, by=editor, question=Question(text="Not for @reporter.", privileged=True))


def test_another_reporter_is_no_reader_of_it(
    desk: Desk, checker: User, claim: Claim, asked: Query
) -> None:
    other = factories.person("other", desk, "reporter")
    assert not Query.objects.visible_to(other).exists()
    with pytest.raises(ValidationError, match="No one with access to this query"):
        post(asked, by=checker, text="And you, @other?")


def test_with_the_role_the_answer_goes(reporter: User, claim: Claim, asked: Query) -> None:
    Membership.objects.filter(user=reporter).update(end_date="2020-01-01")
    left = User.objects.get(pk=reporter.pk)
    assert not Query.objects.visible_to(left).exists()
    with pytest.raises(Claim.DoesNotExist):
        post(asked, by=left, text="Still me.")


def test_they_do_not_resolve_it(reporter: User, asked: Query) -> None:
    with pytest.raises(PermissionDenied):
        resolve(asked, by=reporter)
