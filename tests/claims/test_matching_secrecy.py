"""What one may not see is in no match, count, order or score, whichever door one asks
at: of another desk, under embargo, in a query to legal, or imported elsewhere.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from claims.choices import Action
from claims.desk import queries
from claims.desk.queries import Question
from claims.matching import index, lookup, pictures
from claims.models import (
    Claim,
    Evidence,
    KnownClaim,
    Notification,
    RepeatCheck,
    RepetitionProposal,
)
from claims.publication import repeat_checks
from claims.workflow import apply
from factcheck.ledger import clock, term_index
from factcheck.newsroom.models import Desk, User
from sources.models import Picture
from tests import factories
from tests.claims.import_cases import imported
from tests.picture_rows import BITS, picture_evidence
from tests.project.api import Api

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SAID = "The ferry board of Tornhamn sold its zebrine tickets to a quorate committee."
# Each says half of it: which one stands first depends on how rare its words are.
HALVES = (
    "The ferry board of Tornhamn sold it all to a quorate committee.",
    "The ferry board of Tornhamn sold its zebrine tickets to nobody.",
)
CANARY = "kumquat-3171"


@pytest.fixture
def own(outsider: User) -> list[Claim]:
    claims = [factories.claim(outsider, text=text) for text in HALVES]
    index.update_due()
    term_index.forget_counts()
    return claims


def _hide(desk: Desk, checker: User, editor: User) -> None:
    """All that somebody of another desk, or a reader, may not know of."""
    for number in range(12):
        factories.claim(
            checker, text=f"A quorate {CANARY} committee on the ferry, number {number}."
        )
    embargoed = factories.ready(checker)
    picture_evidence(embargoed, checker)
    apply(embargoed, Action.SUBMIT, by=checker)
    apply(embargoed, Action.APPROVE, by=editor)
    later = clock.now() + timedelta(days=2)
    Claim.objects.filter(pk=embargoed.pk).update(text=f"{SAID} {CANARY}", embargo_until=later)
    asked = factories.claim(checker, text=f"{SAID} So says {CANARY}.")
    apply(asked, Action.TAKE, by=checker)
    picture_evidence(asked, checker, bits=BITS ^ 1)
    question = Question(f"May we say quorate? {CANARY}", blocking=True, privileged=True)
    queries.open_query(asked, by=editor, question=question)
    row = f"{SAID} {CANARY};False;https://checks.example/{CANARY};;;"
    imported(desk, editor, row, publisher=CANARY)
    index.update_due()
    term_index.forget_counts()


def _answers(client: Client, outsider: User, own: Claim) -> Iterator[str]:
    client.force_login(outsider)
    article = factories.article_read(outsider, outsider.memberships.get().desk, f"{SAID}\n")
    suggestion = article.suggestions.order_by("pk")[0]
    for address in (
        f"/admin/sources/article/{article.pk}/change/",
        f"/admin/claims/suggestion/{suggestion.pk}/claims/",
        f"/admin/claims/claim/{own.pk}/change/",
        "/admin/search/?q=quorate",
        "/search/?q=quorate",
        "/verdicts/?q=quorate",
    ):
        yield client.get(address).text
    yield client.get("/admin/claims/claim/add/known/", {"text": SAID}).text
    yield Api(outsider).get(f"claims/{own.public_id}/pictures/").text
    data = {"text": SAID, "language": "en", "desk": own.desk_id, "claimant": ""}
    yield client.post("/admin/claims/claim/add/", data).text
    yield client.post("/submit/", {"text": SAID}).text


def test_no_door_tells_of_what_one_may_not_see(
    own: list[Claim], desk: Desk, checker: User, editor: User, outsider: User, client: Client
) -> None:
    api = Api(outsider)
    apply(own[0], Action.TAKE, by=outsider)
    picture_evidence(own[0], outsider)
    before = api.get("matches/", text=SAID).json()
    ranks = [match.rank for match in lookup.for_person(SAID, "en", by=outsider)]
    assert [one["text"] for one in before["matches"]] == [*HALVES]
    _hide(desk, checker, editor)
    assert KnownClaim.objects.filter(text__contains=CANARY).count() == 15
    # Two claims have the picture of his or one like it.
    assert (
        Evidence.objects.filter(capture__body_sha256__in=Picture.objects.values("sha256")).count()
        == 3
    )
    [shown] = pictures.on_claim(own[0], by=outsider)
    assert shown.matches == []
    # The same answer in the same order, and the numbers behind it.
    assert api.get("matches/", text=SAID).json() == before
    assert ranks == [match.rank for match in lookup.for_person(SAID, "en", by=outsider)]
    assert lookup.for_readers(SAID, "en") == []
    for answer in _answers(client, outsider, own[0]):
        assert CANARY not in answer
    for check in RepeatCheck.objects.filter(next_attempt_at__isnull=False):
        repeat_checks.check(check.pk)
    assert not RepetitionProposal.objects.exists()
    told = Notification.objects.filter(claim__text__contains=CANARY)
    assert not told.filter(user=outsider).exists()
