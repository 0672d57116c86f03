"""What must stay secret, each planted with a mark of its own, and who may read it all
the same.

A new secret is one function that plants the mark, and one line in SECRETS. Whoever is
not named must never meet the mark at any address; whoever is named must meet it
somewhere, for a mark that nobody can find proves nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from claims.choices import Action, SitePage, Stance
from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from claims.desk.queries import Question, open_query, post
from claims.desk.right_of_reply import ReplyRequestDetails, request_reply
from claims.desk.tags import add_tag
from claims.desk.waivers import waive
from claims.evidence.attaching import EvidenceDetails, attach
from claims.evidence.interviews import Note, attach_note
from claims.evidence.source_access import grant_access
from claims.evidence.source_changes import detect, log_changes
from claims.intake.received_tips import SentTip, receive
from claims.intake.tips import TipDetails, add_tip
from claims.intake.topics import add_topic
from claims.intake.triage import ClaimDetails, create_claim
from claims.matching import variants
from claims.models import (
    BulkChange,
    Claim,
    ConfidentialIdentity,
    DeskChannel,
    RepetitionProposal,
    SourceReadRequest,
    Suggestion,
    VerdictCopy,
    WebhookDelivery,
    WebhookEndpoint,
)
from claims.publication import site_texts
from claims.publication.embargo import set_embargo
from claims.publication.methodology import publish
from claims.publication.rechecks import request_rechecks
from claims.publication.repetitions import RepetitionDetails, add
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.list_exports import order
from factcheck.newsroom.models import User
from factcheck.newsroom.saved_views import NamedView, save
from sources.claimants import describe, get_or_create_claimant
from sources.models import Claimant
from sources.reliability import note_reliability
from tests import factories
from tests.claims.import_cases import BRIDGE, imported
from tests.project.full_newsroom import Newsroom

PREFIX = "quagga"  # what searches ask for: an answer that repeats the search is no leak


def privileged_query(room: Newsroom, mark: str) -> None:
    claim = factories.submitted(room["checker"])
    question = Question(
        text=f"Could they sue us over {mark}?", passage=claim.text, blocking=True, privileged=True
    )
    query = open_query(claim, by=room["editor"], question=question)
    post(query, by=room["legal"], text=f"Not over {mark}, @a_editor.")


def unpublished_claim(room: Newsroom, mark: str) -> None:
    """The claim under an embargo, its evidence and its verdict."""
    by = room["checker"]
    mayor = get_or_create_claimant(f"Mayor {mark}", f"of {mark}", desk=room.desk, by=by)
    details = ClaimDetails(
        text=f"The city planted {mark} trees.",
        claimant=mayor,
        appearance_url=f"https://radio.example/{mark}",
    )
    claim = create_claim(room.desk, by=by, details=details)[0]
    apply(claim, Action.TAKE, by=by)
    request_reply(
        claim, by=by, details=ReplyRequestDetails(f"Spokesman {mark}", "email", f"What of {mark}?")
    )
    waive(claim, by=room["editor"], reason=f"Only {mark} counts them.")
    for number in (1, 2):
        url = f"https://source{number}-of-unpublished.example/{mark}"
        factories.captured(
            factories.cite(url, desk=room.desk, by=by), f"The page says {mark}. And more."
        )
        attach(
            claim,
            by=by,
            details=EvidenceDetails(
                url=url, stance=Stance.REFUTES, quote=f"The page says {mark}.", locator=mark
            ),
        )
    write_verdict(
        claim,
        by=by,
        details=VerdictDetails(
            factories.rating(),
            f"No {mark}.",
            f"The register has no {mark}.",
            quote_accuracy="accurate",
        ),
    )
    apply(claim, Action.SUBMIT, by=by)
    apply(claim, Action.APPROVE, by=room["editor"], data=factories.note(f"Hold {mark} back."))
    set_embargo(claim, by=room["editor"], until=clock.now() + timedelta(days=3))


def reader_tip(room: Newsroom, mark: str) -> None:
    """Of the published one, whose public pages must not tell either, and of the one
    that was shared with legal.
    """
    for claim in Claim.objects.order_by("pk")[:2]:
        add_tip(
            claim,
            by=room["checker"],
            details=TipDetails(f"Sender {mark}", f"{mark}@mail.example", f"I was there, {mark}."),
        )


def sent_tip(room: Newsroom, mark: str) -> None:
    """What a reader typed on the site, all of it."""
    sent = SentTip(
        text=f"Is {mark} true?",
        url=f"https://radio.example/{mark}",
        place=f"At {mark}",
        name=f"Sender {mark}",
        email=f"{mark}@mail.example",
        client=mark,
    )
    receive(sent, desk=room.desk)


def confidential_source(room: Newsroom, mark: str) -> None:
    """A note of the editor, who lets the checker read whose it is; the second claim is
    the one with the privileged thread.
    """
    interview_note = Note(
        person="a person in the harbour office known to the desk",
        channel="phone",
        held_at=clock.now() - timedelta(hours=1),
        text="It was closed in April.",
        speaks_for="Harbour office",
        confidential=True,
        real_name=f"Nell {mark}",
        contact=f"{mark} 4711",
    )
    claim = Claim.objects.order_by("pk")[1]
    item = attach_note(
        claim,
        by=room["editor"],
        note=interview_note,
        item=EvidenceDetails(url="", stance=Stance.SUPPORTS, quote="closed in April"),
    )
    identity = ConfidentialIdentity.objects.get(interview__capture=item.capture_id)
    soon = clock.now() + timedelta(hours=1)
    grant_access(
        identity, by=room["editor"], person=room["checker"], reason="Calls back.", ends_at=soon
    )
    SourceReadRequest.objects.create(
        identity=identity, by=room["checker"], reason="Why.", at=clock.now(), expires_at=soon
    )


def person_of_one_desk(room: Newsroom, mark: str) -> None:
    """Who talked to the desk, by the name that readers will be told once it is
    published.
    """
    told = Note(
        person=f"Talker {mark}",
        channel="phone",
        held_at=clock.now() - timedelta(hours=1),
        text="It was closed in May.",
    )
    claim = Claim.objects.order_by("pk")[1]
    attach_note(
        claim,
        by=room["editor"],
        note=told,
        item=EvidenceDetails(url="", stance=Stance.SUPPORTS, quote="closed in May"),
    )


def address_of_a_person(room: Newsroom, mark: str) -> None:
    User.objects.filter(pk=room["reporter"].pk).update(email=f"{mark}@home.example")


def article(room: Newsroom, mark: str) -> None:
    """A draft of a reporter, read by a worker, with a suggestion nobody has decided."""
    factories.article_read(
        room["reporter"],
        room.desk,
        text=f"Draft\n\nThe mayor said on Monday that {mark} counted 412 ships last year.\n",
    )


def repeated(room: Newsroom, mark: str) -> None:
    """Of the published one, and confirmed by nobody: so not for readers."""
    claim, claimant_name = Claim.objects.order_by("pk")[0], factories.claimant("Ole Brandt")
    add(
        claim,
        by=room["checker"],
        details=RepetitionDetails(
            claimant_name,
            clock.now().date(),
            f"They never planted {mark}.",
            "https://radio.example/again",
        ),
    )


def kept_verdict(room: Newsroom, mark: str) -> None:
    """Why the draft of another version of the published claim was kept."""
    canonical, claim = Claim.objects.order_by("pk")[0], factories.claim(room["checker"])
    link = variants.link(claim, canonical, by=room["checker"])
    VerdictCopy.objects.create(
        variant=link,
        source=canonical.verdicts.get(),
        kept_reason=f"It is not about {mark}.",
        by=room["checker"],
        at=clock.now(),
    )


def described_claimant(room: Newsroom, mark: str) -> None:
    """Of the claim under an embargo: how its claimant is described now."""
    mayor = Claimant.objects.get(name__startswith="Mayor")
    words = mayor.signed_fields | {"description": mark, "same_as": f"https://who.example/{mark}"}
    describe(mayor, by=room["checker"], words=words)


def note_on_a_publisher(room: Newsroom, mark: str) -> None:
    """What the desk thinks of a publisher that all desks share."""
    publisher = Claim.objects.order_by("pk")[0].evidence.all()[0].link.publisher
    reason = f"{mark} pays them."
    note_reliability(
        publisher, desk=room.desk, by=room["checker"], level="with_care", reason=reason
    )


def plain_query(room: Newsroom, mark: str) -> None:
    claim = Claim.objects.order_by("pk")[0]
    query = open_query(claim, by=room["checker"], question=Question(text=f"What of {mark}?"))
    post(query, by=room["editor"], text=f"Nothing of {mark}.")


def tag_of_a_claim(room: Newsroom, mark: str) -> None:
    add_tag(Claim.objects.order_by("pk")[0], by=room["editor"], name=f"On {mark}")


def fact_check_of_others(room: Newsroom, mark: str) -> None:
    imported(room.desk, room["editor"], f"It says {mark}.;False;https://checks.example/1;;;")


def topic_of_the_desk(room: Newsroom, mark: str) -> None:
    add_topic(room.desk, by=room["editor"], name=f"Files of {mark}")


def interest_of_a_colleague(room: Newsroom, mark: str) -> None:
    """Private life, with a name that nobody had entered before."""
    declaration = DeclaredInterest(about=f"I owe {mark} money.", note=mark)
    declare(by=room["checker"], declaration=declaration)


def name_in_an_interest(room: Newsroom, mark: str) -> None:
    declaration = DeclaredInterest(
        about="She is my aunt.", claimant=f"Aunt {mark}", owner=f"{mark} club"
    )
    declare(by=room["checker"], declaration=declaration)


def shared_view(room: Newsroom, mark: str) -> None:
    """Of a list: its name and its filters say what the desk is after."""
    named = NamedView("claims.claim", f"All of {mark}", f"claimant={mark}", room.desk)
    save(named, by=room["editor"])


def webhook_address(room: Newsroom, mark: str) -> None:
    """Nobody reads it again, not even whoever typed it in."""
    DeskChannel.objects.create(
        desk=room.desk, service="slack", address=f"https://hooks.example/{mark}", active=False
    )


def endpoint_address(room: Newsroom, mark: str) -> None:
    """It may hold a key of the system behind it."""
    row = WebhookEndpoint.objects.create(
        desk=room.desk, name="CMS", url=f"https://cms.example/{mark}", secret="x", active=False
    )
    WebhookDelivery.objects.create(endpoint=row, made_at=clock.now(), job_state="failed")


def endpoint_secret(room: Newsroom, mark: str) -> None:
    """Shown once, when it was made."""
    WebhookEndpoint.objects.create(
        desk=room.desk, name="Archive", url="https://archive.example/", secret=mark, active=False
    )


@dataclass(frozen=True, slots=True)
class Secret:
    """`in_audit`: may it stand in the audit chain, where auditors of the desk read
    it?
    """

    name: str
    plant: Callable[[Newsroom, str], None]
    seen_by: frozenset[str]
    in_audit: bool = False

    @property
    def mark(self) -> str:
        return f"{PREFIX}x{self.name}x7f3a9"


def _secret(
    name: str, plant: Callable[[Newsroom, str], None], *seen_by: str, in_audit: bool = False
) -> Secret:
    return Secret(name, plant, frozenset(seen_by), in_audit)


SECRETS = (
    _secret("query", privileged_query, "editor", "legal"),
    _secret("unpublished", unpublished_claim, "checker", "editor", "auditor", in_audit=True),
    _secret("tip", reader_tip, "checker", "editor"),
    _secret("sent", sent_tip, "checker", "editor"),
    _secret("source", confidential_source, "checker", "editor"),
    _secret("talker", person_of_one_desk, "checker", "editor", "auditor", in_audit=True),
    _secret("address", address_of_a_person, "admin", "superuser"),
    _secret("again", repeated, "checker", "editor", "auditor", in_audit=True),
    _secret("kept", kept_verdict, "checker", "editor", "auditor"),
    _secret("draft", article, "reporter", "checker", "editor", "auditor"),
    _secret("claimant", described_claimant, "checker", "editor", "auditor", in_audit=True),
    _secret("note", note_on_a_publisher, "checker", "editor", "auditor", in_audit=True),
    _secret("question", plain_query, "checker", "editor", "auditor", in_audit=True),
    _secret("tag", tag_of_a_claim, "checker", "editor", "auditor", in_audit=True),
    _secret("topic", topic_of_the_desk, "checker", "editor", "auditor", in_audit=True),
    _secret("imported", fact_check_of_others, "checker", "editor", "auditor"),
    _secret("view", shared_view, "checker", "editor", "auditor"),
    _secret("interest", interest_of_a_colleague, "checker", "editor", "admin"),
    _secret("webhook", webhook_address),
    _secret("endpoint", endpoint_address, "editor", "admin"),
    _secret("signs", endpoint_secret),
    _secret("aunt", name_in_an_interest, "checker", "editor", "auditor", "admin", in_audit=True),
)


def published_claim(room: Newsroom) -> Claim:
    """So that public pages, feeds, lists and screens have something to show; with a row
    of all that hangs on it.
    """
    claim = factories.published(room["checker"], room["editor"])
    BulkChange.objects.create(kind="topic", by=room["editor"], made_at=clock.now())
    order("claims.claim", "status__exact=open", by=room["editor"])
    add_topic(room.desk, by=room["editor"], name="Trees")
    imported(room.desk, room["editor"], BRIDGE)
    publish(by=room["admin"], text="Two people sign each verdict.")
    for page in SitePage:
        text = f"What we say of {page}."
        site_texts.publish(by=room["admin"], page=page, language="en", text=text)
    declare(
        by=room["checker"],
        declaration=DeclaredInterest(about="My brother runs the nursery.", owner="Nursery trust"),
    )
    cited = claim.evidence.order_by("number")[0].link
    request_rechecks(cited, by=room["editor"], note="The office took the table back.")
    log_changes(detect(cited, factories.captured(cited, "The page says something else now.")))
    note_reliability(
        cited.publisher,
        desk=room.desk,
        by=room["checker"],
        level="with_care",
        reason="It prints what it is sent.",
    )
    receive(SentTip(text="Is it so?", client="192.0.2.7"), desk=room.desk)
    read = factories.article_read(room["reporter"], text="The nursery sold 400 trees in 2025.\n")
    RepetitionProposal.objects.create(
        claim=claim,
        suggestion=Suggestion.objects.filter(article=read).earliest("pk"),
        found_at=clock.now(),
    )
    return claim
