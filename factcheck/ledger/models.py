"""The audit chain and its head; the heartbeat of the workers."""

from typing import Any

from django.db import models

from factcheck.ledger.canonical_json import canonical_json, sha256

GENESIS = "0" * 64


class AuditEntry(models.Model):
    """One change, chained to the one before it by its hash. Never changed or deleted (triggers hold
    it).
    """

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(
        null=True, blank=True
    )  # no foreign key: a person who goes must not touch the chain
    actor = models.CharField(max_length=150)
    entry_point = models.CharField(max_length=16)
    request_id = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    desk_id = models.BigIntegerField(null=True, blank=True)
    changes = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-seq"]
        verbose_name = "audit entry"
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["object_type", "object_id"], name="auditentry_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.object_type} {self.object_id}"

    def digest(self) -> str:
        """The hash this entry must carry, over everything it says and the hash before it."""
        said: dict[str, Any] = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.attname not in {"id", "hash"}
        }
        return sha256(canonical_json(said | {"schema": 1}))


class AuditHead(models.Model):
    """The one locked row that serialises appends: the last seq and its hash, so that a cut tail
    shows.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audithead_is_one",
                condition=models.Q(id=1),
                violation_error_message="There is one audit head.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


class Heartbeat(models.Model):
    """When the workers last did a task that came through the queue."""

    name = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
