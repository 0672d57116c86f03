"""A comment is on chosen words of a verdict in work: the author answers and resolves
it, and nothing is approved while one is open.
"""

import signal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import Action, NotificationKind
from claims.desk import comments
from claims.desk.queries import Question, open_query, post, resolve
from claims.models import Claim, Notification, Query
from claims.workflow import GateError, WorkflowError, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

TEXT = "The register\nof **all trees** shows [a tenth](https://a.example/a_tenth), a tenth."


def _comment(claim: Claim, by: User, words: str = "register of trees", **more: object) -> Query:
    values = {"text": "Which one?", "part": "explanation", **more}
    return open_query(claim, by=by, question=Question(passage=words, **values))  # type: ignore[arg-type]


def test_words_of_the_page_are_found_in_the_markdown() -> None:
    cases = {
        "register of all": ["register\nof **all"],
        "all trees shows": ["all trees** shows"],
        "shows a tenth, a": ["shows [a tenth](https://a.example/a_tenth), a"],
        "a tenth": ["a tenth", "a tenth"],
        "a_tenth": [],
        "tenths": [],
        " \n": [],
        "register " * 500: [],
    }
    for words, expected in cases.items():
        assert [TEXT[start:end] for start, end in comments.places(words, TEXT)] == expected, words
    assert comments.places("a tenth (a tenth)]", "[a tenth](/x) (a *tenth*)]") == [(1, 26)]
    linked = 'See [Oak](https://a.example/Oak_(tree) "An oak") or [an oak](/oak), oak by oak.'
    assert [linked[a:b] for a, b in comments.places("Oak or an", linked)] == [
        'Oak](https://a.example/Oak_(tree) "An oak") or [an'
    ]
    assert len(comments.places("oak", linked)) == 3, "as many as readers see"
    assert comments.without_marks(linked) == "See Oak or an oak, oak by oak."
    assert comments.without_marks(TEXT) == "The register\nof all trees shows a tenth, a tenth."


