"""Rows that show only what matters to the test. Texts are ours."""

import itertools

from claims.choices import Action, QuoteAccuracy, Stance
from claims.evidence.attaching import EvidenceDetails, attach, withdraw
from claims.evidence.quote_check import attach_capture
from claims.intake.extraction_jobs import extract
from claims.intake.triage import ClaimDetails, create_claim
from claims.models import Claim, Evidence, Extraction, Rating, RatingScale
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import sha256
from factcheck.newsroom.models import Desk, Membership, User
from sources.cited_links import cite
from sources.ingest import submit_text
from sources.models import Article, Capture, Claimant, Link

PASSWORD = "a long enough password"
ARTICLE = """Harbour board reports more ships

By Ana Field - 2026-05-04

The harbour board said on Monday that 412 ships called at Port Evers last year, 38 more than the year before.
Mayor Lena Brandt said the city had paid 4.2 million euros for the new quay.
Fishermen doubt it: “Nobody counted the small boats in 2025,” Jon Okafor told the Evers Courier.
"""
_numbers = itertools.count(1)


def desk(name: str = "Metro") -> Desk:
    return Desk.objects.get_or_create(name=name)[0]


def person(username: str, on: Desk, *roles: str) -> User:
    user = User.objects.create_user(username, password=PASSWORD)
    for role in roles:
        Membership.objects.create(user=user, desk=on, role=role)
    return user


def scale(name: str = "Truth", *words: str) -> RatingScale:
    made, new = RatingScale.objects.get_or_create(name=name, version=1)
    if new:
        for place, word in enumerate(words or ("False", "Misleading", "True"), 1):
            Rating.objects.create(
                scale=made,
                name=word,
                definition=f"What {word} means.",
                colour="#b00020",
                position=place,
                value=place,
            )
    return made


def rating(word: str = "False") -> Rating:
    return scale().ratings.get(name=word)


def article(by: User, on: Desk | None = None, text: str = ARTICLE) -> Article:
    return submit_text(on or by.memberships.get().desk, by=by, text=text)[0]


def article_read(by: User, on: Desk | None = None, text: str = ARTICLE) -> Article:
    """An article that a worker has read just now."""
    made = article(by, on, text)
    extract(Extraction.objects.get(version__article=made).pk)
    return made


def claim(by: User, on: Desk | None = None, text: str = "") -> Claim:
    home = on or by.memberships.get().desk
    return create_claim(
        home,
        by=by,
        details=ClaimDetails(text=text or f"The city planted {next(_numbers)} trees last year."),
    )[0]


def captured(link: Link, text: str, page_text: str = "") -> Capture:
    """As if a worker had fetched this text from the link just now."""
    capture = Capture.objects.create(
        desk=link.desk,
        url=link.url,
        final_url=link.url,
        title="A page",
        text=text,
        page_text=page_text,
        text_sha256=sha256(text),
        body_sha256=sha256(text),
        captured_at=clock.now(),
    )
    link.latest_capture, link.state = capture, "ok"
    link.save(update_fields=["latest_capture", "state"])
    attach_capture(link, capture)
    return capture


def evidence(
    on: Claim,
    by: User,
    domain: str = "",
    *,
    quote: str = "",
    text: str = "Something the page says.",
    capture: bool = True,
) -> Evidence:
    number = next(_numbers)
    url = f"https://{domain or f'source{number}.example'}/page-{number}"
    if capture:
        captured(cite(url, desk=on.desk, by=by), text)
    return attach(
        on,
        by=by,
        details=EvidenceDetails(
            url=url,
            stance=Stance.REFUTES,
            quote=quote,
            finding="" if quote else "It shows otherwise.",
        ),
    )


def written(
    on: Claim,
    by: User,
    answer: str = "It planted fewer.",
    explanation: str = "The register of trees shows it.",
) -> None:
    details = VerdictDetails(
        rating=rating(),
        quote_accuracy=QuoteAccuracy.ACCURATE,
        short_answer=answer,
        explanation=explanation,
    )
    write_verdict(on, by=by, details=details)


def ready(by: User, **details: str) -> Claim:
    """A claim in work with two independent sources and a written verdict: fit to be
    signed by `by`.
    """
    made = claim(by, **details)
    apply(made, Action.TAKE, by=by)
    evidence(made, by)
    evidence(made, by)
    written(made, by)
    return made


def submitted(by: User, **details: str) -> Claim:
    made = ready(by, **details)
    apply(made, Action.SUBMIT, by=by)
    return made


def approved(by: User, editor: User, **details: str) -> Claim:
    made = submitted(by, **details)
    apply(made, Action.APPROVE, by=editor)
    return made


def published(by: User, editor: User, **details: str) -> Claim:
    made = approved(by, editor, **details)
    apply(made, Action.PUBLISH, by=editor)
    return made


def retracted(by: User, editor: User, **details: str) -> Claim:
    made = published(by, editor, **details)
    apply(made, Action.RETRACT, by=editor, data=MoveData(note="The register was misread."))
    return made


def correcting(
    by: User, editor: User, category: str = "correction", meanwhile: str = "", **details: str
) -> Claim:
    """A published verdict that `editor` has opened a correction of."""
    made = published(by, editor, **details)
    move_data = MoveData(note="It counted a street twice.", category=category, meanwhile=meanwhile)
    apply(made, Action.CORRECT, by=editor, data=move_data)
    return made


def corrected(
    by: User, editor: User, approver: User, answer: str = "It planted half.", **details: str
) -> Claim:
    made = correcting(by, editor, **details)
    written(made, editor, answer=answer)
    apply(made, Action.SUBMIT, by=editor)
    apply(made, Action.APPROVE_AND_PUBLISH, by=approver)
    return made


def note(text: str) -> MoveData:
    return MoveData(note=text)


def merged(duplicate: Claim, into: Claim, by: User) -> Claim:
    apply(duplicate, Action.MERGE, by=by, data=MoveData(into=into))
    return duplicate


def claimant(name: str) -> Claimant:
    return Claimant.objects.get_or_create(name=name, description="")[0]


def withdrawn(item: Evidence, by: User) -> Evidence:
    return withdraw(item, by=by)
