"""A claim made by hand, without an article."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from claims.intake.triage import ClaimDetails, accept, create_claim
from claims.models import Claim, Suggestion
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests import factories

ADD = reverse("admin:claims_claim_add")


def _typed(user: User, **more: object) -> dict[str, object]:
    desk = user.memberships.get().desk
    return {
        "text": "The bridge carries 20,000 cars a day.",
        "desk": desk.pk,
        "language": "en",
        **more,
    }


def test_a_checker_makes_a_claim_with_a_new_claimant(client: Client, checker: User) -> None:
    client.force_login(checker)
    more = {
        "claimant": "Mayor Brandt",
        "stated_date": "2026-05-03",
        "appearance_url": "https://radio.example/talk",
    }
    answer = client.post(ADD, _typed(checker, **more))
    claim = Claim.objects.get()
    assert answer.headers["Location"] == reverse("admin:claims_claim_change", args=[claim.pk])
    assert (claim.text, str(claim.claimant), str(claim.stated_date)) == (
        "The bridge carries 20,000 cars a day.",
        "Mayor Brandt",
        "2026-05-03",
    )
    assert claim.created_by == checker


def test_a_new_claim_is_in_the_language_of_the_newsroom(
    client: Client, settings: Settings, checker: User
) -> None:
    settings.SITE_LANGUAGE = "de"
    client.force_login(checker)
    assert client.get(ADD).context["form"]["language"].value() == "de"
    desk = checker.memberships.get().desk
    words = "Die Brücke trägt 20.000 Autos am Tag."
    claim, _new = create_claim(desk, by=checker, details=ClaimDetails(text=words))
    assert claim.language == "de"


@pytest.mark.parametrize(("read", "language"), [("fr", "fr"), ("und", "de")])
def test_an_accepted_one_is_in_the_language_of_its_sentence(
    settings: Settings, checker: User, suggestion: Suggestion, read: str, language: str
) -> None:
    settings.SITE_LANGUAGE = "de"
    Suggestion.objects.filter(pk=suggestion.pk).update(language=read)
    assert accept(suggestion, by=checker).language == language


def test_a_claim_is_made_and_taken_at_once(client: Client, checker: User) -> None:
    client.force_login(checker)
    for _twice in range(2):
        answer = client.post(ADD, _typed(checker, take="1"))
        claim = Claim.objects.get()
        assert (claim.assignee, claim.status) == (checker, "in_progress")
        assert answer.headers["Location"].endswith(f"/{claim.pk}/change/#source")


def test_a_known_claimant_is_picked_by_name_and_office(client: Client, checker: User) -> None:
    Claimant.objects.create(name="A. Jansen")
    minister = Claimant.objects.create(name="A. Jansen", description="minister of transport")
    client.force_login(checker)
    names = reverse("admin:sources_claimant_names")
    assert names in client.get(ADD).content.decode()
    offered = client.get(names, {"q": "jansen"}).json()["names"]
    assert "A. Jansen, minister of transport" in offered
    client.post(ADD, _typed(checker, claimant="A. Jansen, minister of transport"))
    assert Claim.objects.get().claimant == minister


def test_the_due_time_is_the_time_of_the_desk(client: Client, checker: User) -> None:
    desk = checker.memberships.get().desk
    desk.time_zone = "America/New_York"
    desk.save()
    client.force_login(checker)
    client.post(ADD, _typed(checker, due_at="2026-01-05T17:30"))
    due = Claim.objects.get().due_at
    assert due is not None
    assert due.isoformat() == "2026-01-05T22:30:00+00:00"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("text", "", "This field is required."),
        ("text", "x" * 2001, "at most 2000 characters"),
        ("appearance_url", "javascript:alert(1)", "https://"),
        ("stated_date", "someday", "Enter a valid date."),
        ("desk", "0", "Select a valid choice"),
        ("text", "nul \0 byte", "Null characters"),
    ],
)
def test_bad_input_is_explained_and_everything_typed_is_kept(
    client: Client, checker: User, field: str, value: str, message: str
) -> None:
    client.force_login(checker)
    answer = client.post(ADD, _typed(checker, **{"claimant": "Typed once", field: value}))
    assert answer.status_code == 400
    assert message in answer.content.decode()
    assert 'value="Typed once"' in answer.content.decode()
    assert not Claim.objects.exists()
    assert not Claimant.objects.exists()


def test_people_who_make_no_claims_are_refused(
    client: Client, reporter: User, auditor: User, admin_person: User, superuser: User
) -> None:
    for user in (reporter, auditor, admin_person, superuser):
        client.force_login(user)
        assert client.get(ADD).status_code == 403
        assert client.post(ADD, {"text": "Mine."}).status_code == 403
    assert not Claim.objects.exists()


def test_nobody_makes_a_claim_on_a_desk_that_is_not_theirs(
    client: Client, checker: User, outsider: User
) -> None:
    client.force_login(checker)
    elsewhere = outsider.memberships.get().desk
    assert client.post(ADD, _typed(checker, desk=elsewhere.pk)).status_code == 400
    assert not Claim.objects.exists()


def test_a_double_click_makes_one_claim(
    client: Client, checker: User, second_checker: User
) -> None:
    client.force_login(checker)
    places = {
        client.post(ADD, _typed(checker, claimant="Mayor Brandt")).headers["Location"]
        for _ in range(2)
    }
    assert len(places) == Claim.objects.count() == 1
    factories.claim(second_checker, text="The bridge carries 20,000 cars a day.")
    assert Claim.objects.count() == 2
