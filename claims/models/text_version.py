"""What all texts of the newsroom have in common that are published in
versions: each in force from a moment on, none ever changed.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise


class TextVersion(models.Model):
    # The number readers see; the id would have gaps after failed inserts.
    number = models.PositiveIntegerField(gettext_lazy("version"))
    text = models.TextField(max_length=100_000)
    in_force_from = models.DateTimeField(gettext_lazy("in force from"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        abstract = True


def has_text(name: str, message: StrPromise) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=~Q(text=""), violation_error_message=message)


def not_backdated(name: str, message: StrPromise) -> models.CheckConstraint:
    # Backdated, it would claim that what is past was done under words nobody had yet.
    return models.CheckConstraint(
        name=name,
        condition=Q(in_force_from__gte=F("made_at")),
        violation_error_message=message,
    )
