"""Answers of the API that are kept for who sends the same again."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from factcheck.ledger import clock
from factcheck.ledger.encryption import EncryptedTextField

LONGEST_KEY = 255
KEPT = timedelta(hours=24)


class IdempotencyKey(models.Model):
    """One POST with `Idempotency-Key` that was done, and its answer.
    Written in the transaction of what it did, and deleted after a day.

    The answer is encrypted: it may hold what a table of its own keeps
    encrypted, and nobody reads it but the token that was given it.
    """

    token = models.ForeignKey("newsroom.ApiToken", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    # SHA-256 of method, address and body.
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    # JSON: {"headers": {name: value}, "body": …}
    answer = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="idempotencykey_by_age")]
        constraints = [
            models.UniqueConstraint(
                name="idempotencykey_once",
                fields=["token", "key"],
                violation_error_message=_("This key was used already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} of token {self.token_id}"


def delete_old() -> int:
    return IdempotencyKey.objects.filter(at__lte=clock.now() - KEPT).delete()[0]
