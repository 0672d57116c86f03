"""An action that is closed to a person says who can do it: by role and by name, and who
can give the role where the desk has nobody.
"""

from django.test import Client
from django.urls import reverse

from claims.admin.workbench.other_people import who_else
from claims.choices import Action
from claims.models import Claim
from claims.rules import requirements
from claims.rules.content import active_evidence, working_verdict
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories


def _lines(claim: Claim, user: User) -> list[str]:
    claim = Claim.objects.get(pk=claim.pk)
    return list(who_else([Action.APPROVE, Action.RECALL], claim, user))


def test_roles_and_names_are_told_without_those_who_are_kept_from_it(
    desk: Desk, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.submitted(editor)
    assert _lines(claim, checker) == [
        "Approve: editors. Ask second_editor.",
        "Recall: editors, the assignee or the author. Ask editor or second_editor.",
    ]
    for number in range(6):
        factories.person(f"more_{number}", desk, "editor")
    assert "more_4 or others." in _lines(claim, checker)[0]


def test_where_nobody_can_the_admins_are_named(desk: Desk, checker: User, editor: User) -> None:
    claim = factories.submitted(editor)
    assert "Nobody else on Metro can do it now, and" in _lines(claim, checker)[0]
    factories.person("the_admin", desk, "admin")
    assert _lines(claim, checker)[0] == (
        "Approve: editors. Nobody else on Metro can do it now. Ask for the role: the_admin."
    )


def _refusals(claim: Claim, by: User) -> list[str]:
    draft = working_verdict(claim), active_evidence(claim)
    return [one.text for one in requirements.missing_for_approval(claim, *draft, by=by)]


def test_an_author_is_told_who_approves(desk: Desk, editor: User, second_editor: User) -> None:
    claim = factories.submitted(editor)
    start = "You signed as author; someone else must approve the verdict. "
    assert _refusals(claim, editor) == [f"{start}Ask second_editor."]
    Membership.objects.filter(user=second_editor).update(assigned_only=True)
    assert _refusals(claim, editor)[0].startswith(f"{start}Nobody else on Metro")


def test_the_page_tells_it(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.retracted(checker, editor)
    for person, words in (
        (editor, "a second editor must confirm it. Ask second_editor."),
        (checker, "Confirm retraction: editors. Ask second_editor."),
    ):
        client.force_login(person)
        page = client.get(reverse("admin:claims_claim_change", args=[claim.pk]))
        assert words in page.text
