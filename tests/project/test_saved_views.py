"""Saved views of a list: whose they are, who finds them, and that they tell nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.intake.topics import add_topic
from claims.models import Claim
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, ListSetting, Membership, SavedView, User
from tests import factories

LIST = reverse("admin:claims_claim_changelist")
SAVE = reverse("admin:newsroom_savedview_save")
CANARY = "Brandt's secret loan"


def _save(client: Client, query: str = "status__exact=open", **more: object) -> str:
    sent = {"screen": "claims.claim", "name": "Open ones", "query": query, **more}
    return client.post(SAVE, sent, follow=True).content.decode()


def _press(client: Client, what: str, view: SavedView, **more: str) -> int:
    address = reverse(f"admin:newsroom_savedview_{what}", args=[view.pk])
    return client.post(address, more).status_code


def test_a_view_is_kept_opened_and_removed(client: Client, editor: User) -> None:
    client.force_login(editor)
    shown = _save(client, "desk=&status__exact=open&p=3&_filter=1", default="1")
    view = SavedView.objects.get()
    assert view.query == "status__exact=open" and "View saved: Open ones." in shown
    assert f"{view.asked}" == f"status__exact=open&view={view.public_id}"
    opened = client.get(LIST, follow=True)
    assert opened.redirect_chain == [(f"{LIST}?{view.asked}", 302)]
    assert "Do not open with this view" in opened.content.decode()
    assert _press(client, "default", view, off="1") == 302
    assert client.get(LIST).status_code == 200
    # Saved again, it gets the new filters; a double click makes no second one.
    for _ in range(2):
        _save(client, "status__exact=approved")
    assert SavedView.objects.get().query == "status__exact=approved"
    _press(client, "default", view)
    for _ in range(2):
        _press(client, "remove", view)
    assert client.get(LIST).status_code == 200
    assert not ListSetting.objects.exclude(default_view=None).exists()
    assert view.name not in client.get(f"{LIST}?view=all").content.decode()
    actions = [*AuditEntry.objects.filter(object_type="newsroom.savedview").values_list("action")]
    assert sorted(one for (one,) in actions if one.endswith(("add", "remove"))) == [
        "savedview.add",
        "savedview.remove",
    ]


def test_who_finds_a_shared_view(
    client: Client, desk: Desk, editor: User, checker: User, outsider: User
) -> None:
    people = {role: factories.person(role, desk, role) for role in ("reporter", "legal", "auditor")}
    freelance = factories.person("freelance", desk)
    Membership.objects.create(user=freelance, desk=desk, role="checker", assigned_only=True)
    client.force_login(editor)
    _save(client, f"claimant={CANARY}", name=CANARY, desk=str(desk.pk))
    _save(client, f"claimant={CANARY}", name=f"{CANARY}, mine")
    shared, own = SavedView.objects.order_by("pk")
    assert shared.desk == desk and own.desk is None
    finds = {checker: 1, people["auditor"]: 1, editor: 2}
    for person in (*people.values(), checker, editor, outsider, freelance):
        client.force_login(person)
        views = client.get("/admin/newsroom/savedview/").content.decode()
        on_list = client.get(f"{LIST}?view=all").content.decode()
        found = finds.get(person, 0)
        assert (CANARY.split()[1] in views) == (CANARY.split()[1] in on_list) == bool(found), person
        assert (", mine" in on_list) == (found == 2), person
        row = reverse("admin:newsroom_savedview_change", args=[shared.pk])
        assert client.get(row).status_code == (302 if found else 404), person
        if not found:
            assert {_press(client, what, shared) for what in ("default", "remove")} == {404}, person
    client.force_login(checker)
    assert _press(client, "remove", shared) == 403
    assert _press(client, "default", shared) == 302
    # An admin of people reads the audit log, and not what the desk looks for.
    logged = [
        str(one.changes) for one in AuditEntry.objects.filter(object_type="newsroom.savedview")
    ]
    assert logged and "Brandt" not in "".join(logged)


def test_a_default_that_is_no_longer_shared_opens_nothing(
    client: Client, desk: Desk, editor: User, checker: User
) -> None:
    client.force_login(editor)
    _save(client, desk=str(desk.pk))
    client.force_login(checker)
    _press(client, "default", SavedView.objects.get())
    client.force_login(editor)
    _save(client)  # the same name, shared with nobody now
    client.force_login(checker)
    assert client.get(LIST).status_code == 200


def test_a_shared_view_shows_each_what_they_see(
    client: Client, desk: Desk, editor: User, checker: User
) -> None:
    """Of its claims nobody learns by the view: not by rows, nor by a number."""
    other = factories.desk("Other")
    both = factories.person("both", desk, "editor")
    Membership.objects.create(user=both, desk=other, role="editor")
    factories.claim(both, other, text=f"{CANARY} was repaid.")
    topic = add_topic(other, by=both, name=CANARY)[0]
    client.force_login(both)
    _save(client, f"topic={topic.pk}&desk={other.pk}", desk=str(desk.pk))
    view = SavedView.objects.get()
    client.force_login(checker)
    for query in (view.asked, "q=loan", f"claimant=Brandt&{view.asked}"):
        page = client.get(f"{LIST}?{query}")
        assert "secret" not in page.content.decode(), query
        assert page.context["cl"].result_count == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": " "}, "Enter a name of at most 80 characters."),
        # PostgreSQL would answer with a 500.
        ({"name": "\0"}, "Enter a name of at most 80 characters."),
        ({"name": "x" * 81}, "Enter a name of at most 80 characters."),
        ({"query": "p=2&_filter=1"}, "Choose filters or an order first"),
        ({"query": f"claimant={'x' * 2000}"}, "too many filters"),
    ],
)
def test_what_cannot_be_saved_is_said(
    client: Client, checker: User, more: dict[str, str], said: str
) -> None:
    client.force_login(checker)
    assert said in _save(client, **more).replace("&#x27;", "'")
    assert not SavedView.objects.exists()


def test_lists_that_are_none_or_not_theirs_have_no_views(client: Client, checker: User) -> None:
    client.force_login(checker)
    statuses = {
        screen: client.post(SAVE, {"screen": screen, "name": "x", "query": "o=1"}).status_code
        for screen in ("", "no.such", "newsroom.user", "auth.group", "../x", "claims.claim\0")
    }
    assert statuses == dict.fromkeys(statuses, 404) | {"newsroom.user": 403}


def test_nobody_shares_with_a_desk_where_they_only_read(
    client: Client, desk: Desk, auditor: User
) -> None:
    client.force_login(auditor)
    for other in (str(desk.pk), "424242", "²"):
        sent = {"screen": "claims.claim", "name": "x", "query": "o=1", "desk": other}
        assert client.post(SAVE, sent).status_code == 403, other
    assert not SavedView.objects.exists()


def test_a_filter_that_is_gone_is_named(client: Client, desk: Desk, editor: User) -> None:
    claim = factories.claim(editor)
    client.force_login(editor)
    _save(client, "mood=angry&status__exact=open&topic=424242", default="1")
    page = client.get(LIST, follow=True)
    words = " ".join(page.content.decode().split())
    assert page.status_code == 400 and claim.text not in words
    assert "<strong>Mood</strong>: This filter no longer exists." in words
    assert "<strong>Topic</strong>: This choice is not available" in words
    assert Claim.objects.count() == 1


def test_a_shared_view_saved_again_says_with_whom(client: Client, desk: Desk, editor: User) -> None:
    client.force_login(editor)
    assert f"It is shared with {desk}." in _save(client, desk=desk.pk)
    assert f"It is no longer shared with {desk}." in _save(client)
    assert SavedView.objects.get().desk is None
    assert "shared with" not in _save(client).split("Saved views")[0]


def test_filters_that_make_no_sense_are_not_remembered(client: Client, editor: User) -> None:
    client.force_login(editor)
    for nonsense in ("due_from=soon", "no_such_field=1"):
        client.get(LIST, {"status__exact": "open", "_filter": "1"})
        asked = f"{LIST}?{nonsense}&_filter=1"
        assert client.get(asked, follow=True).status_code in {200, 400}
        again = client.get(LIST, follow=True)
        assert (again.status_code, again.redirect_chain) == (200, []), nonsense
    client.get(LIST, {"status__exact": "open", "_filter": "1"})
    assert client.get(LIST).headers["Location"] == f"{LIST}?status__exact=open"
