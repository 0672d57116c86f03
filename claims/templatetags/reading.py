"""Template tags of the public pages: dates, labels, the rating scale, Markdown."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import nh3
from django import template
from django.template.defaultfilters import date as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from claims.choices import Authenticity, MediaKind, QuoteAccuracy, Stance
from claims.public_site.contact import contact_url
from claims.rules import headlines
from sources.choices import LinkState
from sources.models import Link

register = template.Library()
register.filter("headline", headlines.headline_of)
register.filter("wording", headlines.wording_of)
register.filter("own_words", headlines.own_words_of)

# No pictures: a reader's browser would fetch them from a stranger's server, which
# learns who reads. No HTML either; nh3 cleans the result again, so a gap in one of the
# two does no harm.
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
_FIRST_HEADING = 3  # 1 and 2 are those of the page itself
# Languages usually written from right to left. Django's own table knows only the
# languages that Django is translated to, and claims come in any.
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa"})
MAX_MARKS = 10  # a longer scale would not fit a phone; it gets a single square instead

_STANCE_LABELS = {
    Stance.SUPPORTS: gettext_lazy("Supports the claim"),
    Stance.REFUTES: gettext_lazy("Contradicts the claim"),
    Stance.CONTEXT: gettext_lazy("Gives context"),
}
# Only a confirmed loss is called one (dead_since). Everything else is what the last
# check showed, and may pass.
_LINK_STATE_LABELS = {
    LinkState.UNCHECKED: gettext_lazy("not checked yet"),
    LinkState.OK: gettext_lazy("online when last checked"),
    LinkState.REDIRECTED_PERMANENT: gettext_lazy("moved, still online"),
    LinkState.REDIRECTED_TEMPORARY: gettext_lazy("moved temporarily, still online"),
    LinkState.CONTENT_CHANGED: gettext_lazy("changed since archived"),
    LinkState.BLOCKED: gettext_lazy("blocks automated checks; may open for you"),
}
_NOT_REACHABLE = gettext_lazy("not reachable when last checked; may be back")


@register.filter
def quote_accuracy_label(value: str) -> str:
    return str(QuoteAccuracy(value).label)


@register.filter
def media_label(value: str) -> str:
    return str(MediaKind(value).label)


@register.filter
def authenticity_label(value: str) -> str:
    return str(Authenticity(value).label)


@register.simple_tag
def day(value: date | str, zone: str = "UTC") -> SafeString:
    """A day as people write it. Signed content holds times as text;
    `zone` is the desk's.
    """
    parsed = _parsed(value)
    if isinstance(parsed, datetime):
        # the desk's day, not the server's: near midnight in UTC they differ
        parsed = parsed.astimezone(ZoneInfo(zone)).date()
    return format_html(
        '<time datetime="{}">{}</time>', parsed.isoformat(), date_format(parsed, "DATE_FORMAT")
    )


@register.simple_tag
def moment(value: datetime, zone: str = "UTC") -> SafeString:
    """A day and its time with the time zone, where hours count."""
    local = value.astimezone(ZoneInfo(zone))
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        f"{date_format(local, 'DATETIME_FORMAT')} {local:%Z}",
    )


def _parsed(value: date | str) -> date:
    if not isinstance(value, str):
        return value
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


@register.filter
def markdown(text: str) -> SafeString:
    """CommonMark with a short list of tags. Anything else is shown as
    plain text, or dropped.

    Headings keep their order but start below those of the page,
    whatever level the author chose.
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
def stance_label(stance: str) -> str:
    return str(_STANCE_LABELS[Stance(stance)])


@register.filter
def link_state_label(link: Link) -> str:
    return str(_LINK_STATE_LABELS.get(LinkState(link.state), _NOT_REACHABLE))


@register.inclusion_tag("claims/_scale.html")
def scale(
    rating: dict[str, Any], as_of: date | str | None = None, zone: str = "UTC"
) -> dict[str, Any]:
    """The rating of a signed content by word, position and colour, so
    that readers who miss one of them lose nothing.
    """
    # a rating off the scale, such as “unproven”, has no value and no position
    value, best, worst = rating["value"], rating["best"], rating["worst"]
    numbers = range(worst, best + 1) if value is not None and best - worst < MAX_MARKS else ()
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
        "LANGUAGE_CODE": get_language(),
    }


@register.simple_tag
def report_link() -> str:
    """The URL at which a reader reports a mistake, empty if the
    deployment named none.
    """
    contact = contact_url()
    if not contact.startswith("mailto:"):
        return contact
    return f"{contact}?subject={quote(_('A mistake'))}"
