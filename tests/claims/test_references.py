"""What may lead to a verdict is found by rows that triggers add, whoever saves the
words, and only real citations count.
"""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from claims.choices import ReferenceKind, Stance
from claims.evidence.attaching import EvidenceDetails, attach
from claims.models import Claim, Reference
from claims.rules.citations import claims_citing
from factcheck.ledger import kept_tables, triggers
from factcheck.newsroom.models import User
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _address(claim: Claim) -> str:
    return f"{settings.SITE_URL}/verdicts/{claim.address}"


def _found(kind: ReferenceKind, claim: Claim) -> int:
    short_id = claim.public_id.hex[:8]
    return Reference.objects.filter(kind=kind, short_id=short_id).count()


def _explain(claim: Claim, words: str) -> None:
    """By plain SQL, as no service would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_verdict SET explanation = %s WHERE claim_id = %s", [words, claim.pk]
        )


def test_words_are_found_once_and_in_any_writing(checker: User, published: Claim) -> None:
    verdict, later = published.verdicts.get(), factories.ready(checker)
    assert not claims_citing(verdict)
    address = _address(published)
    _explain(later, f'As "we\\said" - in 2024-25 - {address.upper()}, and again: {address}.')
    assert _found(ReferenceKind.WORDS, published) == 1
    assert list(claims_citing(verdict)) == [later]
    # A row stays; the words are asked.
    _explain(later, "Nothing of it stands here.")
    assert _found(ReferenceKind.WORDS, published) == 1
    assert not claims_citing(verdict)


def test_an_address_is_found_with_and_without_its_slug(checker: User, published: Claim) -> None:
    short_id = published.public_id.hex[:8]
    paths = (f"/verdicts/{short_id}", f"/verdicts/any-slug-{short_id}/history")
    for path in (*paths, f"/articles/any-slug-{short_id}"):
        citing = factories.ready(checker)
        details = EvidenceDetails(
            url=f"{settings.SITE_URL}{path}", stance=Stance.CONTEXT, finding="x"
        )
        attach(citing, by=checker, details=details)
    assert _found(ReferenceKind.ADDRESS, published) == len(paths)
    assert claims_citing(published.verdicts.get()).count() == len(paths)


def test_what_was_saved_without_triggers_is_found_after_they_are_back(
    checker: User, published: Claim
) -> None:
    later = factories.ready(checker)
    triggers.remove("default")
    _explain(later, f"See {_address(published)}.")
    assert _found(ReferenceKind.WORDS, published) == 0
    kept_tables.install("default")
    assert list(claims_citing(published.verdicts.get())) == [later]
    # Read anew, nothing is added twice.
    before = Reference.objects.count()
    kept_tables._kept[1].fill("default")
    assert Reference.objects.count() == before


def test_no_sql_takes_a_reference_away(checker: User, published: Claim) -> None:
    _explain(factories.ready(checker), f"See {_address(published)}.")
    for refused in (Reference.objects.all().delete, lambda: Reference.objects.update(short_id="0")):
        with pytest.raises(DatabaseError, match="can only be added"), transaction.atomic():
            refused()
    assert _found(ReferenceKind.WORDS, published) == 1
