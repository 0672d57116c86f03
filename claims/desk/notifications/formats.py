"""What Slack and Teams take. Both would read markup out of a claim, so
its words go where they are plain text.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

# Limits of Slack; Teams has none so small.
HEADER, SECTION = 150, 3000
_CARD = "application/vnd.microsoft.card.adaptive"
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


@dataclass(frozen=True, slots=True)
class Message:
    sentence: str
    claim: str
    url: str


def slack(message: Message) -> dict[str, Any]:
    """An incoming webhook: blocks, and `text` for where those are not shown."""
    link = f"<{message.url}|{_('Open the claim')}>"
    return {
        "text": _escaped(f"{message.sentence} {message.claim}"),
        "blocks": [
            {"type": "header", "text": _plain(_cut(message.sentence, HEADER))},
            {"type": "section", "text": _plain(_cut(message.claim, SECTION))},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": link}]},
        ],
    }


def teams(message: Message) -> dict[str, Any]:
    """A Workflows URL with an Adaptive Card 1.4."""
    card = {
        "$schema": _SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [_run(message.sentence, weight="Bolder"), _run(message.claim)],
        "actions": [{"type": "Action.OpenUrl", "title": _("Open the claim"), "url": message.url}],
    }
    attachment = {"contentType": _CARD, "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _run(text: str, **style: str) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **style}]}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
