"""The buttons of the workbench: exactly the legal moves, and what each says when it is
refused.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from claims.choices import Action, Status
from claims.models import Claim, Rating, Verdict
from claims.workflow import apply, legal_moves
from factcheck.newsroom.models import User
from tests import factories


def _page(client: Client, claim: Claim) -> str:
    return client.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()


def _address(claim: Claim, action: str) -> str:
    return reverse("admin:claims_claim_move", args=[claim.pk, action])


@pytest.mark.parametrize("stage", ["claim", "ready", "submitted"])
@pytest.mark.parametrize("who", ["checker", "second_checker", "editor"])
def test_the_buttons_are_the_legal_moves(
    client: Client, request: pytest.FixtureRequest, checker: User, stage: str, who: str
) -> None:
    claim, user = getattr(factories, stage)(checker), request.getfixturevalue(who)
    client.force_login(user)
    offered = set(re.findall(r'id="move-(\w+)"', _page(client, claim)))
    assert offered == {action.value for action in legal_moves(claim, user)}


def test_the_button_of_what_is_missing_ends_without_a_stop(client: Client, checker: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    client.force_login(checker)
    page = _page(client, claim)
    assert (
        re.search(r'class="button next"[^>]*title="Choose a rating\."[^>]*><span>([^<]*)<', page)[1]
        == "Choose a rating"
    )


def test_a_move_changes_the_claim_and_comes_back_with_a_message(
    client: Client, checker: User, second_checker: User, editor: User
) -> None:
    claim = factories.claim(checker)
    client.force_login(editor)
    page = client.post(
        _address(claim, "assign"),
        {"assignee": second_checker.pk, "version": claim.version},
        follow=True,
    )
    claim.refresh_from_db()
    assert claim.assignee == second_checker
    assert "Status: in progress." in page.content.decode()


def test_what_was_said_with_the_last_move_stands_at_the_top_until_the_next(
    client: Client, checker: User, editor: User, submitted: Claim
) -> None:
    apply(submitted, Action.REQUEST_CHANGES, by=editor, data=factories.note("Say <which> year."))
    client.force_login(checker)
    match = re.search(r'<p class="notice".*?</p>', _page(client, submitted))
    assert match
    assert "Request changes" in match.group()
    assert "Say &lt;which&gt; year." in match.group()
    apply(submitted, Action.SUBMIT, by=checker)
    assert 'class="notice"' not in _page(client, submitted)


def test_beside_a_blocked_move_stands_what_is_missing_with_its_place(
    client: Client, checker: User
) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    client.force_login(checker)
    page = _page(client, claim)
    assert '<a href="#verdict">Choose a rating.</a>' in page
    assert '<a href="#evidence">0 of 2 independent sources.' in page
    assert _address(claim, "submit") not in page


def test_a_refused_move_lists_what_is_missing_and_keeps_what_was_typed(
    client: Client, checker: User, editor: User, submitted: Claim
) -> None:
    client.force_login(editor)
    answer = client.post(
        _address(submitted, "reassign"),
        {"note": "She knows the register.", "version": submitted.version},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert '<a href="#reassign-assignee">Choose an assignee.</a>' in page
    assert "She knows the register." in page
    submitted.refresh_from_db()
    assert submitted.assignee == checker


def test_a_move_from_the_wrong_state_is_a_conflict(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.claim(checker)
    client.force_login(editor)
    answer = client.post(_address(claim, "approve"))
    assert answer.status_code == 409
    assert "while the claim is open" in answer.content.decode()


def test_an_approval_of_an_older_version_is_refused(
    client: Client, editor: User, second_editor: User, submitted: Claim
) -> None:
    seen = submitted.version
    factories.written(submitted, second_editor, "It planted none.")
    client.force_login(editor)
    answer = client.post(_address(submitted, "approve"), {"version": seen})
    assert answer.status_code == 412
    assert "changed by someone else" in answer.content.decode()
    assert not Verdict.objects.filter(state="approved").exists()


@pytest.mark.parametrize("sent", [{}, {"version": ""}, {"version": "0"}, {"version": "x"}])
def test_a_form_that_names_no_version_signs_nothing(
    client: Client, editor: User, sent: dict[str, str], submitted: Claim
) -> None:
    client.force_login(editor)
    assert client.post(_address(submitted, "approve_and_publish"), sent).status_code == 412
    assert not Verdict.objects.exclude(state="working").exists()


def test_every_button_says_which_version_and_content_it_was_pressed_on(
    client: Client, editor: User, submitted: Claim
) -> None:
    client.force_login(editor)
    page = _page(client, submitted)
    forms = re.findall(r'<form method="post" action="[^"]*/move/(\w+)/".*?</form>', page, re.DOTALL)
    bodies = re.findall(r'<form method="post" action="[^"]*/move/\w+/".*?</form>', page, re.DOTALL)
    assert "approve" in forms and all(
        f'name="version" value="{submitted.version}"' in body for body in bodies
    )
    assert (
        f'name="content_hash" value="{submitted.verdicts.get().author_hash}"'
        in bodies[forms.index("approve")]
    )


def test_a_page_from_before_a_change_without_a_version_signs_nothing_and_shows_it(
    client: Client, checker: User, ready: Claim
) -> None:
    ready.refresh_from_db()
    client.force_login(checker)
    shown = re.search(
        r'/move/submit/".*?name="content_hash" value="(\w+)"', _page(client, ready), re.DOTALL
    )
    assert shown
    Rating.objects.update(definition="Another meaning.")
    refused = client.post(
        _address(ready, "submit"), {"version": ready.version, "content_hash": shown[1]}
    )
    assert (
        refused.status_code == 412 and "content changed since you opened the page" in refused.text
    )
    again = re.search(
        r'/move/submit/".*?name="content_hash" value="(\w+)"', refused.text, re.DOTALL
    )
    assert again and again[1] != shown[1]
    assert (
        client.post(
            _address(ready, "submit"), {"version": ready.version, "content_hash": again[1]}
        ).status_code
        == 302
    )


def test_publishing_asks_once_more_and_shows_what_readers_will_see(
    client: Client, editor: User, submitted: Claim
) -> None:
    client.force_login(editor)
    question = client.get(_address(submitted, "approve_and_publish")).content.decode()
    assert "It planted fewer." in question
    assert "Everybody can read the verdict below at once" in question
    assert not Verdict.objects.published().exists()
    client.post(_address(submitted, "approve_and_publish"), {"version": submitted.version})
    assert Verdict.objects.published().get().claim == submitted


def test_a_retraction_without_a_reason_is_asked_again(
    client: Client, editor: User, published: Claim
) -> None:
    client.force_login(editor)
    answer = client.post(_address(published, "retract"), {"version": published.version})
    assert answer.status_code == 422
    assert "What happens next" in answer.content.decode()
    assert "#retract-note" in answer.content.decode()
    assert Verdict.objects.published().exists()


@pytest.mark.parametrize(
    ("stage", "action", "who", "data"),
    [
        ("claim", "take", "checker", {}),
        ("ready", "submit", "checker", {}),
        ("submitted", "approve", "editor", {}),
        ("submitted", "approve_and_publish", "editor", {}),
        ("submitted", "request_changes", "editor", {"note": "Ask the ministry."}),
        ("claim", "decline", "editor", {"reason": "opinion", "note": "A wish."}),
    ],
)  # fmt: skip
def test_a_double_click_is_harmless(
    client: Client,
    request: pytest.FixtureRequest,
    checker: User,
    stage: str,
    action: str,
    who: str,
    data: dict[str, str],
) -> None:
    claim = getattr(factories, stage)(checker)
    claim.refresh_from_db()
    client.force_login(request.getfixturevalue(who))
    first, again = (
        client.post(_address(claim, action), {**data, "version": claim.version}) for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (302, 302)
    last = "publish" if action == "approve_and_publish" else action
    assert claim.transitions.filter(action=last).count() == 1


def test_reloading_the_address_of_a_move_leads_back_to_the_claim(
    client: Client, checker: User
) -> None:
    claim = factories.claim(checker)
    client.force_login(checker)
    assert client.get(_address(claim, "take")).headers["Location"] == reverse(
        "admin:claims_claim_change", args=[claim.pk]
    )
    claim.refresh_from_db()
    assert claim.status == Status.OPEN
    assert client.post(_address(claim, "nonsense")).status_code == 404
