"""A file as evidence: one source however often it is sent, counted by whose document it
is, and never looked for on the web.
"""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action, QuoteState
from claims.evidence.attaching import EvidenceDetails, withdraw
from claims.evidence.files import FileUpload, attach_file, evidence_file
from claims.models import Claim, Evidence
from claims.rules.content import active_evidence
from claims.rules.independence import independent
from claims.workflow import GateError, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.models import Capture, Link, Owner, Publisher
from sources.uploads import FileError
from sources.watching import link_checks
from tests import factories, files
from tests.claims.concurrency import Work, at_once, unforeseen
from tests.claims.public_pages import page

pytestmark = pytest.mark.django_db
LETTER = b"Park office, letter of 4 May.\n\nThe register lists 2,100 trees.\n"
SAYS = EvidenceDetails(url="", stance="refutes", quote="The register lists 2,100 trees.")


def sent(
    content: bytes = LETTER, publisher: str = "Park office of Evers", **more: str
) -> FileUpload:
    return FileUpload(
        content=content, name=more.pop("name", "letter.txt"), publisher=publisher, **more
    )


def _taken(by: User) -> Claim:
    claim = factories.claim(by)
    apply(claim, Action.TAKE, by=by)
    return claim


def test_its_quote_is_looked_up_at_once(checker: User) -> None:
    claim = _taken(checker)
    item = attach_file(claim, by=checker, sent=sent(title="Letter of the park office"), item=SAYS)
    assert (
        item.quote_state == QuoteState.FOUND
        and item.capture
        and item.capture.title == "Letter of the park office"
    )
    assert (item.link.publisher.name, item.link.publisher.domain, item.origin) == (
        "Park office of Evers",
        None,
        item.link.publisher,
    )
    wrong = attach_file(
        claim,
        by=checker,
        sent=sent(),
        item=EvidenceDetails(url="", stance="refutes", quote="lists 2,900 trees."),
    )
    assert wrong.quote_state == QuoteState.NOT_FOUND and "2,100" in wrong.nearest
    file = evidence_file(item)
    assert file and file.read() == LETTER
    file.close()


def test_the_same_file_is_one_source_of_the_desk(checker: User, editor: User) -> None:
    claim = _taken(checker)
    first, again = (attach_file(claim, by=checker, sent=sent(), item=SAYS) for _ in range(2))
    other = attach_file(
        factories.claim(editor), by=editor, sent=sent(name="other name.txt"), item=SAYS
    )
    assert first == again and (other.link, other.capture) == (first.link, first.capture)
    assert Capture.objects.count() == Link.objects.count() == 1


def test_a_file_the_desk_has_is_held_before_a_new_publisher_is_written_down(checker: User) -> None:
    """A publication holds what it cites before the audit head: the other way round each
    would wait for the other.
    """
    attach_file(_taken(checker), by=checker, sent=sent(), item=SAYS)
    claim = _taken(checker)
    with CaptureQueriesContext(connection) as queries:
        attach_file(claim, by=checker, sent=sent(origin="Parks union"), item=SAYS)
    said = [query["sql"] for query in queries]
    held = next(place for place, sql in enumerate(said) if 'FROM "sources_link" WHERE' in sql)
    assert connection.vendor == "sqlite" or "FOR NO KEY UPDATE" in said[held]
    assert held < next(place for place, sql in enumerate(said) if '"ledger_auditentry"' in sql)


def test_one_file_under_two_names_is_not_two_sources(checker: User) -> None:
    claim = _taken(checker)
    first = attach_file(claim, by=checker, sent=sent(), item=SAYS)
    twice = EvidenceDetails(url="", stance="refutes", finding="It shows otherwise.")
    with pytest.raises(WorkflowError, match="as a document of Park office of Evers"):
        attach_file(claim, by=checker, sent=sent(publisher="Somebody else"), item=twice)
    attach_file(claim, by=checker, sent=sent(), item=twice)
    assert independent(active_evidence(claim)) == 1
    for item in claim.evidence.all():
        withdraw(item, by=checker)
    mended = attach_file(claim, by=checker, sent=sent(publisher="Somebody else"), item=twice)
    assert mended.link == first.link and mended.link.publisher.name == "Somebody else"


