"""Reads of texts that are published in versions."""

from datetime import datetime
from typing import Self, TypeVar

from django.db import models

Version = TypeVar("Version", bound=models.Model)


class TextVersionQuerySet(models.QuerySet[Version]):
    def in_force(self, at: datetime) -> Self:
        """What is or was in force at that moment, newest first. The
        first one of a series is the version that applies; the older
        ones were in force before it.
        """
        return self.filter(in_force_from__lte=at).order_by("-number")
