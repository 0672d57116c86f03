"""Search everywhere on screen: what it finds, marks, refuses, and keeps from whom."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.intake.triage import ClaimDetails, create_claim
from claims.models import Claim
from factcheck.newsroom.excerpts import excerpt, pattern_of
from factcheck.newsroom.models import Desk, User
from sources.claimants import get_or_create_claimant
from tests import factories
from tests.reader import Reader

pytestmark = pytest.mark.django_db
PAGE = "/admin/search/"
KINDS = ("claim", "article", "evidence", "claimant", "publisher", "link")
NONSENSE = (
    '"',
    "*",
    ":",
    "\0",
    "x" * 10_000,
    "🙂",
    "()'\\ -- ;",
    "AND OR NOT NEAR",
    "a" * 199,
    "العربية",
    "\u202e",
    "%",
    "<b>",
)


def _planted(by: User, desk: Desk, mark: str) -> Claim:
    """The mark in each kind of row that search knows."""
    who = get_or_create_claimant(f"Mayor {mark}", desk=desk, by=by)
    details = ClaimDetails(text=f"The city bought {mark} boats.", claimant=who)
    claim = create_claim(desk, by=by, details=details)[0]
    factories.article(by, desk, f"Boats of {mark}\n\nThe harbour has {mark} boats.")
    return claim


def _groups(client: Reader, typed: str, **more: str) -> dict[str, str]:
    """The text of each group that was found, by its kind."""
    answer = client.get(PAGE, {"q": typed, **more})
    parts = re.split(r'<section class="panel" aria-labelledby="found-(\w+)">', answer.text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_each_kind_is_found_with_its_words_marked(
    client: Reader, checker: User, desk: Desk
) -> None:
    claim = factories.ready(checker, text="The city bought zebrawood boats.")
    _planted(checker, desk, "zebrawood")
    factories.evidence(
        claim, checker, "zebrawood.example", text="Of zebrawood.", quote="Of zebrawood."
    )
    client.force_login(checker)
    groups = _groups(client, "ZEBRAWOOD")
    assert set(groups) == set(KINDS)
    assert [kind for kind, text in groups.items() if "<mark>zebrawood" not in text.lower()] == []
    assert "<mark>register</mark>" in _groups(client, "register boats")["claim"]


def test_no_one_finds_what_they_may_not_see(
    client: Reader, checker: User, desk: Desk, outsider: User, superuser: User
) -> None:
    legal, admin = factories.person("legal", desk, "legal"), factories.person("adm", desk, "admin")
    reporter = factories.person("reporter", desk, "reporter")
    _planted(checker, desk, "zebrawood")
    for who in (outsider, legal, admin, reporter, superuser):
        client.force_login(who)
        assert _groups(client, "zebrawood") == {}, who
        for kind in KINDS:
            assert "  0  </span>" in _groups(client, "zebrawood", kind=kind)[kind], (who, kind)
        assert client.get(f"{PAGE}completion/", {"q": "zebra"}).json() == {"rows": []}


def test_nonsense_is_a_message_and_no_error(client: Reader, checker: User) -> None:
    client.force_login(checker)
    for typed in NONSENSE:
        answer = client.get(PAGE, {"q": typed})
        assert answer.status_code in {200, 400}, typed
        assert re.search('class="(errornote|quiet)"', answer.text), typed
        assert client.get(f"{PAGE}completion/", {"q": typed}).status_code == 200, typed
    for wrong in ({"kind": "x"}, {"before": "9" * 40, "kind": "claim"}, {"before": "1"}):
        assert client.get(PAGE, {"q": "city", **wrong}).status_code == 400, wrong
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE).status_code == 405


def test_older_results_follow_page_by_page(client: Reader, checker: User) -> None:
    made = [factories.claim(checker, text=f"Quince number {n}.").pk for n in range(27)]
    client.force_login(checker)
    first = client.get(PAGE, {"q": "quince"}).text
    (more,) = re.findall(r'href="([^"]*kind=claim[^"]*)"', first)
    found, address = [], unescape(more)
    while address:
        page = client.get(address).text
        found += [int(pk) for pk in re.findall(r"claim/(\d+)/change/", page)]
        older = re.findall(r'href="([^"]*before=[^"]*)"', page)
        address = unescape(older[0]) if older else ""
    assert found == made[::-1]


def test_queries_are_as_many_for_two_rows_as_for_many(client: Reader, checker: User) -> None:
    client.force_login(checker)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE, {"q": "quince"})
        return len(queries)

    for _ in range(2):
        factories.claim(checker, text="Quince of two.")
    few = asked()
    for _ in range(30):
        factories.claim(checker, text="Quince of many.")
    assert asked() == few


def test_completion_offers_few_rows_with_their_addresses(client: Reader, checker: User) -> None:
    claims = [factories.claim(checker, text=f"Quince {n}.") for n in range(5)]
    client.force_login(checker)
    rows = client.get(f"{PAGE}completion/", {"q": "qui"}).json()["rows"]
    assert [row["text"] for row in rows] == ["Quince 4.", "Quince 3.", "Quince 2."]
    assert rows[0]["url"] == f"/admin/claims/claim/{claims[-1].pk}/change/"
    assert client.get(f"{PAGE}completion/", {"q": "q"}).json()["rows"] == []


def test_an_excerpt_marks_words_in_any_spelling_and_escapes_the_rest() -> None:
    cases = {
        ("Les élèves <b>", "eleves"): "Les <mark>élèves</mark> &lt;b&gt;",
        ("Ele\u0301ves ici", "élève"): "<mark>Ele\u0301ves</mark> ici",
        ("trees and tree", '"tree an"'): "<mark>trees</mark> and <mark>tree</mark>",
        ("مدينة القاهرة", "القاهرة"): "مدينة <mark>القاهرة</mark>",
        ("nothing", "else"): "nothing",
    }
    assert {case: excerpt(case[0], pattern_of(case[1])) for case in cases} == cases
    long = excerpt("word " * 500 + "found here " + "word " * 500, pattern_of("found"))
    assert long.startswith("…word")
    assert "<mark>found</mark>" in long
    assert len(long) < 300


def test_lists_are_searched_by_the_same_words(client: Reader, checker: User, desk: Desk) -> None:
    factories.ready(checker, text="The city bought zebrawood boats.")
    factories.article_read(checker, desk)
    client.force_login(checker)
    cases = {
        ("claims/claim", "boats register"): "zebrawood",
        ("claims/claim", "nothing"): "0 claims",
        ("claims/claim", "*"): "0 claims",
        ("sources/article", "fishermen counted"): "Harbour board",
        ("claims/suggestion", "evers 412"): "Port Evers",
    }
    for (name, typed), shown in cases.items():
        assert shown in client.get(f"/admin/{name}/", {"q": typed}).text, (name, typed)
