"""The audit log, its head, the heartbeat of the workers, and rotations of keys."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.canonical_json import canonical_json, sha256

# What the first entry names as the hash before it.
GENESIS = "0" * 64


class AuditEntry(models.Model):
    """One change, chained to the entry before it by its hash. Triggers
    refuse changing or deleting it.
    """

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    # No foreign key: deleting an account must not be able to touch the chain.
    actor_id = models.BigIntegerField(null=True, blank=True)
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
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            # By kind, for who may see what; by the identifier, as auditors search.
            models.Index(fields=["object_type", "object_id"], name="auditentry_object"),
            models.Index(fields=["object_id", "object_type"], name="auditentry_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.object_type} {self.object_id}"

    def digest(self) -> str:
        """The hash that this entry must have: over all its columns and
        the hash before it.
        """
        values: dict[str, Any] = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.attname not in {"id", "hash"}
        }
        # Every column by its name: adding, renaming or removing one changes all hashes.
        # Such a change needs a new schema number, and the old set of columns for old
        # entries.
        return sha256(canonical_json(values | {"schema": 1}))


class AuditHead(models.Model):
    """The one row that everybody locks to append. It holds the last seq
    and hash, so that entries cut off the end are noticed.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audithead_is_one",
                condition=models.Q(id=1),
                violation_error_message=_("There can be only one audit head."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


class Heartbeat(models.Model):
    """When a worker last did a task that came through the queue: beat,
    broker and worker live.
    """

    name = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"


class KeyRotation(models.Model):
    """One run of `rotate_encryption_keys`. Guards let ciphertext change
    only while one is open, so nobody replaces the name of a source
    without leaving a row here.
    """

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    open = models.BooleanField(default=True, db_default=True)
    reencrypted = models.PositiveBigIntegerField(default=0, db_default=0)
    failed = models.PositiveBigIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="keyrotation_one_open",
                fields=["open"],
                condition=models.Q(open=True),
                violation_error_message=_("Another key rotation has not finished."),
            ),
            models.CheckConstraint(
                name="keyrotation_finished_or_open",
                condition=models.Q(open=True, finished_at__isnull=True)
                | models.Q(open=False, finished_at__isnull=False),
                violation_error_message=_("A finished key rotation has a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M:%S}"