def test_independence_counts_owners(checker: User) -> None:
    claim = _taken(checker)
    attach_file(claim, by=checker, sent=sent(), item=SAYS)
    attach_file(
        claim,
        by=checker,
        sent=sent(content=LETTER + b"2", publisher="park office of evers"),
        item=SAYS,
    )
    factories.written(claim, checker)
    with pytest.raises(GateError, match="1 of 2 independent"):
        apply(claim, Action.SUBMIT, by=checker)
    attach_file(
        claim, by=checker, sent=sent(content=LETTER + b"3", publisher="Lena Okafor"), item=SAYS
    )
    assert independent(active_evidence(claim)) == 2
    Publisher.objects.update(owner=Owner.objects.first())
    assert independent(active_evidence(claim)) == 1


def test_a_reprint_counts_as_a_report_of_its_origin(checker: User) -> None:
    claim = _taken(checker)
    attach_file(claim, by=checker, sent=sent(origin="agency.example"), item=SAYS)
    attach_file(
        claim,
        by=checker,
        sent=sent(content=LETTER + b"2", publisher="Lena Okafor", origin="agency.example"),
        item=SAYS,
    )
    assert independent(active_evidence(claim)) == 1


@pytest.mark.parametrize(
    ("file", "item", "error"),
    [
        (sent(publisher=" "), SAYS, ValidationError),
        (sent(content=b"PK\x03\x04"), SAYS, FileError),
        (sent(content=files.PNG), SAYS, FileError),
        (sent(), EvidenceDetails(url="", stance="proves", quote="x"), ValidationError),
        (sent(), EvidenceDetails(url="", stance="refutes"), ValidationError),
        (
            sent(),
            EvidenceDetails(url="", stance="refutes", quote="x", locator="y" * 201),
            ValidationError,
        ),
    ],
)
def test_bad_input_leaves_nothing(
    checker: User, file: FileUpload, item: EvidenceDetails, error: type[Exception]
) -> None:
    claim = _taken(checker)
    with pytest.raises(error):
        attach_file(claim, by=checker, sent=file, item=item)
    assert not (
        Evidence.objects.exists()
        or Capture.objects.exists()
        or Link.objects.exists()
        or Publisher.objects.exists()
    )


def test_a_picture_sent_again_keeps_its_words_unless_others_are_typed(checker: User) -> None:
    claim, seen = (
        _taken(checker),
        EvidenceDetails(url="", stance="context", finding="The board names a figure."),
    )
    first = attach_file(
        claim, by=checker, sent=sent(content=files.PNG, transcript="The board says: 14."), item=seen
    )
    twin = EvidenceDetails(url="", stance="context", finding="It is a sharper picture.")
    again = attach_file(claim, by=checker, sent=sent(content=files.PNG), item=SAYS)
    assert again.capture == first.capture
    better = attach_file(
        claim,
        by=checker,
        sent=sent(content=files.PNG, transcript="The board says: 14 saplings."),
        item=twin,
    )
    first.refresh_from_db()
    assert (
        better.link == first.link
        and better.capture != first.capture
        and first.link.latest_capture == better.capture
    )


def test_only_the_assignee_and_editors_attach(
    checker: User, second_checker: User, editor: User, reporter: User, outsider: User
) -> None:
    claim = _taken(checker)
    with pytest.raises(PermissionDenied):
        attach_file(claim, by=second_checker, sent=sent(), item=SAYS)
    for nobody in (reporter, outsider):
        with pytest.raises(Claim.DoesNotExist):
            attach_file(claim, by=nobody, sent=sent(), item=SAYS)
    assert not Capture.objects.exists()
    attach_file(claim, by=editor, sent=sent(), item=SAYS)


