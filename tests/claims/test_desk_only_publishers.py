"""Who talked to a desk is known to that desk alone: by name, by owner, in lists, forms,
the API and in the database.
"""

import pytest
from django.db import Error, transaction
from django.test import Client

from claims.choices import Action
from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from claims.evidence import files as evidence_files
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.files import FileUpload, attach_file
from claims.evidence.interviews import attach_note
from claims.models import Claim, Evidence
from claims.rules.requirements import missing_for_author
from claims.workflow import MoveData, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from sources.models import Link, Owner, Publisher
from sources.uploads import FileError
from tests import factories, files
from tests.claims.test_interview_notes import SAYS, note, secret
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
PICTURE = EvidenceDetails(url="", stance="refutes", finding="The board shows it.")


def _taken(by: User) -> Claim:
    claim = factories.claim(by)
    apply(claim, Action.TAKE, by=by)
    return claim


@shared
def interview_evidence(checker: User) -> Evidence:
    return attach_note(_taken(checker), by=checker, note=note(), item=SAYS)


@pytest.fixture
def freelancer(desk: Desk) -> User:
    user = factories.person("freelancer", desk)
    Membership.objects.create(user=user, desk=desk, role="checker", assigned_only=True)
    return user


def test_another_desk_finds_the_name_nowhere(
    client: Client, checker: User, outsider: User, interview_evidence: Evidence
) -> None:
    person = interview_evidence.link.publisher
    assert person.desk == person.owner.desk == interview_evidence.claim.desk
    other = factories.claim(outsider)
    apply(other, Action.TAKE, by=outsider)
    pages = (
        "/admin/sources/publisher/",
        "/admin/sources/owner/",
        "/admin/sources/publisher/add/",
        "/admin/sources/publisher/?q=Brook",
        f"/admin/claims/claim/{other.pk}/change/",
        "/admin/sources/link/",
    )
    client.force_login(outsider)
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200 and "Jana" not in answer.text, path
    for path in (f"publisher/{person.pk}", f"owner/{person.owner_id}"):
        assert client.get(f"/admin/sources/{path}/change/").status_code == 404
    client.force_login(checker)
    assert "Jana Brook" in client.get("/admin/sources/publisher/").text
    assert set(
        AuditEntry.objects.filter(
            action="publisher.add", object_id=str(person.public_id)
        ).values_list("desk_id", flat=True)
    ) == {interview_evidence.desk_id}


def test_the_same_name_on_two_desks_is_two_people_and_neither_tells_of_the_other(
    outsider: User, interview_evidence: Evidence
) -> None:
    other = factories.claim(outsider)
    apply(other, Action.TAKE, by=outsider)
    mine = attach_note(other, by=outsider, note=note(), item=SAYS)
    assert (
        mine.link.publisher_id != interview_evidence.link.publisher_id
        and mine.link.publisher.owner_id != interview_evidence.link.publisher.owner_id
    )
    assert Publisher.objects.filter(name="Jana Brook").count() == 2


def test_a_confidential_source_is_no_row_that_others_see(outsider: User, checker: User) -> None:
    attach_note(_taken(checker), by=checker, note=secret(), item=SAYS)
    assert (
        not Publisher.objects.visible_to(outsider).exists()
        and not Owner.objects.visible_to(outsider).exists()
    )
    assert Publisher.objects.visible_to(checker).exists()


def test_a_name_that_all_know_is_that_one(checker: User, editor: User) -> None:
    house = Owner.objects.create(name="Statistics office of Evers")
    office = Publisher.objects.create(name="Statistics office of Evers", owner=house)
    item = attach_note(
        _taken(checker), by=checker, note=note(speaks_for="statistics office of evers"), item=SAYS
    )
    assert item.link.publisher == office


