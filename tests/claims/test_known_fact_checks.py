"""Fact checks of others are found beside claims, for their desk alone and in the words
of who published them; their page can be cited.
"""

import pytest
from django.test import Client

from claims.choices import Action, KnownKind
from claims.matching import index, lookup
from claims.models import Claim, Evidence, ImportedFactCheck, KnownClaim
from claims.workflow import apply
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories
from tests.claims.import_cases import imported
from tests.project.api import Api
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
SAID = "The storm of Monday sank 40 boats at Largo harbour."
ROW = f"{SAID};Mostly false;https://www.checks.example/storm;Ole Brandt;2024-05-30;31.05.2024"


@shared
def others(desk: Desk, editor: User) -> ImportedFactCheck:
    imported(desk, editor, ROW, publisher="Harbour Checks")
    index.update_due()
    return ImportedFactCheck.objects.get()


def test_only_people_of_its_desk_are_told_and_no_reader(
    others: ImportedFactCheck, checker: User, outsider: User, reporter: User
) -> None:
    [match] = lookup.for_person(SAID, "en", by=checker)
    assert (match.entry.kind, match.fact_check) == (KnownKind.FACT_CHECK, others)
    assert match.claim is None and match.verdict is None and not match.rating
    for other in (outsider, reporter):
        assert lookup.for_person(SAID, "en", by=other) == []
    assert lookup.for_readers(SAID, "en") == []


def test_an_entry_follows_what_is_imported_again_and_no_other_change(
    others: ImportedFactCheck, desk: Desk, editor: User, checker: User
) -> None:
    imported(desk, editor, ROW.replace("Mostly false", "False"), publisher="Harbour Checks")
    assert index.update_due() == 0
    imported(desk, editor, ROW.replace("40 boats", "55 boats"), publisher="Harbour Checks")
    assert index.update_due() == 1
    [match] = lookup.for_person(SAID, "en", by=checker)
    assert match.entry.text == SAID.replace("40", "55")
    assert match.fact_check and match.fact_check.rating == "Mostly false"


def test_the_same_fact_check_on_two_desks_counts_once(
    others: ImportedFactCheck, editor: User, checker: User
) -> None:
    second = factories.desk("Second")
    Membership.objects.create(user=editor, desk=second, role="editor")
    Membership.objects.create(user=checker, desk=second, role="checker")
    imported(second, editor, ROW, publisher="Harbour Checks")
    assert index.update_due() == 1
    assert len(lookup.for_person(SAID, "en", by=checker)) == 1


def test_its_page_is_cited_from_the_claim(
    others: ImportedFactCheck, checker: User, client: Client
) -> None:
    claim = factories.claim(checker, text=SAID)
    apply(claim, Action.TAKE, by=checker)
    client.force_login(checker)
    place = f"/admin/claims/claim/{claim.pk}/"
    html = " ".join(client.get(f"{place}change/").text.split())
    assert "<bdi>Harbour Checks</bdi> rated it <strong><bdi>Mostly false</bdi></strong>" in html
    assert "Harbour Checks rated this “Mostly false” on" in html
    assert 'name="url" value="https://www.checks.example/storm"' in html
    assert f"claim/{claim.pk}/known/" not in html
    data = {"url": others.address, "stance": "context", "finding": "They rated it so."}
    client.post(f"{place}evidence/", {**data, "draft": "cited"})
    item = Evidence.objects.get(claim=claim)
    assert (item.link.url, item.finding) == (others.address, "They rated it so.")


def test_beside_a_suggestion_and_while_a_claim_is_typed(
    others: ImportedFactCheck, checker: User, client: Client
) -> None:
    article = factories.article_read(checker, text=f"{SAID}\n")
    client.force_login(checker)
    typed = client.get("/admin/claims/claim/add/known/", {"text": SAID, "language": "en"}).text
    for html in (client.get(f"/admin/sources/article/{article.pk}/change/").text, typed):
        assert f"importedfactcheck/{others.pk}/change/" in html and "Mostly false" in html


def test_over_the_api_and_never_as_ours(others: ImportedFactCheck, checker: User) -> None:
    [match] = Api(checker).get("matches/", text=SAID).json()["matches"]
    assert (match["kind"], match["claim"], match["rating"], match["url"]) == (
        "fact_check", None, "", "",
    )  # fmt: skip
    told = match["fact_check"]
    assert told["id"] == str(others.public_id) and told["publisher"] == "Harbour Checks"
    assert told["rating"] == "Mostly false" and told["published_date"] == "2024-05-31"
    assert told["address"] == others.address


def test_what_is_sent_in_is_not_answered_with_it(others: ImportedFactCheck, client: Client) -> None:
    assert client.post("/submit/", {"text": SAID}).status_code == 302
    assert not Claim.objects.exists()


def test_it_is_no_claim_to_the_database(others: ImportedFactCheck) -> None:
    entry = KnownClaim.objects.get()
    assert (entry.claim, entry.verdict, entry.repetition) == (None, None, None)
