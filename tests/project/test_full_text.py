"""What search finds of a text, alike on both databases."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Q

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


WAYS = (full_text.matching, full_text.met_in_order, full_text.counted)


def _finds(typed: str, way: Callable[[str, str], Q] = full_text.matching) -> bool:
    return Claim.objects.filter(way("claim", typed)).exists()


@pytest.mark.parametrize("page", [50, 0], ids=["rare", "frequent"])
def test_words_are_found_in_any_spelling_and_nonsense_finds_nothing(
    checker: User, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without a page to fill every word counts as frequent.
    monkeypatch.setattr(full_text, "PAGE", page)
    factories.claim(checker, text=TEXT + " and AND")
    for way in WAYS:
        assert [typed for typed in FOUND if not _finds(typed, way)] == []
        assert [typed for typed in NOT_FOUND if _finds(typed, way)] == []


def test_a_frequent_word_is_looked_for_on_the_way(
    checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.claim(checker, text="The city planted birches.")
    monkeypatch.setattr(full_text, "PAGE", 0)
    newest = Claim.objects.filter(full_text.met_in_order("claim", "birches")).order_by("-pk")
    if connection.vendor == "postgresql":
        assert "WHERE id = (" in str(newest.query) and "OFFSET 0" not in str(newest.query)
    assert newest.get().text == "The city planted birches."
    # As a list asks: for the keys of the rows, in a query inside another.
    assert Claim.objects.filter(pk__in=newest.values("pk")).exists()


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
