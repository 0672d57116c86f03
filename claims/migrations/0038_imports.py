import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from factcheck.ledger.full_text import CreateIndex


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0037_decisions_about_matches"),
        ("newsroom", "0013_idempotency_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
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
                ("name", models.CharField(max_length=200, verbose_name="file")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("csv", "CSV"),
                            ("json", "JSON"),
                            ("jsonl", "JSON Lines"),
                            ("claimreview", "ClaimReview"),
                            ("addresses", "addresses"),
                        ],
                        max_length=16,
                        verbose_name="form",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("own_archive", "our own archive"),
                            ("other_newsroom", "another newsroom"),
                        ],
                        max_length=16,
                        verbose_name="origin",
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("fetching", "reading pages"),
                            ("mapping", "columns to choose"),
                            ("checking", "dry run"),
                            ("checked", "ready to start"),
                            ("importing", "importing"),
                            ("done", "imported"),
                        ],
                        max_length=16,
                        verbose_name="phase",
                    ),
                ),
                ("columns", models.JSONField(default=list)),
                ("mapping", models.JSONField(default=dict)),
                ("defaults", models.JSONField(default=dict)),
                ("rows_total", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(verbose_name="begun")),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField()),
                ("counts", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="newsroom.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportedFactCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("own_archive", "our own archive"),
                            ("other_newsroom", "another newsroom"),
                        ],
                        max_length=16,
                        verbose_name="origin",
                    ),
                ),
                ("claim", models.TextField(max_length=5000, verbose_name="claim")),
                (
                    "claimant",
                    models.CharField(
                        blank=True, db_index=True, max_length=300, verbose_name="claimant"
                    ),
                ),
                (
                    "stated_date",
                    models.DateField(blank=True, null=True, verbose_name="date of the statement"),
                ),
                ("rating", models.CharField(db_index=True, max_length=200, verbose_name="rating")),
                ("address", models.CharField(max_length=2000, verbose_name="address")),
                ("site", models.CharField(db_index=True, max_length=255, verbose_name="site")),
                ("publisher", models.CharField(max_length=300, verbose_name="publisher")),
                ("author", models.CharField(blank=True, max_length=300, verbose_name="author")),
                ("title", models.CharField(blank=True, max_length=500, verbose_name="title")),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                (
                    "published_date",
                    models.DateField(
                        blank=True, db_index=True, null=True, verbose_name="published on"
                    ),
                ),
                ("language", models.CharField(max_length=16, verbose_name="language")),
                ("key", models.CharField(max_length=64)),
                ("part", models.PositiveIntegerField(default=1)),
                ("record", models.TextField(blank=True)),
                ("imported_at", models.DateTimeField(verbose_name="imported")),
                (
                    "changed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="changed by an import"
                    ),
                ),
                (
                    "came_with",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.import",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported_fact_checks",
                        to="newsroom.desk",
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "imported fact check",
                "verbose_name_plural": "imported fact checks",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("record", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("new", "new"),
                            ("changed", "changed"),
                            ("same", "already there"),
                            ("repeated", "twice in this file"),
                            ("refused", "refused"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("faults", models.JSONField(default=list)),
                ("changes", models.JSONField(default=dict)),
                ("key", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("part", models.PositiveIntegerField(default=1)),
                ("written", models.BooleanField(default=False)),
                (
                    "fact_check",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.importedfactcheck",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="claims.import",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("form__in", ["csv", "json", "jsonl", "claimreview", "addresses"]),
                    ("origin__in", ["own_archive", "other_newsroom"]),
                    (
                        "phase__in",
                        ["fetching", "mapping", "checking", "checked", "importing", "done"],
                    ),
                ),
                name="import_kinds_known",
                violation_error_message="Choose one of the listed forms, origins and phases.",
            ),
        ),
        migrations.AddIndex(
            model_name="importedfactcheck",
            index=models.Index(fields=["desk", "-published_date"], name="importedfactcheck_day"),
        ),
        migrations.AddConstraint(
            model_name="importedfactcheck",
            constraint=models.UniqueConstraint(
                fields=("desk", "key", "part"),
                name="importedfactcheck_once",
                violation_error_message="The desk has this fact check already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="importedfactcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("origin__in", ["own_archive", "other_newsroom"]),
                    models.Q(("claim", ""), _negated=True),
                    models.Q(("rating", ""), _negated=True),
                    models.Q(("publisher", ""), _negated=True),
                    ("part__gte", 1),
                ),
                name="importedfactcheck_says_who",
                violation_error_message="Say the claim, the rating, and who published it.",
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["of", "key"], name="importrow_key"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["of", "state", "written"], name="importrow_state"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "new", "changed", "same", "repeated", "refused"])
                ),
                name="importrow_state_known",
                violation_error_message="Choose one of the listed states.",
            ),
        ),
        CreateIndex("fact_check"),
    ]
