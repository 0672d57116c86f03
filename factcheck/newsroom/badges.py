"""How a state looks on a desk screen: always its word, a shape and a colour, so that no one of them
is needed alone.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil

# state -> (symbol of the sprite, tone of the stylesheet); states of claims, suggestions, work and
# links share a look
LOOKS: dict[str, tuple[str, str]] = {
    "open": ("ring", ""),
    "proposed": ("ring", ""),
    "in_progress": ("half", "busy"),
    "in_review": ("eye", "busy"),
    "approved": ("tick", "good"),
    "accepted": ("tick", "good"),
    "published": ("disc", "good"),
    "on_hold": ("pause", "warn"),
    "declined": ("dash", ""),
    "already_checked": ("dash", ""),
    "passed_over": ("dash", ""),
    "undecided": ("ring", ""),
    "retracted": ("cross", "bad"),
    "merged": ("turn", ""),
    "waiting": ("clock", ""),
    "running": ("turn", "busy"),
    "done": ("tick", "good"),
    "failed": ("flag", "bad"),
    "unchecked": ("clock", ""),
    "ok": ("tick", "good"),
    "redirected_permanent": ("tick", "good"),
    "redirected_temporary": ("tick", "good"),
    "content_changed": ("half", "warn"),
    "blocked": ("lock", "warn"),
    "not_found": ("flag", "bad"),
    "gone": ("flag", "bad"),
    "found": ("tick", "good"),
    "no_quote": ("dash", ""),
    "answered": ("tick", "good"),
    "late": ("clock", "warn"),
    "embargo": ("lock", "warn"),
    "scheduled": ("clock", "busy"),
    "night_work_unconfirmed": ("eye", "warn"),
    "no_reply": ("clock", ""),
    "not_possible": ("dash", ""),
    "pending": ("clock", "warn"),
    "unaffected": ("tick", "good"),
    "corrected": ("half", ""),
    "still_supports": ("tick", "good"),
    "edited": ("half", ""),
    "withdrawn": ("dash", ""),
    "reverted": ("turn", ""),
    "overtaken": ("dash", ""),
    "trusted": ("tick", "good"),
    "with_care": ("eye", "warn"),
    "not_trusted": ("flag", "bad"),
}
UNKNOWN = ("flag", "warn")
MINUTE = 60


def badge(state: str, label: str) -> SafeString:
    shape, tone = LOOKS.get(state, UNKNOWN)
    return format_html(
        '<span class="state {}"><svg class="icon" aria-hidden="true"><use'
        ' href="#shape-{}"/></svg>{}</span>',
        tone,
        shape,
        label,
    )


def ago(moment: datetime | None) -> SafeString:
    """A time as people say it, with the exact one in the tooltip and for machines."""
    if moment is None:
        return format_html('<span class="quiet">{}</span>', "—")
    words = _words(moment)
    exact = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        f"{exact:%-d %B %Y, %H:%M} {exact:%Z}",
        words,
    )


def _words(moment: datetime) -> str:
    away = (moment - timezone.now()).total_seconds()
    if abs(away) < MINUTE:
        return "just now" if away <= 0 else "in less than a minute"
    return f"{timesince(moment, depth=1)} ago" if away < 0 else f"in {timeuntil(moment, depth=1)}"


def upcoming(moment: datetime | None) -> SafeString:
    """When work is due: what is overdue waits only for a free worker."""
    if moment is None or moment > timezone.now():
        return ago(moment)
    return format_html("{}", "as soon as a worker is free")
