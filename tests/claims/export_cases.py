"""A desk with one of everything that an export takes along."""

from datetime import UTC, date, datetime

from claims.choices import Action, Stance
from claims.evidence.attaching import EvidenceDetails, attach
from claims.evidence.files import FileUpload, attach_file
from claims.exchange.desk_export import making
from claims.intake.topics import add_topic, set_topic
from claims.models import BroughtExport, BroughtRecord, Claim, DeskExport, ImportedClaim
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import canonical_json, sha256
from factcheck.newsroom.models import Desk, User
from sources import captures
from sources.choices import LinkState
from sources.cited_links import cite
from sources.fetch_types import FetchResult
from sources.fetching.pages import PageVisit
from sources.readable import read_page
from tests import factories

PAGE = "https://www.press.example/Trees?year=2026"
HTML = "<!doctype html><title>The count</title><article><p>It lists 312 trees.</p></article>"
AT = datetime(2026, 5, 3, 9, 12, tzinfo=UTC)


def exported(desk: Desk, by: User) -> DeskExport:
    """An export that a worker has finished."""
    made = making.order(desk, by=by)
    # Gathering, and packing.
    for _step in range(2):
        making.work(made.pk)
    made.refresh_from_db()
    return made


def full_desk(checker: User, editor: User) -> Claim:
    """A published claim that stands on a web page and on a file, a topic, an article
    with a declined suggestion, and a claim in work.
    """
    article = factories.article_read(checker)
    claim = factories.claim(checker, text="=1+1 trees were planted.")
    set_topic(claim, by=editor, topic=add_topic(claim.desk, by=editor, name="Harbour")[0])
    apply(claim, Action.TAKE, by=checker)
    _on_page(claim, checker)
    sent = FileUpload(b"The minutes say so.\n", "minutes.txt", publisher="City archive")
    item = EvidenceDetails(url="", stance=Stance.REFUTES, finding="They say otherwise.")
    attach_file(claim, by=checker, sent=sent, item=item)
    factories.written(claim, checker)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    assert article.suggestions.exists()
    factories.claim(checker)
    return claim


def _on_page(claim: Claim, checker: User) -> None:
    link, body = cite(PAGE, desk=claim.desk, by=checker), HTML.encode()
    exchange = FetchResult(
        url=PAGE,
        final_url=PAGE,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body,
        address="203.0.113.7",
    )
    text = read_page(body, url=PAGE, content_type="text/html")
    visit = PageVisit(exchange, LinkState.OK, "", text)
    link.latest_capture = captures.capture(link, captures.store_web_archive(link, visit))
    link.state = LinkState.OK
    link.save(update_fields=["latest_capture", "state"])
    details = EvidenceDetails(url=PAGE, stance=Stance.REFUTES, quote="312 trees")
    attach(claim, by=checker, details=details)


def imported_claim(
    desk: Desk, by: User, text: str = "The bridge is closed.", stated_date: date | None = None
) -> ImportedClaim:
    """As an export of another newsroom brought it."""
    now = clock.now()
    digest = sha256(f"{desk.pk} {text}")
    brought = BroughtExport.objects.create(
        desk=desk,
        by=by,
        manifest_sha256=digest,
        desk_id_there="x",
        desk_name_there="City desk",
        made_at=now,
        brought_at=now,
        finished_at=now,
    )
    BroughtRecord.objects.create(
        desk=desk, came_with=brought, member="topics.jsonl", digest=digest, document="{}"
    )
    return ImportedClaim.objects.create(
        desk=desk,
        came_with=brought,
        id_there="x",
        newsroom="City desk",
        text=text,
        stated_date=stated_date,
        status="published",
        rating="False",
        digest=digest,
        document=canonical_json({"claim": {"text": text}}),
    )
