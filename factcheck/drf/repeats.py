"""201 or 200: whether the domain made the row that it returns, or found it there.

Only the domain knows, under its lock: of two equal requests at once, a view that looks
before it calls sees no row in both.
"""

from http import HTTPStatus
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from django.dispatch import receiver

_INSERTED = "_inserted_here"


@receiver(post_save, dispatch_uid="factcheck.drf.repeats")
def _mark(instance: Model, created: bool, **_: Any) -> None:
    """Marks the object, not the row: whoever loads the row gets an unmarked one."""
    if created:
        vars(instance)[_INSERTED] = True


def status_of(row: Model) -> int:
    """201 for the object that inserted the row, 200 for a repeat that found it."""
    return HTTPStatus.CREATED if vars(row).get(_INSERTED) else HTTPStatus.OK
