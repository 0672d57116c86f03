"""Lists: pages that neither repeat nor skip, filters that refuse nonsense, and the same
few queries for any length.
"""

import itertools
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.models import Claim, Extraction, RatingScale, Suggestion
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

_numbers = itertools.count(1)


def _articles(checker: User, editor: User, count: int) -> str:
    for _ in range(count):
        factories.article(
            checker,
            text=(
                f"The council met for the {next(_numbers)}. time and heard the report on the"
                " harbour."
            ),
        )
    return "articles/"


def _suggestions(checker: User, editor: User, count: int) -> str:
    for _ in range(count):
        article = factories.article(
            checker, text=f"Line {next(_numbers)} says that 40 trees were planted."
        )
        job = Extraction.objects.get(version__article=article)
        Suggestion.objects.create(
            extraction=job,
            version=job.version,
            article=article,
            fingerprint="f",
            rank=0,
            start=0,
            end=4,
            text="Line",
            score="0.5",
        )
    return "suggestions/"


def _claims(checker: User, editor: User, count: int) -> str:
    for number in range(count):
        claim = factories.claim(checker)
        if number % 2:
            apply(claim, Action.TAKE, by=checker)
    return "claims/"


def _evidence(checker: User, editor: User, count: int) -> str:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    for _ in range(count):
        factories.evidence(claim, checker)
    return f"claims/{claim.public_id}/evidence/"


def _transitions(checker: User, editor: User, count: int) -> str:
    claim = factories.claim(checker)
    for _ in range(count // 2):
        apply(claim, Action.TAKE, by=checker)
        apply(claim, Action.RELEASE, by=checker, data=factories.note("Somebody else knows more."))
    return f"claims/{claim.public_id}/transitions/"


def _verdicts(checker: User, editor: User, count: int) -> str:
    for _ in range(count):
        claim = factories.claim(checker)
        apply(claim, Action.TAKE, by=checker)
        factories.written(claim, checker)
    return "verdicts/"


def _ratings(checker: User, editor: User, count: int) -> str:
    for _ in range(count):
        factories.scale(f"Scale {next(_numbers)}")
    return "ratings/"


PanelBuilder = Callable[[User, User, int], str]
LISTS: tuple[PanelBuilder, ...] = (
    _articles,
    _suggestions,
    _claims,
    _evidence,
    _transitions,
    _verdicts,
    _ratings,
)


@pytest.mark.parametrize("make", LISTS)
def test_a_list_of_twenty_needs_no_more_queries_than_one_of_two(
    checker: User, editor: User, make: PanelBuilder
) -> None:
    api, counts, lengths = Api(checker), [], []
    api.get("me/")  # the first use of a token is noted, which is a query of its own
    for count in (2, 18):
        path = make(checker, editor, count)
        with CaptureQueriesContext(connection) as queries:
            answer = api.get(path)
        lengths.append(len(answer.json()["results"]))
        counts.append(len(queries))
    assert lengths[0] == 2 and lengths[1] >= 18
    assert counts[0] == counts[1]


@pytest.mark.parametrize("make", LISTS)
def test_paging_forth_and_back_shows_every_row_once(
    checker: User, editor: User, make: PanelBuilder
) -> None:
    api, path = Api(checker), make(checker, editor, 6)
    whole = api.get(path).json()["results"]
    page = api.get(path, page_size=2)
    assert page["Link"] == f'<{page.json()["next"]}>; rel="next"'
    there = [page.json()]
    while there[-1]["next"]:
        there.append(api.get(there[-1]["next"]).json())
    assert [row for one in there for row in one["results"]] == whole
    back = [there[-1]]
    while back[-1]["previous"]:
        back.append(api.get(back[-1]["previous"]).json())
    assert [row for one in reversed(back) for row in one["results"]] == whole


def test_a_row_that_arrives_meanwhile_moves_no_other(checker: User) -> None:
    first = [factories.claim(checker) for _ in range(4)]
    api = Api(checker)
    page = api.get("claims/", page_size=2).json()
    factories.claim(checker)
    following = api.get(page["next"]).json()["results"]
    assert [row["id"] for row in following] == [
        str(claim.public_id) for claim in (first[1], first[0])
    ]


@pytest.mark.parametrize("path", ["articles/", "suggestions/", "claims/", "verdicts/", "ratings/"])
@pytest.mark.parametrize(
    "query",
    [
        "cursor=%00", "cursor=x", "cursor=WzAsMV0x", "cursor=WzAsMWU0MDBd", "cursor=W1tbW10", "cursor=\u00e9", "page_size=0",
        "page_size=101", "page_size=1e9", "page_size=%00", "page_size=", "status_=open", "cursor=a&cursor=b", "%ff=1", "x=%ed%a0%80",
    ],
)  # fmt: skip
def test_a_query_string_that_makes_no_sense_is_refused_in_words(
    checker: User, path: str, query: str
) -> None:
    assert is_problem(Api(checker).get(f"{path}?{query}"), 400)


@pytest.mark.parametrize(
    "path",
    [
        "claims/?status=%00", "claims/?status=finished", "claims/?desk=1", "claims/?desk=%00", "claims/?q=%00", "claims/?assignee=%00",
        "claims/?q=" + "x" * 201, "suggestions/?article=7", "suggestions/?state=open", "articles/?desk=x", "verdicts/?state=%00",
    ],
)  # fmt: skip
def test_a_filter_with_an_unknown_choice_or_id_is_refused(checker: User, path: str) -> None:
    assert is_problem(Api(checker).get(path), 400)


def test_claims_are_filtered(checker: User, editor: User) -> None:
    apply(
        factories.claim(checker, text="The bridge was closed for 12 days."), Action.TAKE, by=checker
    )
    factories.claim(editor, text="The harbour doubled its freight.")
    api = Api(checker)
    found = {
        query: [row["text"].split()[1] for row in api.get(f"claims/?{query}").json()["results"]]
        for query in (
            "status=open",
            "assignee=me",
            "assignee=editor",
            "q=HARBOUR",
            f"desk={Claim.objects.first().desk.public_id}",
        )  # type: ignore[union-attr]
    }
    assert list(found.values()) == [["harbour"], ["bridge"], [], ["harbour"], ["harbour", "bridge"]]


def test_a_list_shows_nothing_of_another_desk(checker: User, editor: User, outsider: User) -> None:
    factories.published(checker, editor)
    factories.article_read(checker)
    for path in ("articles/", "suggestions/", "claims/", "verdicts/"):
        assert Api(outsider).get(path).json()["results"] == []
    assert RatingScale.objects.exists()