def test_words_that_are_marks_themselves_are_soon_not_found() -> None:
    # They count as the space between words, too, and could be shared out in endless
    # ways, while nobody else can use the claim.
    def too_long(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(20)
    try:
        for words, text in (("[ " * 40 + "x", "[" * 90), ("* " * 390 + "x", "*" * 50_000)):
            assert comments.places(words, text) == []
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_a_comment_keeps_its_words_and_knows_where_they_are_now(
    editor: User, submitted: Claim
) -> None:
    comment = _comment(submitted, editor)
    assert (comment.start, comment.passage) == (4, "register of trees")
    assert _comment(submitted, editor).pk == comment.pk, "sent twice, it is one"
    then = "The register of trees shows it."
    for text, place in {
        "The register of trees shows it.": 4,
        "In it the register of trees shows it.": 10,
        "The list of trees shows it.": None,
        "register of trees, register of trees": None,
        # Edited away where it was commented on, the same words are no other comment's.
        "The list shows it. Ask those who keep a register of trees.": None,
        "Nobody has a register of trees. The list shows it.": None,
    }.items():
        assert comments.place_now(comment, text, then=then) == place, text


def test_words_edited_away_are_quoted_and_marked_nowhere(
    client: Client, checker: User, editor: User, submitted: Claim
) -> None:
    _comment(submitted, editor)
    apply(submitted, Action.REQUEST_CHANGES, by=editor, data=factories.note("See the comment."))
    address = reverse("admin:claims_claim_change", args=[submitted.pk])
    client.force_login(checker)
    before = submitted.verdicts.get().explanation
    factories.written(submitted, checker, explanation=f"As we wrote: {before}")
    assert "<mark>register of trees</mark>" in client.get(address).text
    elsewhere = "The list shows it. Ask who keeps a register of trees."
    factories.written(submitted, checker, explanation=elsewhere)
    page = client.get(address).text
    assert "<mark>" not in page and "These words are gone" in page
    assert '<blockquote class="words" dir="auto">register of trees</blockquote>' in page


def test_nothing_is_approved_or_published_while_one_is_open(
    checker: User, second_checker: User, editor: User, submitted: Claim
) -> None:
    first, second = _comment(submitted, editor), _comment(submitted, second_checker, "shows it")
    with pytest.raises(GateError) as refused:
        apply(submitted, Action.APPROVE, by=editor)
    assert [(one.text, one.anchor) for one in refused.value.missing] == [
        ("2 comments are open. Answer and resolve each.", "comments")
    ]
    with pytest.raises(PermissionDenied):
        resolve(first, by=second_checker)
    apply(submitted, Action.REQUEST_CHANGES, by=editor, data=factories.note("See the comments."))
    post(first, by=checker, text="The city's.")
    resolve(first, by=checker)
    apply(submitted, Action.SUBMIT, by=checker)
    resolve(second, by=second_checker)
    apply(submitted, Action.APPROVE, by=editor)
    late = _comment(submitted, second_checker, "register")
    with pytest.raises(GateError, match="1 comment is open"):
        apply(submitted, Action.PUBLISH, by=editor)
    with pytest.raises(DatabaseError), transaction.atomic():
        submitted.verdicts.update(state="published")
    resolve(late, by=editor)
    apply(submitted, Action.PUBLISH, by=editor)
    with pytest.raises(WorkflowError, match="no verdict in work"):
        _comment(submitted, editor)


def test_what_is_no_comment_is_refused_in_words(
    editor: User, auditor: User, submitted: Claim
) -> None:
    for words, more, field in (
        ("forest", {}, "passage"),
        ("e", {}, "passage"),
        ("e", {"occurrence": 90}, "passage"),
        ("trees", {"blocking": True}, "part"),
        ("trees", {"privileged": True}, "part"),
    ):
        with pytest.raises(ValidationError) as refused:
            _comment(submitted, editor, words, **more)
        assert field in refused.value.message_dict, words
    assert _comment(submitted, editor, "e", occurrence=1).start == 5
    with pytest.raises(PermissionDenied):
        _comment(submitted, auditor)


def test_author_and_reviewer_hear_of_each_other(
    checker: User, editor: User, submitted: Claim
) -> None:
    comment = _comment(submitted, editor)
    post(comment, by=checker, text="The city's.")
    told = Notification.objects.filter(kind=NotificationKind.QUERY, query=comment)
    assert {(one.user, one.by) for one in told} == {(checker, editor), (editor, checker)}


def test_comments_of_a_dropped_correction_stop_no_later_one(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    _comment(claim, second_editor)
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    correct = factories.MoveData(note="A street twice.", category="correction")
    apply(claim, Action.CORRECT, by=editor, data=correct)
    factories.written(claim, editor, answer="It planted half.")
    apply(claim, Action.SUBMIT, by=editor)
    apply(claim, Action.APPROVE, by=second_editor)


def test_the_author_of_an_earlier_version_resolves_none_of_this_one(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    comment = _comment(claim, second_editor)
    with pytest.raises(PermissionDenied):
        resolve(comment, by=checker)
    resolve(comment, by=editor)


def test_the_workbench_marks_lists_answers_and_resolves(
    client: Client, checker: User, editor: User, outsider: User, submitted: Claim
) -> None:
    at = reverse("admin:claims_claim_comment", args=[submitted.pk])
    said = {"on": "explanation", "passage": "register <of> trees", "text": "Which one?"}
    client.force_login(editor)
    refused = client.post(at, said)
    assert refused.status_code == 400 and "not in the explanation" in refused.text
    assert "register &lt;of&gt; trees" in refused.text
    assert client.post(at, said | {"passage": "register of trees"}).status_code == 302
    comment = Query.objects.get()
    page = client.get(reverse("admin:claims_claim_change", args=[submitted.pk])).text
    assert "<mark>register of trees</mark>" in page and f'href="#query-{comment.public_id}"' in page
    assert "1 comment is open" in page.split('id="move-approve"')[1].split("</ul>")[0]
    assert "No queries yet" in page, "a comment is not listed twice"
    apply(submitted, Action.REQUEST_CHANGES, by=editor, data=factories.note("See the comment."))
    client.force_login(checker)
    home = client.get("/admin/").text
    assert "sent back: See the comment. · 1 open comment" in home
    factories.written(submitted, checker)
    answer = reverse("admin:claims_claim_answer", args=[submitted.pk, comment.public_id])
    answered = client.post(answer, {"text": "The city's.", "resolve": "1"})
    assert answered["Location"].endswith("#comments")
    comment.refresh_from_db()
    assert comment.resolved_by == checker and comment.messages.count() == 2
    page = client.get(reverse("admin:claims_claim_change", args=[submitted.pk])).text
    assert "<mark>register" not in page and "Resolved by checker" in page
    apply(submitted, Action.SUBMIT, by=checker)
    apply(submitted, Action.APPROVE_AND_PUBLISH, by=editor)
    page = client.get(reverse("admin:claims_claim_change", args=[submitted.pk])).text
    assert "Comments on earlier versions: 1" in page and 'id="comment"' not in page
    client.force_login(outsider)
    assert client.post(at, said).status_code == 404


def test_many_comments_cost_their_author_no_more_than_one(
    client: Client, checker: User, editor: User, submitted: Claim
) -> None:
    client.force_login(checker)
    asked = []
    for words in (("register",), ("of", "trees", "shows")):
        for one in words:
            _comment(submitted, editor, one)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("admin:claims_claim_change", args=[submitted.pk]))
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_the_api_comments_answers_and_resolves(
    checker: User, editor: User, second_checker: User, outsider: User, submitted: Claim
) -> None:
    at = f"claims/{submitted.public_id}/queries/"
    said = {"text": "Which?", "passage": "register of trees", "part": "explanation"}
    made = Api(editor).post(at, said)
    assert made.status_code == 201 and Api(editor).post(at, said).status_code == 200
    data = made.json()
    assert (data["part"], data["start"], data["verdict"]) == (
        "explanation",
        4,
        str(submitted.verdicts.get().public_id),
    )
    for wrong in ({"part": "title"}, {"passage": "forest"}, {"blocking": True}, {"occurrence": -1}):
        assert is_problem(Api(editor).post(at, said | wrong), 400), wrong
    assert is_problem(Api(outsider).post(at, said), 404)
    resolving = f"queries/{data['id']}/resolve/"
    assert is_problem(Api(second_checker).post(resolving), 403)
    assert Api(checker).post(resolving).json()["resolved_by"] == "checker"
