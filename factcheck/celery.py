"""The Celery app. Its settings are in `factcheck.queues`, read at the first use."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck")
# By name, so that it is read at first use: importing this module must not need
# settings.
app.config_from_object("factcheck.queues")
app.autodiscover_tasks(["factcheck.ledger", "factcheck.newsroom", "sources", "claims"])
