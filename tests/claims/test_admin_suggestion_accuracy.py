"""What became of the suggestions of each extractor version and band of score;
read-only.
"""

from django.test import Client
from django.urls import reverse

from claims.choices import DeclineReason
from claims.extraction import EXTRACTOR_VERSION
from claims.intake import triage
from claims.models import Suggestion
from factcheck.newsroom.models import User
from tests.claims import triage_cases
from tests.shared_rows import shared


def _page() -> str:
    return reverse("admin:claims_suggestion_accuracy")


def _counts(user: User) -> dict[str, tuple[int, int, int, int]]:
    rows = Suggestion.objects.visible_to(user).decision_counts()
    return {
        row["band"]: (row["accepted"], row["declined"], row["passed_over"], row["not_looked_at"])
        for row in rows
    }


@shared
def decided(checker: User) -> None:
    article = triage_cases.article(checker)
    first = triage_cases.suggestion(article, "The mayor said 40 trees were cut.", score="0.9")
    triage_cases.suggestion(article, "The park has 900 trees.", rank=1, score="0.3")
    triage.decline(first, by=checker, reason=DeclineReason.values[0], note="")


def test_decisions_are_counted_by_band(decided: None, checker: User) -> None:
    assert _counts(checker) == {"0.75 and more": (0, 1, 0, 0), "0.25 to 0.49": (0, 0, 1, 0)}


def test_what_nobody_opened_was_not_passed_over(checker: User) -> None:
    triage_cases.suggestion(triage_cases.article(checker), "The park has 900 trees.", score="0.6")
    assert _counts(checker) == {"0.50 to 0.74": (0, 0, 0, 1)}


def test_the_page_shows_version_and_bands_and_offers_no_form(
    decided: None, checker: User, client: Client
) -> None:
    client.force_login(checker)
    answer = client.get(_page())
    assert answer.status_code == 200
    assert "0.75 and more" in answer.text and f" {EXTRACTOR_VERSION}</th>" in answer.text
    assert client.post(_page()).status_code == 405


def test_another_desk_sees_none_of_it(decided: None, outsider: User) -> None:
    assert _counts(outsider) == {}


def test_a_superuser_gets_nothing_by_being_one(superuser: User, client: Client) -> None:
    client.force_login(superuser)
    assert client.get(_page()).status_code == 403


def test_the_list_of_suggestions_leads_there(decided: None, checker: User, client: Client) -> None:
    client.force_login(checker)
    assert _page() in client.get(reverse("admin:claims_suggestion_changelist")).text


def test_a_long_suggestion_is_cut_where_one_sees_it() -> None:
    named = str(Suggestion(text=f"The mayor said {'very ' * 20}many trees were cut."))
    assert len(named) == 80 and named.endswith("…")
