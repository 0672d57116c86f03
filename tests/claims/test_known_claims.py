"""The index of what is known follows what it is about, and tells nobody of what they
may not see.
"""

from datetime import timedelta

import pytest
from django.db import connection

from claims.choices import Action, KnownKind
from claims.matching import index, lookup
from claims.models import Claim, KnownClaim
from claims.workflow import apply
from factcheck.ledger import clock, due_work
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.project.api import Api
from tests.shared_rows import shared

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SAID = "The storm of Monday sank 40 boats at Largo harbour."
ASKED = "40 boats sank at Largo harbour in the storm"


@shared
def known(checker: User) -> Claim:
    claim = factories.claim(checker, text=SAID)
    index.update_due()
    return claim


def _texts(said: str, by: User) -> list[str]:
    return [match.entry.text for match in lookup.for_person(said, "en", by=by)]


def test_a_claim_is_found_once_a_worker_has_come_to_it_and_by_its_desk_alone(
    checker: User, outsider: User
) -> None:
    factories.claim(checker, text=SAID)
    assert KnownClaim.objects.get().next_attempt_at
    assert _texts(ASKED, checker) == []
    assert index.update_due() == 1
    assert index.update_due() == 0
    assert _texts(ASKED, checker) == [SAID]
    assert _texts(ASKED, outsider) == []
    assert lookup.for_readers(ASKED, "en") == []


def test_other_words_of_a_claim_are_found_and_the_old_ones_no_longer(
    known: Claim, checker: User
) -> None:
    with connection.cursor() as cursor:
        # Whoever writes it, and without a signal.
        cursor.execute(
            "UPDATE claims_claim SET text = %s WHERE id = %s",
            ("The mayor paid for his garden with city money.", known.pk),
        )
    assert index.update_due() == 1
    assert _texts(ASKED, checker) == []
    assert len(_texts("Did the mayor pay for his garden with money of the city?", checker)) == 1


def test_a_worker_that_read_the_old_words_cannot_store_them(known: Claim) -> None:
    entry = KnownClaim.objects.get(claim=known)
    Claim.objects.filter(pk=known.pk).update(text="Other words of the claim.")
    token = due_work.lease(KnownClaim, entry.pk)
    assert token
    # Changed once more while it reads.
    Claim.objects.filter(pk=known.pk).update(text="The newest words of the claim.")
    assert not due_work.run_leased(
        KnownClaim,
        entry.pk,
        token,
        prepare=lambda row: row,
        store=lambda row, read: pytest.fail("It wrote what it had read."),
    )
    assert index.update_due() == 1
    entry.refresh_from_db()
    assert entry.text == "The newest words of the claim."


def test_a_killed_worker_loses_nothing(known: Claim) -> None:
    Claim.objects.filter(pk=known.pk).update(text="Other words of the claim.")
    entry = KnownClaim.objects.get(claim=known)
    assert due_work.lease(KnownClaim, entry.pk)
    assert index.update_due() == 0
    # The broker says that its process died.
    assert index.update_due(takeover=True) == 1


def test_a_duplicate_leads_to_what_it_was_merged_into(
    known: Claim, checker: User, editor: User
) -> None:
    other = factories.claim(checker, text="Storm damage at the harbour of Largo.")
    factories.merged(known, other, editor)
    index.update_due()
    first, *rest = lookup.for_person(ASKED, "en", by=checker)
    assert (first.entry.text, first.claim, rest) == (SAID, other, [])
    apply(known, Action.UNMERGE, by=editor)
    assert lookup.for_person(ASKED, "en", by=checker)[0].claim == known


def test_readers_are_told_of_a_verdict_from_its_publication_to_its_retraction(
    checker: User, editor: User, outsider: User
) -> None:
    claim = factories.approved(checker, editor)
    index.update_due()
    assert lookup.for_readers(claim.text, "en") == []
    apply(claim, Action.PUBLISH, by=editor)
    index.update_due()
    [match] = lookup.for_readers(claim.text, "en")
    assert match.verdict and match.verdict.claim == claim and match.rating
    [other] = lookup.for_person(claim.text, "en", by=outsider)
    assert other.entry.kind == KnownKind.VERDICT and other.claim is None
    apply(claim, Action.RETRACT, by=editor, data=factories.note("Misread."))
    # At once, before any worker.
    assert lookup.for_readers(claim.text, "en") == []
    assert lookup.for_person(claim.text, "en", by=outsider) == []
    index.update_due()
    assert not KnownClaim.objects.exclude(text="").filter(kind=KnownKind.VERDICT).exists()


def test_no_door_tells_of_an_embargoed_claim_or_one_of_another_desk(
    known: Claim, checker: User, editor: User, outsider: User
) -> None:
    canary = factories.approved(checker, editor)
    canary.refresh_from_db()
    Claim.objects.filter(pk=canary.pk).update(embargo_until=clock.now() + timedelta(days=2))
    index.update_due()
    api = Api(outsider)
    with_canary = api.get("matches/", text=f"{SAID} {canary.text}").json()
    assert with_canary == {"matches": []}
    assert lookup.for_readers(f"{SAID} {canary.text}", "en") == []


def test_a_rebuilt_index_is_the_same(known: Claim, checker: User) -> None:
    before = KnownClaim.objects.values("claim", "text", "reading").get()
    KnownClaim.objects.update(text="", reading=None)
    assert index.rebuild() == 1
    assert KnownClaim.objects.values("claim", "text", "reading").get() == before
    assert _texts(ASKED, checker) == [SAID]


def test_over_the_api(known: Claim, checker: User, desk: Desk) -> None:
    api = Api(checker)
    assert api.get("matches/").status_code == 400
    [match] = api.get("matches/", text="The storm sank 55 boats at Largo harbour").json()["matches"]
    assert match["claim"] == str(known.public_id) and match["likeness"] == "similar"
    assert match["differences"] == [{"kind": "figure", "here": "55 boats", "there": "40 boats"}]
    assert {"storm", "sank", "Largo", "harbour"} <= set(match["shared_words"])
