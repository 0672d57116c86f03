"""What readers sent in, as the tests of tips start from."""

from dataclasses import replace

from claims.intake.received_tips import SentTip, receive
from claims.models import Claim, Tip
from factcheck.newsroom.models import Desk

WORDS = SentTip(
    text="Is it true that the bridge closes in May?",
    url="https://radio.example/bridge",
    place="On the radio, at noon",
    name="Runa Esker",
    email="Runa@mail.example",
    client="192.0.2.7",
)


def sent(desk: Desk, **changed: str) -> Tip:
    """A claim that a reader wants checked."""
    return receive(replace(WORDS, **changed), desk=desk)


def asked_to_correct(claim: Claim, **changed: str) -> Tip:
    """A reader says that the published verdict of the claim is wrong."""
    verdict = claim.verdicts.published().get()
    return receive(replace(WORDS, verdict=verdict, **changed), desk=claim.desk)
