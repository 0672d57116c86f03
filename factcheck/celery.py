"""The Celery app. Its settings are in `factcheck.queues`, read at the first use."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck")
app.config_from_object(
    "factcheck.queues"
)  # by name, so read late: importing this module must not need settings
app.autodiscover_tasks(["factcheck.ledger", "sources", "claims"])
