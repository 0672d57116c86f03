"""A desk with several rows in every list of the API, most of them with equal values of
the order, and what its address is filled with.
"""

from django.conf import settings

from claims.choices import Action
from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from claims.desk.queries import Question, open_query
from claims.desk.right_of_reply import ReplyRequestDetails, request_reply
from claims.desk.waivers import revoke, waive
from claims.evidence.source_changes import detect, log_changes
from claims.intake.received_tips import SentTip, receive
from claims.intake.topics import add_topic
from claims.live.streams import Chunk
from claims.models import (
    Claim,
    DeskExport,
    Extraction,
    Mailbox,
    RepetitionProposal,
    Suggestion,
    WebhookDelivery,
    WebhookEndpoint,
)
from claims.publication import site_texts
from claims.publication.methodology import publish
from claims.publication.rechecks import request_rechecks
from claims.publication.repetitions import RepetitionDetails, add
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom import desk_changes, service_accounts, tokens
from factcheck.newsroom.models import Desk, Membership, User
from factcheck.newsroom.saved_views import NamedView, save
from sources.article_details import ArticleDetails
from sources.choices import PublisherKind
from sources.ingest import submit_text
from sources.models import Claimant, FeedItem, Link, Owner, Publisher
from sources.reliability import note_reliability
from sources.watching.feeds import follow
from tests import factories
from tests.claims import live_cases
from tests.claims.export_cases import imported_claim
from tests.claims.import_cases import imported
from tests.claims.recheck_cases import TABLE, cited, citing
from tests.project.full_newsroom import ROLES

ROWS = 5


def everybody() -> User:
    """Somebody who sees every list: each role on the one desk."""
    return factories.person("everybody", factories.desk(), *ROLES)


def filled_desk(by: User) -> dict[str, str]:
    """Rows for every list; what stands in braces in its address, by name."""
    desk, editor = factories.desk(), factories.person("colleague", factories.desk(), "editor")
    checker = factories.person("writer", desk, "checker")
    for number in range(ROWS):
        factories.article_read(
            checker, text=f"Line {number} says that 4{number} trees were planted in 2025.\n"
        )
        factories.scale(f"Scale {number}")
        rows = [f"Claim {part}.;False;https://checks.example/{number};;;" for part in range(ROWS)]
        made = imported(desk, editor, *rows)
        add_topic(desk, by=editor, name=f"Topic {number}")
        publish(by=by, text=f"Version {number}.")
        text = f"Version {number}."
        site_texts.publish(by=by, page="about", language="en", text=text)
        declare(by=by, declaration=DeclaredInterest(about=f"Connection {number}."))
        receive(SentTip(text=f"Is it {number}?"), desk=desk)
        service_accounts.create(desk, by=by, name=f"System {number}")
        factories.person(f"colleague_{number}", desk, "checker")
        desk_changes.create({"name": f"Desk {number}"}, by=by)
        tokens.issue(by, by=by, name="Key", scopes=["read"])
    article = submit_text(desk, by=checker, text="A table.", details=ArticleDetails(url=TABLE))[0]
    said_again = factories.published(checker, editor)
    for number in range(ROWS + 1):
        claim = citing(checker)
        cited(claim, checker, f"{settings.SITE_URL}/verdicts/{said_again.address}/")
        if number:
            apply(claim, Action.SUBMIT, by=checker)
            apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    _hang_on(claim := factories.claim(checker), checker, editor)
    for number in range(ROWS):
        said = RepetitionDetails(
            factories.claimant("The mayor"),
            clock.now().date(),
            f"They planted {number}.",
            "https://radio.example/again",
        )
        add(said_again, by=checker, details=said)
    link = Link.objects.get(url=TABLE)
    request_rechecks(link, by=editor, note="The office took the table back.")
    assert link.publisher is not None
    for number in range(ROWS):
        note_reliability(
            link.publisher, desk=desk, by=checker, level="with_care", reason=f"Reason {number}."
        )
        log_changes(detect(link, factories.captured(link, f"The page says {number} now.")))
    owner = Owner.objects.get_or_create(name="One owner", desk=None)[0]
    for number in range(ROWS):
        Publisher.objects.create(
            name="One name",
            domain=f"one{number}.example",
            owner=owner,
            kind=PublisherKind.PRIMARY,
        )
    ids = _around_claims(desk, by, editor, said_again)
    for number in range(ROWS):
        stream = live_cases.debate(desk, editor, url=f"https://radio.example/{number}")
    live_cases.send(stream, editor, *live_cases.DEBATE, Chunk("Good night.", ROWS))
    Extraction.objects.update(job_state="failed", last_error="Away.")
    return ids | {
        "kind": "extraction",
        "stream": str(stream.public_id),
        "claim": str(claim.public_id),
        "claim said again": str(said_again.public_id),
        "fact_check_import": str(made.public_id),
        "article": str(article.public_id),
        "verdict": str(said_again.verdicts.get().public_id),
        "link": str(link.public_id),
        "publisher": str(link.publisher.public_id),
    }


def _around_claims(desk: Desk, by: User, editor: User, said_again: Claim) -> dict[str, str]:
    """What other systems send and are sent, and what people keep for themselves."""
    for number in range(ROWS):
        webhook = WebhookEndpoint.objects.create(
            desk=desk, name=f"System {number}", url="https://cms.example/", secret="x"
        )
        # A desk has one at most; admins see theirs.
        mail_desk = factories.desk(f"Mail desk {number}")
        Membership.objects.create(user=by, desk=mail_desk, role="admin")
        Mailbox.objects.create(desk=mail_desk, secret_hash="x")
    for number in range(ROWS):
        imported_claim(desk, editor, f"The bridge has {number} lanes.")
    DeskExport.objects.bulk_create(
        DeskExport(desk=desk, by=editor, made_at=clock.now(), expires_at=clock.now())
        for _ in range(ROWS)
    )
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(endpoint=webhook, made_at=clock.now()) for _ in range(ROWS)
    )
    for number in range(ROWS):
        feed = follow(desk, by=by, url=f"https://paper.example/feed{number}")[0]
    FeedItem.objects.bulk_create(
        FeedItem(
            feed=feed, key=str(number), title=f"{number}", state="earlier", seen_at=clock.now()
        )
        for number in range(ROWS)
    )
    RepetitionProposal.objects.bulk_create(
        RepetitionProposal(claim=said_again, suggestion=suggestion, found_at=clock.now())
        for suggestion in Suggestion.objects.filter(article__desk=desk).order_by("pk")[:ROWS]
    )
    for number in range(ROWS):
        Claimant.objects.create(name=f"Somebody {number}", desk=desk)
        save(NamedView("claims.claim", f"View {number}", "q=x", None), by=by)
    return {"followed_feed": str(feed.public_id), "webhook": str(webhook.public_id)}


def _hang_on(claim: Claim, checker: User, editor: User) -> None:
    """What a claim in work has several of."""
    claim.claimant = factories.claimant("The mayor")
    claim.save(update_fields=["claimant"])
    for _number in range(ROWS):
        apply(claim, Action.TAKE, by=checker)
        apply(claim, Action.RELEASE, by=checker, data=factories.note("Somebody else knows more."))
    apply(claim, Action.TAKE, by=checker)
    for number in range(ROWS):
        factories.evidence(claim, checker)
        question = Question(text=f"Is it {number}?", passage=claim.text)
        open_query(claim, by=editor, question=question)
        details = ReplyRequestDetails("The mayor", "email", f"Was it {number}?")
        request_reply(claim, by=checker, details=details)
        revoke(waive(claim, by=editor, reason=f"Only {number} counts them."), by=editor)