def test_the_database_lets_no_other_desk_cite_or_own_it(
    interview_evidence: Evidence, outsider: User
) -> None:
    sports, person = outsider.memberships.get().desk, interview_evidence.link.publisher
    elsewhere = factories.evidence(factories.claim(outsider), outsider)
    for forged in (
        lambda: Link.objects.create(desk=sports, url="https://x.example/", publisher=person),
        lambda: Link.objects.filter(pk=elsewhere.link_id).update(publisher=person),
        lambda: Evidence.objects.filter(pk=elsewhere.pk).update(origin=person),
        lambda: Publisher.objects.create(
            name="VerdictPanel", domain="paper.example", owner=person.owner
        ),
        lambda: Publisher.objects.filter(pk=elsewhere.link.publisher_id).update(owner=person.owner),
        lambda: Publisher.objects.filter(pk=person.pk).update(domain="brook.example"),
    ):
        with pytest.raises(Error), transaction.atomic():
            forged()


def test_an_interest_in_somebody_of_that_name_counts_all_the_same(
    checker: User, editor: User, interview_evidence: Evidence
) -> None:
    declare(by=checker, declaration=DeclaredInterest(about="She is my aunt.", owner="Jana Brook"))
    assert "interest" in {
        gap.code for gap in missing_for_author(interview_evidence.claim, None, [], by=checker)
    }


def test_a_publisher_page_shows_notes_and_claims_of_ones_own_desk(
    client: Client, checker: User, outsider: User
) -> None:
    claim = _taken(checker)
    publisher = factories.evidence(claim, checker, domain="gazette.example").link.publisher
    client.force_login(checker)
    path = f"/admin/sources/publisher/{publisher.pk}/"
    bad = client.post(f"{path}note/", {"desk": claim.desk_id, "level": "with_care", "reason": " "})
    assert bad.status_code == 400 and "Not saved." in bad.text
    client.post(
        f"{path}note/",
        {"desk": claim.desk_id, "level": "with_care", "reason": "It copies the wire."},
    )
    shown = client.get(f"{path}change/").text
    assert "It copies the wire." in shown and claim.text in shown
    assert "It copies the wire." in client.get(f"/admin/claims/claim/{claim.pk}/change/").text
    client.force_login(outsider)
    shown = client.get(f"{path}change/").text
    assert "It copies the wire." not in shown and claim.text not in shown
    assert (
        client.post(
            f"{path}note/", {"desk": claim.desk_id, "level": "trusted", "reason": "x"}
        ).status_code
        == 400
    )


def test_a_domain_is_kept_as_its_registrable_part(client: Client, checker: User) -> None:
    client.force_login(checker)
    owner = Owner.objects.create(name="A house")
    for typed in ("https://www.Gazette.co.uk/news", "gazette.co.uk"):
        answer = client.post(
            "/admin/sources/publisher/add/",
            {"name": "Gazette", "domain": typed, "owner": owner.pk, "kind": "secondary"},
        )
    assert answer.status_code == 200 and "already exists" in answer.text
    assert Publisher.objects.get(name="Gazette").domain == "gazette.co.uk"
    wrong = client.post(
        "/admin/sources/publisher/add/",
        {"name": "X", "domain": "not a domain", "owner": owner.pk, "kind": "secondary"},
    )
    assert wrong.status_code == 200 and "Enter a domain such as example.org" in wrong.text


def test_who_sees_assigned_work_alone_learns_nothing_of_the_desks_files(
    checker: User, editor: User, freelancer: User
) -> None:
    attach_file(
        _taken(checker),
        by=checker,
        sent=FileUpload(
            files.PNG, "board.png", "Orchid club", transcript="The Orchid board says 14."
        ),
        item=PICTURE,
    )
    theirs = factories.claim(checker)
    apply(theirs, Action.ASSIGN, by=editor, data=MoveData(assignee=freelancer))
    sent = FileUpload(files.PNG, "board.png", "Park office")
    with pytest.raises(FileError, match="Type out what it says or shows"):
        attach_file(theirs, by=freelancer, sent=sent, item=PICTURE)
    with pytest.raises(WorkflowError) as refused:
        attach_file(
            theirs,
            by=freelancer,
            sent=FileUpload(files.PNG, "board.png", "Park office", transcript="14 trees."),
            item=PICTURE,
        )
    assert "Orchid" not in str(refused.value) and "Ask an editor" in str(refused.value)
    again = evidence_files._transcript(
        theirs, sent, checker
    )  # who sees the desk's files need not type it again
    assert again == "The Orchid board says 14."
