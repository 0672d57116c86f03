"""Which verdicts are listed for readers: those that are published, as they were signed,
whoever writes them.
"""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from claims.choices import Action, Meanwhile
from claims.intake.topics import add_topic, set_topic
from claims.models import Claim, Listing, Verdict
from claims.public_site.published import Filters, older_than, published
from claims.workflow import MoveData, apply
from factcheck.ledger import kept_tables, triggers
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, publish

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _listed(**asked: str) -> list[Claim]:
    return [row.verdict.claim for row in published(Filters(**asked)).with_verdicts()]


def test_a_verdict_is_listed_from_its_publication_to_its_retraction(
    editor: User, approved: Claim
) -> None:
    assert _listed() == []
    apply(approved, Action.PUBLISH, by=editor)
    assert _listed() == [approved]
    apply(approved, Action.RETRACT, by=editor, data=factories.note("Misread."))
    assert _listed() == [] and not Listing.objects.exists()


def test_a_corrected_verdict_is_listed_once_and_keeps_its_place(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    later = factories.published(checker, editor)
    assert _listed() == [later, claim]
    assert published().last().verdict.number == 2


def test_a_withheld_verdict_is_not_listed_until_its_correction_is_dropped(
    checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor, meanwhile=Meanwhile.WITHHELD)
    assert _listed() == []
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    assert _listed() == [claim]


def test_machines_are_given_nothing_that_is_under_review(checker: User, editor: User) -> None:
    claim = factories.correcting(checker, editor, meanwhile=Meanwhile.UNDER_REVIEW)
    assert _listed() == [claim]
    assert not published().citable().exists()


def test_a_verdict_is_found_by_what_was_signed(checker: User, editor: User) -> None:
    words = Words(appearance="https://WWW.Radio.example/morning", rating="Unproven", language="de")
    claim, _ = publish(checker, editor, words), publish(checker, editor, Words(claimant="B"))
    assert claim.claimant
    for asked in (
        {"claimant": str(claim.claimant.public_id)},
        {"article": words.appearance},
        {"publisher": "radio.example", "rating": "Unproven"},
        {"rating": "Unproven"},
        {"language": "de", "rating": "Unproven"},
    ):
        assert _listed(**asked) == [claim], asked
    assert _listed(rating="False", language="de") == []


def test_a_claim_without_an_address_is_on_no_page_of_a_publisher(
    checker: User, editor: User
) -> None:
    publish(checker, editor, Words(appearance=""))
    listing = Listing.objects.get()
    assert (listing.appearance, listing.host) == ("", "")


def test_a_topic_counts_as_soon_as_it_is_set(editor: User, published: Claim) -> None:
    topic, _ = add_topic(published.desk, by=editor, name="Trees")
    set_topic(published, by=editor, topic=topic)
    assert _listed(topic=str(topic.public_id)) == [published]
    set_topic(published, by=editor, topic=None)
    assert _listed(topic=str(topic.public_id)) == []


def test_the_claimant_of_an_open_correction_is_not_told(checker: User, editor: User) -> None:
    claim = publish(checker, editor)
    signed, other = claim.claimant, factories.claimant("Somebody Else")
    move = MoveData(note="It was not her.", category="correction")
    apply(claim, Action.CORRECT, by=editor, data=move)
    Claim.objects.filter(pk=claim.pk).update(claimant=other)
    for refilled in (False, True):
        if refilled:
            kept_tables._kept[0].fill("default")
        assert signed and _listed(claimant=str(signed.public_id)) == [claim]
        assert _listed(claimant=str(other.public_id)) == []


def test_listings_that_were_not_kept_are_filled_again(published: Claim) -> None:
    triggers.remove("default")
    Listing.objects.all().delete()
    kept_tables.install("default")
    assert _listed() == [published] and not triggers.missing("default")


def test_search_finds_published_words_alone(checker: User, editor: User) -> None:
    claim = publish(checker, editor, Words(answer="It planted maples.", claimant="Ana Böhm"))
    for typed in ("maples", "bohm", "register trees", '"twice as many"'):
        assert _listed(q=typed) == [claim], typed
    apply(claim, Action.CORRECT, by=editor, data=MoveData(note="x", category="correction"))
    factories.written(claim, editor, answer="It planted larches.")
    assert _listed(q="larches") == [] and _listed(q="maples") == [claim]
    apply(claim, Action.RETRACT, by=editor, data=factories.note("Misread."))
    assert _listed(q="maples") == []


def test_a_list_goes_on_where_it_ended(checker: User, editor: User) -> None:
    claims = [factories.published(checker, editor) for _ in range(3)]
    first = published()[0].verdict
    rows = older_than(published(), first)
    assert [row.verdict.claim for row in rows] == [claims[1], claims[0]]
    apply(claims[2], Action.RETRACT, by=editor, data=factories.note("Misread."))
    first = Verdict.objects.get(pk=first.pk)
    assert older_than(published(), first).count() == 2


@pytest.mark.parametrize(
    "asked",
    [
        "q=x" + "x" * 300,
        "q=...",
        "claimant=1",
        "topic=%00",
        f"article={'x' * 700}",
        "article=radio show",
    ],
)
def test_nonsense_is_refused(asked: str) -> None:
    with pytest.raises(Exception, match=r"address|URL|Enter a word|at most"):
        Filters.of(QueryDict(asked))


def test_a_list_is_one_query(checker: User, editor: User) -> None:
    factories.published(checker, editor)
    with CaptureQueriesContext(connection) as queries:
        _listed(rating="False")
    assert len(queries) == 1


def test_a_published_verdict_cannot_be_taken_from_the_lists(published: Claim) -> None:
    with pytest.raises(IntegrityError, match="stays listed"), transaction.atomic():
        Listing.objects.all().delete()
    # Nor does the state that it has already.
    Verdict.objects.update(state="published")
    assert _listed() == [published]
