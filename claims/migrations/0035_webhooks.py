import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import claims.models.webhook
import factcheck.ledger.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0034_events"),
        ("newsroom", "0013_idempotency_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=100)),
                (
                    "url",
                    factcheck.ledger.encryption.EncryptedTextField(
                        max_length=2000, verbose_name="URL"
                    ),
                ),
                (
                    "types",
                    models.JSONField(
                        default=claims.models.webhook.all_types, verbose_name="events"
                    ),
                ),
                (
                    "secret",
                    factcheck.ledger.encryption.EncryptedTextField(editable=False, max_length=100),
                ),
                (
                    "previous_secret",
                    factcheck.ledger.encryption.EncryptedTextField(
                        blank=True, editable=False, max_length=100
                    ),
                ),
                ("previous_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("active", models.BooleanField(default=True)),
                ("gone", models.BooleanField(default=False, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="webhooks",
                        to="newsroom.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "ordering": ["desk", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "job_state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        db_default="waiting",
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("nudged_at", models.DateTimeField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("lease_token", models.UUIDField(blank=True, null=True)),
                ("last_error", models.TextField(blank=True)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("made_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("withheld", models.BooleanField(default=False)),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="claims.event",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="claims.webhookendpoint",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.UniqueConstraint(
                fields=("desk", "name"),
                name="webhookendpoint_name_once",
                violation_error_message="The desk already has a webhook of this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone", False), ("active", False), _connector="OR"),
                name="webhookendpoint_gone_is_off",
                violation_error_message="An endpoint that is gone is switched off.",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.UniqueConstraint(
                fields=("endpoint", "event"),
                name="webhookdelivery_once",
                violation_error_message="This event is sent there already.",
            ),
        ),
    ]
