"""Merging on the workbench: found, folded, shown on both sides, used, unmerged, and
refused to others.
"""

import json

import pytest
from django.test import Client
from django.urls import reverse

from claims.choices import Action, Status
from claims.desk.queries import Question, open_query
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories

TREES = "The city of Evers planted 400 oak trees in 2025."


def _move(claim: Claim, action: str = "merge") -> str:
    return reverse("admin:claims_claim_move", args=[claim.pk, action])


def _page(client: Client, claim: Claim) -> str:
    return client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text


def _ids(text: str, *claims: Claim) -> list[bool]:
    return [f'name="into" value="{claim.public_id}"' in text for claim in claims]


def test_the_page_offers_the_most_similar_claims_of_the_desk(
    client: Client, checker: User, editor: User, outsider: User
) -> None:
    claim = factories.claim(checker, text=TREES)
    near, far = (
        factories.claim(checker, text="Evers planted 400 oak trees, says the city."),
        factories.claim(checker, text="Nobody swims here."),
    )
    elsewhere, declined = (
        factories.claim(outsider, text=TREES),
        factories.claim(checker, text=f"{TREES} Yes."),
    )
    apply(declined, Action.DECLINE, by=editor, data=MoveData(reason="trivial"))
    client.force_login(editor)
    assert f'href="{_move(claim)}"' in _page(client, claim)
    assert _ids(client.get(_move(claim)).text, near, far, elsewhere, declined, claim) == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_it_is_found_by_words_id_or_address_and_what_is_not_is_said(
    client: Client, checker: User, editor: User, outsider: User
) -> None:
    claim, other = (
        factories.claim(checker, text=TREES),
        factories.published(checker, editor, text="Nobody swims here."),
    )
    elsewhere = factories.claim(outsider, text="A secret of Sports.")
    client.force_login(editor)
    here = reverse("admin:claims_claim_change", args=[other.pk])
    for asked in (
        "swims NOBODY",
        str(other.public_id),
        f"https://desk.example{here}",
        f"https://news.example/verdicts/{other.address}/",
        f"/api/v1/claims/{other.public_id}/",
    ):
        assert _ids(client.get(_move(claim), {"q": asked}).text, other) == [True], asked
    for asked in ("flying fish", "\0", str(elsewhere.public_id), "/verdicts/x-00000000/", "secret"):
        shown = client.get(_move(claim), {"q": asked})
        assert (
            shown.status_code == 200
            and "A secret of Sports" not in shown.text
            and _ids(shown.text, elsewhere) == [False]
        )
    assert "has all these words" in client.get(_move(claim), {"q": "flying fish"}).text


