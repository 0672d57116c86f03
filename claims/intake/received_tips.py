"""What readers send in through the site: stored once, with a link for
the sender that tells its stage and nothing else.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from claims.choices import RecheckDecision, Status, TipKind, TipStage, TipState
from claims.models import Claim, Mailbox, Tip, TipMessage, Verdict
from claims.signals import tip_received
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import Desk

# More than a newsroom gets on its worst day, and no more than a desk could clear away.
MAX_OF_ALL = 200
MINUTES = 15
_MERGES = 20  # how far a chain of merged claims is followed


@dataclass(frozen=True, slots=True)
class SentTip:
    """`client` is the sender's network, which is not stored. With a
    `verdict` it is a request for its correction.
    """

    # Kept out of what a traceback or a log might print of this.
    text: str = field(default="", repr=False)
    url: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    client: str = field(default="", repr=False)
    verdict: Verdict | None = None
    # Of an e-mail: where it came in, and the name that its sender's program gave it.
    mailbox: Mailbox | None = None
    message_id: str = field(default="", repr=False)


def desk_for_tips() -> Desk | None:
    """Which desk gets the claims that readers send in: the one that the
    settings name, else the newsroom's first. None before there is one.
    """
    desks = Desk.objects.order_by("pk")
    return desks.filter(name=settings.TIPS_DESK).first() or desks.first()


def too_many() -> bool:
    """Whether as many came lately, from whomever, as are taken at once.

    Counted in the table, so that it holds without Redis, too.
    """
    since = clock.now() - timedelta(minutes=MINUTES)
    lately = Tip.objects.order_by().filter(received_at__gt=since)
    return lately[:MAX_OF_ALL].count() >= MAX_OF_ALL


def receive(sent: SentTip, *, desk: Desk) -> Tip:
    """Store what a reader sent. The same again from the same sender is
    the tip that is there already. Raises WorkflowError for a verdict
    that was retracted meanwhile.

    No audit entry: nobody of the newsroom did anything, and a robot
    must not be able to fill a log that is kept for ever.
    """
    key = _repeat_key(sent)
    if existing := Tip.objects.filter(repeat_key=key).first():
        return existing
    try:
        with transaction.atomic():
            return _store(sent, desk, key)
    except IntegrityError:
        # The same at the same moment: the unique key let one of them through.
        return Tip.objects.get(repeat_key=key)


def _store(sent: SentTip, desk: Desk, key: UUID) -> Tip:
    verdict = _published_now(sent.verdict) if sent.verdict else None
    now = clock.now()
    tip = Tip(
        desk=desk,
        kind=TipKind.CORRECTION if verdict else TipKind.CLAIM,
        verdict=verdict,
        mailbox=sent.mailbox,
        received_at=now,
        repeat_key=key,
    )
    tip.token_hash = _hash(_token(tip, settings.SECRET_KEY))
    clean_values(tip)
    tip.save(force_insert=True)
    message = TipMessage(
        tip=tip,
        text=sent.text,
        url=sent.url,
        place=sent.place,
        name=sent.name,
        email=sent.email,
        erase_date=now + timedelta(days=desk.tip_retention_days),
    )
    clean_values(message)
    message.save(force_insert=True)
    tip_received.send(Tip, tip=tip)
    return tip


def _published_now(verdict: Verdict) -> Verdict:
    """The version that readers have by now. The claim is locked as
    actions on it do: none of them comes in between.
    """
    claim = Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=verdict.claim_id)
    current = claim.verdicts.published().first()
    if current is None:
        raise WorkflowError(_("This fact check was retracted. Its page says why."))
    return current


def _repeat_key(sent: SentTip) -> UUID:
    """Who sent what, as a keyed hash. A sender is an e-mail address;
    without one, a network.
    """
    about = str(sent.verdict.claim_id) if sent.verdict else ""
    if sent.mailbox:
        # A provider sends a message again whose answer it missed. Another sender who
        # uses its name must not keep the second one out.
        about = f"mail {sent.mailbox.pk} {sent.message_id}"
    sender = sent.email.casefold() or f"client {sent.client}"
    words = (" ".join(part.split()).casefold() for part in (sent.text, sent.url))
    parts = "\n".join((about, sender, *words))
    mac = salted_hmac("claims.tips.repeat", parts, algorithm="sha256")
    return UUID(bytes=mac.digest()[:16])


def _token(tip: Tip, secret: str | bytes) -> str:
    # Made of the id, so that a repeat can be given the same link, and of the secret
    # key, so that nobody who knows the id can make it.
    mac = salted_hmac("claims.tips.link", str(tip.public_id), secret=secret, algorithm="sha256")
    return base64.urlsafe_b64encode(mac.digest()[:24]).decode()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(tip: Tip) -> str:
    """The token of the sender's link; empty where the secret key that
    it was made with is gone.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if _hash(token := _token(tip, secret)) == tip.token_hash:
            return token
    return ""


def by_token(token: str) -> Tip | None:
    rows = Tip.objects.select_related("claim", "recheck", "verdict")
    return rows.filter(token_hash=_hash(token)).first()


def stage_of(tip: Tip) -> tuple[TipStage, Verdict | None]:
    """What the sender is told, and the verdict that answers them. What
    is not published shows in neither.
    """
    if tip.state == TipState.WAITING:
        return TipStage.RECEIVED, None
    if tip.state == TipState.CLOSED:
        return TipStage.CLOSED, None
    if tip.recheck and tip.verdict:
        if tip.recheck.decision == RecheckDecision.PENDING:
            return TipStage.IN_WORK, None
        answer = _answer(tip.verdict.claim_id)
    else:
        claim = _last_of_merges(tip.claim)
        answer = _answer(claim.pk) if claim else None
        if answer is None and claim and claim.status == Status.DECLINED:
            return TipStage.CLOSED, None
    return (TipStage.ANSWERED, answer) if answer else (TipStage.IN_WORK, None)


def _last_of_merges(claim: Claim | None) -> Claim | None:
    for _step in range(_MERGES):
        if claim is None or claim.merged_into is None:
            break
        claim = claim.merged_into
    return claim


def _answer(claim_id: int) -> Verdict | None:
    """The newest that readers have: also a retracted one, whose page
    says so.
    """
    rows = Verdict.objects.on_public_record().select_related("claim")
    return rows.filter(claim=claim_id).order_by("-number").first()
