"""States and times as desk screens show them. A state has a word, a
shape and a colour, so that no reader depends on one of them alone.
"""

from datetime import datetime

from django.contrib.humanize.templatetags.humanize import NaturalTimeFormatter
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

# Other languages decline the unit: “vor 3 Tagen”, but “3 Tage”.
_PAST = NaturalTimeFormatter.past_substrings
_FUTURE = NaturalTimeFormatter.future_substrings

# state -> (symbol of the sprite, tone of the stylesheet). Claims, suggestions, jobs and
# links share one table: the same word always looks the same.
STATE_STYLES: dict[str, tuple[str, str]] = {
    "open": ("ring", ""),
    "proposed": ("ring", ""),
    "priority_urgent": ("flag", "warn"),
    "priority_high": ("up", "warn"),
    "priority_low": ("down", ""),
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
    "joined": ("turn", ""),
    "made": ("tick", "good"),
    "recheck": ("eye", "busy"),
    "closed": ("dash", ""),
    "running": ("turn", "busy"),
    "done": ("tick", "good"),
    "failed": ("flag", "bad"),
    "refused": ("flag", "warn"),
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
    "changed_again": ("dash", ""),
    "trusted": ("tick", "good"),
    "with_care": ("eye", "warn"),
    "not_trusted": ("flag", "bad"),
    "account_active": ("tick", "good"),
    "account_invited": ("clock", ""),
    "account_not_sent": ("clock", "warn"),
    "account_link_expired": ("flag", "warn"),
    "account_locked": ("lock", "bad"),
}
# A state that somebody forgot to add above must be noticed, not pass for a harmless
# one.
UNKNOWN = ("flag", "warn")
MINUTE = 60


def badge(state: str, label: str) -> SafeString:
    """The state as HTML; `label` is escaped."""
    shape, tone = STATE_STYLES.get(state, UNKNOWN)
    return format_html(
        '<span class="state {}"><svg class="icon" aria-hidden="true"><use'
        ' href="#shape-{}"/></svg>{}</span>',
        tone,
        shape,
        label,
    )


def ago(moment: datetime | None) -> SafeString:
    """A relative time, with the exact one in the tooltip and in `datetime`."""
    if moment is None:
        return format_html('<span class="quiet">{}</span>', "—")
    words = _relative(moment)
    # In the zone that the page has activated: pages about a claim use that of its desk.
    exact = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        f"{formats.date_format(exact, 'DATETIME_FORMAT')} {exact:%Z}",
        words,
    )


def _relative(moment: datetime) -> str:
    seconds = (moment - timezone.now()).total_seconds()
    # timesince says “0 minutes” here.
    if abs(seconds) < MINUTE:
        return _("just now") if seconds <= 0 else _("in less than a minute")
    if seconds < 0:
        return _("%(time)s ago") % {"time": timesince(moment, depth=1, time_strings=_PAST)}
    return _("in %(time)s") % {"time": timeuntil(moment, depth=1, time_strings=_FUTURE)}


def upcoming(moment: datetime | None) -> SafeString:
    """When work is due. For overdue work a time in the past would read
    like a failure: it waits for a free worker.
    """
    if moment is None or moment > timezone.now():
        return ago(moment)
    return format_html("{}", _("as soon as a worker is free"))
