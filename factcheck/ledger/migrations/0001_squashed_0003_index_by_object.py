from django.db import migrations, models

from factcheck.ledger.create_models import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("ledger", "0001_initial"),
        ("ledger", "0002_key_rotation"),
        ("ledger", "0003_index_by_object"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=32, unique=True)),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("seq", models.PositiveBigIntegerField(unique=True)),
                        ("at", models.DateTimeField()),
                        ("actor_id", models.BigIntegerField(blank=True, null=True)),
                        ("actor", models.CharField(max_length=150)),
                        ("entry_point", models.CharField(max_length=16)),
                        ("request_id", models.CharField(blank=True, max_length=64)),
                        ("action", models.CharField(max_length=64)),
                        ("object_type", models.CharField(max_length=64)),
                        ("object_id", models.CharField(max_length=64)),
                        ("desk_id", models.BigIntegerField(blank=True, null=True)),
                        ("changes", models.JSONField(default=dict)),
                        ("previous_hash", models.CharField(max_length=64, unique=True)),
                        ("hash", models.CharField(max_length=64, unique=True)),
                    ],
                    options={
                        "verbose_name": "audit entry",
                        "verbose_name_plural": "audit entries",
                        "ordering": ["-seq"],
                        "indexes": [
                            models.Index(
                                fields=["object_type", "object_id"], name="auditentry_object"
                            ),
                            models.Index(
                                fields=["object_id", "object_type"], name="auditentry_of_object"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditHead",
                    fields=[
                        (
                            "id",
                            models.PositiveSmallIntegerField(
                                default=1, primary_key=True, serialize=False
                            ),
                        ),
                        ("seq", models.PositiveBigIntegerField(default=0)),
                        (
                            "hash",
                            models.CharField(
                                default="0000000000000000000000000000000000000000000000000000000000000000",
                                max_length=64,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("id", 1)),
                                name="audithead_is_one",
                                violation_error_message="There can be only one audit head.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyRotation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("open", models.BooleanField(db_default=True, default=True)),
                        ("reencrypted", models.PositiveBigIntegerField(db_default=0, default=0)),
                        ("failed", models.PositiveBigIntegerField(db_default=0, default=0)),
                    ],
                    options={
                        "ordering": ["-started_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("open", True)),
                                fields=("open",),
                                name="keyrotation_one_open",
                                violation_error_message="Another key rotation has not finished.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("finished_at__isnull", True), ("open", True)),
                                    models.Q(("finished_at__isnull", False), ("open", False)),
                                    _connector="OR",
                                ),
                                name="keyrotation_finished_or_open",
                                violation_error_message="A finished key rotation has a time.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