def test_merged_it_leads_to_the_other_claim_and_offers_nothing_to_change(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    claim, other = ready, factories.claim(checker, text="Nobody swims here.")
    open_query(claim, by=checker, question=Question("Who counted?"))
    client.force_login(editor)
    done = client.post(
        _move(claim),
        {
            "into": str(other.public_id),
            "note": "The same speech.",
            "version": Claim.objects.get(pk=claim.pk).version,
        },
    )
    assert done.status_code == 302
    shown = _page(client, claim)
    assert (
        "was merged into another claim" in shown
        and reverse("admin:claims_claim_change", args=[other.pk]) in shown
    )
    for gone in (
        "Save claim",
        "Add a source",
        "Save verdict",
        "New query",
        "Withdraw evidence",
        "Waive source requirement",
        "Add reply request",
    ):
        assert gone not in shown, gone
    assert (
        'id="move-unmerge"' in shown
        and 'id="move-take"' not in shown
        and "The same speech." in shown
    )


def test_the_survivor_shows_what_the_duplicate_brought(
    client: Client, checker: User, second_checker: User, editor: User
) -> None:
    duplicate, survivor = (
        factories.ready(checker, text="Nobody swims here."),
        factories.ready(second_checker),
    )
    open_query(duplicate, by=checker, question=Question("Who counted?", blocking=True))
    factories.merged(duplicate, survivor, editor)
    client.force_login(second_checker)
    shown = _page(client, survivor)
    for words in (
        "Merged duplicates",
        "Nobody swims here.",
        "Contributors: checker",
        "1 open query",
        "Copy evidence",
    ):
        assert words in shown
    assert "Unmerge" not in shown.split('id="duplicates"')[1].split("</section>")[0]
    client.force_login(editor)
    assert (
        client.post(
            _move(duplicate, "unmerge"), {"version": Claim.objects.get(pk=duplicate.pk).version}
        ).status_code
        == 302
    )
    assert "Merged duplicates" not in _page(client, survivor)


def test_evidence_of_a_duplicate_is_used_once_and_stays_there(
    client: Client, checker: User, second_checker: User, editor: User, ready: Claim
) -> None:
    duplicate, survivor = ready, factories.claim(second_checker)
    apply(survivor, Action.TAKE, by=second_checker)
    factories.merged(duplicate, survivor, editor)
    item = duplicate.evidence.get(number=1)
    use = reverse("admin:claims_claim_copy_evidence", args=[survivor.pk, item.public_id])
    client.force_login(second_checker)
    assert [client.post(use).status_code for _ in range(2)] == [302, 302]
    copy = survivor.evidence.get()
    names = (
        "link_id",
        "quote",
        "finding",
        "stance",
        "origin_id",
        "locator",
        "capture_id",
        "quote_state",
    )
    assert [getattr(copy, name) for name in names] == [getattr(item, name) for name in names]
    assert copy.added_by == second_checker and duplicate.evidence.count() == 2
    assert "already attached" in _page(client, survivor)
    client.force_login(checker)
    assert client.post(use).status_code == 403  # neither the assignee nor an editor
    apply(duplicate, Action.UNMERGE, by=editor)
    client.force_login(second_checker)
    assert (
        client.post(
            reverse(
                "admin:claims_claim_copy_evidence",
                args=[survivor.pk, duplicate.evidence.get(number=2).public_id],
            )
        ).status_code
        == 409
    )


def test_a_refusal_keeps_what_was_typed(client: Client, checker: User, editor: User) -> None:
    claim, gone, other = (factories.claim(checker) for _ in range(3))
    factories.merged(gone, other, editor)
    client.force_login(editor)
    for into, told in (
        ("", "Choose the claim"),
        (str(gone.public_id), "was already merged into"),
        ("swimming", "This claim does not exist"),
    ):
        refused = client.post(
            _move(claim), {"into": into, "note": "The same speech.", "version": claim.version}
        )
        assert (
            refused.status_code == 422
            and told in refused.text
            and "The same speech." in refused.text
        )
        assert 'href="#merge-into"' in refused.text and 'id="merge-into"' in refused.text
    assert Claim.objects.get(pk=claim.pk).status == Status.OPEN


@pytest.mark.parametrize(
    "who", ["reporter", "checker", "auditor", "admin_person", "superuser", "outsider"]
)
def test_nobody_but_an_editor_passes(
    client: Client, request: pytest.FixtureRequest, checker: User, editor: User, who: str
) -> None:
    claim, merged, other = (factories.claim(checker) for _ in range(3))
    factories.merged(merged, other, editor)
    before = list(Claim.objects.order_by("pk").values())
    client.force_login(request.getfixturevalue(who))
    wanted = {403} if who in {"checker", "auditor"} else {403, 404}
    assert client.post(_move(claim), {"into": str(other.public_id)}).status_code in wanted
    assert client.post(_move(merged, "unmerge")).status_code in wanted
    assert "Find the other claim" not in client.get(_move(claim), follow=True).text
    assert list(Claim.objects.order_by("pk").values()) == before


def test_a_double_click_merges_once(client: Client, checker: User, editor: User) -> None:
    claim, other = factories.claim(checker), factories.claim(checker)
    client.force_login(editor)
    told: dict[str, object]
    for action, told in (("merge", {"into": str(other.public_id)}), ("unmerge", {})):
        told["version"] = Claim.objects.get(pk=claim.pk).version
        assert [client.post(_move(claim, action), told).status_code for _ in range(2)] == [302, 302]
        assert claim.transitions.filter(action=action).count() == 1


def test_lists_of_work_leave_it_out_until_it_is_asked_for(
    client: Client, checker: User, editor: User
) -> None:
    claim, other = factories.ready(checker, text="Nobody swims here."), factories.claim(checker)
    factories.merged(claim, other, editor)
    client.force_login(checker)
    listed = reverse("admin:claims_claim_changelist")
    for path, there in (
        (listed, False),
        (f"{listed}?status__exact=merged", True),
        (f"{listed}?q=swims", True),
        ("/admin/", False),
    ):
        assert ("Nobody swims here." in client.get(path).text) == there, path


def test_the_export_is_taken_away_from_the_workbench(
    client: Client, checker: User, editor: User, auditor: User, published: Claim
) -> None:
    path = reverse("admin:claims_claim_export", args=[published.pk])
    for person in (editor, auditor):
        client.force_login(person)
        assert path in _page(client, published)
        file = client.get(path)
        assert (
            json.loads(file.content)["claim"]["id"] == str(published.public_id)
            and "attachment" in file["Content-Disposition"]
        )
    client.force_login(checker)
    assert path not in _page(client, published)
    assert client.get(path).status_code == 403
