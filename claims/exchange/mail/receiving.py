"""From the bytes of an e-mail to a tip."""

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from claims.intake import received_tips
from claims.intake.received_tips import SentTip
from claims.models import Mailbox, Tip
from claims.models.tip import TEXT_LENGTH
from factcheck.newsroom.languages import of_newsroom
from sources import sandbox

MOST_BYTES = 10 * 2**20
LIMITS = sandbox.Limits(seconds=10, memory=512 * 2**20)
LONGEST_NAME, LONGEST_EMAIL = 200, 254
_SHORTENED = "…"


class MailRefusedError(ValueError):
    """This message is no tip; the text says why."""


def receive(mailbox: Mailbox, raw: bytes) -> Tip:
    """Store what somebody wrote. The same message again is the tip that
    is there already. Raises MailRefusedError, and BusyError where no
    reader can be started now.
    """
    if len(raw) > MOST_BYTES:
        raise MailRefusedError("The message is larger than 10 MB.")
    try:
        told = sandbox.read("mail", raw, options={}, limits=LIMITS)
    except sandbox.UnreadableError as error:
        raise MailRefusedError("The message takes too long to read.") from error
    if told["refused"]:
        raise MailRefusedError(_REFUSALS.get(told["refused"], _REFUSALS["damaged"]))
    text = _text(str(told["subject"]), str(told["text"]), int(told["attachments"]))
    if not text:
        raise MailRefusedError("The message has neither a subject nor words.")
    sent = SentTip(
        text=text,
        name=str(told["name"])[:LONGEST_NAME],
        email=str(told["email"])[:LONGEST_EMAIL],
        mailbox=mailbox,
        message_id=str(told["message_id"]),
    )
    try:
        return received_tips.receive(sent, desk=mailbox.desk)
    except ValidationError as error:
        raise MailRefusedError("The message holds what cannot be stored.") from error


_REFUSALS = {
    "no_headers": "This is no e-mail: it has no headers. Send the raw message.",
    "nested": "The message has too many parts.",
    "damaged": "The message is damaged.",
}


def _text(subject: str, body: str, attachments: int) -> str:
    words = "\n\n".join(filter(None, (subject, body)))
    with of_newsroom():
        note = _left_out(attachments) if words or attachments else ""
    room = TEXT_LENGTH - (len(note) + 2 if note else 0)
    if len(words) > room:
        words = words[: room - len(_SHORTENED)] + _SHORTENED
    return "\n\n".join(filter(None, (words, note)))


def _left_out(attachments: int) -> str:
    if not attachments:
        return ""
    text = ngettext(
        "(%(count)s attachment was not taken. Ask the sender for it.)",
        "(%(count)s attachments were not taken. Ask the sender for them.)",
        attachments,
    )
    return text % {"count": attachments}
