"""The roof of the project. Importing the Celery app here is what binds `shared_task` to it."""

from factcheck import checks
from factcheck.celery import app as celery_app

__all__ = ["celery_app", "checks"]
