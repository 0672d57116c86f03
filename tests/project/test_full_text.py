"""What search finds of a text, alike on both databases."""

import pytest
from django.db import connection

from claims.models import Claim
from factcheck.ledger import full_text, kept_tables, triggers
from factcheck.newsroom.models import User
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]

TEXT = (
    "Les élèves de Brno-Židenice: “4.2 million” at https://example.org/tables/page-4, says O'Neill."
    " Straße, ΑΘΗΝΑ, Москва́, القاهرة, हिन्दी भाषा, left_wing."
)
FOUND = (
    "élèves",
    "eleves",
    "ELEVES",
    "elev",
    "židenice",
    "Brno-Židenice",
    "zidenice brno",
    "4.2",
    '"4.2 million"',
    "“4.2",
    "example.org",
    "example.org/tables",
    "https://example.org/tables/page-4",
    "page 4",
    "O'Neill",
    "neill",
    "straße",
    "Αθηνα",
    "москва",
    "القاهرة",
    "हिन्दी",
    "भाषा",
    "left wing",
    "says AND",
    '"says',
    "says * : ^ ( ) \\ ' ! & | <->",
    "says\0",
)
NOT_FOUND = (
    "",
    "   ",
    '"',
    "*",
    ":;!?",
    "🙂",
    "leves",
    "million 4.3",
    '"million 4"',
    "4 says nothing",
    "x" * 10_000,
    "'",
    "\\",
    "le",
    "\0",
)


def _finds(typed: str) -> bool:
    return Claim.objects.filter(full_text.matching("claim", typed)).exists()


def test_words_are_found_in_any_spelling_and_nonsense_finds_nothing(checker: User) -> None:
    factories.claim(checker, text=TEXT + " and AND")
    assert [typed for typed in FOUND if not _finds(typed)] == []
    assert [typed for typed in NOT_FOUND if _finds(typed)] == []


def test_a_claim_is_found_by_all_that_stands_on_it(checker: User, editor: User) -> None:
    claim = factories.ready(checker, text="The city planted lindens.")
    assert _finds("lindens fewer register")
    factories.written(claim, checker, answer="It planted maples.")
    assert _finds("lindens maples")
    assert not _finds("fewer")


def test_what_is_edited_is_found_by_its_new_words_alone(checker: User) -> None:
    claim = factories.claim(checker, text="The city planted birches.")
    Claim.objects.filter(pk=claim.pk).update(text="The city planted oaks.")
    assert _finds("oaks")
    assert not _finds("birches")


def test_an_article_of_a_whole_book_is_stored_and_found(checker: User) -> None:
    words = " ".join(f"word{number}" for number in range(100_000))
    article = factories.article(checker, text=f"Beginning of it.\n\n{words}")
    rows = type(article).objects
    assert rows.filter(full_text.matching("article", "beginning word77")).exists()
    assert not rows.filter(full_text.matching("article", "word99999")).exists()


def test_an_index_that_was_not_kept_is_filled_again(checker: User) -> None:
    claim = factories.claim(checker, text="The city planted poplars.")
    for index in ("claim", "article"):
        for trigger in full_text._indexes[index].triggers():
            with connection.cursor() as cursor:
                on_table = "" if connection.vendor == "sqlite" else f" ON {trigger.table}"
                cursor.execute(f"DROP TRIGGER {trigger.name}{on_table}")
    Claim.objects.filter(pk=claim.pk).update(text="The city planted willows.")
    assert not _finds("willows")
    assert triggers.missing("default")
    kept_tables.install("default")
    assert _finds("willows")
    assert not triggers.missing("default")
