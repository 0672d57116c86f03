"""What the newsroom says on its pages for readers: versions that are only added, by an
admin, in the language of the page.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from claims.choices import SitePage
from claims.models import Methodology, PublicChange, SiteText
from claims.publication.site_texts import publish
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests.project.api import Api

pytestmark = pytest.mark.django_db
ADD = reverse("admin:claims_sitetext_add")
TOMORROW = timedelta(days=1)
PAGES = {page: f"/{page.value}/" for page in SitePage}


@pytest.mark.usefixtures("desk")
def test_each_page_shows_its_text_and_the_versions_it_had(
    client: Client, admin_person: User
) -> None:
    for path in PAGES.values():
        assert client.get(path).status_code == 200
    for page in PAGES:
        publish(by=admin_person, page=page, language="en", text=f"Once **{page}**.")
        before = PublicChange.objects.version()
        publish(by=admin_person, page=page, language="en", text="We say <script>x</script> now.")
        assert PublicChange.objects.version() > before  # so pages that are kept are made anew
    for page, path in PAGES.items():
        shown = client.get(path).text
        assert "We say" in shown and "Once" not in shown and "<script>x" not in shown
        assert f'href="/texts/{page}/en/2/"' in shown and 'href="/about/"' in shown
        old = client.get(f"/texts/{page}/en/1/").text
        assert f"<strong>{page}</strong>" in old and "This is an earlier version." in old
        assert f'href="/texts/{page}/en/2/"' in old and f'href="{path}"' in old
    for path in ("about/en/3", "about/de/1", "methodology/en/1"):
        assert client.get(f"/texts/{path}/").status_code == 404
    assert client.post("/about/").status_code == 405
    assert not Methodology.objects.exists()


def test_a_page_has_the_text_of_its_language_else_one_that_there_is(
    client: Client, admin_person: User, settings: Settings
) -> None:
    publish(by=admin_person, page="about", language="fr", text="Qui nous sommes.")
    assert '<section class="explanation" lang="fr"' in " ".join(client.get("/about/").text.split())
    publish(by=admin_person, page="about", language="en", text="Who we are.")
    publish(by=admin_person, page="about", language="de", text="Wer wir sind.")
    assert "Who we are." in client.get("/about/").text
    settings.SITE_LANGUAGE = "de"
    german = client.get("/about/?in=german").text
    assert "Wer wir sind." in german and "Über uns" in german


def test_one_to_come_is_not_shown_before(client: Client, admin_person: User) -> None:
    later = clock.now() + TOMORROW
    publish(by=admin_person, page="about", language="en", text="Soon.", in_force_from=later)
    assert "Soon." not in client.get("/about/").text
    assert client.get("/texts/about/en/1/").status_code == 404
    with pytest.raises(WorkflowError, match="comes into force on"):
        publish(by=admin_person, page="about", language="en", text="Now.")
    publish(by=admin_person, page="about", language="de", text="Jetzt.")  # another series


def test_wrong_texts_and_wrong_people_are_refused(
    client: Client, checker: User, editor: User, auditor: User, admin_person: User
) -> None:
    right = {"page": "about", "language": "en", "text": "Who we are."}
    for wrong in (
        {"page": "methodology"},
        {"language": "tlh"},
        {"text": " \n"},
        {"text": "x" * 100_001},
        {"in_force_from": clock.now() - TOMORROW},
    ):
        with pytest.raises(ValidationError):
            publish(by=admin_person, **{**right, **wrong})
    for who in (checker, editor, auditor):
        with pytest.raises(PermissionDenied):
            publish(by=who, **right)
        client.force_login(who)
        assert client.post(ADD, right).status_code == 403
    assert not SiteText.objects.exists()


def test_an_admin_publishes_one_and_the_same_again_is_the_same_version(
    client: Client, checker: User, admin_person: User
) -> None:
    client.force_login(admin_person)
    right = {"page": "submit", "language": "de", "text": "Schreiben Sie\r\nuns."}
    for _ in range(2):
        assert client.post(ADD, right).status_code == 302
    made = SiteText.objects.get()
    assert (made.page, made.language, made.number) == ("submit", "de", 1)
    changes = AuditEntry.objects.get(action="site_text.publish").changes
    assert (changes["page"], changes["language"]) == (["", "submit"], ["", "de"])
    again = client.get(f"{ADD}?page=submit&language=de").text
    assert "Schreiben Sie" in again and 'aria-current="page"' in again
    assert "Schreiben Sie" not in client.get(f"{ADD}?page=submit&language=en").text
    refused = client.post(ADD, {**right, "text": "Neu.", "in_force_from": "2001-01-01T00:00"})
    assert refused.status_code == 400 and "This time has passed." in refused.text
    (row,) = Api(checker).get("site-texts/").json()["results"]
    assert (row["page"], row["language"], row["version"]) == ("submit", "de", 1)
    assert row["text"] == "Schreiben Sie\nuns." and row["made_by"] == admin_person.username


def test_no_sql_changes_or_takes_a_version(admin_person: User) -> None:
    made = publish(by=admin_person, page="about", language="en", text="Who we are.")
    insert = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    for statement in (
        "UPDATE claims_sitetext SET text = 'We are others.'",
        "DELETE FROM claims_sitetext",
        f"{insert} INTO claims_sitetext (page, language, number, text, in_force_from, made_at,"
        " made_by_id) SELECT page, language, number, 'Others.', in_force_from, made_at, made_by_id"
        " FROM claims_sitetext",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert SiteText.objects.get() == made and made.text == "Who we are."
