"""The rows that the permission matrix is tried on."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from claims.choices import Action, Stance
from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from claims.desk.queries import Question, open_query
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note
from claims.evidence.source_access import grant_access
from claims.evidence.source_changes import detect, log_changes
from claims.exchange.webhooks import signing
from claims.intake.received_tips import SentTip, receive
from claims.intake.tips import TipDetails, add_tip
from claims.intake.topics import add_topic
from claims.intake.triage import accept
from claims.models import (
    Claim,
    ConfidentialIdentity,
    DeskChannel,
    DeskExport,
    Evidence,
    Import,
    ImportedClaim,
    ImportedFactCheck,
    Interest,
    LiveStream,
    Mailbox,
    Query,
    Recheck,
    Repetition,
    SourceChange,
    SourceGrant,
    SourceReadRequest,
    Suggestion,
    Tip,
    Topic,
    WebhookDelivery,
    WebhookEndpoint,
)
from claims.publication.rechecks import request_rechecks
from claims.publication.repetitions import RepetitionDetails, add
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, SavedView, User
from factcheck.newsroom.saved_views import NamedView, save
from sources.models import Article, Claimant, FollowedFeed, Link, Publisher
from sources.watching.feeds import follow
from tests import factories
from tests.claims.export_cases import imported_claim
from tests.claims.import_cases import BRIDGE, imported
from tests.claims.live_cases import DEBATE, debate, read, send


@dataclass(slots=True)
class Stage:
    """A claim in review on which the subject stands in one relation, and what hangs on
    it.
    """

    subject: User
    claim: Claim
    query: Query
    comment: Query
    secret: Query | None
    asked_off: Query
    article: Article
    suggestion: Suggestion
    link: Link
    item: Evidence
    note: Evidence
    interest: Interest
    review: Recheck
    entry: AuditEntry
    again: Repetition
    change: SourceChange
    grant: SourceGrant
    asked_to_read: SourceReadRequest
    claimant: Claimant
    topic: Topic
    fact_check_import: Import
    fact_check: ImportedFactCheck
    desk_export: DeskExport
    imported_claim: ImportedClaim
    view: SavedView
    channel: DeskChannel
    tip: Tip
    webhook: WebhookEndpoint
    delivery: WebhookDelivery
    feed: FollowedFeed
    live: LiveStream
    mailbox: Mailbox

    def put_in(self, role: str) -> User:
        Membership.objects.filter(user=self.subject).update(role=role)
        return User.objects.get(pk=self.subject.pk)

    def moved_to(self, other: Desk, role: str) -> User:
        """The subject held this role here until yesterday, and holds it there; how they
        stand to the rows of this desk stays.
        """
        here = Membership.objects.filter(user=self.subject, desk=self.claim.desk)
        yesterday = timezone.now().date() - timedelta(days=1)
        here.update(role=role, end_date=yesterday)
        there = Membership.objects.filter(user=self.subject, desk=other)
        if not there.update(role=role):
            Membership.objects.create(user=self.subject, desk=other, role=role)
        return User.objects.get(pk=self.subject.pk)

    def kept(self) -> list[object]:
        """What nobody of another desk may change: the rows of this one."""
        desk = self.claim.desk_id
        return [
            list(Claim.objects.filter(pk=self.claim.pk).values()),
            list(self.claim.verdicts.values()),
            list(self.claim.evidence.values()),
            list(Query.objects.filter(claim__desk=desk).values()),
            AuditEntry.objects.filter(desk_id=desk).count(),
            Claim.objects.filter(desk=desk).count(),
            Article.objects.filter(desk=desk).count(),
            list(Claimant.objects.filter(desk=desk).values()),
            list(Publisher.objects.filter(desk=desk).values()),
            list(Topic.objects.filter(desk=desk).values()),
            list(Desk.objects.filter(pk=desk).values()),
            Membership.objects.filter(desk=desk).count(),
        ]


def stage_of(relation: str) -> Stage:
    desk = factories.desk("Metro")
    subject, worker = (
        factories.person("subject", desk, "checker"),
        factories.person("worker", desk, "checker"),
    )
    editor = factories.person("the_editor", desk, "editor")
    article = factories.article_read(
        subject if relation in {"asked", "submitter"} else worker, desk
    )
    claim = accept(article.suggestions.order_by("part", "rank")[0], by=worker)
    author = subject if relation == "author" else worker
    apply(claim, Action.TAKE, by=author)
    item = factories.evidence(claim, author)
    factories.evidence(claim, author)
    note = _noted(claim, subject if relation == "writer" else worker, editor)
    identity = ConfidentialIdentity.objects.get()
    reader = factories.person("the_reader", desk, "checker")
    ends = clock.now() + timedelta(hours=1)
    grant = grant_access(identity, by=editor, person=reader, reason="Calls.", ends_at=ends)
    if relation == "granted":
        grant_access(identity, by=editor, person=subject, reason="Calls.", ends_at=ends)
    asked_to_read = SourceReadRequest.objects.create(
        identity=identity, by=reader, reason="Why.", at=clock.now(), expires_at=ends
    )
    add_tip(claim, by=worker, details=TipDetails(name="Ole Brandt"))
    factories.written(claim, author)
    apply(claim, Action.SUBMIT, by=author)
    # By somebody else, so that no last move is the subject's own: repeating that one is
    # harmless, and allowed to all.
    to = subject if relation == "assignee" else worker
    move_data = MoveData(note="Knows the register.", assignee=to)
    apply(claim, Action.REASSIGN, by=editor, data=move_data)
    text = "Which register, @subject?" if relation == "asked" else "Which register?"
    query = open_query(
        claim, by=subject if relation == "opener" else worker, question=Question(text=text)
    )
    commented = Question(text="Which?", passage="register of trees", part="explanation")
    commenter = subject if relation == "opener" else worker
    comment = open_query(claim, by=commenter, question=commented)
    secret = (
        open_query(claim, by=editor, question=Question(text="Could they sue?", privileged=True))
        if relation == "counsel"
        else None
    )
    claim.refresh_from_db()
    other = factories.article_read(
        subject if relation in {"asked", "submitter"} else worker,
        desk,
        text=factories.ARTICLE.replace("412", "418"),
    )
    known = factories.published(worker, editor)
    factories.person("the_lawyer", desk, "legal")
    asked_off = open_query(
        known, by=editor, question=Question(text="May we say so?", sign_off=True)
    )
    cited = known.evidence.order_by("number")[0].link
    request_rechecks(cited, by=editor, note="The office took the table back.")
    interest = declare(
        by=worker,
        declaration=DeclaredInterest(about="My brother sails there.", owner="Harbour trust"),
    )[0]
    if relation == "night":
        now = timezone.now()
        desk.night_from, desk.night_until = (
            (now - timedelta(hours=1)).time(),
            (now + timedelta(hours=1)).time(),
        )
        desk.save()
    log_changes(
        detect(item.link, factories.captured(item.link, "The page says something else now."))
    )
    suggestion = other.suggestions.order_by("part", "rank")[0]
    entry = AuditEntry.objects.filter(
        object_type="claims.claim", object_id=str(claim.public_id)
    ).latest("seq")
    repetition = RepetitionDetails(
        factories.claimant("Ole Brandt"),
        timezone.now().date(),
        "It planted them all.",
        "https://radio.example/noon",
    )
    again = add(known, by=subject if relation == "opener" else worker, details=repetition)
    webhook = WebhookEndpoint.objects.create(
        desk=desk, name="CMS", url="https://cms.example/", secret=signing.new_secret()
    )
    return Stage(
        subject,
        claim,
        query,
        comment,
        secret,
        asked_off,
        article,
        suggestion,
        cited,
        item,
        note,
        interest,
        Recheck.objects.get(),
        entry,
        again,
        SourceChange.objects.get(),
        grant,
        asked_to_read,
        Claimant.objects.create(name="Ola Moen", desk=desk),
        add_topic(desk, by=editor, name="Harbour")[0],
        imported(desk, editor, BRIDGE),
        ImportedFactCheck.objects.get(),
        DeskExport.objects.create(
            desk=desk, by=editor, made_at=clock.now(), expires_at=clock.now()
        ),
        imported_claim(desk, editor),
        save(NamedView("claims.claim", "Harbour", "q=harbour", desk), by=editor),
        DeskChannel.objects.create(desk=desk, service="slack", address="https://hooks.example/1"),
        receive(SentTip(text="Is it so?"), desk=desk),
        webhook,
        WebhookDelivery.objects.create(endpoint=webhook, made_at=clock.now(), job_state="failed"),
        follow(desk, by=editor, url="https://paper.example/feed")[0],
        _heard(desk, subject if relation == "submitter" else worker),
        Mailbox.objects.create(desk=desk, secret_hash="x"),
    )


def _heard(desk: Desk, by: User) -> LiveStream:
    stream = debate(desk, by)
    send(stream, by, *DEBATE)
    return read(stream)


def _noted(claim: Claim, by: User, editor: User) -> Evidence:
    """Signed by whoever the claim is assigned to for as long as that takes."""
    holder = Claim.objects.get(pk=claim.pk).assignee
    Claim.objects.filter(pk=claim.pk).update(assignee=by)
    interview_note = Note(
        person="somebody at the harbour office",
        channel="phone",
        held_at=timezone.now() - timedelta(hours=1),
        text="It was closed in April.",
        speaks_for="Harbour office",
        confidential=True,
        real_name="Nell Varga",
        contact="4711",
    )
    made = attach_note(
        claim,
        by=by,
        note=interview_note,
        item=EvidenceDetails(url="", stance=Stance.SUPPORTS, quote="closed in April"),
    )
    Claim.objects.filter(pk=claim.pk).update(assignee=holder)
    claim.refresh_from_db()
    return made
