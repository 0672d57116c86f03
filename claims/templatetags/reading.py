"""How verdicts are put into words and marks for readers."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import nh3
from django import template
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.defaultfilters import date as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from claims.choices import QuoteAccuracy, Stance
from sources.choices import LinkState
from sources.models import Link

register = template.Library()

# Nobody is sent to fetch a picture from a stranger's server; the headings of the page itself are 1
# and 2.
_markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
_TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "a",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
}
_FIRST_HEADING = 3
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa"})
MOST_MARKS = 10

_STANCES: dict[str, str] = {
    Stance.SUPPORTS: "Supports the claim",
    Stance.REFUTES: "Speaks against the claim",
    Stance.CONTEXT: "Gives context",
}
# Only a confirmed loss is called one (dead_since). Everything else is what the last look found, and
# may pass.
_LINK_WORDS: dict[str, str] = {
    LinkState.UNCHECKED: "not looked at again yet",
    LinkState.OK: "there when we last looked",
    LinkState.REDIRECTED_PERMANENT: "moved, and still reachable",
    LinkState.REDIRECTED_TEMPORARY: "moved for now, and still reachable",
    LinkState.CONTENT_CHANGED: "its text has changed since our copy",
    LinkState.BLOCKED: "does not let our checks in; it may open for you",
}
_NO_ANSWER = "could not be confirmed when we last looked; it may be back"


@register.filter
def quote_accuracy_label(finding: str) -> str:
    """“Did they say it?”, answered in words."""
    return str(QuoteAccuracy(finding).label)


@register.simple_tag
def day(value: date | str, zone: str = "UTC") -> SafeString:
    """A day as people write it. Signed content holds times as text; `zone` is the desk's."""
    found = _parsed(value)
    if isinstance(found, datetime):
        found = found.astimezone(ZoneInfo(zone)).date()
    return format_html(
        '<time datetime="{}">{}</time>', found.isoformat(), date_format(found, "j F Y")
    )


@register.simple_tag
def moment(value: datetime, zone: str = "UTC") -> SafeString:
    """A day and the time of it, where hours count."""
    local = value.astimezone(ZoneInfo(zone))
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        date_format(local, "j F Y, H:i T"),
    )


def _parsed(value: date | str) -> date:
    if not isinstance(value, str):
        return value
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


@register.filter
def markdown(text: str) -> SafeString:
    """Commonmark with a short list of tags; everything else is shown as the text it
    is, or dropped.
    """
    tokens = _markdown.parse(text)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + _FIRST_HEADING, 6)}"
    dirty = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        dirty,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(clean)  # noqa: S308 (nh3 has just cleaned it)


@register.filter
def direction(language: str) -> str:
    """rtl or ltr for a BCP-47 language; its script, where named, decides."""
    first, *rest = language.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    right_to_left = script in _RIGHT_TO_LEFT_SCRIPTS if script else first in _RIGHT_TO_LEFT
    return "rtl" if right_to_left else "ltr"


@register.filter
def stance_words(stance: str) -> str:
    return _STANCES[stance]


@register.filter
def link_words(link: Link) -> str:
    return _LINK_WORDS.get(link.state, _NO_ANSWER)


@register.inclusion_tag("claims/_scale.html")
def scale(
    rating: dict[str, Any], as_of: date | str | None = None, zone: str = "UTC"
) -> dict[str, Any]:
    """The rating of a signed content with its place: word, position and colour, so that no one of
    them is needed.
    """
    value, best, worst = rating["value"], rating["best"], rating["worst"]
    numbers = range(worst, best + 1) if value is not None and best - worst < MOST_MARKS else ()
    marks = [
        {"x": 10 + 24 * place, "here": number == value} for place, number in enumerate(numbers)
    ]
    end = 10 + 24 * (len(marks) - 1)
    return {
        "rating": rating,
        "marks": marks,
        "end": end,
        "width": end + 10,
        "as_of": as_of,
        "zone": zone,
    }


@register.simple_tag
def report_link(about: str = "") -> str:
    """Where a reader reports a mistake, or nothing where the deployment named no address for it."""
    contact = settings.CONTACT.removeprefix("mailto:")
    try:
        validate_email(contact)
    except ValidationError:
        is_page = contact.startswith(("https://", "http://")) and contact != settings.SITE_URL
        return contact if is_page else ""
    return f"mailto:{contact}?subject={quote(f'A mistake in: {about}' if about else 'A mistake')}"
