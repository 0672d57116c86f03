"""How the workers are: what `/healthz/ready` knows, in words, with what
to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.ledger import clock, heartbeats, triggers
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.jobs.kinds import About, Kind
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Finding:
    """One line about the workers; `remedy` is empty where all is well."""

    name: str
    badge: SafeString
    words: SafeString
    remedy: str = ""
    about: About | None = None


def findings(by: User, kinds: Iterable[Kind], *, abandoned: int) -> list[Finding]:
    """`abandoned` counts the visible jobs whose lease ran out."""
    return [
        _worker(),
        _beat(),
        _oldest(by, kinds),
        _leases(abandoned),
        _guards(),
    ]


def _good(name: str, words: str | SafeString) -> Finding:
    return Finding(name, badge("ok", _("good")), format_html("{}", words))


def _bad(
    name: str,
    words: str | SafeString,
    remedy: str,
    about: About | None = None,
) -> Finding:
    state = badge("failed", _("attention"))
    return Finding(name, state, format_html("{}", words), remedy, about)


def _since(at: datetime | None) -> SafeString:
    if at is None:
        return format_html("{}", _("No sign of life yet."))
    return format_html(_("Last sign of life {}."), ago(at))


def _process(name: str, process: str, remedy: str) -> Finding:
    at = heartbeats.last(process)
    if heartbeats.silent(at):
        return _bad(name, _since(at), remedy)
    return _good(name, _since(at))


def _worker() -> Finding:
    remedy = _(
        "Nothing is fetched, checked, published on schedule or sent until a worker runs. What"
        " is due is stored and waits. Ask whoever runs the server to start the worker and Redis"
        " (“celery -A factcheck worker”)."
    )
    return _process(_("Workers"), heartbeats.WORKER, remedy)


def _beat() -> Finding:
    remedy = _(
        "Work for a set time, such as link checks and scheduled publications, begins late or"
        " not at all. Ask whoever runs the server to start the scheduler (“celery -A factcheck"
        " beat”)."
    )
    return _process(_("Scheduler"), heartbeats.BEAT, remedy)


def _oldest(by: User, kinds: Iterable[Kind]) -> Finding:
    """Of what the person may see: when and what another desk works on
    is not for them.
    """
    name, now = _("Oldest due job"), clock.now()
    due: list[tuple[datetime, Kind, Any]] = [
        (getattr(row, kind.due), kind, row)
        for kind in kinds
        if (row := kind.longest_due(by, now)) is not None
    ]
    if not due:
        return _good(name, _("Nothing is waiting for a worker."))
    at, kind, row = min(due, key=lambda one: one[0])
    words = format_html(_("{}, due {}."), kind.title, ago(at))
    if now - at <= heartbeats.STALE:
        return _good(name, words)
    return _bad(
        name,
        words,
        _(
            "Workers are away or too busy. If both lines above are good and it stays, ask for one"
            " more worker."
        ),
        kind.about(row),
    )


def _leases(abandoned: int) -> Finding:
    name = _("Interrupted jobs")
    if not abandoned:
        return _good(name, _("No job was left by its worker."))
    words = ngettext(
        "%(count)s job was left by a worker that stopped.",
        "%(count)s jobs were left by workers that stopped.",
        abandoned,
    ) % {"count": abandoned}
    remedy = _(
        "Another worker takes over within a minute. If the number stays, a worker is missing:"
        " see above."
    )
    return _bad(name, words, remedy)


def _guards() -> Finding:
    name, missing = _("Database guards"), triggers.missing("default")
    if not missing:
        return _good(name, _("All in place."))
    words = ngettext(
        "%(count)s guard is missing: %(names)s.",
        "%(count)s guards are missing: %(names)s.",
        len(missing),
    ) % {"count": len(missing), "names": ", ".join(missing)}
    remedy = _("Ask whoever runs the server to run “manage.py migrate”, and who removed them.")
    return _bad(name, words, remedy)