def test_nothing_is_attached_to_a_published_verdict(editor: User, published: Claim) -> None:
    with pytest.raises(WorkflowError):
        attach_file(published, by=editor, sent=sent(), item=SAYS)


def test_it_is_never_looked_for_on_the_web(checker: User) -> None:
    item = attach_file(_taken(checker), by=checker, sent=sent(), item=SAYS)
    assert item.link.next_attempt_at is None and not link_checks.check(item.link.pk)
    with pytest.raises(ValidationError, match="no URL to check"):
        link_checks.check_now(item.link, by=checker)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE sources_link SET next_attempt_at = CURRENT_TIMESTAMP")


@pytest.mark.parametrize(
    "change", ["file_name = ''", "body_sha256 = 'x'", "text = 'Other.'", "kind = 'fetched'"]
)
def test_no_sql_rewrites_what_was_sent(checker: User, change: str) -> None:
    attach_file(_taken(checker), by=checker, sent=sent(), item=SAYS)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE sources_capture SET {change}")


def test_no_sql_puts_evidence_on_a_file_of_another_source(checker: User) -> None:
    claim = _taken(checker)
    attach_file(claim, by=checker, sent=sent(), item=SAYS)
    page_item = factories.evidence(claim, checker, capture=False)
    file = Capture.objects.get(kind="upload")
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=page_item.pk).update(capture=file)


def test_what_is_signed_and_printed_names_the_file_and_no_address(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    item = attach_file(ready, by=checker, sent=sent(title="Letter <of> the park office"), item=SAYS)
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE_AND_PUBLISH, by=editor)
    signed = json.loads(ready.verdicts.get().content)["evidence"][2]
    assert signed["url"] is None and signed["publisher"] == "Park office of Evers"
    kept = signed["capture"]
    assert (kept["kind"], kept["file_name"], kept["file_sha256"]) == (
        "upload",
        "letter.txt",
        item.capture.body_sha256,
    )
    assert kept["text_sha256"] == item.capture.text_sha256
    assert "kind" not in json.loads(ready.verdicts.get().content)["evidence"][0]["capture"]
    shown = client.get(page(ready)).text
    assert (
        "Letter &lt;of&gt; the park office" in shown
        and "a file we received on" in shown
        and item.capture.body_sha256 in shown
    )
    assert "urn:" not in shown and "letter of 4 May" not in shown
    assert client.get(page(ready, "evidence/3/")).status_code == 404
    assert client.get(page(ready, "evidence/1/")).status_code == 200


def test_readers_are_told_that_the_words_of_a_picture_were_typed(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    attach_file(ready, by=checker, sent=sent(content=files.JPEG, transcript=SAYS.quote), item=SAYS)
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE_AND_PUBLISH, by=editor)
    assert (
        "The text was typed by the checker, not read from the file." in client.get(page(ready)).text
    )


def test_the_same_file_sent_by_many_at_once_is_one_source(
    transactional_db: None, checker: User, editor: User
) -> None:
    claims = [_taken(checker) for _ in range(3)]
    works: list[Work] = [
        lambda claim=claim, n=n: attach_file(
            claim, by=editor, sent=sent(publisher="New office", origin=f"Origin {n % 2}"), item=SAYS
        )
        for n, claim in enumerate(claims * 3)
    ]
    assert unforeseen(at_once(*works)) == []
    assert Link.objects.count() == Capture.objects.count() == 1 and Evidence.objects.count() == 3


def test_the_chain_tells_whose_it_is(checker: User) -> None:
    attach_file(_taken(checker), by=checker, sent=sent(), item=SAYS)
    told = {entry.action: entry.changes for entry in AuditEntry.objects.all()}
    assert told["publisher.add"]["name"] == ["", "Park office of Evers"]
    assert told["link.cite"]["publisher"] == ["", "Park office of Evers"] and told["link.cite"][
        "url"
    ][1].startswith("urn:sha256:")
    assert told["evidence.attach"]["evidence"][1]["quote"] == SAYS.quote
