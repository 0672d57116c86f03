"""A claimant is known to the desk that named it until one of its editors shares it: in
lists, in what forms offer, in refusals, over the API and in the audit log.
"""

import pytest
from django.test import Client

from claims.choices import Action
from claims.models import Claim, Interest
from claims.workflow import MoveData, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from sources.models import Claimant, Owner
from tests import factories
from tests.project.api import Api

pytestmark = pytest.mark.django_db
NAME, JOB = "Jana Brook", "clerk at the port office"
LIST = "/admin/sources/claimant/"
WORDS = {"name": NAME, "kind": "Person", "description": JOB, "same_as": ""}


def _named_by(by: User, *, name: str = NAME, description: str = JOB) -> Claim:
    """A claim in work of the desk of `by`, made over the API, with this claimant."""
    body = {
        "text": f"The quay of {by.username} was paid twice.",
        "claimant": {"name": name, "description": description},
    }
    answer = Api(by).post("claims/", body)
    assert answer.status_code == 201, answer.content
    claim = Claim.objects.get(public_id=answer.json()["id"])
    apply(claim, Action.TAKE, by=by)
    return claim


def _row(claim: Claim) -> Claimant:
    assert claim.claimant is not None
    return claim.claimant


def test_another_desk_finds_the_claimant_nowhere(
    client: Client, checker: User, outsider: User
) -> None:
    row = _row(_named_by(checker))
    own = factories.claim(outsider)
    apply(own, Action.TAKE, by=outsider)
    article = factories.article_read(outsider)
    client.force_login(outsider)
    for path in (
        LIST,
        f"{LIST}?q=Brook",
        "/admin/claims/claim/add/",
        f"/admin/claims/claim/{own.pk}/change/",
        f"/admin/sources/article/{article.pk}/change/",
        "/admin/claims/interest/add/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert NAME not in answer.text.replace('value="Brook"', "")
        assert JOB not in answer.text, path
    for path in (f"{LIST}{row.pk}/change/", f"{LIST}{row.pk}/history/"):
        assert client.get(path).status_code == 404, path
    assert client.post(f"{LIST}{row.pk}/change/", WORDS | {"name": "X"}).status_code == 404
    assert client.post(f"{LIST}{row.pk}/share/").status_code == 404
    client.force_login(checker)
    assert NAME in client.get(LIST).text
    entry = AuditEntry.objects.get(action="claimant.add", object_id=str(row.public_id))
    assert entry.desk_id == row.desk_id


def test_the_same_name_on_another_desk_is_a_row_of_its_own(
    client: Client, checker: User, outsider: User
) -> None:
    """Nothing that the other desk types is answered with “already in the list”."""
    first = _row(_named_by(checker))
    client.force_login(outsider)
    desk = outsider.memberships.get().desk
    for status in (302, 200):
        answer = client.post(f"{LIST}add/", WORDS | {"desk": desk.pk})
        assert answer.status_code == status, answer.content
    assert "already in the list" in answer.text
    theirs = _row(_named_by(outsider))
    assert (theirs.desk, theirs.pk != first.pk) == (desk, True)
    assert Claimant.objects.filter(name=NAME).count() == 2


def test_editors_of_the_desk_share_a_claimant_for_good(
    client: Client, checker: User, editor: User, outsider: User
) -> None:
    row = _row(_named_by(checker))
    client.force_login(checker)
    assert "Share with all desks" not in client.get(f"{LIST}{row.pk}/change/").text
    assert client.post(f"{LIST}{row.pk}/share/").status_code == 403
    client.force_login(editor)
    assert "Share with all desks" in client.get(f"{LIST}{row.pk}/change/").text
    for _ in range(2):
        assert client.post(f"{LIST}{row.pk}/share/").status_code == 302
    (entry,) = AuditEntry.objects.filter(action="claimant.share")
    assert (entry.actor, entry.changes) == ("editor", {"desk": ["Metro", ""]})
    client.force_login(outsider)
    assert NAME in client.get(LIST).text
    assert _row(_named_by(outsider)).pk == row.pk


def test_two_desks_share_the_same_person(
    client: Client, checker: User, editor: User, outsider: User
) -> None:
    """The second one's own row leaves its list; what its claims say stays. Where the
    shared one says something else, the refusal tells only what all can read.
    """
    theirs = _named_by(outsider)
    client.force_login(outsider)
    client.post(f"{LIST}{_row(theirs).pk}/share/")
    ours = _named_by(checker)
    assert _row(ours).pk == _row(theirs).pk, "once shared, it is the one that is found"
    own = Claimant.objects.create(name=NAME, description=JOB, desk=ours.desk)
    other = Claimant.objects.create(
        name=NAME, description=JOB, kind="Organization", desk=factories.desk("World")
    )
    client.force_login(editor)
    answer = client.post(f"{LIST}{own.pk}/share/", follow=True)
    assert "Shared with all desks." in answer.text
    own.refresh_from_db()
    assert own.replaced_at is not None
    assert own.desk == ours.desk
    world = factories.person("world_editor", other.desk or ours.desk, "editor")
    client.force_login(world)
    refused = client.post(f"{LIST}{other.pk}/share/", follow=True)
    assert "already a shared claimant" in refused.text
    other.refresh_from_db()
    assert other.desk is not None
    assert other.replaced_at is None


def test_reading_a_desk_is_not_changing_its_claimants(
    client: Client, checker: User, outsider: User, desk: Desk
) -> None:
    """An auditor here who checks elsewhere reads this desk's rows, and no more."""
    row = _row(_named_by(checker))
    owner = Owner.objects.create(name="Port club", desk=desk)
    Membership.objects.create(user=outsider, desk=desk, role="auditor")
    client.force_login(outsider)
    for path, words in (
        (f"{LIST}{row.pk}/change/", WORDS | {"name": "Somebody else"}),
        (f"/admin/sources/owner/{owner.pk}/change/", {"name": "Another club"}),
    ):
        assert client.get(path).status_code == 200
        assert client.post(path, words).status_code == 403
    owner.refresh_from_db()
    assert owner.name == "Port club"


def test_who_sees_assigned_work_only_learns_nothing_from_a_name(
    checker: User, editor: User, desk: Desk
) -> None:
    _named_by(checker)
    freelancer = factories.person("freelancer", desk)
    Membership.objects.create(user=freelancer, desk=desk, role="checker", assigned_only=True)
    claim = factories.claim(checker)
    apply(claim, Action.ASSIGN, by=editor, data=MoveData(assignee=freelancer))
    client = Client()
    client.force_login(freelancer)
    address = f"/admin/claims/claim/{claim.pk}/"
    assert NAME not in client.get(f"{address}change/").content.decode()
    claim.refresh_from_db()
    words = {"text": claim.text, "claimant": NAME, "version": claim.version}
    assert client.post(f"{address}details/", words).status_code == 302
    claim.refresh_from_db()
    assert _row(claim).label == NAME


def test_a_declared_interest_is_not_a_name_for_all_desks(
    client: Client, checker: User, outsider: User, desk: Desk
) -> None:
    """It bars its person from the same claimant on another desk all the same."""
    body = {"about": "My sister works there.", "claimant": NAME, "owner": "Port club"}
    assert Api(checker).post("interests/", body).status_code == 201
    interest = Interest.objects.get()
    assert interest.claimant and interest.claimant.desk == desk
    assert interest.owner and interest.owner.desk == desk
    client.force_login(outsider)
    for path in (LIST, "/admin/sources/owner/", "/admin/claims/interest/add/"):
        assert NAME not in client.get(path).text
        assert "Port club" not in client.get(path).text
    sports = outsider.memberships.get().desk
    Membership.objects.create(user=checker, desk=sports, role="checker")
    claim = Claim.objects.get(pk=_named_by(outsider, description="").pk)
    assert _row(claim).desk == sports
    answer = Api(outsider).post(
        f"claims/{claim.public_id}/transitions/",
        {"action": "reassign", "version": claim.version, "assignee": "checker", "note": "You."},
    )
    assert answer.status_code == 422, answer.content
    assert "conflict of interest" in answer.text
