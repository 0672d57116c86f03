"""The one way to enqueue. With the broker away the work is already saved as a row: count it, and
let the sweep find it.
"""

import logging

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from factcheck.ledger import due_work

logger = logging.getLogger(__name__)


def nudge(task_name: str, pk: int) -> None:
    """Send the message after the commit; a broker that is away must not turn a saved change into an
    error.
    """
    transaction.on_commit(lambda: send(task_name, pk), robust=True)


def send(task_name: str, pk: int) -> bool:
    try:
        current_app.send_task(task_name, args=[pk], retry=True)
    except (OSError, OperationalError) as error:
        logger.warning("nudge_failed task=%s pk=%s error=%s", task_name, pk, type(error).__name__)
        return False
    return True


def start_stream(task_name: str) -> bool:
    """One more process on what is due; a message nobody took until the next sweep is of no use any
    more.
    """
    try:
        current_app.send_task(task_name, expires=max(5, settings.SWEEP_SECONDS), retry=True)
    except (OSError, OperationalError) as error:
        logger.warning("nudge_failed task=%s error=%s", task_name, type(error).__name__)
        return False
    return True


def sweep() -> int:
    """Nudge every row whose message was lost; returns how many. Stops at the first nudge the broker
    refuses.
    """
    sent = 0
    for model in apps.get_models():
        if not issubclass(model, due_work.DueWork):
            continue
        if model.stream_name and due_work.streamable(model):
            if not start_stream(model.stream_name):
                return sent
            sent += 1
        for pk in due_work.abandoned(model):
            if not send(model.task_name, pk):
                return sent
            sent += 1
    return sent
