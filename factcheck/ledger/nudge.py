"""The one way to enqueue. If the broker is down, nothing is lost: the
work is a row, and the sweep finds it later.
"""

import logging

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from factcheck.ledger import due_work

logger = logging.getLogger(__name__)


def nudge(task_name: str, pk: int, *, seconds: float = 0) -> None:
    """Send the message after the commit: before it, a worker could not
    see the row yet. It is handed out after so many seconds, which must
    be few: it is in a worker's memory until then.

    robust: an error in the callback is logged. A broker that is down
    must not turn a saved change into an error page.
    """
    transaction.on_commit(lambda: send(task_name, pk, seconds=seconds), robust=True)


def send(task_name: str, pk: int, *, seconds: float = 0) -> bool:
    """Send the message now; False if the broker cannot be reached."""
    try:
        current_app.send_task(task_name, args=[pk], countdown=seconds or None, retry=True)
    except (OSError, OperationalError) as error:
        logger.warning("nudge_failed task=%s pk=%s error=%s", task_name, pk, type(error).__name__)
        return False
    return True


def start_stream(task_name: str) -> bool:
    """Start one more process on what is due; False if the broker cannot
    be reached.

    The message expires with the next sweep, which sends another: while
    all workers are busy, old ones would pile up and then start many
    streams at once.
    """
    try:
        current_app.send_task(task_name, expires=max(5, settings.SWEEP_SECONDS), retry=True)
    except (OSError, OperationalError) as error:
        logger.warning("nudge_failed task=%s error=%s", task_name, type(error).__name__)
        return False
    return True


def sweep() -> int:
    """Nudge every row whose message was lost; returns how many. Stops
    at the first message that the broker refuses: the others would each
    wait for its timeout.
    """
    sent_count = 0
    for model in apps.get_models():
        if not issubclass(model, due_work.DueWork):
            continue
        for stream in due_work.streams_with_work(model):
            if not start_stream(stream):
                return sent_count
            sent_count += 1
        for pk in due_work.abandoned(model):
            if not send(model.task_name, pk):
                return sent_count
            sent_count += 1
    return sent_count
