"""The project package. Importing the Celery app here binds `shared_task` to it."""

from factcheck import checks
from factcheck.celery import app as celery_app

__all__ = ["celery_app", "checks"]
